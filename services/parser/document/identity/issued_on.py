"""成文日期: the day on which the document was issued."""

import re
from datetime import date

from services.parser.document.document import Document, Reading
from shared.chinese.acts import ISSUE
from shared.chinese.dates import find_dates

# （2020年12月19日国家发展和改革委员会、商务部令第37号公布…）,
# （2021年6月10日第十三届全国人民代表大会常务委员会…通过）
_PUBLISHED = re.compile(rf"（.{{0,120}}?{ISSUE}")
_PASSED = re.compile(r"（.{0,80}?通过")
_FIRST_LINES = 6


def read(document: Document) -> Reading[date | None]:
    """The day under the signature, else the label's, else that of the bracket under the title."""
    label = document.label_block.get("issued")
    days = find_dates(label.folded) if label else []
    signature, body = document.signature, document.body
    if signature is not None and signature.issued_on is not None:
        evidence = body.evidence("issued_on", signature.date_start, signature.date_end)
        contradicted = (
            label and days and days[0].value != signature.issued_on and not label.stands_beside
        )
        warnings = (f"issued_on: the label says {days[0].value}",) if contradicted else ()
        return Reading(signature.issued_on, (evidence,), warnings)
    if label is not None and days:
        day = days[0]
        return Reading(day.value, (label.evidence("issued_on", day.start, day.end),))
    for line in body.lines[:_FIRST_LINES]:
        bracket = _PUBLISHED.match(line.folded) or _PASSED.match(line.folded)
        if bracket is None:
            continue
        # The day behind the verb is another: （…令发布 自2005年4月1日起施行）.
        # Where it states both, the day of the order counts: 9月18日…通过　9月30日国务院令第792号公布.
        found = find_dates(body.folded, line.start, line.start + bracket.end())
        if found:
            day = found[-1]
            return Reading(day.value, (body.evidence("issued_on", day.start, day.end),))
    return Reading(None, warnings=("issued_on: none found",))
