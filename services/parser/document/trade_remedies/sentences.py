"""Rates that a sentence sets: a successor's, the one for exports under an old name, an adjusted one.

商务部公告2018年第47号 (http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml) sets four in two sentences each.
"""

import re
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.names import Name, name_at
from services.parser.document.reported import is_reported
from services.parser.document.trade_remedies.enumerated import company_rates
from services.parser.document.trade_remedies.forms import (
    ADJUSTED,
    COUNTRY,
    EXEMPT,
    LEVIED,
    OTHERS,
    SETS,
    STATED,
    SUCCESSION,
    TIMES,
)
from services.parser.document.trade_remedies.rows import is_company, rate_span
from services.parser.document.trade_remedies.terms import measure_named
from shared.chinese.form import Found
from shared.chinese.sentences import parts
from shared.chinese.text import Line, Span, trimmed

# What is longer is no sentence.
_LONGEST = 2000
_PRODUCT_WORD = "产品"
_OF_CASE = ("被调查", "上述", "该", "相关")


class Sentence(NamedTuple):
    """A rate in a sentence; `product` is None where the sentence names none."""

    name: Name
    rate: float
    rate_span: Span
    product: Span | None
    origin: Span | None = None
    measure: Span | None = None


def rates_in_sentences(document: Document) -> tuple[list[Sentence], list[str]]:
    """The rates that the notice's own sentences set, and what is doubtful.

    Rates of earlier notices that it reports (…发布2016年第4号公告，…适用的反倾销税率为36.2%) are not its own.
    """
    folded = document.body.folded
    found: list[Sentence] = []
    warnings: list[str] = []
    for line in document.main_lines:
        if "税" not in line.folded and "保证金" not in line.folded:
            continue
        if companies := _enumerated(document, line):
            found += companies
            continue
        for start, end in parts(folded, line.start, line.end):
            if end - start > _LONGEST or not SETS.search(folded, start, end):
                continue
            begins = TIMES.match(folded, start, end)
            time = begins.name if begins else None
            if time != "now" and is_reported(document, end):
                continue
            measure = measure_named(folded, start, end)
            succession = next(SUCCESSION.ranked(folded, start, end), None)
            if succession and succession.name == "inherited":
                rates, doubt = _inherited(document, succession, end)
                found += [rate._replace(measure=measure) for rate in rates]
                warnings += doubt
            elif succession:
                found.append(_under_old_name(folded, succession, measure))
            elif time != "before":
                found += _set(folded, start, end, measure)
    return found, warnings


def _enumerated(document: Document, line: Line) -> list[Sentence]:
    folded = document.body.folded
    if line.end - line.start > _LONGEST:
        return []
    return [
        Sentence(
            one.name,
            float(one.rate["rate"]),
            Span(one.rate.start, one.rate.end),
            None,
            one.origin,
            measure_named(folded, line.start, one.rate.start),
        )
        for one in company_rates(folded, line.start, line.end)
        if not is_reported(document, one.rate.start)
    ]


def _under_old_name(folded: str, form: Found, measure: Span | None) -> Sentence:
    others = OTHERS.search(folded, *form.span("whose"))
    return Sentence(
        name_at(folded, *form.span("old")),
        float(form["rate"]),
        rate_span(form),
        _product(folded, form),
        Span(*others.span("origin")) if others else None,
        measure,
    )


def _set(folded: str, start: int, end: int, measure: Span | None) -> list[Sentence]:
    for forms in (ADJUSTED, LEVIED):
        found = [
            Sentence(name, float(form["rate"]), rate_span(form), None, measure=measure)
            for form in forms.finditer(folded, start, end)
            if is_company(folded, name := _company(folded, form))
        ]
        if found:
            return found
    return []


def _company(folded: str, form: Found) -> Name:
    start, end = form.span("new")
    country = COUNTRY.match(folded, start, end)
    return name_at(folded, country.end if country else start, end)


def _product(folded: str, form: Found) -> Span | None:
    """The product that a form names; None where it is the case's: 以甲公司名称出口的|被调查产品."""
    if not form.holds("product") or form["product"].startswith(_OF_CASE):
        return None
    span = trimmed(folded, *form.span("product"))
    name = folded[span.start : span.end].removesuffix(_PRODUCT_WORD)
    return Span(span.start, span.start + len(name)) if len(name) >= 2 else span


def _inherited(document: Document, form: Found, end: int) -> tuple[list[Sentence], list[str]]:
    folded = document.body.folded
    new = name_at(folded, *form.span("new"))
    product = _product(folded, form)
    if EXEMPT.search(folded, form.end, end):
        return [], ["duty_rates: a successor is exempt from the duty"]
    if form["rate"]:
        return [Sentence(new, float(form["rate"]), rate_span(form), product)], []
    # The sentence leaves the rate out: the text has said before what the old company's is.
    old = name_at(folded, *form.span("old"))
    stated = [] if old.zh is None else _stated_rates(folded, old.zh, form.start)
    if len({rate["rate"] for rate in stated}) != 1:
        return [], ["duty_rates: the rate that is inherited is not in the text"]
    return [Sentence(new, float(stated[0]["rate"]), rate_span(stated[0]), product)], []


def _stated_rates(folded: str, company: Span, end: int) -> list[Found]:
    """乙公司在…中所适用的反倾销税率为3.6%, before `end`."""
    name = re.escape(folded[company.start : company.end])
    return [
        form
        for mention in re.finditer(name, folded[:end])
        if (form := STATED.match(folded, mention.end(), end))
    ]
