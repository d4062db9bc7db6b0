"""The files in deploy/postgres, and the order in which they run; the README there explains it."""

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

    Raises BadFiles on an invalid name, a gap or a duplicate.
    """
    paths = sorted((folder / "tables").glob("*.sql"))
    for position, path in enumerate(paths, start=1):
        if not _TABLES_FILE.fullmatch(path.name):
            raise BadFiles(f"{path} is not named like 0001_what_it_does.sql")
        if int(number(path)) != position:
            raise BadFiles(
                f"{path} should have number {position:04}: tables files are numbered from 0001 "
                "without gaps or duplicates, and one that has run must not change"
            )
    return paths


def number(path: Path) -> str:
    """The four digits of a tables file."""
    return path.name[:4]


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def list_replaceable(folder: Path) -> list[Path]:
    """The files of `folder`/functions, views and questions, each after those that it needs.

    A file names those in its first line, ``-- needs: pages, days, questions/screen``, without suffix and,
    but for questions, without folder. Raises BadFiles on unknown or duplicate names, and on cycles.
    """
    paths = sorted(
        [
            *folder.glob("functions/*.sql"),
            *folder.glob("views/*.sql"),
            *folder.glob("questions/*.sql"),
        ]
    )
    by_name = {name_of(path): path for path in paths}
    needs = {path: needs_of(path) for path in paths}
    for path, names in needs.items():
        if by_name[name_of(path)] != path:
            raise BadFiles(f"{path} and {by_name[name_of(path)]} have the same name")
        if unknown := names - by_name.keys():
            raise BadFiles(f"{path} needs {', '.join(sorted(unknown))}, which does not exist")
    order = TopologicalSorter(
        {path: [by_name[name] for name in sorted(names)] for path, names in needs.items()}
    )
    try:
        return list(order.static_order())
    except CycleError as error:
        circle = " needs ".join(name_of(path) for path in reversed(error.args[1]))
        raise BadFiles(f"cycle: {circle}") from error


def name_of(path: Path) -> str:
    """How other files name it: a question, which may be called like a view, by its folder too."""
    return f"questions/{path.stem}" if path.parent.name == "questions" else path.stem


def needs_of(path: Path) -> set[str]:
    """The names in its first line."""
    found = _NEEDS.match(text_of(path))
    return set(re.split(r",\s*", found[1])) if found else set()


def digest(replaceable: list[Path]) -> str:
    """One hash of the content of these files."""
    one = sha256()
    for path in replaceable:
        text = text_of(path)
        one.update(f"{path.parent.name}/{path.name} {len(text)}\n{text}".encode())
    return one.hexdigest()
