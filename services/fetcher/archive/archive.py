"""The interface of every archive that is asked: what differs from one to another."""

from typing import NamedTuple, Protocol

from services.fetcher.archive.cdx import Page, Query
from services.fetcher.archive.replay import CaptureRef
from services.fetcher.archive.reply import Reply
from shared.events import Answer


class Budget(NamedTuple):
    """The requests that an archive is sent at most: to its index, and for captures."""

    cdx_per_minute: float
    mementos_per_second: float


class Archive(Protocol):
    """How an archive is asked, and what its own answers mean; captures are answered alike by all (Memento)."""

    name: str
    """What logs, pauses and `mofcom status` call it."""
    url: str
    """What requests are sent to: targets are paths and queries below it."""
    prefix: str
    """The address, behind which ``TIMESTAMP/URL`` shows a capture to people; ends with a slash."""
    budget: Budget
    page_rows: int
    """How many rows its index is asked for at once."""

    def capture_target(self, ref: CaptureRef) -> str:
        """Path and query of a capture as it was captured, ASCII."""

    def capture_at(self, location: str) -> CaptureRef | None:
        """The capture that a Location header names; None if it is not one in this archive."""

    def says(self, reply: Reply, head: bytes, ref: CaptureRef) -> Answer | None:
        """What an answer for `ref` that is no capture means by this archive's own conventions, beside those
        that all share; `head` is the beginning of its decoded body. None for an answer without a meaning.
        """

    def index_target(self, query: Query, limit: int, resume_key: str | None) -> str:
        """Path and query of a page of at most `limit` rows of the index."""

    def is_index(self, reply: Reply, text: bytes) -> bool:
        """Whether an answer may be a page of the index, by its status, headers and decoded `text`."""

    def index_page(self, text: str, limit: int) -> Page:
        """Parse a page of the index, which was asked for `limit` rows. Raises NotCdx."""
