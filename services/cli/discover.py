"""`mofcom discover --dry-run`: what the watch list would fetch, and how long that takes."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Annotated, Any
from urllib.error import URLError
from urllib.request import urlopen

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, fetcher_url

# The archive's index is asked some 24 times a minute, and is left alone for a while when it says so.
_SILENCE_SECONDS = 600


def discover(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count only; nothing is fetched or remembered.")
    ] = False,
) -> None:
    """Count the captures of seeds/watch.toml by host and year, through the running fetcher.

    Exits 1 when the count is not complete. Fetching them is the fetcher's own work: MOFCOM_WATCH.
    """
    if not dry_run:
        fail("the fetcher discovers by itself when MOFCOM_WATCH is true; give --dry-run to count")
    try:
        url = fetcher_url(CliSettings())
    except NothingRuns as nothing:
        fail(str(nothing))
    console = Console()
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("asking the archive's index", total=None)
        parts = []
        for part in _parts(url):
            parts.append(part)
            bar.update(task, completed=part["number"], total=part["of"])
    console.print(table(parts))
    for part in parts:
        if part["problem"]:
            typer.echo(f"not complete: {part['slice']}: {part['problem']}", err=True)
    wanted = sum(_totals(parts, "to_fetch").values())
    if parts:
        console.print(f"{wanted} captures to fetch: {duration(wanted, parts[-1]['per_second'])}")
    if not parts or any(part["problem"] for part in parts):
        raise typer.Exit(1)


def table(parts: Iterable[dict[str, Any]]) -> Table:
    """A line for each host and year: captures listed, and how many of them are not held."""
    parts = list(parts)
    listed, wanted = _totals(parts, "listed"), _totals(parts, "to_fetch")
    shown = Table("host", "year", "listed", "to fetch")
    for host, year in sorted(listed):
        shown.add_row(host, year, str(listed[host, year]), str(wanted[host, year]))
    return shown


def duration(captures: int, per_second: float) -> str:
    """How long so many captures take at the rate that the fetcher keeps."""
    return f"{timedelta(seconds=round(captures / per_second))} at {per_second:g} a second"


def _totals(parts: Iterable[dict[str, Any]], name: str) -> Counter[tuple[str, str]]:
    totals = Counter[tuple[str, str]]()
    for part in parts:
        for host, years in part[name].items():
            for year, number in years.items():
                totals[host, year] += number
    return totals


def _parts(url: str) -> Iterator[dict[str, Any]]:
    try:
        with urlopen(f"{url}/discover", timeout=_SILENCE_SECONDS) as answer:  # noqa: S310
            for line in answer:
                yield json.loads(line)
    except URLError as error:
        fail(f"no fetcher answers at {url} ({error.reason}): is `mofcom up` running?")
