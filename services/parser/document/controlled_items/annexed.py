"""Which sentences say what is done with the lists of each annex, and which annexes list other things.

决定对附件1所列物项实施出口管制 says nothing of the tariff in annex 2. An annex is named by its number or its title; what
sends to 附件 without a number sends to those that no other sentence names.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from services.parser.document.controlled_items.annexed_forms import (
    BESIDES,
    EXCEPTED_BEFORE,
    EXCEPTED_BEHIND,
    EXCEPTS,
    HEADINGS,
    MATTERS,
    PARTS,
    PARTS_BEHIND,
    RATES,
    SENDS,
)
from services.parser.document.controlled_items.sentences import Controlled
from services.parser.document.document import Document
from services.parser.document.parts.annexes import announced_titles, announcing_lines
from services.parser.layouts.page import TextTable
from shared.chinese.annexes import Mention, is_lone_heading, mentions
from shared.chinese.characters import fold, squeeze
from shared.chinese.markers import marker_at
from shared.chinese.numerals import TENS, number
from shared.chinese.sentences import STOPS, part_start
from shared.chinese.text import Line, Span

Matter = Literal["free", "paper", "taxed", "controlled"]
_MATTERS: dict[str, Matter] = {
    "free": "free",
    "paper": "paper",
    "taxed": "taxed",
    "list": "controlled",
    "controlled": "controlled",
}
# How far behind a sentence the annex is named that it sends to, and how long a title of an annex is at least.
_BEHIND = 80
_SHORTEST_TITLE = 4
_LONGEST_HEADING = 60
# A document with more annexes names none by its title.
_MOST_TITLES = 60
# The lowest level of numbers that headings have: （一）.
_LOWEST = 2
# Rows in which the headings of columns stand.
_HEADING_ROWS = 3
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


class _Heading(NamedTuple):
    """A line that heads a list, and its level (`Marker.level`, 0 without a number). What it is about, and the number of
    the part of an annex that it heads (第二部分), are those of the heading around it where it says none.
    """

    line: Line
    level: int
    matter: Matter | None
    part: int | None


class AnnexedLists:
    """What a notice says of the lists in its annexes."""

    def __init__(self, document: Document, controlled: Sequence[Controlled]) -> None:
        self._document = document
        self._annexes = document.printed_annexes
        self._controlled = controlled
        self._verdicts: dict[tuple[int, int], Verdict] = {}

    def of(self, at: int, table: TextTable | None = None) -> Verdict:
        """What is known of the list that stands at an offset, or of a table."""
        index = self._index(at)
        if index is None and table is None:
            return _OPEN
        heading = self._heading(index, at) if index is not None else None
        place = table.start if table is not None else heading.line.start if heading else -1
        key = (-1 if index is None else index, place)
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
        above = self._above(table)
        matter = _matter_of(above.folded) if above is not None and _is_short(above) else None
        if matter in ("free", "paper", "taxed"):
            return _OTHER
        first = bisect_left(
            self._controlled, above.start if above else 0, key=lambda one: one.start
        )
        sentences = itertools.takewhile(
            lambda one: above is not None and one.start <= above.end, self._controlled[first:]
        )
        leads = any(one.points == "below" for one in sentences)
        if not leads and matter is None and self._states_rates(table):
            return self._doubtful("a table of rates")
        return _OPEN

    def _of_annex(self, index: int, heading: _Heading | None, table: TextTable | None) -> Verdict:
        above = self._above(table) if table is not None else None
        headed = heading.matter if heading else None
        line = heading.line if heading else None
        if above is not None and _is_short(above) and (matter := _matter_of(above.folded)):
            headed, line = matter, above
        span = Span(line.start, line.end) if line else None
        titled = _matter_of(self._titles[index])
        if headed in ("free", "paper", "taxed") or (
            titled in ("free", "paper", "taxed") and self._annexes[index].word == "表"
        ):
            return _OTHER
        named = self._naming.get(index, ())
        part = heading.part if heading else None
        ours = tuple(one for one in named if part in self._parts.get((id(one), index), (part,)))
        what = f"annex {self._annexes[index].number or index + 1}"
        if named and not ours:
            return self._doubtful(f"part {part} of {what}, which no sentence on controls names")
        if ours:
            doing = tuple(one for one in ours if not one.frees)
            besides = self._said_besides(index) if doing else None
            doubt = besides and f"what the text says of {what} besides is not read: {besides}"
            return Verdict(bool(doing), doing, doubt, span)
        said = {self._matter_of_part(mention) for mention in self._others.get(index, ())}
        if "free" in said or titled in ("free", "paper", "taxed"):
            return _OTHER
        if "controlled" in (headed, titled):
            return Verdict(True, heading=span)
        if said & {"paper", "taxed"}:
            return _OTHER
        if self._controlling - {index}:
            return self._doubtful(f"{what}, which no sentence on controls names")
        if table is not None and self._states_rates(table):
            return self._doubtful(f"a table of rates in {what}")
        return Verdict(True, heading=span)

    def _doubtful(self, what: str) -> Verdict:
        return Verdict(False, doubt=f"no goods are read from {what}")

    def _index(self, at: int) -> int | None:
        index = bisect_right(self._annexes, at, key=lambda annex: annex.start) - 1
        return index if index >= 0 and at < self._annexes[index].end else None

    def _above(self, table: TextTable) -> Line | None:
        """The caption of a table: the line above it, where it is none of another table."""
        above = self._document.body.line_at(table.start - 1) if table.start else None
        if above is None or "\t" in above.raw or is_lone_heading(above.bare):
            return None
        return above

    @cached_property
    def _headings(self) -> list[list[_Heading]]:
        """The headings of lists in each annex."""
        return [
            list(_headings(self._document.body.lines_within(annex.text_start, annex.end)))
            for annex in self._annexes
        ]

    def _heading(self, index: int, at: int) -> _Heading | None:
        """The heading nearest above an item of a list."""
        headings = self._headings[index]
        before = bisect_right(headings, at, key=lambda heading: heading.line.end) - 1
        return headings[before] if before >= 0 else None

    @cached_property
    def _titles(self) -> list[str]:
        """The annexes' titles, printed or announced."""
        announced = announced_titles(self._document)
        return [
            fold(annex.title) or announced.get(annex.number or 0, "") for annex in self._annexes
        ]

    @cached_property
    def _mentions(self) -> list[tuple[Span, frozenset[int]]]:
        """Where sentences of the main text name annexes, and which."""
        folded, end = self._document.body.folded, self._document.main_end
        if not self._annexes:
            return []
        listed = announcing_lines(self._document).values()
        lines = {line.index for line in listed}
        found: list[tuple[Mention, frozenset[int]]] = []
        for mention in mentions(folded, 0, end):
            line = self._document.body.line_at(mention.start)
            if line is None or line.index in lines or _is_title(line):
                continue
            found.append((mention, self._numbered(mention)))
        titled = list(self._titled(lines))
        named = {index for _, indexes in found for index in indexes}
        named |= {index for _, indexes in titled for index in indexes}
        rest = {word: self._rest(word, named) for word in "件表录"}
        return [
            *(
                (Span(one.start, one.end), indexes if one.numbers else rest[one.word])
                for one, indexes in found
            ),
            *titled,
        ]

    @cached_property
    def _by_number(self) -> dict[tuple[str, int], list[int]]:
        found: dict[tuple[str, int], list[int]] = {}
        for index, annex in enumerate(self._annexes):
            if annex.number is not None:
                found.setdefault((annex.word, annex.number), []).append(index)
        return found

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(annex.word for annex in self._annexes))

    def _numbered(self, mention: Mention) -> frozenset[int]:
        words = (mention.word,) if mention.word in self._words else self._words
        return frozenset(
            index
            for one in mention.numbers
            for word in words
            for index in self._by_number.get((word, one), ())
        )

    def _titled(self, besides: set[int]) -> Iterator[tuple[Span, frozenset[int]]]:
        body, end = self._document.body, self._document.main_end
        for index, printed in enumerate(self._titles[:_MOST_TITLES]):
            title = squeeze(printed).strip("《》")
            if len(title) < _SHORTEST_TITLE:
                continue
            at = body.folded.find(title, 0, end)
            while at != -1:
                line = body.line_at(at)
                if line is not None and line.index not in besides:
                    yield Span(at, at + len(title)), frozenset({index})
                at = body.folded.find(title, at + len(title), end)

    def _rest(self, word: str, named: set[int]) -> frozenset[int]:
        """What 附件 without a number is: annexes without one, else those that are not named, else all."""
        everyone = frozenset(range(len(self._annexes)))
        same = frozenset(i for i in everyone if self._annexes[i].word == word) or everyone
        plain = frozenset(i for i in same if self._annexes[i].number is None)
        return plain or same - named or same

    @cached_property
    def _named_by(self) -> defaultdict[int, frozenset[int]]:
        """The annexes that each sentence on controls names, by the identity of the sentence."""
        found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
        for span, indexes in self._mentions:
            one = self._sentence(span)
            if one is not None:
                found[id(one)] |= {*indexes, *self._tables_of(indexes)}
        return found

    @cached_property
    def _naming(self) -> dict[int, list[Controlled]]:
        """The sentences that name each annex."""
        found: dict[int, list[Controlled]] = {}
        for one in self._controlled:
            for index in self._named_by.get(id(one), ()):
                found.setdefault(index, []).append(one)
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
    def _parts(self) -> dict[tuple[int, int], set[int]]:
        """The parts of an annex that a sentence names, by the sentence's identity and the annex."""
        found: dict[tuple[int, int], set[int]] = {}
        for span, indexes in self._mentions:
            one = self._sentence(span)
            parts = PARTS_BEHIND.match(self._document.body.folded, span.end)
            if one is not None and parts is not None:
                numbers = {number(text) for text in _NUMBERS.findall(parts["numbers"])}
                for index in indexes:
                    found.setdefault((id(one), index), set()).update(numbers - {None})  # type: ignore[arg-type]
        return found

    @cached_property
    def _others(self) -> dict[int, list[Span]]:
        """Where each annex is named by sentences that control nothing."""
        found: dict[int, list[Span]] = {}
        for span, indexes in self._mentions:
            if self._sentence(span) is None:
                for index in indexes:
                    found.setdefault(index, []).append(span)
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
        return _matter_of(folded[start:end])

    def _states_rates(self, table: TextTable) -> bool:
        """Whether a column of a table is one of rates."""
        return any(
            RATES.search(squeeze(fold(cell.text)))
            for row in table.rows[:_HEADING_ROWS]
            for cell in row
            if len(cell.text) <= _LONGEST_HEADING
        )


def _headings(lines: Iterable[Line]) -> Iterator[_Heading]:
    around: list[_Heading] = []
    for line in lines:
        if not _is_short(line) or not HEADINGS.match(line.bare):
            continue
        marker = marker_at(line.folded)
        level = marker.level if marker else 0
        own = _matter_of(line.folded)
        # 2.甲冶炼技术 is an item.
        part = PARTS.match(line.bare)
        if level > _LOWEST or (not level and own is None and part is None):
            continue
        while around and around[-1].level >= level:
            around.pop()
        outer = around[-1] if around else None
        heading = _Heading(
            line,
            level,
            own or (outer.matter if outer else None),
            number(part["number"]) if part else outer.part if outer else None,
        )
        around.append(heading)
        yield heading


def _matter_of(folded: str) -> Matter | None:
    found = next(MATTERS.ranked(squeeze(folded)), None)
    return _MATTERS[found.name] if found else None


def _is_title(line: Line) -> bool:
    """Whether a line names an annex and is no sentence: 附件2 协定税率表."""
    return line.bare.startswith("附") and not any(stop in line.bare for stop in STOPS + "，")


def _is_short(line: Line) -> bool:
    return len(line.bare) <= _LONGEST_HEADING and "\t" not in line.raw
