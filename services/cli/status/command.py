"""The command line of `mofcom status`."""

import asyncio
import sys
from typing import Annotated

import typer

from services.cli.answering import answering
from services.cli.options import Json
from services.cli.output import print_json
from services.cli.settings import cli_settings, database_dsn, pipeline_settings, service_urls


def status(
    once: Annotated[
        bool, typer.Option("--once", help="Print once, as when the output is not a terminal.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show the state of the pipeline until Ctrl-C. Exits 1 when something is wrong, and says what."""
    with answering():
        settings = cli_settings()
        dsn, urls = database_dsn(settings, "operator"), service_urls(settings)

        from services.cli.status.screen import show
        from services.cli.status.state import Look

        pipeline = pipeline_settings()
        look = Look(dsn, pipeline, urls)
        if as_json:
            state = asyncio.run(look())
            print_json(state.as_json())
            wrong = state.wrong()
        else:
            on_terminal = sys.stdout.isatty() and not once
            refresh = pipeline.stall_seconds if on_terminal else None
            wrong = asyncio.run(show(look, refresh=refresh))
    if wrong:
        raise typer.Exit(1)
