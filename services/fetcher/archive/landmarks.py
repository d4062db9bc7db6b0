"""Captures that are known to be there: to ask for one tells whether the archive answers at all."""

from collections import deque
from datetime import UTC, datetime
from itertools import count

from services.fetcher.archive.answers import Asked, Verdict, judge
from services.fetcher.archive.archive import Archive
from services.fetcher.archive.reading import read
from services.fetcher.archive.replay import CaptureRef, capture_ref
from services.fetcher.archive.reply import NoReply, Reply
from shared.site import SITE

_HOME = f"http://www.{SITE}/"
_KEPT = 4
# Enough of an answer to know whose it is.
_BYTES = 256 * 1024


class Landmarks:
    """The captures that were served last, in turn, and the site's home page."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._served: deque[str] = deque(maxlen=_KEPT)
        self._turn = count()

    def note(self, served: str) -> None:
        """The target of a capture that was just served."""
        if served not in self._served:
            self._served.append(served)

    def next(self) -> str:
        """The target to ask for now: another than the last time, since that one may fail itself."""
        home = self._archive.capture_target(capture_ref(_HOME, None, datetime.now(UTC)))
        known = [*self._served, home]
        return known[next(self._turn) % len(known)]

    def judge(self, reply: Reply | NoReply) -> Verdict:
        """Whether the archive answered: with a capture, or that it has none."""
        body = read(reply, _BYTES).body
        return judge(self._archive, reply, body, Asked("", None), CaptureRef("", _HOME))
