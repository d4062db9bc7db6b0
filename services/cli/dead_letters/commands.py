"""The commands: list, show, replay, drop."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from services.cli.answering import answering
from services.cli.dead_letters import handle
from services.cli.dead_letters.handle import Policy
from services.cli.dead_letters.letters import Letter, Wanted, letters
from services.cli.fail import fail
from services.cli.settings import CliSettings, database_dsn, pipeline_settings
from shared.errors import InvalidEvent
from shared.settings import Settings

T = TypeVar("T")

Reason = Annotated[str | None, typer.Option(help="Only of this reason, e.g. `too slow`.")]
Since = Annotated[
    datetime | None, typer.Option(help="First seen on this day or later.", formats=["%Y-%m-%d"])
]
Limit = Annotated[int, typer.Option(help="At most so many, the oldest first.", min=1)]
Place = Annotated[str | None, typer.Option(help="Only this one: TOPIC/PARTITION/OFFSET.")]

app = typer.Typer(help="What could not be worked on.", no_args_is_help=True)


@app.command("list")
def list_letters(
    reason: Reason = None,
    since: Since = None,
    limit: Limit = 50,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were replayed or dropped.")
    ] = False,
) -> None:
    """Show dead letters that nobody has seen to, one a line."""
    table = Table()
    # Whole, to be given to `show`.
    table.add_column("place", no_wrap=True)
    for name in ("services", "reason", "attempt", "first seen", "address", "handled"):
        table.add_column(name, overflow="fold")
    for letter in _found(Wanted(reason, _utc(since), None, everything, limit)):
        table.add_row(
            letter.place,
            ", ".join(letter.services),
            letter.reason,
            str(letter.attempt or ""),
            f"{letter.first_seen_at:%F %T}",
            letter.url or "",
            ": ".join(part for part in (letter.handled, letter.handled_note) if part),
        )
    Console().print(table if table.row_count else "There are none.")


@app.command()
def show(
    place: Annotated[str, typer.Argument(help="As `list` shows it: TOPIC/PARTITION/OFFSET.")],
) -> None:
    """Show one dead letter whole: its error, headers and value."""
    found = _found(Wanted(place=place, handled=True))
    if not found:
        fail(f"no dead letter at {place}")
    letter = found[0]
    typer.echo(f"services: {', '.join(letter.services)}")
    for name in ("subject", "version", "reason", "attempt", "first_seen_at", "url", "error"):
        typer.echo(f"{name}: {getattr(letter, name)}")
    typer.echo(f"handled: {letter.handled}, {letter.handled_note}")
    for name, value in letter.headers:
        typer.echo(f"header {name}: {value.decode('utf-8', 'replace')}")
    typer.echo((letter.value or b"").decode("utf-8", "replace"))


@app.command()
def replay(
    reason: Reason = None,
    since: Since = None,
    limit: Limit = 100,
    place: Place = None,
    policy: Annotated[
        Policy,
        typer.Option(
            help="For a record that this version cannot read either: stop before it, send it as "
            "it was, or drop it."
        ),
    ] = Policy.STOP,
) -> None:
    """Send records again to where they came from, as the next attempt."""
    found = _found(Wanted(reason, _utc(since), place, place is not None, limit))
    done = _done(handle.replay(_settings(), found, policy))
    others = (f"{action} {number}" for action, number in done.items() if action != "replayed")
    typer.echo(", ".join((f"sent {done.get('replayed', 0)} again", *others)))


@app.command()
def drop(
    reason: Reason = None,
    since: Since = None,
    limit: Limit = 100,
    place: Place = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them, up to --limit.")] = False,
    note: Annotated[str | None, typer.Option(help="Why; kept with them.")] = None,
) -> None:
    """Say that nothing is to be done about them. They stay readable: `list --all`."""
    if not (reason or since or place or everything):
        fail("say which: --reason, --since, --place, or --all")
    found = _found(Wanted(reason, _utc(since), place, False, limit))
    _done(handle.drop(_settings(), found, note))
    typer.echo(f"dropped {len(found)}")


def _utc(day: datetime | None) -> datetime | None:
    return day.replace(tzinfo=UTC) if day else None


def _settings() -> Settings:
    with answering():
        return pipeline_settings()


def _found(wanted: Wanted) -> Sequence[Letter]:
    with answering():
        return asyncio.run(letters(database_dsn(CliSettings()), wanted))


def _done(doing: Coroutine[Any, Any, T]) -> T:
    try:
        with answering():
            return asyncio.run(doing)
    except InvalidEvent as invalid:
        fail(f"stopped: {invalid}")
