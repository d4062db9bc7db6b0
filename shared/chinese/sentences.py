"""Boundaries of sentences and their parts (GB/T 15834-2011, 4.1 to 4.6)."""

import re
from collections.abc import Iterator

from shared.chinese.text import Span

# The ends of sentences, and of parts that are clauses of their own.
FULL_STOPS = "。！？"
STOPS = FULL_STOPS + "；"
# A character within a part of a sentence.
WITHIN = rf"[^{STOPS}\n]"
# Where a part begins, at an offset as at the start of a text.
BEGINS = rf"(?<![^{STOPS}\n])"
_SENTENCE_END = re.compile(rf"[{FULL_STOPS}\n]")
_PHRASE_END = re.compile(rf"[，{STOPS}]")
_SENTENCES = re.compile(rf"[^{FULL_STOPS}]+[{FULL_STOPS}]?")
_PARTS = re.compile(rf"[^{STOPS}\n]+[{STOPS}]?")
# Longer passages are not sentences.
_LONGEST = 800


def sentence_at(folded: str, at: int, longest: int = _LONGEST) -> Span:
    """The sentence around an offset, up to 。！？ or the line's end, at most `longest` characters to
    each side.
    """
    first, last = max(0, at - longest), min(len(folded), at + longest)
    start = max(first - 1, *(folded.rfind(mark, first, at) for mark in FULL_STOPS + "\n")) + 1
    end = _SENTENCE_END.search(folded, at, last)
    return Span(start, end.start() if end else last)


def sentences(folded: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of a line, each with its stop."""
    for match in _SENTENCES.finditer(folded, start, len(folded) if end is None else end):
        yield Span(*match.span())


def part_start(folded: str, at: int, first: int = 0) -> int:
    """The start of the part of a sentence before `at`: after 。！？； or at the line's start, but not
    before `first`.
    """
    return max(first, *(folded.rfind(mark, first, at) + 1 for mark in STOPS + "\n"))


def parts(folded: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The parts of a text between 。！？； and line ends, each with its stop."""
    for match in _PARTS.finditer(folded, start, len(folded) if end is None else end):
        yield Span(*match.span())


def phrase_end(folded: str, start: int, end: int) -> int:
    """The end of the phrase at `start`: the first ， or stop, `end` if there is none."""
    found = _PHRASE_END.search(folded, start, end)
    return found.start() if found else end
