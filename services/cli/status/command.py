"""The command line of `mofcom status`."""

import asyncio
import sys
from typing import Annotated

import typer

from services.cli.answering import answering
from services.cli.options import Json
from services.cli.output import print_json
from services.cli.settings import (
    NothingRuns,
    cli_settings,
    database_dsn,
    fetcher_url,
    pipeline_settings,
)


def status(
    once: Annotated[
        bool, typer.Option("--once", help="Print once, as when the output is not a terminal.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show the state of the pipeline until Ctrl-C. Exits 1 when something is wrong, and says what."""
    with answering():
        dsn, url = database_dsn(cli_settings(), "ingest"), _fetcher_url()

        from services.cli.status.screen import look_once, show

        if as_json:
            state = asyncio.run(look_once(dsn, pipeline_settings(), url))
            print_json(state.as_json())
            wrong = state.wrong()
        else:
            on_terminal = sys.stdout.isatty() and not once
            wrong = asyncio.run(show(dsn, pipeline_settings(), url, refresh=on_terminal))
    if wrong:
        raise typer.Exit(1)


def _fetcher_url() -> str | None:
    try:
        return fetcher_url(cli_settings())
    except NothingRuns:
        return None
