"""Rows of the lexicon's tables, and which of them is valid on a day."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from typing import NamedTuple, Protocol, TypeVar


class Entry(NamedTuple):
    """One row: a name, its other printed forms, and its English from `since` to `until`, both days
    included. A body that was renamed has a row for each period.

    `also` are other correct renderings besides `english`; `kind` is the row's class in its table;
    `not_in` are words that contain a form but do not mean it: 沿海地区 is not about 海地. `orders` is how
    a body counts its orders 令: by year, by congress or continuous; empty where that is not known.
    """

    name: str
    forms: tuple[str, ...]
    english: str
    also: tuple[str, ...]
    kind: str
    since: date
    until: date
    not_in: tuple[str, ...] = ()
    orders: str = ""

    @property
    def printed(self) -> tuple[str, ...]:
        """The name and its other forms."""
        return (self.name, *self.forms)

    @property
    def renderings(self) -> tuple[str, ...]:
        """All English that counts as right, the preferred one first."""
        return (self.english, *self.also)


class Dated(Protocol):
    """Anything that is valid from `since` to `until`, both days included."""

    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date: ...


_Dated = TypeVar("_Dated", bound=Dated)


def of_day(entries: Sequence[_Dated], day: date | None) -> _Dated:
    """The row of a name that is valid on a day; if there is none, the last row before the day, else
    the oldest. Without a day, the latest row.
    """
    day = day or date.max
    valid = [entry for entry in entries if entry.since <= day <= entry.until]
    if valid:
        # Of two that share their year of change the one whose last day is known.
        return min(valid, key=lambda entry: entry.until)
    before = [entry for entry in entries if entry.until < day]
    if before:
        return max(before, key=lambda entry: entry.until)
    return min(entries, key=lambda entry: entry.since)


def read_table(file: Traversable) -> tuple[Entry, ...]:
    """The rows of a table, in order.

    The first line names the columns: name, forms, english, also, class, since, until, not in, orders;
    further columns are notes. ` | ` separates several values of a column. Lines that begin with #
    are headings of groups. A day may be just a year if no more is known.
    """
    return tuple(_entry(row) for row in read_rows(file))


def read_rows(file: Traversable) -> Iterator[dict[str, str]]:
    """The rows of a table under the names of its columns; what a row lacks at its end is empty."""
    lines = file.read_text("utf-8").splitlines()
    return csv.DictReader(
        (line for line in lines if not line.startswith("#")),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
        restval="",
    )


def values(text: str) -> tuple[str, ...]:
    """The values of a column: 甲 | 乙."""
    return tuple(text.split(" | ")) if text else ()


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        name=row["name"],
        forms=values(row["forms"]),
        english=row["english"],
        also=values(row.get("also", "")),
        kind=row.get("class", ""),
        since=_first_day(row.get("since", "")),
        until=_last_day(row.get("until", "")),
        not_in=values(row.get("not in", "")),
        orders=row.get("orders", ""),
    )


def _first_day(text: str) -> date:
    if not text:
        return date.min
    return date(int(text), 1, 1) if text.isdecimal() else date.fromisoformat(text)


def _last_day(text: str) -> date:
    if not text:
        return date.max
    if not text.isdecimal():
        return date.fromisoformat(text)
    return date(int(text) + 1, 1, 1) - timedelta(1)
