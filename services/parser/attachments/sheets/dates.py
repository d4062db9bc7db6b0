"""Days and times that a sheet keeps as numbers (ECMA-376, 18.17.4)."""

import re
from datetime import datetime, time, timedelta

# 18.8.30: formats by number alone; 27 to 36 and 50 to 58 are dates in Chinese programs.
_BUILT_IN = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_PARTS = re.compile(r"[ymdhs]", re.IGNORECASE)
# Day 0; of the days of 1900 before March the sheet counts one too few, for it has a 29th of February.
_FROM_1900, _FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
_MARCH_1900 = 61


def is_date(number_format: str, identity: int | None = None) -> bool:
    """Whether numbers under a format are days or times; `identity` is its number in the workbook."""
    if identity is not None and identity in _BUILT_IN:
        return True
    if number_format.lower() == "general":
        return False
    return bool(_PARTS.search(_LITERALS.sub("", number_format.partition(";")[0])))


def moment(number: float, from_1904: bool) -> datetime | time | None:
    """The day, or the time of no day, that a number is; None for one that is none."""
    if number < 0:
        return None
    if number < 1:
        seconds = round(number * 86_400)
        return time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
    start = _FROM_1904 if from_1904 else _FROM_1900
    if not from_1904 and number < _MARCH_1900:
        number += 1
    try:
        found = start + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return None
    return found if found.year < 10_000 else None
