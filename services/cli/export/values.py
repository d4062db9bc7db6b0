"""Columns and rows of a view, and their values in files of text and in cells."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple


class Column(NamedTuple):
    """A column of a view; `type` is PostgreSQL's name of its type, e.g. text[]."""

    name: str
    type: str


Rows = AsyncIterator[Sequence[Sequence[Any]]]
Writer = Callable[[Path, Sequence[Column], Rows], Awaitable[None]]


def plain(value: object) -> object:
    """A value for JSON: decimals as numbers, other types that JSON lacks as text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [plain(one) for one in value]
        case bytes():
            return value.hex()
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
    return str(value)


def flat(value: object) -> object:
    """A value for a cell: lists joined with semicolons, times as ISO 8601."""
    one = plain(value)
    if isinstance(one, list):
        return "; ".join(str(each) for each in one)
    return "" if one is None else one
