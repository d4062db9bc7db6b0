"""Duties that are added to those of the tariff: 对原产于美国的所有进口商品，加征34%关税.

国务院关税税则委员会 announces them (税委会公告2025年第4号), under 关税法 (articles 17 and 18); they apply to goods of an
origin whoever makes them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.reported import is_reported
from services.parser.document.trade_remedies.additional_forms import ADDED, GOODS, OF_TITLE
from services.parser.document.trade_remedies.rows import rate_span
from services.parser.document.trade_remedies.terms import origins_of
from shared.chinese.form import Found
from shared.chinese.moods import is_done
from shared.chinese.text import Passage, Span, trimmed


class AdditionalRate(NamedTuple):
    """One rate: of which goods, of which origin, and the verb that levies it."""

    product: Passage
    rate: float
    rate_span: Span
    origin: Passage | None
    verb: Passage


def additional_rates(document: Document) -> Iterator[AdditionalRate]:
    """The rates that the main text levies on top of the tariff, in order.

    The origin is the goods', else that of the goods before them in the sentence, else that of the case. A rate
    that is suspended (暂停实施24%的对美加征关税税率), kept or only reported is none that the notice sets.
    """
    body = document.body
    origins = origins_of(document)
    of_case = origins[0] if len(origins) == 1 else None
    before: AdditionalRate | None = None
    for form in ADDED.finditer(body.folded, 0, document.main_end):
        verb = Passage(body, *form.span("verb"))
        if is_reported(document, form.start) or not is_done(body.folded, verb.start, verb.end):
            continue
        product, origin = _goods(document, form)
        if product is None:
            continue
        if origin is None and before and "。" not in body.folded[before.verb.start : verb.start]:
            origin = before.origin
        before = AdditionalRate(
            product, float(form["rate"]), rate_span(form), origin or of_case, verb
        )
        yield before


def _goods(document: Document, form: Found) -> tuple[Passage | None, Passage | None]:
    """The goods as the sentence names them, and their origin; else the goods that the title names."""
    if not form.holds("goods"):
        titled = OF_TITLE.search(document.title.folded)
        return (Passage(document.title, *titled.span("goods")) if titled else None), None
    body = document.body
    span = trimmed(body.folded, *form.span("goods"), "，、 ")
    if named := GOODS.match(body.folded, *span):
        return Passage(body, *named.span("goods")), Passage(body, *named.span("origin"))
    return (Passage(body, *span) if span else None), None
