"""The Wayback Machine, and servers that are asked as it is."""

from services.fetcher.archive import cdx, replay
from services.fetcher.archive.archive import Archive, Budget
from services.fetcher.archive.cdx import Page, Query
from services.fetcher.archive.replay import CaptureRef
from services.fetcher.archive.reply import Reply
from services.fetcher.settings import FetcherSettings
from shared.archives import WAYBACK_MACHINE
from shared.events import Answer

_REPLAY = "/web/"


class WaybackMachine(Archive):
    """The archive of ``MOFCOM_ARCHIVE_URL``."""

    def __init__(self, settings: FetcherSettings) -> None:
        self.name = "archive"
        self.url = settings.archive_url
        # Whatever stands in for it (a mirror, the bundled pages), its captures have these addresses.
        self.prefix = WAYBACK_MACHINE
        self.budget = Budget(settings.archive_cdx_per_minute, settings.archive_mementos_per_second)
        self.page_rows = settings.cdx_page_rows

    def capture_target(self, ref: CaptureRef) -> str:
        return replay.target(ref, _REPLAY)

    def capture_at(self, location: str) -> CaptureRef | None:
        return replay.parse_location(location, f"{self.url}{_REPLAY}")

    def says(self, reply: Reply, head: bytes, ref: CaptureRef) -> Answer | None:
        return None

    def index_target(self, query: Query, limit: int, resume_key: str | None) -> str:
        return cdx.target(query, limit, resume_key)

    def is_index(self, reply: Reply, text: bytes) -> bool:
        """An empty page is one only under its own type: a log-in's may be empty, too."""
        content_type = (reply.header("content-type") or "").lower()
        plain = content_type.startswith("text/plain")
        return reply.status == 200 and (plain or cdx.begins_with_row(text))

    def index_page(self, text: str, limit: int) -> Page:
        return cdx.parse(text)
