"""How bodies count their documents: what a number without a year has to be told apart by.

Announcements are counted anew each year. So are the orders 令 of some ministries (商务部令2020年第7号, often
printed 商务部令第7号); others count theirs from the first one on (国务院令第399号), and the President's begin
anew with the President whom each National People's Congress elects (2003 and 2018 have a 主席令第3号 each).
The lexicon's column `orders` says which body does what.
"""

from bisect import bisect_right
from datetime import date
from typing import Literal

from shared.chinese.lexicon import BODIES

Counting = Literal["by year", "by congress", "continuous", "unknown"]

_ORDERS = {entry.name: entry.orders for entry in BODIES.entries if entry.orders}
# The days on which the 6th to 14th congress elected the President; the terms have five years.
_FIRST = 6
_ELECTIONS = (
    date(1983, 6, 18),
    date(1988, 4, 8),
    date(1993, 3, 27),
    date(1998, 3, 16),
    date(2003, 3, 15),
    date(2008, 3, 15),
    date(2013, 3, 14),
    date(2018, 3, 17),
    date(2023, 3, 10),
)


def counting_of(issuer: str | None, document_type: str | None) -> Counting:
    """How a body, by its short name, counts documents of a type (公告, 令)."""
    if document_type != "令":
        return "by year"
    match _ORDERS.get(issuer or ""):
        case "by year" | "by congress" | "continuous" as known:
            return known
    return "unknown"


def congress_on(day: date) -> int | None:
    """The National People's Congress whose President signs on a day: 10 in August 2003; None before
    the first President of the present constitution, and where the next election is not known.
    """
    place = bisect_right(_ELECTIONS, day)
    if place == 0 or (place == len(_ELECTIONS) and day.year > _ELECTIONS[-1].year + 4):
        return None
    return _FIRST + place - 1


def congress_in(year: int) -> int | None:
    """The congress of a year that has no election."""
    first, last = congress_on(date(year, 1, 1)), congress_on(date(year, 12, 31))
    return first if first == last else None
