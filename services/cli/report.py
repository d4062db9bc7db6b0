"""What a run brought: the notices, what failed, and how to go on."""

import asyncpg
from rich.console import Console
from rich.table import Table

_NOTICES = """
    SELECT document_number, issued_on, issuers, title FROM notices
    ORDER BY issued_on DESC NULLS LAST, document_number
"""
_OUTCOMES = """
    SELECT state, reason, count(*) AS requests FROM requests
    GROUP BY state, reason ORDER BY requests DESC, state, reason
"""
_DEAD = "SELECT coalesce(sum(rows), 0)::int FROM pipeline_status WHERE state = 'dead'"

_QUERIES = """\
SELECT document_number, issued_on, title FROM notices ORDER BY issued_on DESC NULLS LAST;
SELECT issued_on, title FROM notices WHERE '海关总署' = ANY (issuers);"""


async def report(database: "asyncpg.Connection", url: str, console: Console, later: int) -> int:
    """Print what came and how to query it; answers the exit status.

    `later` is how many rows wait for a retry so far off that the run did not wait for it. The
    status is 1 when there are any, for then not every address has reached its outcome.
    """
    notices = Table(title="Notices", title_justify="left")
    for name in ("number", "date", "issuers", "title"):
        notices.add_column(name, overflow="fold")
    for row in await database.fetch(_NOTICES):
        number, day, issuers, title = row.values()
        notices.add_row(number or "", str(day or ""), " ".join(issuers), title or "")
    console.print(notices)

    for row in await database.fetch(_OUTCOMES):
        reason = f" ({row['reason']})" if row["reason"] else ""
        console.print(f"{row['requests']:>6} captures {row['state']}{reason}")
    if dead := await database.fetchval(_DEAD):
        console.print(f"{dead:>6} dead letters: see the view dead_letters")
    if later:
        console.print(f"{later:>6} will be tried again later: see the view requests")

    console.print(f"\nThe database, while `mofcom up` runs: {url}", soft_wrap=True)
    console.print("Ask it with `mofcom psql`, for example:\n")
    console.print(_QUERIES, soft_wrap=True, highlight=False)
    return 1 if later else 0
