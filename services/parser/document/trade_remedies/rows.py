"""One company's rate in a list, and the words that lists of rates are told by."""

import re
from typing import NamedTuple

from services.parser.document.names import Name, kind_of
from shared.chinese.text import Span

RATE = r"(?P<rate>\d{1,4}(?:[.]\d{1,4})?)\s?%"
# 对各公司征收的反倾销税税率如下： / 各公司的倾销幅度如下：
DUTY = re.compile(r"税率|比率|保证金|反倾销税|反补贴税|关税")
INTRODUCES = re.compile(r"如下|见下表|[：:]$|为$|列表|一览表|税率表|比率表")
HEADING = re.compile(
    r"^(?P<origin>[^，。：%（）\d]{1,14}?)(?:的)?(?:公司|企业|生产商|出口商|厂商)(?:及(?:其)?(?:税率|比率))?[：:]?$"
    r"|^(?P<origin2>[^，。：%（）\d]{1,10})[：:]$"
)
_OTHERS = re.compile(
    r"^(?:其他|其它|所有|全部|未应诉|应诉)|公司$|企业$|厂商$|All Others", re.IGNORECASE
)
# 株式会社晓星: the form of the company stands first.
_FORM_FIRST = re.compile(r"株式会社|（株）|有限会社")


class Row(NamedTuple):
    """One company's rate. `weight` is 2 for a duty or deposit, 1 for a margin, 0 where a row stands
    without a line that says what it is. `measure` is where the table's head or the line above says
    反倾销 or 反补贴.
    """

    name: Name
    rate: float
    rate_span: Span
    origin: Span | None
    weight: int
    measure: Span | None = None


def is_company(folded: str, name: Name) -> bool:
    """Whether a name is a company's or stands for companies: 其他美国公司, All Others."""
    if kind_of(folded, name) or (name.zh and _FORM_FIRST.match(folded, *name.zh)):
        return True
    return any(
        _OTHERS.search(folded[span.start : span.end]) for span in (name.zh, name.latin) if span
    )
