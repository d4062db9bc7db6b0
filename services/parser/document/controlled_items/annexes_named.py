"""Which annexes the main text names where: by a number, by a title, or as 附件 alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.parts.annexes import (
    PrintedAnnex,
    announced_titles,
    announcing_lines,
    mentions_in,
)
from shared.chinese.annexes import Mention
from shared.chinese.characters import fold, squeeze
from shared.chinese.sentences import STOPS
from shared.chinese.text import Line, Span

_SHORTEST_TITLE = 4
# A document with more annexes names none by its title.
_MOST_TITLES = 60


class Named(NamedTuple):
    """Words that name annexes, and the indexes of these among the printed ones."""

    words: Span
    annexes: frozenset[int]


def titles_of(document: Document) -> list[str]:
    """The titles of the printed annexes, as they are printed or announced."""
    announced = announced_titles(document)
    return [
        fold(annex.title) or announced.get(annex.number or 0, "")
        for annex in document.printed_annexes
    ]


def annexes_named(document: Document, titles: Sequence[str]) -> list[Named]:
    """Where sentences of the main text name annexes, and which. 附件 without a number is those that nothing else names."""
    annexes = document.printed_annexes
    if not annexes:
        return []
    numbered = _by_number(annexes)
    mentioned = [
        (mention, _numbered(mention, numbered))
        for mention, line in mentions_in(document)
        if not _is_title(line)
    ]
    titled = list(_titled(document, titles))
    named = {index for _, indexes in (*mentioned, *titled) for index in indexes}
    rest = {word: _rest(word, annexes, named) for word in "件表录"}
    return [
        *(
            Named(Span(one.start, one.end), indexes if one.numbers else rest[one.word])
            for one, indexes in mentioned
        ),
        *titled,
    ]


def _by_number(annexes: Sequence[PrintedAnnex]) -> dict[str, dict[int, list[int]]]:
    """The indexes of annexes by the word and the number of their headings."""
    found: dict[str, dict[int, list[int]]] = {}
    for index, annex in enumerate(annexes):
        numbers = found.setdefault(annex.word, defaultdict(list))
        if annex.number is not None:
            numbers[annex.number].append(index)
    return found


def _numbered(
    mention: Mention, numbered: Mapping[str, Mapping[int, Sequence[int]]]
) -> frozenset[int]:
    """The annexes with the numbers of a mention: those that are called by its word, if any annex is."""
    words = (mention.word,) if mention.word in numbered else numbered
    return frozenset(
        index for one in mention.numbers for word in words for index in numbered[word].get(one, ())
    )


def _titled(document: Document, titles: Sequence[str]) -> Iterator[Named]:
    body, end = document.body, document.main_end
    announcing = announcing_lines(document)
    for index, printed in enumerate(titles[:_MOST_TITLES]):
        title = squeeze(printed).strip("《》")
        if len(title) < _SHORTEST_TITLE:
            continue
        at = body.folded.find(title, 0, end)
        while at != -1:
            line = body.line_at(at)
            if line is not None and line.index not in announcing and not _is_title(line):
                yield Named(Span(at, at + len(title)), frozenset({index}))
            at = body.folded.find(title, at + len(title), end)


def _rest(word: str, annexes: Sequence[PrintedAnnex], named: set[int]) -> frozenset[int]:
    """What 附件 without a number is: annexes without one, else those that are not named, else all."""
    everyone = frozenset(range(len(annexes)))
    same = frozenset(i for i in everyone if annexes[i].word == word) or everyone
    plain = frozenset(i for i in same if annexes[i].number is None)
    return plain or same - named or same


def _is_title(line: Line) -> bool:
    """Whether a line names an annex and is no sentence: 附件2 协定税率表."""
    return line.bare.startswith("附") and not any(stop in line.bare for stop in STOPS + "，")
