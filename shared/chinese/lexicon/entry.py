"""Rows of the lexicon's tables, and which of several is valid on a day."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from typing import NamedTuple, Protocol, TypeVar


class Entry(NamedTuple):
    """One row: a name, the other forms in which it is printed, and its English from `since` to
    `until`, both days included. What was renamed has a row for each period.

    `also` are renderings that count as right besides `english`; `kind` is the row's class in its
    table; `not_in` are words that hold a form and do not mean it: 沿海地区 is not about 海地.
    """

    name: str
    forms: tuple[str, ...]
    english: str
    also: tuple[str, ...]
    kind: str
    since: date
    until: date
    not_in: tuple[str, ...] = ()

    @property
    def printed(self) -> tuple[str, ...]:
        """The name and its other forms."""
        return (self.name, *self.forms)

    @property
    def renderings(self) -> tuple[str, ...]:
        """All English that counts as right, the preferred one first."""
        return (self.english, *self.also)


class Dated(Protocol):
    """What is valid from `since` to `until`, both days included."""

    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date: ...


_Dated = TypeVar("_Dated", bound=Dated)


def of_day(entries: Sequence[_Dated], day: date | None) -> _Dated:
    """Of one name's rows the one valid on a day; with none, the last before it, else the oldest.

    Without a day, the latest.
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
    """The rows of a table, in its order.

    Columns are named by its first line: name, forms, english, also, class, since, until, not in;
    further ones are notes. Several values of a column are parted by ` | `. Lines that begin with # head a
    group. A day may be a year, when nothing more is known.
    """
    lines = file.read_text("utf-8").splitlines()
    rows = csv.DictReader(
        (line for line in lines if not line.startswith("#")),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
        restval="",
    )
    return tuple(_entry(row) for row in rows)


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        name=row["name"],
        forms=_values(row["forms"]),
        english=row["english"],
        also=_values(row.get("also", "")),
        kind=row.get("class", ""),
        since=_first_day(row.get("since", "")),
        until=_last_day(row.get("until", "")),
        not_in=_values(row.get("not in", "")),
    )


def _values(text: str) -> tuple[str, ...]:
    return tuple(text.split(" | ")) if text else ()


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
