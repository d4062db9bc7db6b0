"""Whether pages are read as well as before, and whether new ones still appear: pure, and what is asked for it."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from typing import Any, NamedTuple

_QUALITY = "SELECT * FROM data_quality ORDER BY site_column, month"
_DAYS = """
    SELECT site_column(url_key) AS site_column,
        array_agg(DISTINCT coalesce((published_at AT TIME ZONE 'Asia/Shanghai')::date, issued_on))
            AS days
    FROM pages
    WHERE coalesce(published_at::date, issued_on) IS NOT NULL
    GROUP BY 1
"""

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
# A column is judged by its silences once it has been heard so often, and is closed after a year.
_FEWEST_DAYS = 10
_CLOSED = timedelta(days=365)

EVERYWHERE = "all columns"


class Quality(NamedTuple):
    """What is wrong, a line each, and marks of notices that were read for no field, by their kind."""

    wrong: Sequence[str]
    unread: Sequence[Mapping[str, Any]]


Fetch = Callable[[str], Awaitable[Sequence[Mapping[str, Any]]]]
"""Runs a query, and returns the rows."""


async def look(fetch: Fetch, today: date) -> Quality:
    """Ask the database, as an analyst. Raises what `fetch` raises."""
    quality, days, unread = [await fetch(query) for query in (_QUALITY, _DAYS, _UNREAD)]
    return Quality([*worse(quality), *silent(days, today)], unread)


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


def silent(columns: Iterable[Mapping[str, Any]], today: date) -> list[str]:
    """Columns that nothing has come from for longer than ever, of rows with site_column and days."""
    found = []
    for row in columns:
        days = sorted(day for day in row["days"] if day <= today)
        if len(days) < _FEWEST_DAYS:
            continue
        longest = max(later - earlier for earlier, later in pairwise(days))
        silence = today - days[-1]
        if longest < silence <= max(_CLOSED, 2 * longest):
            found.append(
                f"{row['site_column']}: nothing since {days[-1]}, {silence.days} days; never more "
                f"than {longest.days} before"
            )
    return found


def _pages(rows: Iterable[Mapping[str, Any]], month: date) -> int:
    return sum(row["pages"] for row in rows if row["month"] == month)


def _share(rows: Sequence[Mapping[str, Any]], name: str, of: str) -> Share:
    return Share(sum((row[name] or 0) * row[of] for row in rows), sum(row[of] for row in rows))
