"""Spans of a text, to be asked what they hold."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
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

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them has a character of those from `start` to `end`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def lie_within(self, start: int, end: int) -> bool:
        """Whether one of them begins at `start` or behind it and ends by `end`."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(self._ends[at] <= end for at in range(first, last))


NONE = Spans(())


class SpansOf:
    """Spans that are each about some sorts of marks."""

    def __init__(self, spans: Iterable[tuple[frozenset[str], Span]]) -> None:
        groups: defaultdict[frozenset[str], list[Span]] = defaultdict(list)
        for sorts, span in spans:
            groups[sorts].append(span)
        self._of_sort: defaultdict[str, list[Spans]] = defaultdict(list)
        for sorts, group in groups.items():
            found = Spans(group)
            for sort in sorts:
                self._of_sort[sort].append(found)

    def hold(self, sort: str, start: int, end: int) -> bool:
        """Whether characters `start` to `end`, of a mark of a sort, lie within one about such marks."""
        of_sort = self._of_sort.get(sort)
        return of_sort is not None and any(spans.hold(start, end) for spans in of_sort)

    def lie_within(self, sort: str, start: int, end: int) -> bool:
        """Whether one about marks of a sort lies within `start` to `end`."""
        of_sort = self._of_sort.get(sort)
        return of_sort is not None and any(spans.lie_within(start, end) for spans in of_sort)


def count_within(starts: Sequence[int], start: int, end: int) -> int:
    """How many of the sorted `starts` lie between `start` and `end`."""
    return bisect_left(starts, end) - bisect_left(starts, start)
