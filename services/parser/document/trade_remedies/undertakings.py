"""价格承诺: the companies whose price undertakings a notice accepts, and that pay no duty while they keep them
(反倾销条例, articles 31 to 36; 反补贴条例, articles 32 to 37).
"""

from collections.abc import Iterator
from itertools import islice

from services.parser.document.document import Document, Reading
from services.parser.document.entity_lists.decision import counts_in
from services.parser.document.entity_lists.enumeration import strung_together
from services.parser.document.entity_lists.enumeration_forms import TAIL
from services.parser.document.names import Name, is_latin, name_at
from services.parser.document.reported import is_reported
from services.parser.document.trade_remedies.rows import is_company
from services.parser.document.trade_remedies.undertakings_forms import (
    ACCEPTED,
    BELOW,
    CLOSES,
    NOBODY,
)
from shared.chinese.form import Found
from shared.chinese.markers import marker_at
from shared.chinese.moods import is_done
from shared.chinese.sentences import parts
from shared.chinese.text import Line, Span, trimmed
from shared.notice import Evidence, Undertaking

_FIELD = "undertakings"
_WORDS = "价格承诺"
_ENDS = " ，、；。：　"
# No notice accepts more often, and what is longer is no sentence, no list and no name: a page of nothing
# else must not hold up the worker.
_MOST, _LONGEST, _LONGEST_LIST, _LONGEST_LINE = 50, 2000, 500, 200


def read(document: Document) -> Reading[tuple[Undertaking, ...]]:
    """The companies in the order of the text, by the sentence that accepts or by the list below it.

    Undertakings that an earlier notice accepted, and those that are only offered or are ended, are none of
    this one.
    """
    folded = document.body.folded
    if document.remedy.stage is None:
        return Reading(())
    values: dict[str | None, Undertaking] = {}
    evidence: list[Evidence] = []
    warnings: list[str] = []
    forms = [*islice(_accepted(document, warnings), _MOST + 1)]
    if len(forms) > _MOST:
        warnings.append(f"{_FIELD}: more sentences that accept some than are read")
    for form in forms[:_MOST]:
        if is_reported(document, form.start) or not is_done(folded, *form.span("verb")):
            continue
        names, doubts = _companies(document, form)
        warnings += [f"{_FIELD}: {doubt}" for doubt in doubts]
        for name in names:
            zh, latin = document.body.quote(name.zh), document.body.quote(name.latin)
            key = zh or latin
            if key not in values:
                evidence += _evidence(document, name, len(values))
                values[key] = Undertaking(company_zh=zh, company_latin=latin)
    return Reading(tuple(values.values()), tuple(evidence), tuple(dict.fromkeys(warnings)))


def _accepted(document: Document, warnings: list[str]) -> Iterator[Found]:
    folded = document.body.folded
    for part in parts(folded, 0, document.main_end):
        if _WORDS not in folded[slice(*part)]:
            continue
        if part.end - part.start > _LONGEST:
            warnings.append(f"{_FIELD}: a sentence of more than {_LONGEST} characters is not read")
        else:
            yield from ACCEPTED.finditer(folded, *part)


def _evidence(document: Document, name: Name, index: int) -> Iterator[Evidence]:
    for field, span in (("company_zh", name.zh), ("company_latin", name.latin)):
        if span:
            yield document.body.evidence(f"{_FIELD}[{index}].{field}", *span)


def _companies(document: Document, form: Found) -> tuple[list[Name], list[str]]:
    """Those that the list behind the sentence names, else those that the sentence does; and what is
    doubtful of them.
    """
    folded = document.body.folded
    line = document.body.line_at(form.start)
    names: list[Name] = []
    doubts: list[str] = []
    if line is not None and BELOW.search(folded, form.end, line.end):
        names, doubts = _listed(document, line)
    counts = [count.value for count in counts_in(folded, form.start, form.end)]
    if not names:
        names, doubts = _in_sentence(document, form, bool(counts))
    if not names:
        return [], ["no company is named in the text"]
    doubts += [
        f"the text states {count}, {len(names)} were found"
        for count in counts
        if count != len(names)
    ]
    return names, doubts


def _in_sentence(document: Document, form: Found, counted: bool) -> tuple[list[Name], list[str]]:
    folded = document.body.folded
    start, end = form.span("names")
    tail = TAIL.search(folded, start, end)
    names: list[Name] = []
    doubts: list[str] = []
    if tail and not counted:
        doubts.append(f"there may be more: {tail.text}")
    span = trimmed(folded, start, tail.start if tail else end, _ENDS)
    for name in strung_together(document, span):
        if is_company(folded, name) and not (name.zh and NOBODY.match(folded, *name.zh)):
            names.append(name)
        else:
            doubts.append(_no_company(document, name.zh or name.latin))
    return names, doubts


def _listed(document: Document, lead: Line) -> tuple[list[Name], list[str]]:
    """The lines of names below a line, each with its foreign name in the line or in the next one."""
    folded = document.body.folded
    signature = document.signature
    end = signature.start if signature else document.main_end
    names: list[Name] = []
    first: int | None = None
    for line in document.body.lines[lead.index + 1 :]:
        if len(names) == _LONGEST_LIST:
            return names, ["the list is longer than is read"]
        marker = marker_at(folded, line.start, line.end)
        words = trimmed(folded, marker.end if marker else line.start, line.end, _ENDS)
        inner = trimmed(folded, *words, "（）")
        if not words:
            continue
        if marker is None and names and names[-1].latin is None and is_latin(folded, inner):
            names[-1] = names[-1]._replace(latin=inner)
            continue
        text = folded[slice(*words)]
        if line.start >= end or len(text) > _LONGEST_LINE or "。" in text:
            break
        name = name_at(folded, *words)
        level = marker.level if marker else None
        if not names:
            first = level
        is_name = is_company(folded, name) and name.end == words.end
        is_sentence = marker is None and folded.startswith("。", words.end)
        if is_sentence or not is_name:
            # A sentence ends the list, another heading, 附件：… and 特此公告.
            is_heading = marker is not None and level != first
            is_end = (
                is_heading
                or "：" in text
                or (is_sentence and not is_name)
                or CLOSES.match(folded, *words) is not None
            )
            return names, [] if is_end else [_no_company(document, words)]
        names.append(name)
    return names, []


def _no_company(document: Document, words: Span | None) -> str:
    return f"{document.body.quote(words)} is not read as the name of a company"
