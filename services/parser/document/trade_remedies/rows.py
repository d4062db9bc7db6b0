"""One company's rate in a list."""

from collections.abc import Sequence
from typing import NamedTuple

from services.parser.document.names import Name, kind_of
from services.parser.document.trade_remedies.forms import COMPANIES, FORM_FIRST, HEADINGS
from shared.chinese.characters import squeeze
from shared.chinese.form import Found
from shared.chinese.text import Span


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


def rate_span(form: Found) -> Span:
    """The rate of a form with its percent sign, before which a blank may stand: 36.2 %."""
    start, end = form.span("rate")
    return Span(start, form.start + form.text.index("%", end - form.start) + 1)


def heading_of(text: str, origins: Sequence[str]) -> Found | None:
    """What a line or a cell says that heads the companies of a country: 日本公司：, and 韩国 alone where it is one
    of the case's origins.
    """
    words = squeeze(text)
    return HEADINGS.match(words + "：" if words in origins else words)


def is_company(folded: str, name: Name) -> bool:
    """Whether a name is a company's or stands for companies: 其他美国公司, All Others."""
    if kind_of(folded, name) or (name.zh and FORM_FIRST.match(folded, *name.zh)):
        return True
    return any(
        COMPANIES.search(folded[span.start : span.end]) for span in (name.zh, name.latin) if span
    )
