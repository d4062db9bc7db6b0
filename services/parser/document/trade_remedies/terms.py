"""What a trade-remedy notice is about: the product, its origins, from when and until when."""

from datetime import date
from typing import Literal, NamedTuple, get_args

from services.parser.document.document import Document
from services.parser.document.trade_remedies.terms_forms import (
    BEGINS,
    BETWEEN,
    IMPORTED,
    MEASURES,
    NAMED,
    ORIGINS,
    PRODUCT_ENDS,
)
from shared.chinese.dates import find_dates
from shared.chinese.places import PLACES, full_name
from shared.chinese.sentences import part_start, sentence_at
from shared.chinese.text import Passage, Span, trimmed

Measure = Literal["anti-dumping", "countervailing", "safeguard", "additional"]

_SENTENCE, _MENTIONS = 500, 20
_LONGEST_ORIGINS, _LONGEST_PRODUCT = 100, 60
_MEASURES: dict[str, Measure] = {measure: measure for measure in get_args(Measure)}


class Term(NamedTuple):
    """The first day and the last, each with the words that say so."""

    since: date | None = None
    since_span: Span | None = None
    last_day: date | None = None
    last_day_span: Span | None = None


def product_of(document: Document) -> Passage | None:
    """The product by the first name that the title gives it, where it stands in the body text.

    原产于美国、欧盟和新加坡的进口卤化丁基橡胶反倾销调查: what stands between 进口 and the verb or the measure.
    """
    title = document.title.folded
    in_title = _product(title, 0, len(title))
    if in_title:
        name = title[in_title.start : in_title.end]
        at = document.body.folded.find(name)
        if at >= 0:
            return Passage(document.body, at, at + len(name))
        return Passage(document.title, *in_title)
    in_body = _product(document.body.folded, 0, document.main_end)
    return Passage(document.body, *in_body) if in_body else None


def origins_of(document: Document) -> list[Passage]:
    """The countries and regions of origin that the title names, where the body text has them; else
    those that the body text names together, in their order.
    """
    title, folded = document.title.folded, document.body.folded
    titled = _origins(title, len(title))
    spans = _origins(folded, document.main_end)
    if titled and _named(title, titled) != _named(folded, spans):
        return [_in_body(document, span) for span in titled]
    return [Passage(document.body, *span) for span in spans]


def _named(folded: str, spans: list[Span]) -> list[str]:
    return [full_name(folded[span.start : span.end]) for span in spans]


def _in_body(document: Document, span: Span) -> Passage:
    """A name of the title where the body text has it first, else in the title."""
    name = document.title.folded[span.start : span.end]
    at = document.body.folded.find(name, 0, document.main_end)
    if at < 0:
        return Passage(document.title, *span)
    return Passage(document.body, at, at + len(name))


def _origins(folded: str, end_of_text: int) -> list[Span]:
    best: list[Span] = []
    for form in ORIGINS.finditer(folded, 0, end_of_text):
        imported = folded.find("进口", form.end, form.end + _LONGEST_ORIGINS)
        if imported < 0 or form.name != "origin":
            continue
        of = folded.find("的", form.end, imported)
        end = of if of >= 0 else imported
        spans = []
        start = form.end
        for mark in [*BETWEEN.finditer(folded, start, end), None]:
            spans.append(trimmed(folded, start, mark.start if mark else end))
            start = mark.end if mark else end
        if all(0 < span.end - span.start <= 12 for span in spans) and len(spans) > len(best):
            best = spans
    return best


def measure_named(folded: str, start: int, end: int) -> Span | None:
    """Where a part of a text names the one measure that it is about; None when it names several."""
    named = []
    at, opened, closed = start, -1, -1
    for form in MEASURES.finditer(folded, start, end):
        opened = max(opened, folded.rfind("《", at, form.start))
        closed = max(closed, folded.rfind("》", at, form.start))
        at = form.start
        # 《反倾销和反补贴条例》 is the law that both rest on.
        if opened <= closed:
            named.append(form)
    if len({form.name for form in named}) != 1:
        return None
    return Span(named[0].start, named[0].end)


def measure_of(document: Document) -> Passage | None:
    """The measure that the title names, else the main text, when it is only one."""
    span = measure_named(document.title.folded, 0, len(document.title.folded))
    if span:
        return Passage(document.title, *span)
    span = measure_named(document.body.folded, 0, document.main_end)
    return Passage(document.body, *span) if span else None


def measure_called(name: str) -> Measure:
    """The measure by a name that `measure_named` found; KeyError for another name."""
    form = MEASURES.search(name)
    return _MEASURES[form.name if form else name]


def country_before(folded: str, company: str, start: int, end: int) -> Span | None:
    """The country that stands before a company somewhere in a part of the text: 美国的霍尼韦尔…公司."""
    found = folded.find(company, start, end)
    for _ in range(_MENTIONS):
        if found < 0:
            break
        before = folded[max(0, found - 12) : found].removesuffix("的")
        name = PLACES.before(before, len(before))
        if name:
            at = folded.rfind(name, 0, found)
            return Span(at, at + len(name))
        found = folded.find(company, found + 1, end)
    return None


def term_of(document: Document) -> Term:
    """The measure's first and last day.

    The first day is never before the notice's date: what lies earlier belongs to notices that it
    reports.
    """
    since, since_span = _since(document)
    if since is None and document.effect.on is not None and document.effect.span:
        since, since_span = document.effect.on, Span(*document.effect.span)
    last_day, last_day_span = _last_day(document, since)
    return Term(since, since_span, last_day, last_day_span)


def _product(folded: str, start: int, end: int) -> Span | None:
    for form in ORIGINS.finditer(folded, start, end):
        imported = folded.find("进口", form.end, min(end, form.end + _LONGEST_ORIGINS))
        if imported < 0 or part_start(folded, imported, form.end) > form.end:
            continue
        # 原产于美国的排气量在2.5升以上的进口小轿车: the description belongs to the name.
        if span := _until_end(folded, imported + len("进口"), end):
            return span
    at = start if IMPORTED.search(folded, start, end) else end
    while (at := folded.find("进口", at, end)) >= 0:
        at += len("进口")
        if span := _until_end(folded, at, end):
            return span
    named = NAMED.search(folded, start, end)
    return trimmed(folded, *named.span("name")) if named else None


def _until_end(folded: str, begin: int, end: int) -> Span | None:
    stop = PRODUCT_ENDS.search(folded, begin, min(end, begin + _LONGEST_PRODUCT))
    if stop is None and end - begin > _LONGEST_PRODUCT:
        return None
    span = trimmed(folded, begin, stop.start if stop else end, "的、 ")
    return span if span.end - span.start >= 2 else None


def _since(document: Document) -> tuple[date | None, Span | None]:
    folded = document.body.folded
    for day in find_dates(folded, 0, document.main_end):
        if folded[max(0, day.start - 1) : day.start] != "自" or not folded[
            day.end : day.end + 2
        ].strip().startswith("起"):
            continue
        if document.issued_on is not None and day.value < document.issued_on:
            continue
        if BEGINS.search(folded, day.end, sentence_at(folded, day.end, _SENTENCE).end):
            return day.value, Span(day.start, day.end)
    return None, None


def _last_day(document: Document, since: date | None) -> tuple[date | None, Span | None]:
    """The last day of what begins on `since`: the notice's own."""
    if since is None:
        return None, None
    ends = [end for end in document.ends if end.first_day in (None, since)]
    # What ended before it begins is another measure's: deposits from 10 September to 16 December.
    ends = [end for end in ends if end.last_day >= since]
    if not ends:
        return None, None
    last = max(ends, key=lambda end: end.last_day)
    return last.last_day, Span(last.words.start, last.words.end)
