"""What the stores hold, before and after. Pure, but for the query."""

from collections.abc import Mapping

import asyncpg
from rich.table import Table

_COUNTS = """
    SELECT
        (SELECT count(*) FROM archive_captures WHERE state = 'held') AS "captures held",
        (SELECT count(*) FROM addresses) AS addresses,
        (SELECT count(*) FROM requests) AS requests,
        (SELECT count(*) FROM requests WHERE state IN ('done', 'skipped', 'dead'))
            AS "requests with an outcome",
        (SELECT count(*) FROM pages) AS pages,
        (SELECT count(*) FROM notices) AS notices,
        (SELECT count(*) FROM ingest.translation) AS translations,
        (SELECT count(*) FROM dead_letters WHERE handled IS NULL) AS "open dead letters"
"""

Counts = Mapping[str, int]


async def count(database: "asyncpg.Connection") -> Counts:
    """The number of rows of each kind."""
    return dict(await database.fetchrow(_COUNTS))


def table(before: Counts, after: Counts) -> Table:
    """Both, side by side."""
    drawn = Table("", "before", "after", box=None, padding=(0, 2))
    for name, number in before.items():
        drawn.add_row(name, str(number), str(after[name]))
    return drawn
