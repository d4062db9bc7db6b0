"""When something is due: digests, and what failed."""

from datetime import datetime, timedelta
from typing import Literal

from shared.chinese.dates import in_china, midnight

HowOften = Literal["at once", "daily", "weekly"]

# In China, when its working day begins.
_HOUR = 8


def next_digest(how_often: HowOften, after: datetime) -> datetime | None:
    """The first digest after a moment: at eight in the morning in China, weekly on Mondays.

    >>> next_digest("weekly", datetime.fromisoformat("2026-01-02T03:04:05+08:00")).isoformat()
    '2026-01-05T08:00:00+08:00'
    """
    if how_often == "at once":
        return None
    moment = midnight(in_china(after).date()) + timedelta(hours=_HOUR)
    while moment <= after or (how_often == "weekly" and moment.weekday() != 0):
        moment += timedelta(days=1)
    return moment


def retry_seconds(failures: int, first: float, longest: float) -> float:
    """How long to wait after so many failures in a row, twice as long each time.

    >>> [retry_seconds(n, 5, 3600) for n in (1, 2, 3, 20)]
    [5, 10, 20, 3600]
    """
    # 2**n would be a number of a million digits one day.
    doubled: float = first * 2 ** min(failures - 1, 30)
    return min(doubled, longest)
