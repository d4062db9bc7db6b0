"""价格承诺: the companies whose price undertakings a notice accepts, and that pay no duty while they keep them
(反倾销条例, articles 31 to 36; 反补贴条例, articles 32 to 37).
"""

from collections.abc import Iterator
from itertools import islice

from services.parser.document.document import Document, Reading
from services.parser.document.entity_lists.enumeration import strung_together
from services.parser.document.entity_lists.enumeration_forms import TAIL
from services.parser.document.names import Name, is_latin, name_at
from services.parser.document.reported import is_reported
from services.parser.document.trade_remedies.rows import is_company
from services.parser.document.trade_remedies.undertakings_forms import ACCEPTED, BELOW, NOBODY
from shared.chinese.form import Found
from shared.chinese.markers import marker_at
from shared.chinese.moods import is_done
from shared.chinese.text import Line, trimmed
from shared.notice import Evidence, Undertaking

_FIELD = "undertakings"
_WORDS = "价格承诺"
_ENDS = " ，、；。：　"
# A page of nothing else must not hold up the worker, and no list of names is longer.
_MOST, _LONGEST_LIST, _LONGEST_LINE = 50, 500, 200


def read(document: Document) -> Reading[tuple[Undertaking, ...]]:
    """The companies in the order of the text, by the sentence that accepts or by the list below it.

    Undertakings that an earlier notice accepted, and those that are only offered or are ended, are none of
    this one.
    """
    folded = document.body.folded
    if document.remedy.stage is None or _WORDS not in folded:
        return Reading(())
    values: dict[str, Undertaking] = {}
    evidence: list[Evidence] = []
    warnings: list[str] = []
    for form in islice(ACCEPTED.finditer(folded, 0, document.main_end), _MOST):
        if is_reported(document, form.start) or not is_done(folded, *form.span("verb")):
            continue
        found = _companies(document, form)
        if not found:
            warnings.append(f"{_FIELD}: no company is named in the text")
        for name in found:
            zh, latin = document.body.quote(name.zh), document.body.quote(name.latin)
            key = zh or latin or ""
            if key not in values:
                evidence += _evidence(document, name, len(values))
                values[key] = Undertaking(company_zh=zh, company_latin=latin)
    return Reading(tuple(values.values()), tuple(evidence), tuple(dict.fromkeys(warnings)))


def _evidence(document: Document, name: Name, index: int) -> Iterator[Evidence]:
    for field, span in (("company_zh", name.zh), ("company_latin", name.latin)):
        if span:
            yield document.body.evidence(f"{_FIELD}[{index}].{field}", *span)


def _companies(document: Document, form: Found) -> list[Name]:
    """Those that the list behind the sentence names, else those that the sentence does."""
    folded = document.body.folded
    line = document.body.line_at(form.start)
    if line is not None and BELOW.search(folded, form.end, line.end):
        listed = [*_listed(document, line)]
        if listed:
            return listed
    start, end = form.span("names")
    tail = TAIL.search(folded, start, end)
    names = trimmed(folded, start, tail.start if tail else end, _ENDS)
    if not names or NOBODY.match(folded, *names):
        return []
    return [name for name in strung_together(document, names) if is_company(folded, name)]


def _listed(document: Document, lead: Line) -> Iterator[Name]:
    """The lines of names below a line, each with its foreign name in the line or in the next one."""
    folded = document.body.folded
    last: Name | None = None
    for line in document.body.lines[lead.index + 1 : lead.index + 1 + _LONGEST_LIST]:
        marker = marker_at(folded, line.start, line.end)
        words = trimmed(folded, marker.end if marker else line.start, line.end, _ENDS)
        inner = trimmed(folded, *words, "（）")
        if not words:
            continue
        if marker is None and last is not None and last.latin is None and is_latin(folded, inner):
            last = last._replace(latin=inner)
            continue
        name = name_at(folded, *words)
        if words.end - words.start > _LONGEST_LINE or "。" in folded[slice(*words)]:
            break
        if not is_company(folded, name) or name.end < words.end:
            break
        if last is not None:
            yield last
        last = name
    if last is not None:
        yield last
