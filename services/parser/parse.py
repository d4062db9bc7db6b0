"""The parser as one pure function: from the bytes of a page to a `Notice`."""

from collections.abc import Sequence

from services.parser.attached import Attached, WithAttachments, read_with_attachments
from services.parser.captured import doubt_cut_text, doubt_later_dates
from services.parser.document.read import read_document
from services.parser.layouts.choose import read_page
from services.parser.layouts.page import Page
from services.parser.limits import (
    NotText,
    TooDeep,
    TooLarge,
    UnreadablePage,
    check_depth,
    check_size,
    check_text,
    may_be_deep,
)
from services.parser.version import PARSER_VERSION
from shared.charset import decode
from shared.notice import Notice

__all__ = [
    "PARSER_VERSION",
    "NotText",
    "TooDeep",
    "TooLarge",
    "UnreadablePage",
    "parse",
    "parse_with_attachments",
]


def parse(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    charset: str | None = None,
    timestamp: str | None = None,
    declared_size: int | None = None,
) -> Notice:
    """Parse a page of mofcom.gov.cn, or of any Chinese government site.

    `body` is the payload after content decoding. `url` is its original URL, against which links are
    resolved. `content_type` is the response header, used only if the page itself does not declare a
    charset; `charset` is the fetcher's choice, None to choose it here. `timestamp` is the time of
    the capture, against which dates are checked; `declared_size` the bytes that the site declared,
    if fewer were captured. Pure: no clock, no file, no network.

    Raises TooLarge, TooDeep or NotText (each an UnreadablePage) for a body that is as no page is
    (`limits.py`).
    """
    page = _page(body, url, content_type, charset)
    return _doubted(read_document(page, url), len(body), timestamp, declared_size)


def parse_with_attachments(
    body: bytes,
    url: str,
    attachments: Sequence[Attached],
    *,
    content_type: str | None = None,
    charset: str | None = None,
    timestamp: str | None = None,
    declared_size: int | None = None,
) -> WithAttachments:
    """As `parse`, with the lists of attachments (`attached.py`): those that are read, in the order of the page's links."""
    page = _page(body, url, content_type, charset)
    read = read_with_attachments(page, url, attachments)
    return read._replace(notice=_doubted(read.notice, len(body), timestamp, declared_size))


def _doubted(notice: Notice, size: int, timestamp: str | None, declared_size: int | None) -> Notice:
    if declared_size is not None:
        notice = doubt_cut_text(notice, size, declared_size)
    return doubt_later_dates(notice, timestamp) if timestamp else notice


def _page(body: bytes, url: str, content_type: str | None, charset: str | None) -> Page:
    check_size(body)
    html = decode(body, content_type, charset).text
    check_text(body, html)
    if not html.strip():
        return Page("empty", 1.0, "shell", rejection="empty body")
    if may_be_deep(body):
        check_depth(html)
    return read_page(html, url)
