"""A table that is exported, its rows, and what writes them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Column(NamedTuple):
    """A column of a view or an answer; `type` is PostgreSQL's name of its type, e.g. text[]."""

    name: str
    type: str


class Table(NamedTuple):
    """What is exported: its name, its columns, and what is to be known of its rows, for people."""

    name: str
    columns: Sequence[Column]
    about: Mapping[str, Sequence[str]]


Rows = AsyncIterator[Sequence[Sequence[Any]]]
# Writes a table, and returns what is to be said of the file, a line each.
Writer = Callable[[Path, Table, Rows], Awaitable[Sequence[str]]]
