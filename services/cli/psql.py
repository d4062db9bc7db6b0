"""`mofcom psql`: PostgreSQL's own client on the database."""

import os
from contextlib import ExitStack
from typing import Annotated

import typer

from services.cli.answering import answering
from services.cli.fail import fail
from services.cli.programs import find_program, is_up, password_environment, without_password
from services.cli.settings import CliSettings, cli_settings, database_dsn


def psql(
    command: Annotated[
        str | None, typer.Option("--command", "-c", help="Run one query and exit.")
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
    with answering("the file with the password"):
        dsn = database_dsn(settings)
    arguments = [*(["-c", command] if command else []), *(options or [])]
    if "MOFCOM_DATABASE_URL" in os.environ or is_up(dsn):
        whole = [program, without_password(dsn), *arguments]
        os.execve(program, whole, password_environment(dsn))  # noqa: S606 - psql itself
    raise typer.Exit(_on_its_own(settings, program, arguments))


def _on_its_own(settings: CliSettings, program: str, arguments: list[str]) -> int:
    """Start the database alone, run psql on it, and stop it; answers psql's exit status."""
    import subprocess

    from deploy.local.lock import AlreadyRunning
    from deploy.local.processes import Interrupted, ProgramFailed
    from deploy.local.stack import local_stack

    with ExitStack() as running:
        try:
            stack = running.enter_context(local_stack(settings.data_dir))
            typer.echo("Nothing runs: starting the database alone, for this psql.", err=True)
            stack.start_database()
        except (AlreadyRunning, ProgramFailed) as failed:
            fail(str(failed))
        except Interrupted:
            return 130
        dsn = stack.connections.role_settings().dsn_as("analyst")
        return subprocess.call(  # noqa: S603 - psql itself
            [program, without_password(dsn), *arguments], env=password_environment(dsn)
        )
