"""Rates of trade remedies: anti-dumping and countervailing duties, deposits, safeguard duties; and those
on top of the tariff's.

Final and preliminary rulings, reviews, and notices on companies that changed their name, under the
反倾销条例, 反补贴条例 and 保障措施条例. Rates are percentages of the dutiable value (海关审定的完税价格).
"""

from typing import Literal, NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.names import Name
from services.parser.document.trade_remedies.additional import additional_rates
from services.parser.document.trade_remedies.additional_forms import LEVIES
from services.parser.document.trade_remedies.forms import (
    ANNOUNCED,
    BY_QUANTITY,
    GOES_ON,
    GROUPS,
    PAID_BY_MARGIN,
    RULINGS,
)
from services.parser.document.trade_remedies.hs_codes import hs_codes_of
from services.parser.document.trade_remedies.lists import listed_rows
from services.parser.document.trade_remedies.rows import Row
from services.parser.document.trade_remedies.safeguards import safeguard_rates
from services.parser.document.trade_remedies.sentences import rates_in_sentences
from services.parser.document.trade_remedies.stage import Remedy
from services.parser.document.trade_remedies.stage_forms import REMEDY
from services.parser.document.trade_remedies.terms import (
    Measure,
    Term,
    country_before,
    measure_called,
    measure_of,
    origins_of,
    product_of,
    term_of,
)
from shared.chinese.moods import is_done
from shared.chinese.places import PLACES, full_name
from shared.chinese.text import Passage, Span
from shared.notice import DutyRate, Evidence

_FIELD = "duty_rates"
_STAGES: dict[str, Literal["deposit", "duty"]] = {
    "deposit": "deposit",
    "duty": "duty",
    # Of the companies that have undertaken no price.
    "undertaking": "duty",
}
# Stages at which a notice sets no rate, whatever margins it prints.
_WITHOUT_RATES = ("initiation", "none levied", "ended")
# Of a rate that applies whoever makes the goods.
_NOBODY = Name(None, None, 0)


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
    if LEVIES.search(title) and not REMEDY.search(title):
        return _additional(document)
    if not (REMEDY.search(title) or REMEDY.search(document.body.folded, 0, document.main_end)):
        levies = LEVIES.search(document.body.folded, 0, document.main_end)
        return _additional(document) if levies else Reading(())
    rates, warnings = _rates(document)
    remedy = _of_rates(document)
    if rates and remedy.stage in _WITHOUT_RATES:
        return Reading((), (), (f"{_FIELD}: margins where no duty is levied are no rates",))
    if not rates and not warnings and ANNOUNCED.search(document.body.folded, 0, document.main_end):
        warnings = [f"{_FIELD}: the text announces rates that were not read"]
    if BY_QUANTITY.search(document.body.folded, 0, document.main_end):
        warnings.append(f"{_FIELD}: a duty by quantity is not read")
    values: list[DutyRate] = []
    evidence: list[Evidence] = []
    codes = hs_codes_of(document) if rates else []
    if rates and remedy.stage is None:
        warnings.append(f"{_FIELD}: the text does not say whether of a duty or of a deposit")
    for rate in rates:
        if rate.product is None:
            warnings.append(f"{_FIELD}: no product is named for {rate.rate:g} %")
            continue
        measure = measure_called(rate.measure.folded) if rate.measure else None
        value, found_in = _value(document, rate, rate.product, measure, remedy, codes, len(values))
        if value.measure is None:
            warnings.append(f"{_FIELD}[{len(values)}].measure: the text names several or none")
        if value.origin is None and value.measure in ("anti-dumping", "countervailing"):
            warnings.append(f"{_FIELD}[{len(values)}].origin: the text does not say of which")
        values.append(value)
        evidence += found_in
    return Reading(tuple(values), tuple(evidence), tuple(dict.fromkeys(warnings)))


def _of_rates(document: Document) -> Remedy:
    """The stage that the rates of a notice are of: the duty goes on while the review lasts that a notice
    initiates (反倾销条例, article 50).
    """
    if document.remedy.stage != "initiation":
        return document.remedy
    for form in GOES_ON.finditer(document.body.folded, 0, document.main_end):
        if is_done(document.body.folded, *form.span("verb")):
            return Remedy("duty", _words(document, Span(form.start, form.end)))
    return document.remedy


def _additional(document: Document) -> Reading[tuple[DutyRate, ...]]:
    """The rates of a notice on duties on top of the tariff's."""
    term = term_of(document)
    values: list[DutyRate] = []
    evidence: list[Evidence] = []
    warnings: list[str] = []
    for rate in additional_rates(document):
        if rate.origin is None:
            warnings.append(f"{_FIELD}[{len(values)}].origin: the text does not say of which")
        value, found_in = _value(
            document,
            _Rate(_NOBODY, rate.rate, rate.rate_span, rate.origin, rate.product, term, rate.verb),
            rate.product,
            "additional",
            Remedy("duty", rate.verb),
            [],
            len(values),
        )
        values.append(value)
        evidence += found_in
    return Reading(tuple(values), tuple(evidence), tuple(warnings))


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
                _origin(document, rate.name, origins, rate.origin),
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
            _Rate(_NOBODY, rate.rate, rate.rate_span, None, product, rate.term, measure)
            for rate in safeguard_rates(document)
        ]
        if found:
            return found, warnings
        for annex in document.printed_annexes:
            if not RULINGS.search(annex.title):
                more, doubts = _rows(document, annex.start, annex.end, origins)
                rows += more
                warnings += doubts
    return [
        _Rate(
            row.name,
            row.rate,
            row.rate_span,
            _origin(document, row.name, origins, row.origin),
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
    warnings = []
    if heaviest == 1 and not PAID_BY_MARGIN.search(document.body.folded, 0, document.main_end):
        warnings.append(f"{_FIELD}: the text lists margins, not rates of a duty or deposit")
    if rows and heaviest == 0:
        warnings.append(f"{_FIELD}: what the percentages are is not said beside them")
    return [row for row in rows if row.weight == heaviest], warnings


def _origin(
    document: Document, name: Name, origins: list[Passage], heading: Span | None
) -> Passage | None:
    """The one in 其他美国公司; else that of the list or the table's cell; else the only origin of the
    case; else a country before the company's name in the text.
    """
    folded = document.body.folded
    text = folded[name.zh.start : name.zh.end] if name.zh else ""
    named = GROUPS.match(text)
    if named and name.zh and (known := _known(named["origin"], origins)):
        at = folded.find(known, *name.zh)
        return Passage(document.body, at, at + len(known))
    if heading:
        # 日本公司 in a table's column of countries.
        headed = GROUPS.match(folded[heading.start : heading.end])
        if headed and (known := _known(headed["origin"], origins)):
            at = folded.find(known, *heading)
            return Passage(document.body, at, at + len(known))
        return _words(document, heading)
    if len(origins) == 1:
        return origins[0]
    for origin in (words.folded for words in origins):
        if name.zh and text.startswith(origin):
            return Passage(document.body, name.zh.start, name.zh.start + len(origin))
    country = country_before(folded, text, 0, document.main_end) if text else None
    return _words(document, country) if country else None


def _known(origin: str, origins: list[Passage]) -> str | None:
    """The name of a place among the words before 公司: one of the case's origins, else any place."""
    if any(words.folded == origin for words in origins) or origin in PLACES.names:
        return origin
    return None


def _words(document: Document, span: Span) -> Passage:
    return Passage(document.body, *span)


def _value(
    document: Document,
    rate: _Rate,
    product: Passage,
    measure: Measure | None,
    remedy: Remedy,
    codes: list[tuple[str, Passage]],
    index: int,
) -> tuple[DutyRate, list[Evidence]]:
    path = f"{_FIELD}[{index}]"
    evidence = [
        words.evidence(f"{path}.{field}")
        for field, words in (
            ("measure", rate.measure),
            ("product", product),
            ("origin", rate.origin),
            ("stage", remedy.words),
            *((f"hs_codes[{place}]", words) for place, (_, words) in enumerate(codes)),
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
        measure=measure,
        product=product.quote,
        origin=full_name(rate.origin.quote) if rate.origin else None,
        company_zh=document.body.quote(rate.name.zh),
        company_latin=document.body.quote(rate.name.latin),
        rate=rate.rate,
        since=rate.term.since,
        last_day=rate.term.last_day,
        stage=_STAGES.get(remedy.stage or ""),
        hs_codes=tuple(code for code, _ in codes),
    )
    return value, evidence
