"""The state of the pipeline as tables, drawn once or repeatedly."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from services.cli.status.state import Look, Standstill, State
from shared.loops import every

_EVERY_SECONDS = 2.0


async def show(look: Look, *, refresh: float | None) -> list[str]:
    """Draw the state, with `refresh` until Ctrl-C. Returns the troubles of the last state.

    `refresh` is the number of seconds after which a service without progress is named.
    """
    if refresh is None:
        state = await look()
        console = Console()
        console.print(tables(state))
        # A trouble is one line, however wide the terminal is.
        for line in ending(state):
            console.print(line, soft_wrap=True)
        return state.wrong()
    standstill, wrong = Standstill(refresh), list[str]()
    with Live(auto_refresh=False) as live:

        async def draw() -> None:
            nonlocal wrong
            state = await look()
            still = standstill.names(state, asyncio.get_running_loop().time())
            state = replace(state, facts=replace(state.facts, still=still))
            wrong = state.wrong()
            live.update(Group(tables(state), *ending(state)), refresh=True)

        # Cancelled by Ctrl-C.
        with suppress(asyncio.CancelledError):
            await every(_EVERY_SECONDS, draw)
    return wrong


def tables(state: State) -> RenderableType:
    """What is done, who reads, and what of the archive's budgets is used."""
    outcomes = Table("what", "state", "rows", "last hour", "waiting for", "next attempt")
    for row in state.outcomes:
        due, waits = row["next_attempt_at"], row["lag_seconds"]
        outcomes.add_row(
            row["kind"],
            row["state"],
            str(row["rows"]),
            str(row["last_hour"]),
            str(timedelta(seconds=round(waits))) if waits is not None else "",
            f"{due:%F %T %Z}" if due else "",
        )
    services = Table("service", "replicas", "messages waiting")
    for name, service in state.services.items():
        services.add_row(name, str(service.members), str(service.lag))
    facts = Table.grid(padding=(0, 2))
    for used, share in state.used.items():
        facts.add_row(f"budget used: {used}", f"{share:.1%} in the last minute")
    pause = f"paused until {state.facts.pause.until:%F %T %Z}" if state.facts.pause else "open"
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
    asked: RenderableType = (
        outcomes
        if state.outcomes
        else "Nothing has been requested yet: `mofcom add ADDRESS`, or a line in a file in seeds/."
    )
    return Group(asked, services, facts)


def ending(state: State) -> list[Text]:
    """The troubles, a line each."""
    lines = [Text(line, style="bold red") for line in state.wrong()]
    return lines or [Text("nothing is wrong")]
