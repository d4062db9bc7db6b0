"""`mofcom discover --dry-run`: what the watch list would fetch, and how long that takes."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from http.client import HTTPException
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Any
from urllib.request import Request

import typer

from services.cli.answering import no_fetcher
from services.cli.fail import fail
from services.cli.options import Json
from services.cli.output import print_json
from services.cli.settings import NothingRuns, cli_settings, fetcher_login, fetcher_url
from shared.own_http import open_own

if TYPE_CHECKING:
    from rich.table import Table

# A page of the index may be late twice over, and the fetcher's own questions go first.
_SILENCE_SECONDS = 600


def discover(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count only; nothing is fetched or remembered.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Count what the watch list would fetch.

    The running fetcher counts the captures of seeds/watch.toml by host and year. Each question
    goes to the archive's index at the pace that it allows; Ctrl-C shows what was counted until
    then. Exits 1 when the count is not complete. Without --dry-run there is nothing to do: the
    fetcher discovers new captures by itself while MOFCOM_WATCH is true.
    """
    if not dry_run:
        fail("the fetcher discovers by itself while MOFCOM_WATCH is true; give --dry-run to count")
    try:
        url = fetcher_url(cli_settings())
    except NothingRuns as nothing:
        fail(str(nothing))
    parts, why = _counted(url)
    problems = [f"{part['slice']}: {part['problem']}" for part in parts if part["problem"]]
    problems += [why] if why else []
    if as_json:
        print_json({**totals(parts), "problems": problems})
    else:
        from rich.console import Console

        if parts:
            console = Console()
            console.print(table(parts))
            console.print(summary(parts))
        for problem in problems:
            typer.echo(f"not complete: {problem}", err=True)
    if problems:
        raise typer.Exit(1)


def _counted(url: str) -> tuple[list[dict[str, Any]], str]:
    """What the fetcher has counted, and why that is not all, if so."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    parts: list[dict[str, Any]] = []
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("questions to the archive's index", total=None)
        try:
            for part in _parts(url):
                parts.append(part)
                bar.update(task, completed=part["number"], total=part["of"])
        except KeyboardInterrupt:
            return parts, "interrupted"
        except (OSError, HTTPException) as error:
            return parts, no_fetcher(url, error)
    return parts, ""


def totals(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The same as `table` and `summary` say, for --json."""
    listed, wanted = _totals(parts, "listed"), _totals(parts, "to_fetch")
    return {
        "since": parts[-1]["since"] if parts else None,
        "per_second": parts[-1]["per_second"] if parts else None,
        "captures": [
            {"host": host, "year": year, "listed": number, "to_fetch": wanted[host, year]}
            for (host, year), number in sorted(listed.items())
        ],
    }


def table(parts: Iterable[dict[str, Any]]) -> "Table":
    """A row for each host and year: captures listed, and how many of them are not stored."""
    from rich.table import Table

    listed, wanted = _totals(parts, "listed"), _totals(parts, "to_fetch")
    table_ = Table("host", "year", "listed", "to fetch", show_footer=True)
    for host, year in sorted(listed):
        table_.add_row(host, year, str(listed[host, year]), str(wanted[host, year]))
    table_.columns[0].footer = "all"
    table_.columns[2].footer, table_.columns[3].footer = str(listed.total()), str(wanted.total())
    return table_


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
    request = Request(f"{url}/discover", headers=fetcher_login(cli_settings()))  # noqa: S310 - http(s)
    with open_own(request, timeout=_SILENCE_SECONDS) as answer:
        # Read so, an answer that breaks off is an error; its own lines just end.
        for line in TextIOWrapper(answer):
            yield json.loads(line)
