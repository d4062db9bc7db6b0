"""One thing that a list notice decides, and what every such sentence is read with."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from services.parser.document.document import Document
from shared.chinese.annexes import ANNEX
from shared.chinese.dates import find_dates
from shared.chinese.markers import marker_at
from shared.chinese.numerals import NUMERAL, TENS, number
from shared.chinese.sentences import part_start, sentence_at
from shared.chinese.text import Span, Text

Action = Literal["add", "remove", "suspend", "resume", "amend"]
Unit = Literal["organisation", "person"]
# What is longer is no sentence.
_LONGEST = 4000
_DECIDES = re.compile(r"决定|现将|兹将|现对|^\s*$|^自[^。；]*起[，,]?\s*$")
_NOT_NOW = re.compile(
    r"可以?将?$|可以|申请|应当|如果|否则|曾|此前|以前|已于|已经|将依法|视情|如.{0,20}的[，]"
)
_COUNT = re.compile(
    rf"(?P<count>\d{{1,4}}|{NUMERAL}{{1,4}}|两)\s?(?P<unit>家|个(?=[^月日年工小分])|名(?!单|称)|位|人(?![民工]))"
)
_PERSON_UNITS = frozenset("名位人")
_ANNEX = re.compile(rf"{ANNEX}\s?(?P<mark>[0-9{TENS}]{{1,3}})")


class Count(NamedTuple):
    """等28家美国实体: how many the text says there are; `span` is in the body text or the title."""

    value: int
    unit: Unit
    span: Span


class Decision(NamedTuple):
    """One thing decided. Spans count characters of `text`, the title or the body.

    `names` is where the text names whom it concerns; `until` where the sentence ends.
    """

    text: Text
    list: str
    action: Action
    list_span: Span
    action_span: Span
    names: Span
    counts: tuple[Count, ...]
    until: int
    annex: int | None = None
    # Measures that only a person can meet with: 对其本人及直系亲属不予签发签证.
    about_persons: bool = False
    # The name that the entry had before it is amended.
    former: Span | None = None


def object_behind(folded: str, word: str, begin: int, end: int) -> int:
    """Where the object begins behind 将 or 对: the first one behind 决定, else the first; 0 if none."""
    decided = folded.rfind("决定", begin, end)
    place = folded.find(word, max(begin, decided), end)
    return place + 1 if place >= 0 else 0


def is_decided(document: Document, begin: int, start: int) -> bool:
    """Whether the sentence at `begin` decides something now, by its words up to `start`."""
    folded = document.body.folded
    marker = marker_at(folded, begin, start)
    before = folded[marker.end if marker else begin : start]
    # 经申请，决定将…移出 is decided, 可申请移出 is not.
    if _NOT_NOW.search(before[-30:].rpartition("决定")[2]):
        return False
    for day in find_dates(before):
        told = before[max(0, day.start - 1) : day.start] != "自"
        if told and day.value != document.issued_on:
            return False
    return bool(_DECIDES.search(before))


def counts_in(folded: str, start: int, end: int) -> Iterator[Count]:
    """How many a part of the text says there are: 28家, 两名."""
    for match in _COUNT.finditer(folded, start, end):
        value = 2 if match["count"] == "两" else number(match["count"])
        if not value:
            continue
        unit: Unit = "person" if match["unit"] in _PERSON_UNITS else "organisation"
        yield Count(value, unit, Span(match.start(), match.end()))


def annex_named(folded: str, start: int, end: int) -> int | None:
    """The number of the first annex that a part of the text names: 附件2."""
    match = _ANNEX.search(folded, start, end)
    return number(match["mark"]) if match else None


def sentence_bounds(folded: str, place: int) -> tuple[int, int]:
    """Where the sentence at `place` begins and ends, at most `_LONGEST` characters to each side."""
    least = max(0, place - _LONGEST)
    return part_start(folded, place, least), sentence_at(folded, place, _LONGEST).end
