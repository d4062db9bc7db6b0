"""Sentences and their parts: where each ends (GB/T 15834-2011, 4.1 to 4.6)."""

import re
from collections.abc import Iterator

from shared.chinese.text import Span

# What ends a sentence, and what ends a part of one that says something by itself.
FULL_STOPS = "。！？"
STOPS = FULL_STOPS + "；"
_SENTENCE_END = re.compile(rf"[{FULL_STOPS}\n]")
_PHRASE_END = re.compile(rf"[，{STOPS}]")
_PARTS = re.compile(rf"[^{STOPS}\n]+[{STOPS}]?")
# What is longer is no sentence.
_LONGEST = 800


def sentence_at(folded: str, at: int, longest: int = _LONGEST) -> Span:
    """The sentence round an offset, up to 。！？ or the line's end, at most `longest` characters to each
    side.
    """
    first, last = max(0, at - longest), min(len(folded), at + longest)
    start = max(first - 1, *(folded.rfind(mark, first, at) for mark in FULL_STOPS + "\n")) + 1
    end = _SENTENCE_END.search(folded, at, last)
    return Span(start, end.start() if end else last)


def part_start(folded: str, at: int, first: int = 0) -> int:
    """Where the part of a sentence begins that stands before `at`, behind 。！？； or the line's start,
    but not before `first`.
    """
    return max(first, *(folded.rfind(mark, first, at) + 1 for mark in STOPS + "\n"))


def parts(folded: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The parts of a text that 。！？； and line ends close, each with its stop."""
    for match in _PARTS.finditer(folded, start, len(folded) if end is None else end):
        yield Span(*match.span())


def phrase_end(folded: str, start: int, end: int) -> int:
    """Where the words from `start` on end: at the first ， or stop, `end` where none stands."""
    found = _PHRASE_END.search(folded, start, end)
    return found.start() if found else end
