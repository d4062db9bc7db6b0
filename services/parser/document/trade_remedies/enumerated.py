"""Rates that one sentence names company by company: 税率为：印度甲公司12.3%，其他印度公司25.6%."""

from typing import NamedTuple

from services.parser.document.names import Name, name_at
from services.parser.document.trade_remedies.forms import (
    HEADINGS,
    LEADS,
    LEVIED_BEFORE,
    NO_COMPANY,
    NO_ORIGIN,
    RATES,
    RATES_OF,
    SAYS_RATE,
)
from services.parser.document.trade_remedies.rows import is_company
from shared.chinese.characters import squeeze
from shared.chinese.form import Form, Forms, Found
from shared.chinese.sentences import sentences
from shared.chinese.text import Span, trimmed

_SEPARATORS = " ，、；。　"
# Between a rate and the next company.
_JOINED = Forms(
    Form("joined", r"\s?[，、；]?\s?(?:以及|和|及|与)?\s?", yes=("，", "、", "和", "；"), no=()),
    anchored=True,
)


class CompanyRate(NamedTuple):
    """One company of such a sentence, and the country whose companies it stands among."""

    name: Name
    rate: Found
    origin: Span | None


def company_rates(folded: str, start: int, end: int) -> list[CompanyRate]:
    """The companies of one line whose rates its sentences name one after the other, in order.

    None of a sentence in which a rate is left without a company, or that lists margins (倾销幅度).
    """
    found: list[CompanyRate] = []
    for sentence in sentences(folded, start, end):
        found += _of_sentence(folded, start, sentence)
    return found


def _of_sentence(folded: str, line: int, sentence: Span) -> list[CompanyRate]:
    rates = list(RATES.finditer(folded, *sentence))
    if not rates:
        return []
    lead = LEADS.search(folded, sentence.start, rates[0].start)
    if lead is None and not LEVIED_BEFORE.search(folded, line, sentence.start):
        return []
    if lead is not None and next(RATES_OF.ranked(lead.text)).name == "margin":
        return []
    found: list[CompanyRate] = []
    origin: Span | None = None
    at = lead.end if lead else sentence.start
    for rate in rates:
        joined = _JOINED.match(folded, at, rate.start)
        at = joined.end if joined else at
        if heading := _heading(folded, at, rate.start):
            origin, at = heading
        name = _company(folded, at, rate.start)
        if name is None:
            return []
        found.append(CompanyRate(name, rate, origin))
        at = rate.end
    return found


def _heading(folded: str, start: int, end: int) -> tuple[Span | None, int] | None:
    """The country in 韩国公司：, none in 抽样公司：, and where what stands below it begins."""
    colon = folded.find("：", start, end)
    heading = HEADINGS.match(squeeze(folded[start : colon + 1])) if colon >= 0 else None
    if heading is None:
        return None
    if NO_ORIGIN.search(heading["origin"]):
        return None, colon + 1
    country = folded.find(heading["origin"], start, colon)
    return Span(country, country + len(heading["origin"])), colon + 1


def _company(folded: str, start: int, end: int) -> Name | None:
    span = trimmed(folded, start, end, _SEPARATORS)
    if says := SAYS_RATE.search(folded, *span):
        span = Span(span.start, says.start)
    if not span or NO_COMPANY.search(folded, *span):
        return None
    name = name_at(folded, *span)
    return name if name.end == span.end and is_company(folded, name) else None
