"""Spans of a text, to be asked what they hold."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from shared.chinese.text import Span


class Spans:
    """Spans in any order, which may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = [span.end for span in ordered]
        self._reach = list(accumulate(self._ends, max))

    def hold(self, start: int, end: int) -> bool:
        """Whether characters `start` to `end` lie within one of them."""
        behind = bisect_right(self._starts, start)
        return behind > 0 and self._reach[behind - 1] >= end

    def lie_within(self, start: int, end: int) -> bool:
        """Whether one of them begins at `start` or behind it and ends by `end`."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(stop <= end for stop in self._ends[first:last])


NONE = Spans(())


def count_within(starts: Sequence[int], start: int, end: int) -> int:
    """How many of the sorted `starts` lie between `start` and `end`."""
    return bisect_left(starts, end) - bisect_left(starts, start)
