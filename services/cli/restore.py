"""`mofcom restore`: restores a backup of `mofcom backup` into an empty pipeline."""

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.backup import BLOBS, DUMP, NotDone, copy_new, require_session, run
from services.cli.fail import fail
from services.cli.settings import (
    cli_settings,
    database_dsn,
    from_environment,
    pipeline_settings,
)

if TYPE_CHECKING:
    from shared.settings import RoleSettings

_LOCK_TIMEOUT_SECONDS = 5.0


def restore(
    folder: Annotated[Path, typer.Argument(help="What `mofcom backup` wrote.", exists=True)],
) -> None:
    """Put a backup into an empty database and blob store.

    Nothing is overwritten. The target is the pipeline of the environment (MOFCOM_DATABASE_URL), or
    else that of `mofcom up`, which must not be running.
    """
    from asyncpg import PostgresError

    from shared.settings import RoleSettings

    settings = cli_settings()
    try:
        if os.environ.get("MOFCOM_DATABASE_URL"):
            dsn, blobs = database_dsn(settings, role=None), pipeline_settings().blob_url
            restore_backup(dsn, blobs, folder, from_environment(RoleSettings))
        else:
            _restore_here(settings.data_dir, folder)
    except (NotDone, OSError, PostgresError) as error:
        fail(str(error))
    typer.echo("restored; the indexer goes on from where the backup was")
    typer.echo(
        "the passwords are those of this pipeline, not of the one that was backed up: "
        "`mofcom connection` prints the analyst's"
    )


def _restore_here(data_dir: Path, folder: Path) -> None:
    # The image has no servers, and not the code that starts them.
    from deploy.local.jars import JarsMissing
    from deploy.local.lock import AlreadyRunning
    from deploy.local.processes import Interrupted, ProgramFailed
    from deploy.local.stack import local_stack

    try:
        with local_stack(data_dir) as stack:
            stack.start_servers()
            here = stack.connections
            restore_backup(here.database_url, here.blob_url, folder, here.role_settings())
    except (AlreadyRunning, JarsMissing, ProgramFailed) as failed:
        raise NotDone(str(failed)) from failed
    except Interrupted:
        raise NotDone("interrupted; nothing is restored") from None


def restore_backup(dsn: str, blobs: str, folder: Path, roles: "RoleSettings") -> None:
    """Blobs first, then the database in one transaction: all of it is restored, or nothing.

    A backup of an earlier version is brought to this one. The backup has no passwords: the roles
    get those of `roles`, as from the init job. Raises NotDone when the database holds
    something, a program fails or the backup is of a later version, and OSError.
    """
    from deploy.init.errors import InUse, SchemaError
    from deploy.init.migrate import migrate
    from deploy.init.roles import grant_roles
    from shared.blobs import folder_of

    # Read first: nothing is restored where a file with a password cannot be read.
    passwords = roles.role_passwords()
    if not (folder / DUMP).exists():
        raise NotDone(f"{folder} holds no {DUMP}")
    if asked := asyncio.run(_asked(dsn)):
        raise NotDone(f"the database has {asked} requests already: restore into an empty one")
    asyncio.run(require_session(dsn))
    target = folder_of(blobs)
    if target is not None and (folder / BLOBS).exists():
        copy_new(folder / BLOBS, target)
    asyncio.run(_drop_empty_tables(dsn))
    run(
        "pg_restore",
        dsn,
        "--clean",
        "--if-exists",
        "--no-owner",
        # Roles belong to the server, and this one may have none yet.
        "--no-privileges",
        "--single-transaction",
        str(folder / DUMP),
    )
    try:
        asyncio.run(migrate(dsn, _LOCK_TIMEOUT_SECONDS))
    except (SchemaError, InUse) as error:
        raise NotDone(f"restored, but {error}") from error
    for warning in asyncio.run(grant_roles(dsn, passwords)):
        typer.echo(f"roles: {warning}", err=True)


async def _asked(dsn: str) -> int:
    from shared.database import connect

    database = await connect(dsn)
    try:
        if await database.fetchval("SELECT to_regclass('ingest.request')") is None:
            return 0
        number: int = await database.fetchval("SELECT count(*) FROM ingest.request")
        return number
    finally:
        await database.close()


async def _drop_empty_tables(dsn: str) -> None:
    """Drop what the init job created: a table that the backup does not have would conflict."""
    from shared.database import connect

    database = await connect(dsn)
    try:
        await database.execute(
            "DROP SCHEMA IF EXISTS ingest, fetcher, notifier, mofcom_internal CASCADE"
        )
    finally:
        await database.close()
