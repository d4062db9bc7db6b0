"""`mofcom psql`: opens PostgreSQL's own client on the database."""

import os
import time
from contextlib import ExitStack
from typing import Annotated

import typer

from services.cli.answering import answering
from services.cli.fail import fail
from services.cli.programs import find_program, is_up, password_environment, without_password
from services.cli.settings import CliSettings, NothingRuns, cli_settings, database_dsn

_LOOK_SECONDS = 0.5


def psql(
    command: Annotated[
        list[str] | None,
        typer.Option("--command", "-c", help="Run a query and exit; several one after another."),
    ] = None,
    options: Annotated[list[str] | None, typer.Argument(help="Options of psql's own.")] = None,
) -> None:
    """Open psql on the database (read-only).

    While nothing runs, the database of `mofcom up` is started for as long as psql is open.
    """
    program = find_program("psql")
    if program is None:
        fail("psql is not installed; `mofcom connection` prints how to reach the database")
    settings = cli_settings()
    arguments = [*(part for one in command or [] for part in ("-c", one)), *(options or [])]
    waiting = False
    while not _reached(program, settings, arguments):
        if not waiting:
            typer.echo("waiting for the database, which is starting or stopping", err=True)
        waiting = True
        time.sleep(_LOOK_SECONDS)


def _reached(program: str, settings: CliSettings, arguments: list[str]) -> bool:
    """Run psql and exit; False while another process holds the data folder without a database."""
    with answering("the file with the password"):
        dsn = _dsn(settings)
    if dsn is not None and ("MOFCOM_DATABASE_URL" in os.environ or is_up(dsn)):
        whole = [program, without_password(dsn), *arguments]
        os.execve(program, whole, password_environment(dsn))  # noqa: S606 - psql itself
    status = _on_its_own(settings, program, arguments)
    if status is None:
        return False
    raise typer.Exit(status)


def _dsn(settings: CliSettings) -> str | None:
    """The address of the database that runs; None if none does, and there is one that can be started.

    Raises NothingRuns where there is none.
    """
    try:
        return database_dsn(settings)
    except NothingRuns:
        if (settings.data_dir / "postgres").exists():
            return None
        raise


def _on_its_own(settings: CliSettings, program: str, arguments: list[str]) -> int | None:
    """Start only the database, run psql on it, and stop it; returns psql's exit status.

    None when another process holds the data folder.
    """
    import subprocess

    from deploy.local.lock import AlreadyRunning
    from deploy.local.processes import Interrupted, ProgramFailed
    from deploy.local.stack import local_stack

    with ExitStack() as running:
        try:
            stack = running.enter_context(local_stack(settings.data_dir))
            typer.echo("Nothing runs: starting the database alone, for this psql.", err=True)
            stack.start_database()
        except AlreadyRunning:
            return None
        except ProgramFailed as failed:
            fail(str(failed))
        except Interrupted:
            return 130
        dsn = stack.connections.role_settings().dsn_as("analyst")
        return subprocess.call(  # noqa: S603 - psql itself
            [program, without_password(dsn), *arguments], env=password_environment(dsn)
        )
