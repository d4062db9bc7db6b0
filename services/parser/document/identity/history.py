"""The history of a text, under its title: on which days it was passed, issued and revised, and by what.

（2001年12月10日中华人民共和国国务院令第331号公布　根据2011年1月8日《…的决定》修订), with or without brackets, on one
line or on several (《行政法规制定程序条例》 and 立法技术规范 call it 题注).
"""

import re
from itertools import pairwise
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.identity.head_forms import BETWEEN_EVENTS, EVENTS
from services.parser.document.identity.masthead import first_lines
from shared.chinese.dates import DateFound, find_dates
from shared.chinese.document_numbers import NumberFound, find_numbers, number_of
from shared.chinese.text import Line, Span, Text, trimmed

_FIRST_LINES = 6
_LONGEST = 2000
_MOST_LINES = 24
_TITLES = re.compile("《[^《》]*(?:《[^《》]*》[^《》]*)*》")
# Between the day and the body: 2001年12月10日，由…
_ENDS = " ，,；;、由以经　（"


class Event(NamedTuple):
    """What became of the text: `kind` is a form of `EVENTS`, `start` to `end` the words about it."""

    kind: str
    day: DateFound | None
    number: NumberFound | None
    start: int
    end: int


class History(NamedTuple):
    """The events in the order of the page, and where they stand."""

    events: tuple[Event, ...]
    start: int
    end: int

    @property
    def issue(self) -> Event | None:
        """The event by which the text came to be: its first publication, else its adoption."""
        for kind in ("issues", "adopts"):
            for event in self.events:
                if event.kind == kind and (event.day or event.number):
                    return event
        return None


def read(document: Document) -> Reading[History | None]:
    """The first history among the lines at the head of the text."""
    body = document.body
    for line in first_lines(document)[:_FIRST_LINES]:
        span = _bracket(body, line) or _bare(body, line)
        if span is None:
            continue
        history = History(tuple(_events(body.folded, span)), *span)
        if history.issue is not None or any(event.kind == "revises" for event in history.events):
            return Reading(history)
    return Reading(None)


def _bracket(body: Text, line: Line) -> Span | None:
    """A line in brackets, which may close some lines below."""
    folded = body.folded
    start = line.start + len(line.folded) - len(line.folded.lstrip())
    if folded[start : start + 1] != "（":
        return None
    depth, stop = 0, min(len(folded), start + _LONGEST)
    for at in range(start, stop):
        depth += (folded[at] == "（") - (folded[at] == "）")
        if depth == 0:
            return Span(start + 1, at)
        if folded[at] == "\n" and folded.count("\n", start, at) > _MOST_LINES:
            break
    return Span(start + 1, line.end)


def _bare(body: Text, line: Line) -> Span | None:
    """A line of nothing but days, bodies, numbers and what was done on each."""
    span = trimmed(body.folded, line.start, line.end)
    words = body.folded[span.start : span.end]
    days = find_dates(words)
    # 国务院令第312号　2001年6月22日公布
    front = words[: days[0].start].strip(_ENDS) if days else ""
    if (
        not days
        or (front and number_of(front) is None)
        or len(words) > _LONGEST
        or "。" in words
        or "：" in words
    ):
        return None
    # A sentence goes on: 2012年9月5日，商务部发布第51号公告，决定…
    if words[days[0].end : days[0].end + 1] == "，":
        return None
    bounds = [*(day.start for day in days), len(words)]
    for start, end in pairwise(bounds):
        part = _without_titles(words[start:end])
        form = EVENTS.search(part)
        numbers = find_numbers(part, form.end) if form else []
        if form is None or not BETWEEN_EVENTS.match(part, numbers[-1].end if numbers else form.end):
            return None
    return span


def _events(folded: str, span: Span) -> list[Event]:
    """The events of a passage: each from its day to the next."""
    days = find_dates(folded, *span)
    starts = [span.start, *(day.start for day in days)]
    events: list[Event] = []
    for start, end, day in zip(starts, [*starts[1:], span.end], [None, *days], strict=True):
        words = _without_titles(folded[start:end])
        # 自2004年1月1日|起施行 is no day of issue.
        if day is not None and folded[max(0, day.start - 1) : day.start] == "自":
            continue
        form = EVENTS.search(words, day.end - start if day else 0)
        if form is None:
            continue
        number = _number(folded, start, start + form.start)
        if number is None and day is not None:
            # 国务院令第399号|2003年11月26日公布, 1994年3月25日发布|，国务院令第148号
            number = _number(folded, span.start, day.start, coded=form.name == "issues")
            if number is not None and folded[number.end : day.start].strip(_ENDS):
                number = None
        if number is None:
            number = _number(folded, start + form.end, end)
            if number is not None and folded[start + form.end : number.start].strip(_ENDS):
                number = None
        events.append(Event(form.name, day, number, start, end))
    return events


def _number(folded: str, start: int, end: int, *, coded: bool = False) -> NumberFound | None:
    """The last number of an order or an announcement in a part of the text, or of a letter."""
    numbers = [
        found
        for found in find_numbers(folded, start, end)
        if coded or found.number.type is not None
    ]
    return numbers[-1] if numbers else None


def _without_titles(words: str) -> str:
    """The words with the titles in them blanked: a title's verbs are no events."""
    return _TITLES.sub(lambda match: " " * len(match.group()), words)
