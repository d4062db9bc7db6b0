"""Codes that a sentence of their own gives to goods which another one regulates:
本公告所称甲物项，是指纯度大于99%的铋（参考海关商品编号：8106101091）; 再生黑粉原料的海关商品编号为3824999996.
"""

from collections.abc import Sequence
from typing import NamedTuple

from services.parser.document.controlled_items.codes import MAY_HOLD_CODES
from services.parser.document.controlled_items.goods import Good
from services.parser.document.customs_codes import LABEL, Codes, customs_codes
from services.parser.document.document import Document
from shared.chinese.form import Form, Forms, Found
from shared.chinese.text import Line, Span, trimmed

_ENDS = " “”，、"
STATED = Forms(
    Form(
        "definition",
        r"(?:本(?:公告|通知|决定|办法|目录)|上述|前款)?所称(?:的)?(?P<name>[^，。；：\n]{1,40}?)，?(?:均|仅|系)?(?:是指|指的是|系指|指|包括)",
        yes=("本公告所称甲物项是指", "所称“高压水炮类产品”，是指"),
        no=("本公告所称的规定",),
    ),
    Form(
        "codes",
        rf"的(?:参考)?(?:{LABEL})(?:为|是)",
        yes=("再生黑粉原料的海关商品编号为",),
        no=("海关商品编号为",),
    ),
)
# Up to it, the goods.
GOODS = Forms(
    Form("goods", r"[^，。；：、（）\n\d]{1,60}$", yes=("再生黑粉原料",), no=("原料，",)),
)


class Stated(NamedTuple):
    """What a line says of goods: their name, and their codes."""

    line: Line
    name: Span
    codes: Codes


def stated_codes(document: Document) -> list[Stated]:
    """The lines of the main text that give codes to goods by name, and regulate none."""
    folded = document.body.folded
    found: list[Stated] = []
    if not MAY_HOLD_CODES.search(folded):
        return found
    for line in document.main_lines:
        if form := STATED.search(folded, line.start, line.end):
            name = _name(folded, line, form)
            found.append(Stated(line, name, customs_codes(folded, name.end, line.end)))
    return found


def _name(folded: str, line: Line, form: Found) -> Span:
    if form.holds("name"):
        return trimmed(folded, *form.span("name"), _ENDS)
    goods = GOODS.search(folded, max(line.start, form.start - 60), form.start)
    return trimmed(folded, goods.start if goods else form.start, form.start, _ENDS)


class StatedCodes:
    """What the lines of a text say of goods, the first of each name."""

    def __init__(self, folded: str, stated: Sequence[Stated]) -> None:
        self._folded = folded
        self._by_name: dict[str, tuple[int, Codes]] = {}
        for index, one in enumerate(stated):
            if one.name:
                self._by_name.setdefault(folded[slice(*one.name)], (index, one.codes))
        self._lengths = {len(name) for name in self._by_name}

    def given_to(self, good: Good) -> Good:
        """The goods with the codes that are stated for them, or for the goods that their name ends with
        (不符合要求的再生黑粉原料).
        """
        start, end = good.name
        ends = (
            self._folded[end - length : end] for length in self._lengths if length <= end - start
        )
        said = [self._by_name[name] for name in ends if name in self._by_name]
        if good.hs or not said:
            return good
        _, codes = min(said, key=lambda one: one[0])
        return good._replace(hs=codes.found, doubts=good.doubts + codes.doubts)
