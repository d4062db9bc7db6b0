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
from services.parser.document.parts.annexes import PrintedAnnex
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
        leads to a list; None where that sentence sets the goods free. In an annex it is what the annex's
        title says, and such sentences of the main text where they agree.
        """
        leads = [one for one in self._controlled if one.points == "below" and one.start <= at]
        if not leads:
            return self._whole
        if leads[-1].frees:
            return None
        annex = self._annex(at)
        if annex is None or annex.start <= leads[-1].start:
            return leads[-1].regulation.completed_by(self._whole)
        caption = self._titled(annex)
        sentences = [one.regulation for one in leads if not one.frees and _may_say(one, caption)]
        regulation = self._agreed(sentences) if sentences else self._whole
        return caption.completed_by(regulation)

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
            if one.frees or not (one.goods or one.points == "below") or not _may_say(one, caption):
                continue
            if above is None or not above.start <= one.start <= above.end:
                sentences.append(one.regulation)
            # 暂停进口产品清单 says less than the sentence that leads to it, 禁止自朝鲜进口产品 as much.
            elif one.regulation.places:
                captioned.append(one.regulation)
        regulations = captioned or sentences
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
        annex = self._annex(table.start)
        return self._titled(annex) if annex else Regulation()

    def _annex(self, at: int) -> PrintedAnnex | None:
        for annex in self._document.printed_annexes:
            if annex.start <= at < annex.end:
                return annex
        return None

    def _titled(self, annex: PrintedAnnex) -> Regulation:
        return named_in(self._document.body.folded, annex.title_start, annex.title_end)

    def _above(self, table: TextTable) -> Line | None:
        """The line above a table, where it is none of another table."""
        above = self._document.body.line_at(table.start - 1) if table.start else None
        return above if above is not None and "\t" not in above.raw else None

    def _text(self, span: Span) -> str:
        return self._document.body.folded[span.start : span.end]


def _may_say(sentence: Controlled, caption: Regulation) -> bool:
    """Whether a sentence may be about the goods below a caption: none on imports is about exports."""
    return not caption.directions or sentence.regulation.directions == caption.directions
