"""The sentence round an offset, and whether it is quoted."""

from shared.chinese.text import Span

_FULL_STOPS = "。！？\n"
_LONGEST = 800


def sentence(folded: str, at: int) -> Span:
    """The sentence round an offset, up to 。！？ or the line's end, and never very long."""
    first, last = max(0, at - _LONGEST), min(len(folded), at + _LONGEST)
    start = max(first - 1, *(folded.rfind(mark, first, at) for mark in _FULL_STOPS)) + 1
    ends = [end for mark in _FULL_STOPS if (end := folded.find(mark, at, last)) != -1]
    return Span(start, min(ends, default=last))


def in_quotation(folded: str, here: Span, start: int, end: int) -> bool:
    """Whether a reference stands in new wording that is quoted: “…根据《…》…”."""
    line = folded.rfind("\n", 0, start) + 1
    opened = folded.rfind("“", line, start)
    if opened == -1 or folded.find("”", opened, start) != -1:
        return False
    newline = folded.find("\n", end)
    close = folded.find("”", end, newline if newline != -1 else len(folded))
    length = (close if close != -1 else here.end) - opened
    return length > (end - start) + 2
