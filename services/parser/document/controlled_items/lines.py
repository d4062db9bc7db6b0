"""Lines of a control notice as they print items: number, control code, name, customs codes."""

from typing import NamedTuple

from services.parser.document.controlled_items.codes import CONTROL_CODES, control_codes
from services.parser.document.controlled_items.goods import Good, goods_in
from services.parser.document.document import Document
from shared.chinese.markers import marker_at
from shared.chinese.text import Line, Span, trimmed


class ItemLine(NamedTuple):
    """A line taken apart. `level` is that of its number, 0 without one; `codes` are the control codes
    that it begins with; `goods` what is left without number and end marks, with their codes.
    """

    line: Line
    level: int
    codes: tuple[Span, ...]
    goods: tuple[Good, ...]

    @property
    def name(self) -> Span:
        """The words of the line without its number and its codes; an empty span if there are none."""
        return self.goods[0].name if self.goods else Span(self.line.end, self.line.end)

    @property
    def marked(self) -> bool:
        """Whether the line has codes of its own."""
        return bool(self.codes or any(good.hs or good.codes for good in self.goods))


def item_line(document: Document, line: Line) -> ItemLine:
    """A line as an item prints itself."""
    folded = document.body.folded
    marker = marker_at(folded, line.start, line.end)
    start = marker.end if marker else trimmed(folded, line.start, line.end).start
    level = marker.level if marker else 0
    codes: tuple[Span, ...] = ()
    coded = CONTROL_CODES.match(folded, start, line.end)
    if coded:
        codes = control_codes(folded, *coded.span("codes"))
        start = coded.end
    return ItemLine(line, level, codes, goods_in(folded, start, line.end))
