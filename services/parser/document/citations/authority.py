"""Whether the document may change what it says that it changes: `Citation.authority`."""

from services.parser.document.authority import speakers, without_authority
from services.parser.document.citations.cited import Cited
from services.parser.document.citations.related import CHANGES
from services.parser.document.document import Document
from shared.chinese.authority import changeable_by, issuer_of_code, issuer_of_title
from shared.chinese.characters import fold, squeeze


def judge(document: Document, cited: list[Cited]) -> None:
    """Fill in `reason` where the page itself shows that it cannot change a document: by its place, by
    who issued the one and the other, or by their years.
    """
    changes = [citation for citation in cited if citation.relation in CHANGES]
    if not changes:
        return
    why = without_authority(document)
    for citation in changes:
        citation.reason = why or _against(document, citation)
        if citation.reason:
            citation.doubts["authority"] = citation.reason


def _against(document: Document, citation: Cited) -> str | None:
    day, number = document.issued_on, citation.number
    if number and number.year and day and number.year > day.year:
        return f"it is of {number.year}, and this document of {day.year}"
    ours, theirs = speakers(document), _issuers(citation)
    allowed = changeable_by(theirs)
    if not ours or not theirs or set(ours) & set(allowed):
        return None
    return f"{' '.join(ours)} cannot change what {' '.join(theirs)} issued"


def _issuers(citation: Cited) -> tuple[str, ...]:
    """Who issued a document as far as its number or its title says; empty where they do not."""
    number = citation.number
    if number is None:
        body = issuer_of_title(squeeze(fold(citation.title or "")))
    elif number.code is None:
        return number.issuers
    else:
        body = number.code if number.by_name else issuer_of_code(number.code)
    return (body,) if body else ()
