"""`mofcom discover --dry-run`: what the watch list would fetch, and how long that takes."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from http.client import HTTPException
from io import TextIOWrapper
from typing import Annotated, Any
from urllib.request import urlopen

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, fetcher_url

# A page of the index may be late twice over, and the fetcher's own questions go first.
_SILENCE_SECONDS = 600


def discover(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count only; nothing is fetched or remembered.")
    ] = False,
) -> None:
    """Count the captures of seeds/watch.toml by host and year, through the running fetcher.

    It asks for each quarter back to the fetcher's MOFCOM_WATCH_SINCE, at the pace that the index
    allows; Ctrl-C shows what was counted until then. Exits 1 when the count is not complete.
    Fetching them is the fetcher's own work: MOFCOM_WATCH.
    """
    if not dry_run:
        fail("the fetcher discovers by itself when MOFCOM_WATCH is true; give --dry-run to count")
    try:
        url = fetcher_url(CliSettings())
    except NothingRuns as nothing:
        fail(str(nothing))
    parts: list[dict[str, Any]] = []
    console = Console()
    why = ""
    with Progress(
        *Progress.get_default_columns(), MofNCompleteColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("questions to the archive's index", total=None)
        try:
            for part in _parts(url):
                parts.append(part)
                bar.update(task, completed=part["number"], total=part["of"])
        except KeyboardInterrupt:
            why = "interrupted"
        except (OSError, HTTPException) as error:
            why = f"no fetcher answers at {url} ({error}): is `mofcom up` running?"
    if parts:
        console.print(table(parts))
        console.print(summary(parts))
    problems = [f"{part['slice']}: {part['problem']}" for part in parts if part["problem"]]
    for problem in filter(None, [*problems, why]):
        typer.echo(f"not complete: {problem}", err=True)
    if problems or why:
        raise typer.Exit(1)


def table(parts: Iterable[dict[str, Any]]) -> Table:
    """A row for each host and year: captures listed, and how many of them are not held."""
    listed, wanted = _totals(parts, "listed"), _totals(parts, "to_fetch")
    shown = Table("host", "year", "listed", "to fetch", show_footer=True)
    for host, year in sorted(listed):
        shown.add_row(host, year, str(listed[host, year]), str(wanted[host, year]))
    shown.columns[0].footer = "all"
    shown.columns[2].footer, shown.columns[3].footer = str(listed.total()), str(wanted.total())
    return shown


def summary(parts: Sequence[dict[str, Any]]) -> str:
    """How far back was asked, and how long fetching takes at the rate that the fetcher keeps."""
    wanted, per_second = _totals(parts, "to_fetch").total(), parts[-1]["per_second"]
    takes = timedelta(seconds=round(wanted / per_second))
    return (
        f"{wanted} captures since {parts[-1]['since']} to fetch: {takes} at {per_second:g} a second"
    )


def _totals(parts: Iterable[dict[str, Any]], name: str) -> Counter[tuple[str, str]]:
    totals = Counter[tuple[str, str]]()
    for part in parts:
        for line in part["lines"]:
            totals[line["host"], line["year"]] += line[name]
    return totals


def _parts(url: str) -> Iterator[dict[str, Any]]:
    with urlopen(f"{url}/discover", timeout=_SILENCE_SECONDS) as answer:  # noqa: S310
        # Read so, an answer that breaks off is an error; its own lines just end.
        for line in TextIOWrapper(answer):
            yield json.loads(line)
