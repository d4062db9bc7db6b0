"""Safeguard duties, which fall year by year: 2017年5月22日至2018年5月21日税率为45%.

保障措施条例: they apply to a product whatever its origin and maker.
"""

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.trade_remedies.forms import DUTY_BEFORE, RATES, TO
from services.parser.document.trade_remedies.terms import Term, term_of
from shared.chinese.dates import find_dates
from shared.chinese.text import Span

# From the last day of a period to its rate.
_LONGEST = 60


class SafeguardRate(NamedTuple):
    rate: float
    rate_span: Span
    term: Term


def safeguard_rates(document: Document) -> list[SafeguardRate]:
    """The rates of a safeguard measure, each with its period; a single rate has the measure's."""
    title = document.title.folded
    if "保障措施" not in title or "反倾销" in title:
        return []
    folded = document.body.folded
    found: list[SafeguardRate] = []
    days = find_dates(folded, 0, document.main_end)
    spans = [
        (first, second)
        for first, second in pairwise(days)
        if TO.match(folded, first.end, second.start)
    ]
    for first, second in spans:
        stop = second.end + _LONGEST
        line_end = folded.find("\n", second.end, stop)
        following = bisect_right(spans, second.end, key=lambda span: span[0].start)
        if following < len(spans):
            stop = min(stop, spans[following][0].start)
        rate = RATES.search(folded, second.end, min(stop, line_end) if line_end >= 0 else stop)
        if rate:
            term = Term(
                first.value,
                Span(first.start, first.end),
                second.value,
                Span(second.start, second.end),
            )
            found.append(SafeguardRate(float(rate["rate"]), Span(rate.start, rate.end), term))
    if found:
        return found
    term = term_of(document)
    single = [
        rate
        for rate in RATES.finditer(folded, 0, document.main_end)
        if DUTY_BEFORE.search(folded, max(0, rate.start - 30), rate.start)
    ]
    if len({rate["rate"] for rate in single}) == 1:
        return [SafeguardRate(float(single[0]["rate"]), Span(single[0].start, single[0].end), term)]
    return []
