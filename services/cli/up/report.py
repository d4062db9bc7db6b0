"""The report of a run: a line for each page as it is done, the notices, failures, next steps."""

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    import asyncpg

_ENDED = """
    SELECT request_id, state, reason, url, updated_at FROM requests
    WHERE state IN ('done', 'skipped', 'dead') AND updated_at >= $1
    ORDER BY updated_at, request_id
"""
_NOTICES = """
    SELECT document_number, issued_on, title, title_en FROM notices
    ORDER BY issued_on DESC NULLS LAST, document_number
"""
_OUTCOMES = """
    SELECT state, reason, count(*) AS requests FROM requests
    GROUP BY state, reason ORDER BY requests DESC, state, reason
"""
_DEAD = "SELECT count(DISTINCT subject) FROM dead_letters WHERE handled IS NULL"

_QUERY = (
    "SELECT issued_on, document_number FROM notices "
    "WHERE '海关总署' = ANY (issuers) ORDER BY issued_on"
)
_AFTER = """
All of it is in PostgreSQL, which this starts again to query it:

  {mofcom} psql
  {mofcom} psql -c "{query}"

And this keeps everything running, on the live archive, until Ctrl-C:

  {mofcom} up

While it runs, the pages for a browser are at {address}"""

_RUNNING = """
Running until Ctrl-C. In another terminal:

  {mofcom} add ADDRESS   fetch a page, or put lines into seeds/*.txt
  {mofcom} status        what is done, waiting or wrong
  {mofcom} psql          query the notices

In a browser: {console}
For other programs: {database}
"""
_WATCHING = """\
New captures of the columns in seeds/watch.toml are fetched as they appear;
MOFCOM_WATCH=false turns that off.
"""
_NOT_WATCHING = """\
Only what you ask for is fetched: new captures are not watched for.
"""

_NUMBERED = re.compile(r"^(?:Announcement|Order) No\. \d+ of \d{4} of [^:]*?(?: on |: )")


class Outcomes:
    """Prints a line for each request that has its outcome, once."""

    def __init__(self, database: "asyncpg.Connection", console: Console) -> None:
        self._database = database
        self._console = console
        self._printed: set[str] = set()
        self._since: object = None

    async def print_new(self) -> None:
        """Print the outcomes since the last call. Raises asyncpg's errors."""
        if self._since is None:
            self._since = await self._database.fetchval("SELECT '-infinity'::timestamptz")
        for row in await self._database.fetch(_ENDED, self._since):
            self._since = row["updated_at"]
            if row["request_id"] not in self._printed:
                self._printed.add(row["request_id"])
                outcome = line(row["state"], row["reason"], row["url"])
                self._console.print(outcome, no_wrap=True, overflow="ellipsis")


def line(state: str, reason: str | None, url: str | None) -> Text:
    """A request's outcome on one line of the terminal, e.g. ``skipped: redirect  www.mof...``."""
    text = Text(f"{state}: {reason}" if reason else state)
    return text.append(f"  {(url or '').partition('://')[2]}", style="dim")


async def report(database: "asyncpg.Connection", console: Console, later: int, address: str) -> int:
    """Print the results and the next steps; returns the exit status.

    `address` is where the pages for a browser are while everything runs.
    `later` is how many rows wait for a retry so far off that the run did not wait for it. The
    status is 1 when there are any, for then not every address has reached its outcome.
    """
    console.print(notices(await database.fetch(_NOTICES)))
    for row in await database.fetch(_OUTCOMES):
        reason = f" ({row['reason']})" if row["reason"] else ""
        console.print(f"{row['requests']:>6} {row['state']}{reason}", highlight=False)
    if dead := await database.fetchval(_DEAD):
        console.print(f"{dead:>6} dead letters: see the view dead_letters", highlight=False)
    if later:
        console.print(f"{later:>6} will be tried again later: see the view requests")
    steps = _AFTER.format(mofcom=command(), query=_QUERY, address=address)
    console.print(steps, soft_wrap=True, highlight=False)
    return 1 if later else 0


def notices(rows: "list[asyncpg.Record]") -> Table:
    """A row a notice: its date, and its number above its title in Chinese and in English."""
    table = Table(title="Notices", title_justify="left", box=None, padding=(0, 1), expand=True)
    table.add_column("date", no_wrap=True)
    table.add_column("number and title", no_wrap=True, overflow="ellipsis", ratio=1)
    for row in rows:
        number, day, title, english = row.values()
        lines = (number, *(subject(one, number) for one in (title, english)))
        table.add_row(str(day or ""), "\n".join(filter(None, lines)))
    return table


def subject(title: str | None, number: str | None) -> str:
    """A title without the number, which is printed above it already.

    >>> subject("商务部公告2025年第62号 公布决定", "商务部公告2025年第62号")
    '公布决定'
    >>> subject("Announcement No. 62 of 2025 of the Ministry of Commerce on the Ruling", None)
    'The Ruling'
    """
    plain = (title or "").strip()
    if number:
        plain = re.sub(f"^(?:中华人民共和国)?{re.escape(number)}", "", plain).strip()
    rest = _NUMBERED.sub("", plain) or plain or (title or "")
    return rest[:1].upper() + rest[1:]


def next_steps(database: str, console: str, *, watching: bool) -> str:
    """What can be done while everything runs; `watching`: whether new captures come by themselves."""
    return _RUNNING.format(mofcom=command(), database=database, console=console) + (
        _WATCHING if watching else _NOT_WATCHING
    )


def command() -> str:
    """The `mofcom` command as it is called from the current folder."""
    installed = Path(sys.prefix, "bin", "mofcom")
    found = shutil.which("mofcom")
    if not installed.exists() or (found and Path(found).resolve() == installed.resolve()):
        return "mofcom"
    here = Path.cwd()
    return str(installed.relative_to(here) if installed.is_relative_to(here) else installed)
