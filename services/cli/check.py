"""`mofcom check`: whether pages are parsed as well as before, and whether new ones still appear."""

import asyncio
from typing import TYPE_CHECKING

import typer

from services.cli.answering import answering
from services.cli.fail import fail
from services.cli.options import Json
from services.cli.output import print_json
from services.cli.settings import cli_settings, database_dsn

if TYPE_CHECKING:
    from shared.reading_quality import Quality

_CONNECT_SECONDS = 10


def check(as_json: Json = False) -> None:
    """Check that pages are read as well as before. Exits 1 and says what is wrong, if anything is.

    Wrong is: no notice at all; a field filled, or a page layout recognised, 20 percentage points
    less often in the latest month of captures than before; a column of the site that has published
    nothing for longer than ever before.

    Words of notices that were read for no field are counted, and are not wrong by themselves.
    """
    with answering():
        wrong, unread = asyncio.run(_look(database_dsn(cli_settings())))
    if as_json:
        print_json({"wrong": wrong, "unread": [dict(row) for row in unread]})
        raise typer.Exit(1 if wrong else 0)
    for row in unread:
        typer.echo(
            f"unread: {row['marks']} of kind {row['kind']} in notices: {row['notices']}, e.g. "
            + ", ".join(row["quotes"])
        )
    if wrong:
        fail("\n".join(wrong))
    typer.echo("nothing is wrong")


async def _look(dsn: str) -> "Quality":
    from shared.database import connect
    from shared.reading_quality import look

    database = await connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        return await look(database.fetch)
    finally:
        await database.close()
