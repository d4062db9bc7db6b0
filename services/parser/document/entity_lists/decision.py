"""One thing that a list notice decides, and what every such sentence is read with."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from services.parser.document.document import Document
from services.parser.document.entity_lists.decision_forms import (
    ACTS,
    COUNTS,
    DECIDES,
    GOES_ON,
    NOT_NOW,
    OBJECT,
)
from shared.chinese.dates import find_dates
from shared.chinese.form import Found
from shared.chinese.markers import marker_at
from shared.chinese.moods import is_done, stance
from shared.chinese.numerals import number
from shared.chinese.provisions import article_at
from shared.chinese.sentences import part_start, sentence_at
from shared.chinese.text import Span, Text

Action = Literal["add", "remove", "suspend", "resume", "amend"]
Unit = Literal["organisation", "person"]
# Moods that a sentence goes on in; that one thing is not done says nothing of another.
_OPEN = ("hypothetical", "reported")
# What is longer is no sentence.
_LONGEST = 4000


class Count(NamedTuple):
    """等28家美国实体: how many the text says there are; `span` is in the body text or the title."""

    value: int
    unit: Unit
    span: Span


class Decision(NamedTuple):
    """One thing decided. Spans count characters of `text`, the title or the body.

    `names` is where the text names whom it concerns; `until` where the sentence ends; `annexes` are the numbers of
    those that it sends to.
    """

    text: Text
    list: str
    action: Action
    list_span: Span
    action_span: Span
    names: Span
    counts: tuple[Count, ...]
    until: int
    annexes: frozenset[int] = frozenset()
    # Measures that only a person can meet with: 对其本人及直系亲属不予签发签证.
    about_persons: bool = False
    # The name that the entry had before it is amended.
    former: Span | None = None
    doubt: str | None = None


_ACTIONS: dict[str, Action] = {
    "add": "add",
    "remove": "remove",
    "suspend": "suspend",
    "resume": "resume",
    "amend": "amend",
}


def action_of(form: Found) -> Action:
    """The action that a form of `decision_forms.py` is named for."""
    return _ACTIONS[form.name]


def object_behind(folded: str, word: str, begin: int, end: int) -> int:
    """Where the object begins behind 将 or 对: the last one that begins a phrase (决定将, ，并将), else the
    first one behind 决定, else the first; 0 if none.
    """
    if word == "将":
        begins = last_of(OBJECT.finditer(folded, begin, end))
        if begins:
            return begins.end
    decided = folded.rfind("决定", begin, end)
    at = folded.find(word, max(begin, decided), end)
    return at + 1 if at >= 0 else 0


def last_of(forms: Iterable[Found]) -> Found | None:
    """The last of some forms; None of none."""
    return max(forms, key=lambda form: form.start, default=None)


def is_decided(document: Document, text: Text, start: int, verb: Span) -> bool:
    """Whether a text decides here and now what the verb at `verb` says, by the words of its sentence up
    to `start`. A draft and the articles of a law decide nothing; 决定不将…列入, 拟将…列入 do not
    (`shared.chinese.moods.stance`).
    """
    folded = text.folded
    if document.draft is not None or not is_done(folded, *verb):
        return False
    if text is document.title:
        return True
    begin = part_start(folded, start, max(0, start - _LONGEST))
    marker = marker_at(folded, begin, start)
    before = folded[marker.end if marker else begin : start]
    # 经申请，决定将…移出 is decided, 可申请移出 is not.
    if NOT_NOW.search(before[-30:].rpartition("决定")[2]):
        return False
    for day in find_dates(before):
        begins = before[max(0, day.start - 1) : day.start] == "自"
        if not begins and day.value != document.issued_on:
            return False
    if GOES_ON.match(before) and _is_open_before(folded, begin):
        return False
    return bool(DECIDES.search(before)) and not _is_behind_articles(document, start)


def _is_open_before(folded: str, begin: int) -> bool:
    """Whether the act is only planned or reported that a sentence beginning at `begin` goes on from:
    如…，将甲公司列入清单；同时|将乙公司列入清单 lists neither.
    """
    last = last_of(ACTS.finditer(folded, part_start(folded, max(0, begin - 1)), begin))
    return last is not None and stance(folded, last.start, last.end).mood in _OPEN


def _is_behind_articles(document: Document, at: int) -> bool:
    """Whether the articles of a law or of a regulation begin before an offset of the main text."""
    return _first_article(document) <= min(at, document.main_end - 1)


@lru_cache(maxsize=1)
def _first_article(document: Document) -> int:
    """Where the first article begins, the end of the text where there is none."""
    lines = (line.start for line in document.main_lines if article_at(line.folded))
    return next(lines, len(document.body))


def counts_in(folded: str, start: int, end: int) -> Iterator[Count]:
    """How many a part of the text says there are: 28家, 两名."""
    for form in COUNTS.finditer(folded, start, end):
        value = 2 if form["count"] == "两" else number(form["count"])
        if value:
            unit: Unit = "person" if form.name == "person" else "organisation"
            yield Count(value, unit, Span(form.start, form.end))


def sentence_bounds(folded: str, at: int) -> tuple[int, int]:
    """Where the sentence at `at` begins and ends, at most `_LONGEST` characters to each side."""
    least = max(0, at - _LONGEST)
    return part_start(folded, at, least), sentence_at(folded, at, _LONGEST).end
