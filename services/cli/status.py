"""`mofcom status`: what has been done, what waits, and what is wrong."""

import asyncio
import sys
from typing import Annotated

import asyncpg
import typer
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from services.cli.answering import answering
from services.cli.settings import (
    CliSettings,
    NothingRuns,
    database_dsn,
    fetcher_url,
    pipeline_settings,
)
from services.cli.state import State, look
from shared.offsets import Offsets
from shared.settings import Settings

_CONNECT_SECONDS = 10
_EVERY_SECONDS = 2.0


def status(
    once: Annotated[
        bool, typer.Option("--once", help="Print it once, as when the output is no terminal.")
    ] = False,
) -> None:
    """Show how the pipeline is, until Ctrl-C. Exits 1 when something is wrong, and says what."""
    with answering():
        wrong = asyncio.run(
            _show(
                database_dsn(CliSettings(), "ingest"),
                pipeline_settings(),
                _fetcher_url(),
                once or not sys.stdout.isatty(),
            )
        )
    if wrong:
        raise typer.Exit(1)


def _fetcher_url() -> str | None:
    try:
        return fetcher_url(CliSettings())
    except NothingRuns:
        return None


async def _show(dsn: str, settings: Settings, url: str | None, once: bool) -> list[str]:
    """Show it; what was wrong the last time that it was looked at."""
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        async with Offsets(settings) as offsets:
            state = await look(database, offsets, url)
            if once:
                Console().print(picture(state, wrong := state.wrong()))
                return wrong
            return await _refresh(database, offsets, url, state, settings.stall_seconds)
    finally:
        await database.close()


async def _refresh(
    database: "asyncpg.Connection",
    offsets: Offsets,
    url: str | None,
    state: State,
    stall_seconds: float,
) -> list[str]:
    wrong = state.wrong()
    moved, moved_at = state, asyncio.get_running_loop().time()
    with Live(picture(state, wrong), auto_refresh=False) as live:
        try:
            while True:
                await asyncio.sleep(_EVERY_SECONDS)
                state = await look(database, offsets, url)
                now = asyncio.get_running_loop().time()
                still = state.stands_still(moved)
                if not still or now - moved_at > stall_seconds:
                    wrong = [*state.wrong(), *still]
                if not still:
                    moved, moved_at = state, now
                live.update(picture(state, wrong), refresh=True)
        except asyncio.CancelledError:
            # Ctrl-C.
            return wrong


def picture(state: State, wrong: list[str]) -> RenderableType:
    """The state as tables, and below them what is wrong."""
    outcomes = Table("what", "state", "rows", "in the last hour", "oldest waits", "next attempt")
    for row in state.outcomes:
        due, waits = row["next_attempt_at"], row["lag"]
        outcomes.add_row(
            row["kind"],
            row["state"],
            str(row["rows"]),
            str(row["last_hour"]),
            str(waits).partition(".")[0] if waits else "",
            f"{due:%F %T}" if due else "",
        )
    services = Table("service", "replicas reading", "messages waiting")
    for name, service in state.services.items():
        services.add_row(name, str(service.members), str(service.lag))
    facts = Table.grid(padding=(0, 2))
    for used, share in state.fetcher.used.items():
        facts.add_row(f"archive budget used, {used}", f"{share:.1%} of the last minute's")
    pause = f"closed until {state.pause[0]:%F %T}" if state.pause else "open"
    facts.add_row("way to the archive", pause)
    if state.median_seconds is not None:
        facts.add_row("from asking to the row", f"{state.median_seconds:.1f} s (median, last hour)")
    for row in state.dead:
        facts.add_row("dead letters", f"{row['letters']} {row['service']}: {row['reason']}")
    ending = [Text(line, style="bold red") for line in wrong] or [Text("nothing is wrong")]
    asked: RenderableType = outcomes if state.outcomes else "Nothing has been asked yet."
    return Group(asked, services, facts, *ending)
