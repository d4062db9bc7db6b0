"""Renders lines in which the parser has read a field from the field's value.

商务部公告2018年第68号 is printed as 公告2018年第68号 behind a label, 第15号 in another one, dates and issuers
in many forms: what they are the parser has decided. A value counts only where the text that it was
read from says no more than the value; all else is left to the other rules.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from services.translator.glossary import Glossary
from services.translator.rules.addressees import addressee
from services.translator.rules.bodies import body
from services.translator.rules.dates import english as english_date
from services.translator.rules.frame import Frame
from services.translator.rules.labels import label
from services.translator.rules.lines import render
from services.translator.rules.numbers import document_number
from services.translator.rules.words import capitalised
from services.translator.text.simplify import simplified
from shared.chinese.acts import ISSUE
from shared.chinese.bodies import bodies_of_line
from shared.chinese.characters import fold, squeeze
from shared.chinese.dates import find_dates
from shared.chinese.document_numbers import number_of, parse_bare
from shared.notice import Evidence, Notice

_FIELD = re.compile(
    r"(?P<field>document_number|issued_on|effective_on|department"
    r"|(?P<listed>issuers|addressees)\[(?P<index>\d+)\])"
)
_SEPARATOR = re.compile(r"[\s、，,；;·及和]*")
# What is shorter may be a word.
_SHORTEST_NAME = 3
_VERB = re.compile(ISSUE)
_END = {"": "", "：": ":", "。": ".", "；": ";"}
_LABELLED = re.compile(r"【[^【】]+】[^【】]*")


def own_names(notice: Notice) -> dict[str, str]:
    """What the notice lists, by simplified Chinese names, in the language of each; no two of one name."""
    printed = [(entity.name_zh, entity.name_latin) for entity in notice.listed_entities]
    names: dict[str, set[str]] = {}
    for chinese, latin in printed:
        if chinese and latin and len(chinese) >= _SHORTEST_NAME:
            names.setdefault(simplified(chinese), set()).add(latin)
    return {chinese: latin.pop() for chinese, latin in names.items() if len(latin) == 1}


class FieldSpan(NamedTuple):
    """A value that the parser read from characters `start` to `end` of a text."""

    field: str
    value: str | date
    start: int
    end: int


def field_spans(notice: Notice, source: Literal["title", "body_text"]) -> tuple[FieldSpan, ...]:
    """What the parser has read in the title or the body text and is all that stands there, in order.

    Of two that overlap the first counts.
    """
    text = (notice.title or "") if source == "title" else notice.body_text
    spans: list[FieldSpan] = []
    for evidence in sorted(notice.evidence, key=lambda one: (one.start, -one.end)):
        if evidence.source != source or (spans and evidence.start < spans[-1].end):
            continue
        value = _value(notice, evidence)
        if value and _says_no_more(text[evidence.start : evidence.end], value, evidence.field):
            field = evidence.field.partition("[")[0]
            spans.append(FieldSpan(field, value, evidence.start, evidence.end))
    return tuple(spans)


def _value(notice: Notice, evidence: Evidence) -> str | date | None:
    match = _FIELD.fullmatch(evidence.field)
    if match is None:
        return None
    if not match["listed"]:
        value: str | date | None = getattr(notice, match["field"])
        return value
    values: Sequence[str] = getattr(notice, match["listed"])
    index = int(match["index"])
    return values[index] if index < len(values) else None


def _says_no_more(text: str, value: str | date, field: str) -> bool:
    """Whether a text is only the value: 商务部发布2020年第93号公告 has a verb as well."""
    folded = fold(simplified(text)).strip()
    if isinstance(value, date):
        days = find_dates(folded)
        return [day[1:] for day in days] == [(0, len(folded))] and days[0].value == value
    if field == "document_number":
        return _is_number(folded, value)
    if field.startswith("issuers"):
        bodies = bodies_of_line(folded, 0, len(folded))
        return [body.name for body in bodies or ()] == [value]
    return squeeze(folded) == squeeze(fold(simplified(value)))


def _is_number(folded: str, value: str) -> bool:
    """Whether a text is the number, with or without its issuers."""
    whole = number_of(fold(value))
    if whole is None or _VERB.search(folded):
        return False
    bare = parse_bare(folded)
    if bare:
        return bare == (whole.year, whole.serial, whole.bracketed)
    printed = number_of(folded)
    return printed is not None and printed in (whole, whole.with_issuers(()))


def render_fields(text: str, spans: Sequence[FieldSpan], glossary: Glossary) -> Frame | None:
    """A line of a label or none, values of one field, and perhaps a mark at the end; None for others.

    `spans` are those of the line. One of several labels (【发布单位】…【发布文号】…) is English when each is.
    """
    if not spans:
        return None
    labelled = list(_LABELLED.finditer(text))
    if len(labelled) > 1 and "".join(match.group() for match in labelled) == text.strip():
        frames = [
            render_fields(match.group(), spans_within(spans, *match.span()), glossary)
            or render(match.group(), glossary)
            for match in labelled
        ]
        english = [frame.english for frame in frames if frame.english is not None]
        return Frame(" ".join(english)) if len(english) == len(frames) else None
    before, after = text[: spans[0].start].strip(), squeeze(text[spans[-1].end :])
    between = (text[one.end : other.start] for one, other in pairwise(spans))
    name = label(before) if before else Frame()
    if (
        name is None
        or name.rest
        or after not in _END
        or not all(map(_SEPARATOR.fullmatch, between))
    ):
        return None
    values = _english(text, spans, glossary)
    return Frame(values + _END[after]).within(name.before) if values else None


def _english(text: str, spans: Sequence[FieldSpan], glossary: Glossary) -> str | None:
    field, value = spans[0].field, spans[0].value
    if len({span.field for span in spans}) > 1:
        return None
    if field == "addressees":
        # Several have a part in common: 各省商务主管部门、财政厅（局）.
        english = addressee(text[spans[0].start : spans[-1].end], glossary)
        return capitalised(english) if english else None
    if field == "issuers":
        names = [body(simplified(str(span.value)), glossary) for span in spans]
        return "; ".join(name for name in names if name) if all(names) else None
    if len(spans) > 1:
        return None
    if isinstance(value, date):
        return english_date(value)
    read = document_number if field == "document_number" else body
    return read(simplified(value), glossary)


def spans_within(spans: Sequence[FieldSpan], start: int, end: int) -> tuple[FieldSpan, ...]:
    """The spans between two offsets of a text, relative to the first."""
    first = bisect_left(spans, start, key=lambda span: span.start)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return tuple(
        span._replace(start=span.start - start, end=span.end - start)
        for span in spans[first:last]
        if span.end <= end
    )
