"""The pages that the fetcher's tests request."""

from datetime import UTC, datetime

from shared.events import CaptureRequested, CdxRow
from shared.identity import request_id

SITE = "http://www.mofcom.gov.cn"
PAGE = f"{SITE}/article/a.shtml"
MOVED = f"{SITE}/article/moved.shtml"
STAMP = "20190101000000"
LISTED = [
    (f"{SITE}/list/a.html", "20200101000000"),
    (f"{SITE}/list/a.html", "20210101000000"),
    (f"{SITE}/list/b.html", "20200101000000"),
]
BODY = '<meta charset="gb2312"><body>商务部公告</body>'.encode("gb18030") * 20
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def request(
    url: str = PAGE, timestamp: str | None = STAMP, listed: bool = False, attempt: int = 1
) -> CaptureRequested:
    """A request for a capture; `listed` as the index would have it."""
    row = CdxRow(urlkey="k", timestamp=timestamp or "", original=url, digest="A" * 32)
    return CaptureRequested(
        request_id=request_id(url, timestamp, AT.date()),
        url=url,
        timestamp=timestamp,
        listed=row if listed else None,
        asked_at=AT,
        asked_on=AT.date(),
        attempt=attempt,
    )
