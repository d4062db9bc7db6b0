"""Whether pages are read as well as before, and whether new ones still appear: pure, and what is asked for it."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any, NamedTuple

_QUALITY = "SELECT * FROM data_quality ORDER BY site_column, month"
_QUIET = "SELECT * FROM quiet_columns ORDER BY site_column"
_UNREAD = """
    SELECT kind, count(*) AS marks, count(DISTINCT notice_key) AS notices,
        (array_agg(DISTINCT quote))[:3] AS quotes
    FROM unread GROUP BY kind ORDER BY notices DESC, kind
"""

FIELDS = (
    "title",
    "document_number",
    "issued_on",
    "issuers",
    "addressees",
    "department",
    "published_at",
    "effective_on",
    "source",
    "body_text",
)
# Said of pages, and better when low.
_FAULTS = {"generic": "read by no layout of the site's", "rejected": "not readable"}

_POINTS = 0.20
# A month with fewer is not judged.
_FEWEST_PAGES = 5
# By chance alone a share falls by so many standard errors once in 40 times.
_ERRORS = 2.0

EVERYWHERE = "all columns"


class Quality(NamedTuple):
    """What is wrong, a line each, and marks of notices that were read for no field, by their kind."""

    wrong: Sequence[str]
    unread: Sequence[Mapping[str, Any]]


Fetch = Callable[[str], Awaitable[Sequence[Mapping[str, Any]]]]
"""Runs a query, and returns the rows."""


async def look(fetch: Fetch) -> Quality:
    """Ask the database, as an analyst. Raises what `fetch` raises."""
    quality, quiet, unread = [await fetch(query) for query in (_QUALITY, _QUIET, _UNREAD)]
    return Quality([*worse(quality), *_quiet(quiet)], unread)


def worse(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is read worse in the latest month than before, of rows of the view `data_quality`.

    One line for each column and field, also for all columns together; or that there is nothing.
    """
    if not any(row["notices"] for row in rows):
        return ["no notices: nothing was read"]
    columns: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        columns[row["site_column"]].append(row)
    found = [line for name, months in columns.items() for line in _worse(name, months)]
    return [*found, *_worse(EVERYWHERE, rows)] if len(columns) > 1 else found


def _worse(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    months = sorted({row["month"] for row in rows})
    latest = next((m for m in reversed(months) if _pages(rows, m) >= _FEWEST_PAGES), None)
    before = [row for row in rows if latest is not None and row["month"] < latest]
    now = [row for row in rows if row["month"] == latest]
    for field in FIELDS:
        earlier, latest_share = _share(before, field, "notices"), _share(now, field, "notices")
        if fell(earlier, latest_share):
            yield f"{name}: {field} filled {latest_share} in {latest:%Y-%m}, {earlier} before"
    for fault, words in _FAULTS.items():
        earlier, latest_share = _share(before, fault, "pages"), _share(now, fault, "pages")
        if fell(earlier.turned(), latest_share.turned()):
            yield f"{name}: {words} {latest_share} in {latest:%Y-%m}, {earlier} before"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of all."""

    some: float
    of: int

    def __str__(self) -> str:
        return f"{self.some / self.of:.0%} of {self.of}" if self.of else "none"

    def turned(self) -> "Share":
        """Those that are not."""
        return Share(self.of - self.some, self.of)


def fell(before: Share, now: Share) -> bool:
    """Whether a share is 20 points less than before, and not by chance (a test of proportions)."""
    if now.of < _FEWEST_PAGES or before.of < _FEWEST_PAGES:
        return False
    fall = before.some / before.of - now.some / now.of
    together = (before.some + now.some) / (before.of + now.of)
    error = sqrt(together * (1 - together) * (1 / before.of + 1 / now.of))
    return fall >= _POINTS and fall > _ERRORS * error


def _quiet(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        f"{row['site_column']}: nothing since {row['last_day']}, {row['silent_days']} days; never more "
        f"than {row['longest_silence']} before"
        for row in rows
    ]


def _pages(rows: Iterable[Mapping[str, Any]], month: date) -> int:
    return sum(row["pages"] for row in rows if row["month"] == month)


def _share(rows: Sequence[Mapping[str, Any]], name: str, of: str) -> Share:
    return Share(sum((row[name] or 0) * row[of] for row in rows), sum(row[of] for row in rows))
