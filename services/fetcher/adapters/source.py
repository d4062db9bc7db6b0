"""The interface of every source of captures."""

from datetime import datetime
from typing import Protocol

from services.fetcher.archive.answers import Asked
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback


class Source(Protocol):
    """Serves captures."""

    @property
    def archive(self) -> str | None:
        """Where its captures come from, as in `shared.events.Capture`."""

    async def play(self, asked: Asked, asked_at: datetime, priority: Priority) -> Playback:
        """The source's capture for `asked`; the source limits its own request rate.

        The result always has a class of answer, also if there was none. Raises DependencyDown while
        requests to the source are paused.
        """
