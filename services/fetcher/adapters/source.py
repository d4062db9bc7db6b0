"""What every source of captures can do."""

from datetime import datetime
from typing import Protocol

from services.fetcher.archive.answers import Asked
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback


class Source(Protocol):
    """Plays captures."""

    async def play(self, asked: Asked, asked_at: datetime, priority: Priority) -> Playback:
        """What the source has for `asked`; keeps to its own limits of how often it is asked.

        A class of answer says how that ended, also when nothing came. Raises DependencyDown while
        the source is to be left alone.
        """
