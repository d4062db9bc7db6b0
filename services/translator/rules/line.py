"""What rules make of a line."""

from typing import NamedTuple


class Frame(NamedTuple):
    """English around a piece of Chinese; with `rest` empty, `before` and `after` are the whole."""

    before: str
    rest: str
    after: str = ""


class Line(NamedTuple):
    """A line after rules: `english` when they render all of it.

    Otherwise `before` and `after` are the English around `rest`, the Chinese left for an engine.
    """

    source: str
    english: str | None = None
    before: str = ""
    rest: str = ""
    after: str = ""


def framed(source: str, before: str, inner: Line, after: str = "") -> Line:
    """A line of which `inner` is the part behind `before` and in front of `after`."""
    if inner.english is not None:
        return Line(source, english=f"{before} {inner.english}{after}".strip())
    before = " ".join(filter(None, (before, inner.before)))
    return Line(source, before=before, rest=inner.rest, after=inner.after + after)
