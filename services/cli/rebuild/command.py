"""The command line of `mofcom rebuild`."""

import asyncio

import typer

from services.cli.answering import answering
from services.cli.fail import fail
from services.cli.settings import cli_settings, database_dsn, pipeline_settings


def rebuild() -> None:
    """Restore a lost database, broker or blob store from the rest.

    Reads every sidecar in the blob store, publishes what the tables lack, and requests from the archive
    again what the blob store lacks. The pipeline runs meanwhile. After an interruption, call it again.
    """
    from rich.console import Console

    from services.cli.rebuild.run import rebuild_all
    from services.cli.rebuild.waits import NoProgress

    with answering("the database or the blob store"):
        dsn, settings = database_dsn(cli_settings(), "operator"), pipeline_settings()
        try:
            done = asyncio.run(rebuild_all(dsn, settings, Console()))
        except NoProgress as still:
            fail(f"{still}. Then call this again: it goes on where it was")
    typer.echo(
        f"{done.sidecars} sidecars read, {done.damaged} of them damaged; {done.published} events published"
    )
    if done.lost:
        typer.echo(
            f"{done.lost} captures without body or sidecar, {done.asked} requested from the archive again: "
            "`mofcom status` shows how far it is"
        )
    if done.left > 0:
        fail(f"{done.left} captures are not in the tables: see `mofcom dead-letters list`")
