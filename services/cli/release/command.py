"""The command line of `mofcom release`."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.answering import START, answering
from services.cli.fail import fail
from services.cli.programs import is_up
from services.cli.settings import cli_settings, database_dsn

app = typer.Typer(
    help="Folders of all views, which others can check and cite.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def make(
    folder: Annotated[Path, typer.Argument(help="The folder: a new or an empty one.")],
) -> None:
    """Write every view as CSV and Parquet, with sums and a root.

    Two machines that read the same captures with the same version get the same root.
    """
    from services.cli.release.make import make_release
    from shared.tables.errors import FormatMissing

    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        fail(f"{folder} has something in it: name a new folder")
    if not folder.absolute().parent.is_dir():
        fail(f"{folder} cannot be made: name one in a folder that exists")
    with answering():
        dsn = database_dsn(cli_settings(), "operator")
        if not is_up(dsn):
            fail(f"the database does not answer: {START}")
        try:
            root = make_release(dsn, folder)
        except FormatMissing as missing:
            fail(str(missing))
    typer.echo(f"{folder}: root {root}")


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="A folder that `mofcom release make` wrote.")],
) -> None:
    """Say whether a folder is unchanged, and its root that of its rows.

    Needs no database. Says which files differ, and on which captures the rows rest that do.
    """
    from services.cli.release.verify import NoRelease, faults

    try:
        found = faults(folder)
    except NoRelease as none:
        fail(str(none))
    if found:
        fail(f"{folder} does not hold:\n" + "\n".join(f"- {one}" for one in found))
    typer.echo(f"{folder} holds")
