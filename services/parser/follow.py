"""Captures to request because of a page: its attachments and the target of its redirect."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

from shared.events import CaptureFetched, CaptureRequested
from shared.identity import request_id, url_key
from shared.notice import Notice
from shared.site import LONGEST_ADDRESS, is_of_site

# A script redirect leads to a page, or to one more redirect; a longer chain is a loop.
MOST_HOPS = 5
# No notice has so many; a page that does was not written by the ministry.
MOST_FILES = 500


def requests_of(fetched: CaptureFetched, notice: Notice) -> Iterator[CaptureRequested]:
    """Requests for the captures that a page refers to, each URL once.

    Every linked file is requested as an attachment, and the target of a redirect as a page, if it is
    on mofcom.gov.cn: whoever writes a page does not choose what else is asked for. Requests carry the timestamp of the page's own capture, so that the archive
    answers with the nearest capture; they go to the same queue as their page (`backlog`), with one
    more hop. Parsing the same page twice yields the same requests with the same ids.
    """
    if fetched.capture is None:
        return
    page = url_key(fetched.capture.url)
    seen: set[str] = set()
    for attachment in notice.attachments:
        key = _key(attachment.url)
        if key is None or not _on_site(attachment.url):
            continue
        if key not in seen and len(seen) < MOST_FILES:
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
        request_id=request_id(url, timestamp, request.asked_on, request.archive),
        address_id=request.address_id,
        url=url,
        timestamp=timestamp,
        kind=kind,
        asked_at=fetched.fetched_at,
        asked_on=request.asked_on,
        backlog=request.backlog,
        hops=request.hops + 1,
        archive=request.archive,
    )


def _on_site(url: str) -> bool:
    try:
        return is_of_site(urlsplit(url).hostname or "")
    except ValueError:
        return False


def _key(url: str) -> str | None:
    """The URL key of an address that can be requested; None for any other."""
    if len(url) > LONGEST_ADDRESS:
        return None
    try:
        return url_key(url)
    except ValueError:
        return None
