"""The files in deploy/postgres, and the order in which they run; the README there says how."""

import re
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from pathlib import Path

from deploy.init.errors import BadFiles

FOLDER = Path(__file__).parents[1] / "postgres"

_TABLES_FILE = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_NEEDS = re.compile(r"-- needs: (.+)\n")


def list_tables(folder: Path) -> list[Path]:
    """The files of `folder`/tables in order: 0001, 0002 and so on.

    Raises BadFiles on a wrong name, a gap or a double.
    """
    paths = sorted((folder / "tables").glob("*.sql"))
    for position, path in enumerate(paths, start=1):
        if not _TABLES_FILE.fullmatch(path.name):
            raise BadFiles(f"{path} is not named like 0001_what_it_does.sql")
        if int(number(path)) != position:
            raise BadFiles(
                f"{path} stands where number {position:04} belongs: tables files count up from "
                "0001 without gap or double, and one that ever ran stays as it is"
            )
    return paths


def number(path: Path) -> str:
    """The four digits of a tables file."""
    return path.name[:4]


def text_of(path: Path) -> str:
    """What a file says."""
    return path.read_text(encoding="utf-8")


def list_replaceable(folder: Path) -> list[Path]:
    """The files of `folder`/functions and `folder`/views, each after those that it needs.

    A file names those in its first line, ``-- needs: pages, days``, without folder and suffix.
    Raises BadFiles on a name that two files have or none, and on files that need each other.
    """
    paths = sorted([*folder.glob("functions/*.sql"), *folder.glob("views/*.sql")])
    by_name = {path.stem: path for path in paths}
    needs = {path: needs_of(path) for path in paths}
    for path, names in needs.items():
        if by_name[path.stem] != path:
            raise BadFiles(f"{path} and {by_name[path.stem]} have one name")
        if unknown := names - by_name.keys():
            raise BadFiles(f"{path} needs {', '.join(sorted(unknown))}, of which there is no file")
    order = TopologicalSorter(
        {path: [by_name[name] for name in sorted(names)] for path, names in needs.items()}
    )
    try:
        return list(order.static_order())
    except CycleError as error:
        circle = " needs ".join(path.stem for path in reversed(error.args[1]))
        raise BadFiles(f"no order: {circle}") from error


def needs_of(path: Path) -> set[str]:
    """The names in its first line."""
    found = _NEEDS.match(text_of(path))
    return set(re.split(r",\s*", found[1])) if found else set()


def digest(replaceable: list[Path]) -> str:
    """One hash of all that these files say."""
    one = sha256()
    for path in replaceable:
        text = text_of(path)
        one.update(f"{path.parent.name}/{path.name} {len(text)}\n{text}".encode())
    return one.hexdigest()
