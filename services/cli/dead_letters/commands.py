"""The commands: list, show, replay, drop."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from services.cli.answering import answering
from services.cli.fail import fail
from services.cli.options import Json, begins, day_option
from services.cli.output import print_json
from services.cli.settings import cli_settings, database_dsn, pipeline_settings
from shared.dead_letters.letters import Letter, Policy, Wanted, letters

if TYPE_CHECKING:
    from shared.settings import Settings

T = TypeVar("T")

_CONNECT_SECONDS = 10

Reason = Annotated[str | None, typer.Option(help="Only of this reason, e.g. `too slow`.")]
Since = Annotated[datetime | None, day_option("First seen on this day or later.")]
Limit = Annotated[int, typer.Option(help="At most this many, oldest first.", min=1)]
Position = Annotated[str | None, typer.Option(help="Only this one: TOPIC/PARTITION/OFFSET.")]

app = typer.Typer(
    help="List, replay or drop messages that failed.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("list")
def list_letters(
    reason: Reason = None,
    since: Since = None,
    limit: Limit = 50,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were replayed or dropped.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List dead letters that were neither replayed nor dropped."""
    # One more than is shown tells whether there are more.
    found = _found(Wanted(reason, begins(since), None, everything, limit + 1))
    listed, more = found[:limit], found[limit:]
    if as_json:
        print_json([letter.as_json() for letter in listed])
        return
    from shared.chinese.dates import in_china

    for letter in listed:
        # On lines of their own and whole: a table would cut the position, which `show` takes.
        typer.echo(letter.position)
        attempt = f", attempt {letter.attempt}" if letter.attempt else ""
        services = ", ".join(letter.services)
        typer.echo(
            f"  {letter.reason} ({services}{attempt}, {in_china(letter.first_seen_at):%F %T} in China)"
        )
        if letter.url:
            typer.echo(f"  {letter.url}")
        if letter.handled:
            typer.echo(
                "  " + ": ".join(part for part in (letter.handled, letter.handled_note) if part)
            )
    if more:
        typer.echo(f"... and more than these {limit}: --limit shows them", err=True)
    if not listed:
        typer.echo("There are none.")


@app.command()
def show(
    position: Annotated[str, typer.Argument(help="As `list` prints it: TOPIC/PARTITION/OFFSET.")],
    as_json: Json = False,
) -> None:
    """Show one dead letter in full: its error, headers and value."""
    found = _found(Wanted(position=position, handled=True))
    if not found:
        fail(f"no dead letter at {position}: `mofcom dead-letters list` prints them")
    letter = found[0]
    if as_json:
        print_json(letter.as_json(whole=True))
        return
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
    position: Position = None,
    policy: Annotated[
        Policy,
        typer.Option(
            help="For a record that this version cannot read either: stop before it, send it as "
            "it is, or drop it."
        ),
    ] = Policy.STOP,
) -> None:
    """Send records back to their topic, as the next attempt."""
    from shared.dead_letters import handle

    found = _found(Wanted(reason, begins(since), position, position is not None, limit))
    done = _done(handle.replay(_settings(), "cli", found, policy))
    others = (f"{action} {number}" for action, number in done.items() if action != "replayed")
    typer.echo(", ".join((f"sent {done.get('replayed', 0)} again", *others)))


@app.command()
def drop(
    reason: Reason = None,
    since: Since = None,
    limit: Limit = 100,
    position: Position = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them, up to --limit.")] = False,
    note: Annotated[str | None, typer.Option(help="Why; stored with them.")] = None,
) -> None:
    """Mark dead letters as settled. They stay readable: `list --all`."""
    if not (reason or since or position or everything):
        fail("say which ones: --reason, --since, --position, or --all")
    from shared.dead_letters import handle

    found = _found(Wanted(reason, begins(since), position, False, limit))
    _done(handle.drop(_settings(), found, note))
    typer.echo(f"dropped {len(found)}")


def _settings() -> "Settings":
    with answering():
        return pipeline_settings()


def _found(wanted: Wanted) -> Sequence[Letter]:
    with answering():
        return asyncio.run(_letters(database_dsn(cli_settings()), wanted))


async def _letters(dsn: str, wanted: Wanted) -> Sequence[Letter]:
    from shared.database import connect

    database = await connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        return await letters(database, wanted)
    finally:
        await database.close()


def _done(doing: Coroutine[Any, Any, T]) -> T:
    from shared.errors import InvalidEvent

    try:
        with answering():
            return asyncio.run(doing)
    except InvalidEvent as invalid:
        fail(f"stopped: {invalid}")
