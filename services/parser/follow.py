"""What a page leads to: its files, and the page that its script sends the browser to."""

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

from shared.events import CaptureFetched, CaptureRequested
from shared.identity import address_id, request_id, url_key
from shared.notice import Notice

# A script redirect leads to a page, or to one more; a longer chain is a loop.
MOST_HOPS = 5
# No notice has so many; a page that has is not written by the ministry.
MOST_FILES = 500
# The longest address that the archive takes; what is longer holds its content (data in the query).
_LONGEST = 4_000
_SITE = re.compile(r"(?:^|\.)mofcom\.gov\.cn$")


def requests_of(fetched: CaptureFetched, notice: Notice) -> Iterator[CaptureRequested]:
    """The captures that a page asks for (issue 5): each file that it links to, as an attachment, and
    the target of its redirect, as a page, when that is on mofcom.gov.cn; each address once.

    They are asked for at the time of the page's own capture, so the archive answers with the
    nearest one, and keep their page's place in the queue (`backlog`). The same page read twice
    asks for the same, under the same ids.
    """
    if fetched.capture is None:
        return
    request, page = fetched.request, url_key(fetched.capture.url)
    seen: set[str] = set()
    for attachment in notice.attachments:
        key = _key(attachment.url)
        if key is not None and key not in seen and len(seen) < MOST_FILES:
            seen.add(key)
            yield _request(fetched, attachment.url, "attachment", request.address_id)
    target = notice.redirect_to
    if notice.page_kind != "redirect" or target is None or not _on_site(target):
        return
    hops = hops_to(request) + 1
    if _key(target) not in (None, page, url_key(request.url)) and hops <= MOST_HOPS:
        yield _request(fetched, target, "page", _given_by_redirect(target, hops))


def hops_to(request: CaptureRequested) -> int:
    """How many redirects led to a request; 0 for one that somebody asked for.

    The target of a redirect is an address that a redirect gave, and its id says after how many:
    whatever happens to the request on its way, the count stays with it.
    """
    return next(
        (
            hops
            for hops in range(1, MOST_HOPS + 1)
            if request.address_id == _given_by_redirect(request.url, hops)
        ),
        0,
    )


def _given_by_redirect(url: str, hops: int) -> str:
    return address_id(url, None, f"redirect {hops}")


def _request(
    fetched: CaptureFetched,
    url: str,
    kind: Literal["page", "attachment"],
    address: str | None,
) -> CaptureRequested:
    request = fetched.request
    timestamp = fetched.capture.timestamp if fetched.capture else None
    return CaptureRequested(
        request_id=request_id(url, timestamp, request.asked_on),
        address_id=address,
        url=url,
        timestamp=timestamp,
        kind=kind,
        asked_at=fetched.fetched_at,
        asked_on=request.asked_on,
        backlog=request.backlog,
    )


def _on_site(url: str) -> bool:
    try:
        return bool(_SITE.search(urlsplit(url).hostname or ""))
    except ValueError:
        return False


def _key(url: str) -> str | None:
    """The url key of an address that can be asked for; None for any other."""
    if len(url) > _LONGEST:
        return None
    try:
        return url_key(url)
    except ValueError:
        return None
