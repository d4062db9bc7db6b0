"""Which sentence, caption or title says what is done with the goods of a list or a table."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from services.parser.document.controlled_items.annexed import AnnexedLists, Verdict
from services.parser.document.controlled_items.contained import Names
from services.parser.document.controlled_items.list_headings import caption_of
from services.parser.document.controlled_items.regulation import (
    Regulation,
    named_in,
    regulation_of,
)
from services.parser.document.controlled_items.sentences import Controlled
from services.parser.document.controlled_items.tables import Row
from services.parser.document.document import Document
from services.parser.document.parts.annexes import PrintedAnnex, annex_at
from services.parser.layouts.page import TextTable
from shared.chinese.text import Span


class Governing:
    """What a notice does with the goods that its lists and tables hold."""

    def __init__(self, document: Document, controlled: Sequence[Controlled]) -> None:
        self._document = document
        self._controlled = controlled
        self._leads = [one for one in controlled if one.points == "below"]
        self._lists = AnnexedLists(document, controlled)
        # Why lists are read for no goods, once each.
        self.doubts: dict[str, None] = {}
        self._whole = regulation_of(document)
        by_name: defaultdict[str, list[int]] = defaultdict(list)
        for index, one in enumerate(controlled):
            for good in one.goods:
                by_name[self._text(good.name)].append(index)
        self._by_name, self._names = by_name, Names(by_name)
        # What was asked before: an annex and a table have many items.
        self._of_annex: dict[tuple[int, int], Regulation | None] = {}
        self._of_names: dict[tuple[int, ...], Regulation] = {}
        self._of_table: dict[int, Regulation] = {}

    def of_listed(self, at: int) -> Regulation | None:
        """What is done with the item of a list at an offset: what the last sentence before it says that
        leads to a list; None where that sentence sets the goods free, and in a list of other things. In an annex it
        is what the annex's title says, and such sentences of the main text as name it, or else none, where they agree.
        """
        verdict = self._verdict(self._lists.of(at))
        if verdict is None:
            return None
        before = bisect_right(self._leads, at, key=lambda lead: lead.start)
        annex = self._annex(at)
        if annex is None:
            lead = self._leads[before - 1] if before else None
            if lead is None:
                return self._whole
            return None if lead.frees else lead.regulation.completed_by(self._whole)
        key = (annex.start, verdict.heading.start if verdict.heading else -1)
        if key not in self._of_annex:
            self._of_annex[key] = self._of_list(annex, verdict, self._leads[:before])
        return self._of_annex[key]

    def _of_list(
        self, annex: PrintedAnnex, verdict: Verdict, before: Sequence[Controlled]
    ) -> Regulation | None:
        leads = verdict.sentences or [one for one in before if not self._lists.names_others(one)]
        if leads and leads[-1].frees:
            return None
        caption = self._headed(annex, verdict)
        sentences = [one.regulation for one in leads if self._may_say(one, caption, verdict)]
        regulation = self._agreed(sentences) if sentences else self._whole
        return caption.completed_by(regulation)

    def of_sentence(self, regulation: Regulation) -> Regulation:
        """What a sentence does, and what it leaves to the notice's title and first words: 将下列商品增列入目录.
        The countries are the sentence's own.
        """
        return regulation.completed_by(self._whole._replace(places=()))

    def of_row(self, table: TextTable, row: Row) -> Regulation | None:
        """What is done with the goods of a table's row: what its own cells say, the sentence that names
        the same goods, the table's caption, all sentences where they agree, the notice. None in a table of other things.
        """
        verdict = self._verdict(self._lists.of(table.start, table))
        if verdict is None:
            return None
        name = self._text(row.good.name)
        named = tuple(sorted({i for word in self._names.within(name) for i in self._by_name[word]}))
        if named:
            if named not in self._of_names:
                sentences = [self._controlled[index].regulation for index in named]
                self._of_names[named] = self._agreed(sentences)
            return row.regulation.completed_by(self._of_names[named])
        if table.start not in self._of_table:
            self._of_table[table.start] = self._of_caption(table, verdict)
        return row.regulation.completed_by(self._of_table[table.start])

    def _verdict(self, verdict: Verdict) -> Verdict | None:
        """A verdict on a list of goods that are regulated."""
        if verdict.doubt:
            self.doubts[verdict.doubt] = None
        return verdict if verdict.regulated else None

    def _of_caption(self, table: TextTable, verdict: Verdict) -> Regulation:
        caption = self._caption(table, verdict)
        above = caption_of(self._document, table)
        captioned: list[Regulation] = []
        sentences: list[Regulation] = []
        for one in verdict.sentences or self._controlled:
            if not (one.goods or one.points == "below") or not self._may_say(one, caption, verdict):
                continue
            if above is None or not above.start <= one.start <= above.end:
                sentences.append(one.regulation)
            # 暂停进口产品清单 says less than the sentence that leads to it, 禁止自朝鲜进口产品 as much.
            elif one.regulation.places:
                captioned.append(one.regulation)
        regulations = captioned or sentences
        regulation = self._agreed(regulations) if regulations else self._whole
        return caption.completed_by(regulation)

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

    def _caption(self, table: TextTable, verdict: Verdict) -> Regulation:
        """What the line above a table says, else the heading or the title of the annex that it stands in."""
        above = caption_of(self._document, table)
        if above is not None:
            caption = named_in(self._document.body.folded, above.start, above.end)
            if caption.directions:
                return caption
        annex = self._annex(table.start)
        return self._headed(annex, verdict) if annex else Regulation()

    def _headed(self, annex: PrintedAnnex, verdict: Verdict) -> Regulation:
        """What the heading of a list in an annex says, else the annex's title."""
        if verdict.heading is not None:
            heading = named_in(self._document.body.folded, *verdict.heading)
            if heading.directions:
                return heading
        return named_in(self._document.body.folded, annex.title_start, annex.title_end)

    def _annex(self, at: int) -> PrintedAnnex | None:
        index = annex_at(self._document, at)
        return self._document.printed_annexes[index] if index is not None else None

    def _text(self, span: Span) -> str:
        return self._document.body.folded[span.start : span.end]

    def _may_say(self, sentence: Controlled, caption: Regulation, verdict: Verdict) -> bool:
        """Whether a sentence may be about the goods below a caption: none on imports is about exports, none on
        another annex about this one.
        """
        if sentence.frees or (not verdict.sentences and self._lists.names_others(sentence)):
            return False
        return not caption.directions or sentence.regulation.directions == caption.directions
