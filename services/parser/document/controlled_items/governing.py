"""Which sentence, caption or title says what is done with the goods of a list or a table."""

from collections.abc import Sequence

from services.parser.document.controlled_items.regulation import (
    Regulation,
    named_in,
    regulation_of,
)
from services.parser.document.controlled_items.sentences import Controlled
from services.parser.document.controlled_items.tables import Row
from services.parser.document.document import Document
from services.parser.layouts.page import TextTable
from shared.chinese.text import Line, Span


class Governing:
    """What a notice does with the goods that its lists and tables hold."""

    def __init__(self, document: Document, controlled: Sequence[Controlled]) -> None:
        self._document = document
        self._controlled = controlled
        self._whole = regulation_of(document)

    def of_listed(self, at: int) -> Regulation | None:
        """What is done with the item of a list at an offset: what the last sentence before it says that
        leads to a list; None where that sentence sets the goods free.
        """
        leads = [one for one in self._controlled if one.points == "below" and one.start <= at]
        if not leads:
            return self._whole
        if leads[-1].frees:
            return None
        return leads[-1].regulation.completed_by(self._whole)

    def of_sentence(self, regulation: Regulation) -> Regulation:
        """What a sentence does, and what it leaves to the notice's title and first words: 将下列商品增列入目录.
        The countries are the sentence's own.
        """
        return regulation.completed_by(self._whole._replace(places=()))

    def of_row(self, table: TextTable, row: Row) -> Regulation:
        """What is done with the goods of a table's row: what its own cells say, the sentence that names
        the same goods, the table's caption, all sentences where they agree, the notice.
        """
        name = self._text(row.good.name)
        named = [
            one.regulation
            for one in self._controlled
            if any(self._text(good.name) in name for good in one.goods)
        ]
        if named:
            return row.regulation.completed_by(self._agreed(named))
        caption = self._caption(table)
        above = self._above(table)
        captioned: list[Regulation] = []
        sentences: list[Regulation] = []
        for one in self._controlled:
            if one.frees or not (one.goods or one.points == "below"):
                continue
            if caption.directions and one.regulation.directions != caption.directions:
                continue
            of_table = above is not None and above.start <= one.start <= above.end
            (captioned if of_table else sentences).append(one.regulation)
        # 暂停进口产品清单 says less than the sentence that leads to it, 禁止自朝鲜进口产品 as much.
        regulations = [one for one in captioned if one.places] or sentences or captioned
        regulation = self._agreed(regulations) if regulations else self._whole
        return row.regulation.completed_by(caption).completed_by(regulation)

    def _agreed(self, regulations: Sequence[Regulation]) -> Regulation:
        """What several sentences say alike."""
        first, *others = regulations
        if any(one.directions != first.directions for one in others):
            first = first._replace(directions=(), word=None)
        if any(one.measure != first.measure for one in others):
            first = first._replace(measure=None, verb=None)
        if len({tuple(map(self._text, one.places)) for one in regulations}) > 1:
            first = first._replace(places=())
        if len({one.condition and self._text(one.condition) for one in regulations}) > 1:
            first = first._replace(condition=None)
        return first

    def _caption(self, table: TextTable) -> Regulation:
        """What the line above a table says, else the title of the annex that it stands in."""
        folded = self._document.body.folded
        above = self._above(table)
        if above is not None:
            caption = named_in(folded, above.start, above.end)
            if caption.directions:
                return caption
        for annex in self._document.printed_annexes:
            if annex.start <= table.start < annex.end:
                return named_in(folded, annex.title_start, annex.title_end)
        return Regulation()

    def _above(self, table: TextTable) -> Line | None:
        """The line above a table, where it is none of another table."""
        above = self._document.body.line_at(table.start - 1) if table.start else None
        return above if above is not None and "\t" not in above.raw else None

    def _text(self, span: Span) -> str:
        return self._document.body.folded[span.start : span.end]
