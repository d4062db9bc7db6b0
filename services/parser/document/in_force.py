"""Where the text says from when the document is in force, for values that take that day over."""

import re

from services.parser.document.document import Document
from services.parser.document.text.dates import find_dates
from services.parser.document.text.spans import Span

_FROM = re.compile(
    r"自(?P<when>[^。；\n]{2,40}?)起[^。；，\n]{0,14}?(?:施行|实施|执行|生效|有效|适用)"
)
_LABEL = re.compile(r"【(?:实施|施行|生效)日期】")
_PUBLISHED = re.compile(r"(?:公布|发布|印发|公告)之?日|即日")


def in_force_span(document: Document) -> Span | None:
    """The words that `document.effective_on` was read from: a sentence (自公布之日起实施), else the label
    【实施日期】; None when the document names no such day.
    """
    if document.effective_on is None:
        return None
    for match in _FROM.finditer(document.folded):
        days = find_dates(document.folded, *match.span("when"))
        if (days and days[0].value == document.effective_on) or (
            not days and _PUBLISHED.search(match["when"])
        ):
            return Span(match.start(), match.end())
    label = _LABEL.search(document.folded)
    if label:
        for day in find_dates(document.folded, label.end(), label.end() + 30):
            if day.value == document.effective_on:
                return Span(day.start, day.end)
    return None
