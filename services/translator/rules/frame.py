"""The result of rules on a piece of Chinese."""

from typing import NamedTuple

from services.translator.rules.headline import headline


class Frame(NamedTuple):
    """English before and after `rest`, the Chinese that is left for an engine.

    对镓、锗实施出口管制 is "imposing export controls on" 镓、锗. With `rest` empty `before` and
    `after` are all of it.
    """

    before: str = ""
    rest: str = ""
    after: str = ""
    # A title: what an engine makes of the rest gets a title's capitals, too.
    headline: bool = False

    @property
    def english(self) -> str | None:
        """The whole in English; None if there is Chinese left."""
        return None if self.rest else self.before + self.after

    def within(self, before: str, after: str = "") -> "Frame":
        """The frame with English around it, a space behind `before`."""
        joined = " ".join(filter(None, (before, self.before)))
        return self._replace(before=joined, after=self.after + after)

    def as_title(self) -> "Frame":
        """The frame in a headline's capitals."""
        before, after = headline(self.before), headline(self.after, inside=True)
        return self._replace(before=before, after=after, headline=True)
