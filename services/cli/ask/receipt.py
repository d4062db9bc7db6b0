"""`mofcom receipt`: a file that says on which lists a name was on a day, and its verification."""

import asyncio
import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from services.cli.answering import answering
from services.cli.ask.database import analyst
from services.cli.fail import fail
from services.cli.options import day_option


class _MakeUnlessNamed(TyperGroup):
    """`mofcom receipt NAME` is `mofcom receipt make NAME`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["make", *args])


app = typer.Typer(
    cls=_MakeUnlessNamed,
    help="Records of which lists a name was or was not on, on a day. `mofcom receipt NAME --at DAY` makes one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def make(
    name: Annotated[str, typer.Argument(help="The name, in Chinese or Latin script.")],
    at: Annotated[datetime | None, day_option("The day; by default today.")] = None,
    output: Annotated[Path | None, typer.Option(help="The file; standard output if none.")] = None,
) -> None:
    """Write a record as JSON.

    It has the entries, the captures that it rests on, what is not held, and a hash.
    """
    from shared.chinese.dates import BEIJING

    with answering():
        receipt = asyncio.run(_made(name, (at or datetime.now(BEIJING)).date()))
    text = json.dumps(receipt, ensure_ascii=False, indent=1)
    if output is None:
        typer.echo(text)
    else:
        try:
            output.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            fail(f"{output} cannot be written: {error.strerror}")
        typer.echo(f"{output} is written; ask later: mofcom receipt verify {output}")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A file that `mofcom receipt make` wrote.")],
) -> None:
    """Say whether a record is unchanged, and still true.

    True: the database would say the same today.
    """
    from shared.questions.receipts import differences, digest

    try:
        receipt = json.loads(file.read_text(encoding="utf-8"))
        same = receipt["sha256"] == digest(receipt)
        name, day = receipt["name"], date.fromisoformat(receipt["day"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        fail(f"{file} is no receipt: {error}")
    if not same:
        fail(f"{file} was changed after it was made: its content has another hash")
    with answering():
        found = differences(receipt, asyncio.run(_made(name, day)))
    if found:
        fail("it does not hold any more:\n" + "\n".join(f"- {one}" for one in found))
    typer.echo(f"it holds: {name} on {day}, by {len(receipt['rests_on'])} notices")


async def _made(name: str, day: date) -> dict[str, Any]:
    from shared.questions.receipts import make_receipt

    async with analyst() as connection:
        return await make_receipt(connection, name, day)
