"""`mofcom screen`: names against the lists, one by one or a file of them."""

import asyncio
import csv
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.answering import answering
from services.cli.ask.database import analyst
from services.cli.fail import fail
from services.cli.options import Json, day_option
from services.cli.output import print_json

if TYPE_CHECKING:
    from shared.questions import Answer


def screen(
    names: Annotated[
        list[str], typer.Argument(help="Names, or a .csv, .xlsx or .txt file of them.")
    ],
    at: Annotated[
        datetime | None, day_option("The day for which to ask; by default today.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(help="Heading of the file's column of names.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Screen names against the ministry's lists.

    Spelling, script and legal form do not matter. Prints CSV, a row for each entry that is like a name, and one with found = false for a name that is
    like none. What the database lacks goes to standard error. Exits 0 whatever was found.
    """
    from shared.tables.names import ENDINGS, NoNames, read_names

    asked: list[str] = []
    for name in names:
        if Path(name).suffix.lower() in ENDINGS:
            # Not a name that is on no list.
            if not Path(name).is_file():
                fail(f"there is no file {name}")
            try:
                asked += read_names(Path(name), column)
            except NoNames as wrong:
                fail(str(wrong))
        else:
            asked.append(name)
    with answering():
        asyncio.run(_print(asked, at, as_json))


async def _print(names: list[str], at: datetime | None, as_json: bool) -> None:
    from shared.questions.screening import COLUMNS, screened_rows

    out = csv.writer(sys.stdout)
    if not as_json:
        out.writerow(COLUMNS)
    answer = None
    not_held: dict[str, None] = {}
    async for name, answer in _answers(names, at):
        not_held |= dict.fromkeys(answer.not_held)
        if as_json:
            print_json({"screened": name, **vars(answer)})
        else:
            out.writerows(row.values() for row in screened_rows(name, answer))
    if answer is not None and not as_json:
        typer.echo(f"as of {answer.as_of}; not held, and so not screened against:", err=True)
        typer.echo("\n".join(f"- {line}" for line in not_held), err=True)


async def _answers(names: list[str], at: datetime | None) -> "AsyncIterator[tuple[str, Answer]]":
    from shared.questions import ask

    day = {"at": f"{at:%Y-%m-%d} 23:59:59+08"} if at else {}
    async with analyst() as connection:
        for name in names:
            yield name, await ask(connection, "screen", {"name": name, **day})
