"""Makes a release folder."""

import asyncio
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import asyncpg

from services.cli.dictionary import functions_page, views, views_page
from services.cli.export.rows import Asked, export_in, snapshot
from services.cli.export.writers import writer
from services.cli.release.checksums import sums, write_sums
from services.cli.release.datapackage import datapackage
from services.cli.release.hashed import leaves, root
from shared.tables.plain_text import write_csv
from shared.tables.values import Writer

PACKAGE, LEAVES = "datapackage.json", "merkle.csv"


def make_release(dsn: str, folder: Path) -> str:
    """Write all public views, of one instant, with what describes and what proves them.

    `folder` is new or empty, and filled when it is whole. Returns the Merkle root. Raises FormatMissing,
    OSError and asyncpg's errors.
    """
    write_parquet = writer("parquet")
    # Of "." there is no name.
    folder = folder.resolve()
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        for format_folder in ("csv", "parquet"):
            (new / format_folder).mkdir(parents=True)
        merkle_root = asyncio.run(_snapshot(dsn, new, write_parquet))
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return merkle_root


async def _snapshot(dsn: str, folder: Path, write_parquet: Writer) -> str:
    async with snapshot(dsn) as database:
        return await _write(database, folder, write_parquet)


async def _write(database: asyncpg.Connection, folder: Path, write_parquet: Writer) -> str:
    described = await views(database)
    about: Mapping[str, Sequence[str]] = {}
    for name in described:
        for write, form in ((write_csv, "csv"), (write_parquet, "parquet")):
            path = folder / form / f"{name}.{form}"
            about = (await export_in(database, Asked(name), write, path)).about
    by_body = leaves(folder)
    lines = [f"{body},{leaf}\n" for body, leaf in by_body.items()]
    (folder / LEAVES).write_text("body_sha256,leaf_sha256\n" + "".join(lines), encoding="utf-8")
    page = "# The database\n" + views_page(described) + await functions_page(database)
    (folder / "schema.md").write_text(page, encoding="utf-8")
    of_all = {key: lines for key, lines in about.items() if key != "source"}
    package = datapackage(described, sums(folder), of_all, merkle_root := root(by_body))
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / PACKAGE).write_text(text, encoding="utf-8")
    write_sums(folder)
    return merkle_root
