"""Numbers of items: 一、 （一） 1. （1） ① a., the levels of GB/T 9704-2012 (7.3.3) and below."""

import re
from typing import NamedTuple

from shared.chinese.dates import YEAR
from shared.chinese.numerals import HUNDREDS, number

# One group a level: the number of the group is the level.
_LEVELS = (
    rf"([{HUNDREDS}]{{1,5}})\s?(?:[、，]|[.](?!\d))",
    rf"（\s?([{HUNDREDS}]{{1,5}})\s?）\s?[、.]?",
    # 1.5 is not the number of an item, 1.1C117 (1. 1C117) and 1.2026年配额 are.
    rf"(\d{{1,3}})\s?(?:[、）]|[.](?!\d)|[.](?=\d[A-E]\d{{3}}|{YEAR}年))",
    r"（\s?(\d{1,3})\s?）\s?[、.]?",
    r"([①-⑳])",
    r"（?([a-z])\s?(?:）|[.、](?![a-z\d]))",
)
_MARKER = re.compile("|".join(_LEVELS))


class Marker(NamedTuple):
    """`level` is 1 (一、) to 6 (a.); `number` is None for letters; `end` is the offset at which the
    item's text begins.
    """

    level: int
    number: int | None
    end: int


def marker_at(folded: str, start: int = 0, end: int | None = None) -> Marker | None:
    """The marker at `start` of a folded text, including the spaces before and after it."""
    stop = len(folded) if end is None else end
    while start < stop and folded[start].isspace():
        start += 1
    match = _MARKER.match(folded, start, stop)
    if match is None or match.lastindex is None:
        return None
    after = match.end()
    while after < stop and folded[after].isspace():
        after += 1
    level, text = match.lastindex, match[match.lastindex]
    if level == 5:
        return Marker(level, ord(text) - ord("①") + 1, after)
    return Marker(level, None if level == 6 else number(text), after)
