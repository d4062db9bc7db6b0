"""The state of the pipeline as tables, drawn once or repeatedly."""

import asyncio
from contextlib import suppress

import asyncpg
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from services.cli.status.state import Standstill, State, look
from shared.loops import every
from shared.offsets import Offsets
from shared.settings import Settings

_CONNECT_SECONDS = 10
_EVERY_SECONDS = 2.0


async def look_once(dsn: str, settings: Settings, url: str | None) -> State:
    """The state now. Raises OSError, asyncpg's errors and KafkaError."""
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        async with Offsets(settings) as offsets:
            return await look(database, offsets, url)
    finally:
        await database.close()


async def show(dsn: str, settings: Settings, url: str | None, *, refresh: bool) -> list[str]:
    """Draw the state, with `refresh` until Ctrl-C. Returns the problems of the last state.

    Raises as `look_once` does.
    """
    if not refresh:
        state = await look_once(dsn, settings, url)
        Console().print(picture(state, wrong := state.wrong()))
        return wrong
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        async with Offsets(settings) as offsets:
            return await _refresh(database, offsets, url, Standstill(settings.stall_seconds))
    finally:
        await database.close()


async def _refresh(
    database: "asyncpg.Connection", offsets: Offsets, url: str | None, standstill: Standstill
) -> list[str]:
    wrong: list[str] = []
    with Live(auto_refresh=False) as live:

        async def draw() -> None:
            nonlocal wrong
            state = await look(database, offsets, url)
            now = asyncio.get_running_loop().time()
            wrong = [*state.wrong(), *standstill.lines(state, now)]
            live.update(picture(state, wrong), refresh=True)

        # Cancelled by Ctrl-C.
        with suppress(asyncio.CancelledError):
            await every(_EVERY_SECONDS, draw)
    return wrong


def picture(state: State, wrong: list[str]) -> RenderableType:
    """The state as tables, followed by the problems."""
    outcomes = Table("what", "state", "rows", "last hour", "waiting for", "next attempt")
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
    services = Table("service", "replicas", "messages waiting")
    for name, service in state.services.items():
        services.add_row(name, str(service.members), str(service.lag))
    facts = Table.grid(padding=(0, 2))
    for used, share in state.fetcher.used.items():
        facts.add_row(f"archive budget used: {used}", f"{share:.1%} in the last minute")
    pause = f"paused until {state.pause[0]:%F %T}" if state.pause else "open"
    facts.add_row("archive", pause)
    if state.saves:
        counts = ", ".join(f"{pages} {name}" for name, pages in state.saves.items())
        facts.add_row("Save Page Now", counts)
    if state.median_seconds is not None:
        facts.add_row(
            "from request to row", f"{state.median_seconds:.1f} s (median of the last hour)"
        )
    for row in state.dead:
        facts.add_row("dead letters", f"{row['letters']}: {row['reason']} ({row['services']})")
    ending = [Text(line, style="bold red") for line in wrong] or [Text("nothing is wrong")]
    asked: RenderableType = (
        outcomes
        if state.outcomes
        else "Nothing has been requested yet: `mofcom add ADDRESS`, or a line in a file in seeds/."
    )
    return Group(asked, services, facts, *ending)
