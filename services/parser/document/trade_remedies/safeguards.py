"""Safeguard duties, which fall year by year: 2017年5月22日至2018年5月21日税率为45%.

保障措施条例: they apply to a product whatever its origin and maker.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.trade_remedies.forms import RATE
from services.parser.document.trade_remedies.terms import Term, term_of
from shared.chinese.dates import find_dates
from shared.chinese.text import Span

_RATE = re.compile(rf"(?<![\d.]){RATE}")
_TO = re.compile(r"\s?起?\s?(?:至|到|-|—|－|～|~)\s?")
_DUTY = re.compile(r"(?:税率|加征|征收)[^。；，\n]{0,16}$")


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
        if _TO.fullmatch(folded, first.end, second.start)
    ]
    for first, second in spans:
        line_end = folded.find("\n", second.end)
        stop = line_end if line_end >= 0 else len(folded)
        nexts = [later.start for later, _ in spans if later.start > second.end]
        stop = min([stop, *nexts])
        rate = _RATE.search(folded, second.end, min(stop, second.end + 60))
        if rate:
            term = Term(
                first.value,
                Span(first.start, first.end),
                second.value,
                Span(second.start, second.end),
            )
            found.append(SafeguardRate(float(rate["rate"]), Span(*rate.span()), term))
    if found:
        return found
    term = term_of(document)
    single = [
        match
        for match in _RATE.finditer(folded, 0, document.main_end)
        if _DUTY.search(folded, max(0, match.start() - 30), match.start())
    ]
    if len({match["rate"] for match in single}) == 1:
        return [SafeguardRate(float(single[0]["rate"]), Span(*single[0].span()), term)]
    return []
