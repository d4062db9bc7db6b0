"""The migrations: files `NNNN_name.sql` in one folder, numbered without a gap, run in that order.

To alembic each file is a revision, made up in memory from the folder's listing: to add a migration
is to add a file.
"""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from alembic.script import Script

FOLDER = Path(__file__).parents[1] / "postgres" / "migrations"

_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


class BadMigrations(Exception):
    """The folder's files do not make one line from 0001 on."""


def list_migrations(folder: Path) -> list[Path]:
    """The folder's files in order. Raises BadMigrations on a wrong name, a gap or a double."""
    paths = sorted(folder.glob("*.sql"))
    for position, path in enumerate(paths, start=1):
        if not _FILE_NAME.fullmatch(path.name):
            raise BadMigrations(f"{path} is not named like 0001_what_it_does.sql")
        if int(number(path)) != position:
            raise BadMigrations(
                f"{path} stands where number {position:04} belongs: migrations count up from 0001 "
                "without gap or double, and one that ever ran stays as it is"
            )
    return paths


def number(path: Path) -> str:
    """What alembic calls the revision: the four digits."""
    return path.name[:4]


def as_revisions(paths: list[Path], run: Callable[[Path], None]) -> list[Script]:
    """The files as alembic's revisions, each following the one before; upgrading is `run(path)`."""
    return [
        _as_revision(path, number(before) if before else None, run)
        for before, path in zip([None, *paths], paths, strict=False)
    ]


def _as_revision(path: Path, follows: str | None, run: Callable[[Path], None]) -> Script:
    module = ModuleType(path.stem)
    vars(module).update(down_revision=follows, upgrade=lambda: run(path))
    return Script(module, number(path), path)
