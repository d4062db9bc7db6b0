"""A number as a check sees it: its value, and what it counts where that is known."""

from decimal import Decimal
from typing import NamedTuple


class Quantity(NamedTuple):
    """`value` in absolute terms (9.01万亿 is 9010000000000).

    `kind` is percent, point (of percent), per mille, article, number (of a document), date, a unit of
    time (day, working day), or "" for the rest;
    `must` is False for what a right translation may leave out or put in other words. A date's
    value is YYYYMMDD, of a day without its year MMDD, of a month without its day YYYYMM. `of` is
    what a Chinese number counts, as printed behind it, so that like is compared with like.
    """

    value: Decimal
    kind: str = ""
    must: bool = True
    of: str = ""


def plain(value: Decimal | int | str) -> Decimal:
    """The canonical way to write a value."""
    return Decimal(value).normalize()
