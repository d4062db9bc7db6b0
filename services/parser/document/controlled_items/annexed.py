"""Which sentences say what is done with the lists of each annex, and which annexes list other things.

决定对附件1所列物项实施出口管制 says nothing of the tariff in annex 2. An annex is named by its number or its title; what
sends to 附件 without a number sends to those that no other sentence names.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from services.parser.document.controlled_items.annexed_forms import (
    BESIDES,
    EXCEPTED_BEFORE,
    EXCEPTED_BEHIND,
    EXCEPTS,
    PARTS_BEHIND,
    SENDS,
)
from services.parser.document.controlled_items.annexes_named import annexes_named, titles_of
from services.parser.document.controlled_items.list_headings import (
    OTHERS,
    Heading,
    Matter,
    caption_of,
    captioned_matter,
    headings_of,
    matter_of,
    states_rates,
)
from services.parser.document.controlled_items.sentences import Controlled
from services.parser.document.document import Document
from services.parser.document.parts.annexes import annex_at
from services.parser.layouts.page import TextTable
from shared.chinese.annexes import mentions
from shared.chinese.numerals import TENS, number
from shared.chinese.sentences import STOPS, part_start
from shared.chinese.text import Line, Span

# How far behind a sentence the annex is named that it sends to.
_BEHIND = 80
_LONGEST_PART = 400
_NUMBERS = re.compile(rf"\d+|[{TENS}]+")


class Verdict(NamedTuple):
    """Whether a list is one of goods that are `regulated`, by which sentences (none: by those that name no annex, and by
    the notice as a whole), what is doubtful in that, and the nearest heading above the list, in an annex.
    """

    regulated: bool
    sentences: tuple[Controlled, ...] = ()
    doubt: str | None = None
    heading: Span | None = None


_OPEN = Verdict(True)
_OTHER = Verdict(False)


class _Mention(NamedTuple):
    """Words that name annexes, the indexes of these, and the sentence on controls that does, if one does."""

    words: Span
    annexes: frozenset[int]
    sentence: Controlled | None


class AnnexedLists:
    """What a notice says of the lists in its annexes."""

    def __init__(self, document: Document, controlled: Sequence[Controlled]) -> None:
        self._document = document
        self._annexes = document.printed_annexes
        self._controlled = controlled
        self._verdicts: dict[tuple[int | None, int], Verdict] = {}

    def of(self, at: int, table: TextTable | None = None) -> Verdict:
        """What is known of the list that stands at an offset, or of a table."""
        index = annex_at(self._document, at)
        if index is None and table is None:
            return _OPEN
        heading = self._heading(index, at) if index is not None else None
        place = table.start if table is not None else heading.line.start if heading else -1
        key = (index, place)
        if key not in self._verdicts:
            if index is not None:
                self._verdicts[key] = self._of_annex(index, heading, table)
            elif table is not None:
                self._verdicts[key] = self._of_main(table)
        return self._verdicts[key]

    def names_others(self, one: Controlled) -> bool:
        """Whether a sentence sends to annexes, and so says nothing of other lists."""
        return bool(self._named_by.get(id(one)))

    def _of_main(self, table: TextTable) -> Verdict:
        """A table of the main text: its caption says what it is of, or its columns."""
        above = caption_of(self._document, table)
        matter = captioned_matter(above)
        if matter in OTHERS:
            return _OTHER
        if matter is None and not (above and self._leads_in(above)) and states_rates(table):
            return _doubtful("a table of rates")
        return _OPEN

    def _leads_in(self, line: Line) -> bool:
        """Whether a sentence on the goods below it begins in a line."""
        first = bisect_left(self._controlled, line.start, key=lambda one: one.start)
        sentences = itertools.takewhile(lambda one: one.start <= line.end, self._controlled[first:])
        return any(one.points == "below" for one in sentences)

    def _of_annex(self, index: int, heading: Heading | None, table: TextTable | None) -> Verdict:
        headed = heading.matter if heading else None
        line = heading.line if heading else None
        above = caption_of(self._document, table) if table is not None else None
        if matter := captioned_matter(above):
            headed, line = matter, above
        span = Span(line.start, line.end) if line else None
        titled = matter_of(self._titles[index])
        if headed in OTHERS or (titled in OTHERS and self._annexes[index].word == "表"):
            return _OTHER
        named = self._naming.get(index, ())
        part = heading.part if heading else None
        ours = tuple(one for one in named if part in self._parts.get((id(one), index), (part,)))
        what = f"annex {self._annexes[index].number or index + 1}"
        if named and not ours:
            return _doubtful(f"part {part} of {what}, which no sentence on controls names")
        if ours:
            doing = tuple(one for one in ours if not one.frees)
            besides = self._said_besides(index) if doing else None
            doubt = besides and f"what the text says of {what} besides is not read: {besides}"
            return Verdict(bool(doing), doing, doubt, span)
        said = {self._matter_of_part(mention) for mention in self._others.get(index, ())}
        if "free" in said or titled in OTHERS:
            return _OTHER
        if "controlled" in (headed, titled):
            return Verdict(True, heading=span)
        if said & OTHERS:
            return _OTHER
        if self._controlling - {index}:
            return _doubtful(f"{what}, which no sentence on controls names")
        if table is not None and states_rates(table):
            return _doubtful(f"a table of rates in {what}")
        return Verdict(True, heading=span)

    @cached_property
    def _titles(self) -> list[str]:
        return titles_of(self._document)

    @cached_property
    def _headings(self) -> list[list[Heading]]:
        """The headings of lists in each annex."""
        return [
            list(headings_of(self._document.body.lines_within(annex.text_start, annex.end)))
            for annex in self._annexes
        ]

    def _heading(self, index: int, at: int) -> Heading | None:
        """The heading nearest above an item of a list."""
        headings = self._headings[index]
        before = bisect_right(headings, at, key=lambda heading: heading.line.end) - 1
        return headings[before] if before >= 0 else None

    @cached_property
    def _mentions(self) -> list[_Mention]:
        return [
            _Mention(words, indexes, self._sentence(words))
            for words, indexes in annexes_named(self._document, self._titles)
        ]

    @cached_property
    def _named_by(self) -> defaultdict[int, frozenset[int]]:
        """The annexes that each sentence on controls names, by the identity of the sentence."""
        found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
        for _, indexes, one in self._mentions:
            if one is not None:
                found[id(one)] |= {*indexes, *self._tables_of(indexes)}
        return found

    @cached_property
    def _naming(self) -> defaultdict[int, list[Controlled]]:
        """The sentences that name each annex."""
        found: defaultdict[int, list[Controlled]] = defaultdict(list)
        for one in self._controlled:
            for index in self._named_by.get(id(one), ()):
                found[index].append(one)
        return found

    @cached_property
    def _controlling(self) -> frozenset[int]:
        """The annexes that sentences name which control their goods."""
        return frozenset(
            index
            for index, sentences in self._naming.items()
            if not all(one.frees for one in sentences)
        )

    @cached_property
    def _names_tables(self) -> bool:
        folded, end = self._document.body.folded, self._document.main_end
        return any(mention.word == "表" for mention in mentions(folded, 0, end))

    def _tables_of(self, indexes: frozenset[int]) -> Iterator[int]:
        """The 附表 behind annexes that are called 附件, where the main text names no 附表: they are parts of those."""
        if self._names_tables:
            return
        for index in indexes:
            behind = index + 1
            while behind < len(self._annexes) and self._annexes[behind].word == "表":
                if self._annexes[index].word == "件":
                    yield behind
                behind += 1

    @cached_property
    def _parts(self) -> defaultdict[tuple[int, int], set[int | None]]:
        """The parts of an annex that a sentence names, by the sentence's identity and the annex."""
        found: defaultdict[tuple[int, int], set[int | None]] = defaultdict(set)
        for words, indexes, one in self._mentions:
            parts = PARTS_BEHIND.match(self._document.body.folded, words.end)
            if one is not None and parts is not None:
                numbers = {number(text) for text in _NUMBERS.findall(parts["numbers"])} - {None}
                for index in indexes:
                    found[id(one), index] |= numbers
        return found

    @cached_property
    def _others(self) -> defaultdict[int, list[Span]]:
        """Where each annex is named by sentences that control nothing."""
        found: defaultdict[int, list[Span]] = defaultdict(list)
        for words, indexes, one in self._mentions:
            if one is None:
                for index in indexes:
                    found[index].append(words)
        return found

    def _sentence(self, mention: Span) -> Controlled | None:
        """The sentence on controls that names an annex, or that is right before the words that name it."""
        at = bisect_right(self._controlled, mention.start, key=lambda one: one.start) - 1
        if at < 0 or self._is_excepted(mention):
            return None
        one = self._controlled[at]
        if mention.start < one.end:
            return one
        if mention.start - one.end > _BEHIND:
            return None
        return one if SENDS.match(self._document.body.folded, one.end, mention.start) else None

    def _is_excepted(self, mention: Span) -> bool:
        """Whether the words around a mention leave out what stands in the annex."""
        folded = self._document.body.folded
        before = EXCEPTED_BEFORE.search(folded, max(0, mention.start - _BEHIND), mention.start)
        return before is not None or EXCEPTED_BEHIND.match(folded, mention.end) is not None

    def _said_besides(self, index: int) -> str | None:
        """The words with which a sentence that controls nothing sets goods of an annex apart."""
        for mention in self._others.get(index, ()):
            if found := BESIDES.search(self._document.body.folded, *self._part(mention)):
                return self._document.body.quote((mention.start, max(mention.end, found.end)))
        return None

    def _part(self, mention: Span) -> Span:
        """The part of a sentence around a mention."""
        folded = self._document.body.folded
        start = part_start(folded, mention.start, max(0, mention.start - _LONGEST_PART))
        last = min(len(folded), mention.end + _LONGEST_PART)
        ends = (folded.find(stop, mention.end, last) for stop in STOPS + "\n")
        return Span(start, min((at for at in ends if at != -1), default=last))

    def _matter_of_part(self, mention: Span) -> Matter | None:
        """What the part of a sentence around a mention is about."""
        folded = self._document.body.folded
        start, end = self._part(mention)
        if EXCEPTS.search(folded, start, end):
            return "free"
        first = bisect_left(self._controlled, start, key=lambda one: one.start)
        for one in self._controlled[first:]:
            if one.start >= end:
                break
            if one.frees:
                return "free"
        return matter_of(folded[start:end])


def _doubtful(what: str) -> Verdict:
    return Verdict(False, doubt=f"no goods are read from {what}")
