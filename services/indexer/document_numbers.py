"""Keys and series of document numbers, as events carry them."""

from datetime import date

from shared.chinese.characters import fold
from shared.chinese.document_numbers import number_of
from shared.notice import ACTS, WITH_TEXT, Citation, Notice, NumberParts


def with_number_parts(notice: Notice) -> Notice:
    """The notice with the parts of its numbers, which events before 1.2 do not carry."""
    parts = notice.document_number_parts or _parts(
        notice.document_number, notice.issuers, notice.issued_on
    )
    citations = tuple(map(_with_parts, notice.citations))
    if (parts, citations) == (notice.document_number_parts, notice.citations):
        return notice
    return notice.model_copy(update={"document_number_parts": parts, "citations": citations})


def own_number(notice: Notice) -> NumberParts | None:
    """The number that the document is counted by; None for news, which only tell of one."""
    return notice.document_number_parts if notice.page_kind in ACTS else None


def notice_key(notice: Notice, url_key: str) -> str | None:
    """The notice that a page shows: its number's key where it has one, else the page's address; None
    for pages without a text. A number that does not tell its year or congress has no key.
    """
    number = own_number(notice)
    if number is not None and number.key is not None:
        return number.key
    return url_key if notice.page_kind in WITH_TEXT else None


def _with_parts(citation: Citation) -> Citation:
    parts = citation.document_number_parts or _parts(citation.document_number)
    if parts == citation.document_number_parts:
        return citation
    return citation.model_copy(update={"document_number_parts": parts})


def _parts(
    canonical: str | None, issuers: tuple[str, ...] = (), issued_on: date | None = None
) -> NumberParts | None:
    number = number_of(fold(canonical)) if canonical else None
    if number is None:
        return None
    if number.code is None and not number.issuers:
        number = number.with_issuers(issuers)
    return number.dated(issued_on).parts()
