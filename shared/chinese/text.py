"""A text as it is read: as printed, and folded for patterns, with the same offsets."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from shared.chinese.characters import fold, squeeze
from shared.chinese.gaps import Ungapped, without_gaps
from shared.notice import Evidence, EvidenceSource

_UNPRINTED = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BLANK = _UNPRINTED + "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_SPACES = re.compile(r"\s+")


class Span(NamedTuple):
    """Characters `start` to `end` of a text; an empty span is false."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


# (Not frozen: that takes three times as long to make, and a page has dozens.)
@dataclass(slots=True)
class Line:
    """A paragraph or a table row: `start` and `end` count characters of the text that it is a line
    of, `bare` is the folded line without white space.
    """

    index: int
    start: int
    end: int
    raw: str
    folded: str
    bare: str


class Text:
    """A text and its folded twin of the same length (`characters.fold`): match on `folded`, quote
    from `raw`, the offsets are the same.

    `raw` is the text without the spaces that editors set between Chinese characters and digits, and
    evidence counts in the text as it was printed. An entry of `Notice.meta`, which `key` names, keeps
    its spaces: in a header they part one value from the next (时效状态：现行有效 2025-10-09).
    """

    def __init__(
        self, printed: str, source: EvidenceSource = "body_text", key: str | None = None
    ) -> None:
        self._ungapped = without_gaps(printed) if key is None else Ungapped(printed, ())
        self.printed = printed
        self.raw = self._ungapped.text
        self.source = source
        self.key = key

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def folded(self) -> str:
        """The folded twin of `raw`."""
        return fold(self.raw)

    @cached_property
    def bare(self) -> str:
        """The folded text without any white space."""
        return squeeze(self.folded)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines in order; no text has no lines."""
        lines: list[Line] = []
        start = 0
        for index, raw in enumerate(self.raw.split("\n") if self.raw else ()):
            end = start + len(raw)
            folded = self.folded[start:end]
            lines.append(Line(index, start, end, raw, folded, squeeze(folded)))
            start = end + 1
        return tuple(lines)

    def line_at(self, at: int) -> Line | None:
        """The line that holds an offset."""
        index = bisect_right(self.lines, at, key=_start) - 1
        return self.lines[index] if index >= 0 and at <= self.lines[index].end else None

    def lines_within(self, start: int, end: int) -> tuple[Line, ...]:
        """The lines that begin and end between two offsets."""
        first = bisect_left(self.lines, start, key=_start)
        return self.lines[first : bisect_right(self.lines, end, key=_end)]

    def offset(self, printed: int) -> int:
        """Where a character of the printed text stands in `raw`."""
        return self._ungapped.offset(printed)

    def span(self, evidence: Evidence) -> Span:
        """Where evidence of the text stands in `raw`."""
        if not self._ungapped.gaps:
            return Span(evidence.start, evidence.end)
        return Span(self.offset(evidence.start), self.offset(evidence.end))

    def as_printed(self, start: int, end: int) -> str:
        """The words at characters `start` to `end` of `raw` as the page prints them."""
        return self.printed[slice(*self._ungapped.printed(start, end))]

    def quote(self, span: Sequence[int] | None) -> str | None:
        """The words at a span on one line, runs of white space as one space; None for no span."""
        if not span:
            return None
        words = self.raw[span[0] : span[1]]
        if words.isprintable() and "  " not in words:
            return words
        for char in _UNPRINTED:
            words = words.replace(char, "")
        return _SPACES.sub(" ", words)

    def evidence(self, field: str, start: int, end: int) -> Evidence:
        """Evidence that `field` was read at characters `start` to `end` of `raw`."""
        if self._ungapped.gaps:
            start, end = self._ungapped.printed(start, end)
        return Evidence(field=field, source=self.source, key=self.key, start=start, end=end)


class Passage(NamedTuple):
    """Words of a text: characters `start` to `end` of it."""

    text: Text
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The words, folded."""
        return self.text.folded[self.start : self.end]

    @property
    def quote(self) -> str:
        """The words as one prints them (`Text.quote`)."""
        return self.text.quote((self.start, self.end)) or ""

    def evidence(self, field: str) -> Evidence:
        """Evidence that `field` was read from these words."""
        return self.text.evidence(field, self.start, self.end)


def trimmed(folded: str, start: int, end: int, also: str = "") -> Span:
    """The span without white space, characters that print nothing and those of `also` at its ends."""
    drop = _BLANK + also
    words = folded[start:end].rstrip(drop)
    return Span(start + len(words) - len(words.lstrip(drop)), start + len(words))


def _start(line: Line) -> int:
    return line.start


def _end(line: Line) -> int:
    return line.end
