"""The spaces that editors set between Chinese characters and digits: 自 2025 年 8 月 14 日起.

They part nothing, and every pattern would have to allow for them; a document is read without them, and
what was read is shown where the page prints it.
"""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from shared.chinese.characters import HAN

_BEFORE, _BEHIND = f"{HAN}〔［（《“”，。、：；", f"{HAN}〕］）》“”，。、：；%％"
# (Python finds a pattern fast that begins with a literal.)
_GAP = re.compile(rf" (?:(?<=[{_BEFORE}] )(?=\d)|(?<=\d )(?=[{_BEHIND}]))")


class Ungapped(NamedTuple):
    """A text without such spaces; `gaps` are the offsets in `text` at which a space was removed."""

    text: str
    gaps: tuple[int, ...]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """A span of `text` as a span of the text with spaces, without spaces at its ends."""
        return start + bisect_right(self.gaps, start), end + bisect_left(self.gaps, end)

    def offset(self, printed: int) -> int:
        """The offset in `text` of a character of the text with spaces."""
        # The places of the spaces rise with each: the gap, and the spaces before it.
        before = bisect_left(range(len(self.gaps)), printed, key=lambda i: self.gaps[i] + i)
        return printed - before


def without_gaps(text: str) -> Ungapped:
    """The text without the spaces between Chinese characters and digits."""
    gaps = [match.start() - place for place, match in enumerate(_GAP.finditer(text))]
    return Ungapped(_GAP.sub("", text) if gaps else text, tuple(gaps))
