"""成文日期: the day on which the document was issued."""

from collections.abc import Callable
from datetime import date

from services.parser.document.document import Document, Reading
from shared.chinese.dates import DateFound, find_dates
from shared.chinese.text import trimmed

Issued = Reading[date | None]


def read(document: Document) -> Issued:
    """The first day that one of `_SOURCES` states. A text that was revised is of the day on which it
    was first issued, whatever day its page is of.
    """
    for source in _SOURCES:
        issued = source(document)
        if issued is not None:
            return issued
    return Reading(None, warnings=("issued_on: none found",))


def _signed(document: Document) -> Issued | None:
    """The day under a body or an office holder."""
    signature = document.signature
    if signature is None or not (signature.bodies or signature.signed_by_person):
        return None
    return _under_signature(document)


def _labelled(document: Document) -> Issued | None:
    label = document.label_block.get("issued")
    days = find_dates(label.folded) if label else []
    if label is None or not days:
        return None
    return Reading(days[0].value, (label.evidence("issued_on", days[0].start, days[0].end),))


def _beside_number(document: Document) -> Issued | None:
    own = document.number
    return _at(document, own.day) if own is not None and own.day is not None else None


def _of_history(document: Document) -> Issued | None:
    issue = document.history.issue if document.history else None
    return _at(document, issue.day) if issue is not None and issue.day is not None else None


def _under_title(document: Document) -> Issued | None:
    """A line of the masthead that is nothing but a day: （一九九五年三月二日）."""
    folded = document.body.folded
    for line in document.masthead:
        words = trimmed(folded, line.start, line.end, "（）")
        days = find_dates(folded, *words)
        if days and (days[0].start, days[0].end) == words:
            return _at(document, days[0])
    return None


def _under_signature(document: Document) -> Issued | None:
    """The day of the signature, or one that stands alone where it would be."""
    signature = document.signature
    if signature is None or signature.issued_on is None:
        return None
    day = DateFound(signature.issued_on, signature.date_start, signature.date_end)
    label = document.label_block.get("issued")
    days = find_dates(label.folded) if label else []
    contradicted = label and days and days[0].value != day.value and not label.stands_beside
    warnings = (f"issued_on: the label says {days[0].value}",) if contradicted else ()
    return _at(document, day)._replace(warnings=warnings)


_SOURCES: tuple[Callable[[Document], Issued | None], ...] = (
    _signed,
    _beside_number,
    _labelled,
    _of_history,
    _under_signature,
    _under_title,
)


def _at(document: Document, day: DateFound) -> Issued:
    return Reading(day.value, (document.body.evidence("issued_on", day.start, day.end),))
