"""What a page leads to: its files, and the page that its script sends the browser to."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

from shared.events import CaptureFetched, CaptureRequested
from shared.identity import request_id, url_key
from shared.notice import Notice
from shared.site import LONGEST_ADDRESS, is_of_site

# A script redirect leads to a page, or to one more; a longer chain is a loop.
MOST_HOPS = 5
# No notice has so many; a page that has is not written by the ministry.
MOST_FILES = 500


def requests_of(fetched: CaptureFetched, notice: Notice) -> Iterator[CaptureRequested]:
    """Requests for the captures that a page refers to, each URL once.

    Each file that it links to, as an attachment, and the target of its redirect, as a page if that
    is on mofcom.gov.cn. They carry the timestamp of the page's own capture, so the archive answers
    with the nearest one; they go to the same queue as their page (`backlog`), with one more hop.
    The same page read twice yields the same requests, under the same ids.
    """
    if fetched.capture is None:
        return
    page = url_key(fetched.capture.url)
    seen: set[str] = set()
    for attachment in notice.attachments:
        key = _key(attachment.url)
        if key is not None and key not in seen and len(seen) < MOST_FILES:
            seen.add(key)
            yield _request(fetched, attachment.url, "attachment")
    target = notice.redirect_to
    if notice.page_kind != "redirect" or target is None or not _on_site(target):
        return
    here = (None, page, url_key(fetched.request.url))
    if _key(target) not in here and fetched.request.hops < MOST_HOPS:
        yield _request(fetched, target, "page")


def _request(
    fetched: CaptureFetched, url: str, kind: Literal["page", "attachment"]
) -> CaptureRequested:
    request = fetched.request
    timestamp = fetched.capture.timestamp if fetched.capture else None
    return CaptureRequested(
        request_id=request_id(url, timestamp, request.asked_on),
        address_id=request.address_id,
        url=url,
        timestamp=timestamp,
        kind=kind,
        asked_at=fetched.fetched_at,
        asked_on=request.asked_on,
        backlog=request.backlog,
        hops=request.hops + 1,
    )


def _on_site(url: str) -> bool:
    try:
        return is_of_site(urlsplit(url).hostname or "")
    except ValueError:
        return False


def _key(url: str) -> str | None:
    """The url key of an address that can be asked for; None for any other."""
    if len(url) > LONGEST_ADDRESS:
        return None
    try:
        return url_key(url)
    except ValueError:
        return None
