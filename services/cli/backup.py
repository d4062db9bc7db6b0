"""`mofcom backup`: writes the database and the blobs to a folder."""

import asyncio
import shutil
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from services.cli.answering import START
from services.cli.fail import fail
from services.cli.programs import find_program, is_up, password_environment, without_password
from services.cli.settings import NothingRuns, cli_settings, database_dsn, pipeline_settings

DUMP = "database.dump"
BLOBS = "blobs"


class NotDone(Exception):
    """A program is missing or failed; the message is one line."""


def backup(
    folder: Annotated[Path, typer.Argument(help="The folder to write to; created if missing.")],
) -> None:
    """Write the database and all page bodies to a folder.

    The pipeline goes on meanwhile. A second backup to the same folder copies only the bodies that are new.
    """
    try:
        dsn = database_dsn(cli_settings(), role=None)
        if not is_up(dsn):
            fail(f"the database does not answer, so there is nothing to back up: {START}")
        asyncio.run(require_session(dsn))
        make_backup(dsn, pipeline_settings().blob_url, folder)
    except (NothingRuns, NotDone, OSError) as error:
        fail(str(error))


def make_backup(dsn: str, blobs: str, folder: Path) -> None:
    """Dump the database, then copy the blobs: of what the dump speaks, none is missing.

    Raises NotDone and OSError.
    """
    # With the blob store's library, which the other commands need not wait for.
    from shared.blobs import folder_of

    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{DUMP}.new"
    run("pg_dump", dsn, "--format=custom", f"--file={new}")
    new.replace(folder / DUMP)
    typer.echo(f"{folder / DUMP}: {(folder / DUMP).stat().st_size} bytes")
    source = folder_of(blobs)
    if source is None:
        typer.echo(f"{blobs} is not copied: use the store's own means")
        return
    copied = copy_new(source, folder / BLOBS)
    typer.echo(f"{folder / BLOBS}: {copied} blobs copied")


def run(program: str, dsn: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on a database. Raises NotDone."""
    found = find_program(program)
    if found is None:
        raise NotDone(f"{program} is not installed: it comes with PostgreSQL's client programs")
    ended = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [found, f"--dbname={without_password(dsn)}", *arguments],
        env=password_environment(dsn),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise NotDone(f"{program} failed: {ended.stderr.strip().rpartition(chr(10))[2]}")


async def require_session(dsn: str) -> None:
    """Raise NotDone behind a pooler in transaction mode.

    PostgreSQL's programs set up their session first, and would leave that to the pooler's other clients.
    """
    from asyncpg import PostgresError

    from shared.database import connect, is_pooled

    try:
        database = await connect(dsn)
    except PostgresError:
        # The program says it better.
        return
    try:
        if await is_pooled(database):
            raise NotDone(
                "pg_dump and pg_restore cannot go through a pooler: "
                "set MOFCOM_DATABASE_URL to the address of PostgreSQL itself"
            )
    finally:
        await database.close()


def copy_new(source: Path, target: Path) -> int:
    """Copy the files that `target` does not have or has in another size; answers how many.

    Bodies never change; a sidecar that was written again is as long as before or says more.
    """
    copied = 0
    for path in sorted(source.rglob("*")):
        if not path.is_file():
            continue
        to = target / path.relative_to(source)
        if to.exists() and to.stat().st_size == path.stat().st_size:
            continue
        to.parent.mkdir(parents=True, exist_ok=True)
        new = to.with_name(f"{to.name}.new")
        shutil.copy2(path, new)
        new.replace(to)
        copied += 1
    return copied
