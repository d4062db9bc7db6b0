"""Rates of trade remedies: anti-dumping and countervailing duties, deposits, safeguard duties.

Final and preliminary rulings, reviews, and notices on companies that changed their name, under the
反倾销条例, 反补贴条例 and 保障措施条例. Rates are percentages of the dutiable value (海关审定的完税价格).
"""

import re
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.names import Name
from services.parser.document.trade_remedies.lists import listed_rows
from services.parser.document.trade_remedies.rows import Row
from services.parser.document.trade_remedies.safeguards import safeguard_rates
from services.parser.document.trade_remedies.sentences import rates_in_sentences
from services.parser.document.trade_remedies.terms import (
    Term,
    country_before,
    measure_called,
    measure_of,
    origins_of,
    product_of,
    term_of,
)
from shared.chinese.text import Passage, Span
from shared.notice import DutyRate, Evidence

_FIELD = "duty_rates"
_REMEDY = re.compile(r"反倾销|反补贴|保障措施|反规避")
_ANNOUNCED = re.compile(
    r"(?:税率|比率)[^。，；\n]{0,12}(?:如下|见下表)[^。]{0,20}\n(?:[^%％\n]{0,80}\n){0,4}[^%％\n]{0,80}\d[%％]"
)
_RULING = re.compile(r"裁定|裁决")
_ORIGIN_IN_NAME = re.compile(r"^(?:其[他它]|所有)?(?P<origin>.{1,10}?)(?:的)?(?:公司|企业|厂商)$")


class _Rate(NamedTuple):
    name: Name
    rate: float
    rate_span: Span
    origin: Passage | None
    product: Passage | None
    term: Term
    measure: Passage | None = None


def read(document: Document) -> Reading[tuple[DutyRate, ...]]:
    """The rates that the notice sets, in the order of the text.

    Lists and tables of the main text come first, then its sentences, then annexes: a printed ruling
    repeats margins that are not yet rates. Rates without a product are left out and said to be.
    """
    title = document.title.folded
    if not (_REMEDY.search(title) or _REMEDY.search(document.body.folded, 0, document.main_end)):
        return Reading(())
    rates, warnings = _rates(document)
    if not rates and not warnings and _ANNOUNCED.search(document.body.folded, 0, document.main_end):
        warnings = [f"{_FIELD}: the text announces rates that were not read"]
    values: list[DutyRate] = []
    evidence: list[Evidence] = []
    for rate in rates:
        if rate.product is None:
            warnings.append(f"{_FIELD}: no product is named for {rate.rate:g} %")
            continue
        value, found_in = _value(document, rate, rate.product, len(values))
        if value.measure is None:
            warnings.append(f"{_FIELD}[{len(values)}].measure: the text names several or none")
        values.append(value)
        evidence += found_in
    return Reading(tuple(values), tuple(evidence), tuple(dict.fromkeys(warnings)))


def _rates(document: Document) -> tuple[list[_Rate], list[str]]:
    product, term = product_of(document), term_of(document)
    measure = measure_of(document)
    origins = origins_of(document)
    rows, warnings = _rows(document, 0, document.main_end, origins)
    if not rows:
        sentences, warnings = rates_in_sentences(document)
        found = [
            _Rate(
                rate.name,
                rate.rate,
                rate.rate_span,
                _words(document, rate.origin)
                if rate.origin
                else _origin(document, rate.name, origins),
                _words(document, rate.product) if rate.product else product,
                term,
                _words(document, rate.measure) if rate.measure else measure,
            )
            for rate in sentences
        ]
        if found:
            # A successor is of the country whose other companies' rate the old name is given.
            countries = {rate.origin.folded for rate in found if rate.origin}
            if len(countries) == 1:
                country = next(rate.origin for rate in found if rate.origin)
                found = [rate._replace(origin=rate.origin or country) for rate in found]
            return found, warnings
        found = [
            _Rate(Name(None, None, 0), rate.rate, rate.rate_span, None, product, rate.term, measure)
            for rate in safeguard_rates(document)
        ]
        if found:
            return found, warnings
        for annex in document.printed_annexes:
            if not _RULING.search(annex.title):
                more, doubts = _rows(document, annex.start, annex.end, origins)
                rows += more
                warnings += doubts
    return [
        _Rate(
            row.name,
            row.rate,
            row.rate_span,
            _words(document, row.origin) if row.origin else _origin(document, row.name, origins),
            product,
            term,
            _words(document, row.measure) if row.measure else measure,
        )
        for row in rows
    ], warnings


def _rows(
    document: Document, start: int, end: int, origins: list[Passage]
) -> tuple[list[Row], list[str]]:
    names = [origin.folded for origin in origins]
    rows = listed_rows(document, start, end, names)
    heaviest = max((row.weight for row in rows), default=0)
    if heaviest == 1:
        return [row for row in rows if row.weight == 1], [
            f"{_FIELD}: the text lists margins, not rates of a duty or deposit"
        ]
    return [row for row in rows if row.weight == heaviest], []


def _origin(document: Document, name: Name, origins: list[Passage]) -> Passage | None:
    """The only origin of the case; else the one in 其他美国公司; else a country before the company."""
    folded = document.body.folded
    if len(origins) == 1:
        return origins[0]
    if name.zh is None:
        return None
    text = folded[name.zh.start : name.zh.end]
    match = _ORIGIN_IN_NAME.match(text)
    for origin in (words.folded for words in origins):
        if (match and match["origin"] == origin) or text.startswith(origin):
            at = folded.find(origin, *name.zh)
            return Passage(document.body, at, at + len(origin))
    country = country_before(folded, text, 0, document.main_end)
    return _words(document, country) if country else None


def _words(document: Document, span: Span) -> Passage:
    return Passage(document.body, *span)


def _value(
    document: Document, rate: _Rate, product: Passage, index: int
) -> tuple[DutyRate, list[Evidence]]:
    path = f"{_FIELD}[{index}]"
    evidence = [
        words.evidence(f"{path}.{field}")
        for field, words in (
            ("measure", rate.measure),
            ("product", product),
            ("origin", rate.origin),
        )
        if words
    ]
    for field, span in (
        ("company_zh", rate.name.zh),
        ("company_latin", rate.name.latin),
        ("rate", rate.rate_span),
        ("since", rate.term.since_span),
        ("last_day", rate.term.last_day_span),
    ):
        if span:
            evidence.append(document.body.evidence(f"{path}.{field}", *span))
    value = DutyRate(
        measure=measure_called(rate.measure.folded) if rate.measure else None,
        product=product.quote,
        origin=rate.origin.quote if rate.origin else None,
        company_zh=document.body.quote(rate.name.zh),
        company_latin=document.body.quote(rate.name.latin),
        rate=rate.rate,
        since=rate.term.since,
        last_day=rate.term.last_day,
    )
    return value, evidence
