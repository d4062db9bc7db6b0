"""What can be exported: the views, and the questions with their parameters."""

from collections.abc import Mapping
from typing import NamedTuple

import asyncpg

from services.cli.dictionary import views
from shared.questions import questions
from shared.tables.values import Column


class NoSuchSource(ValueError):
    """There is no such view, question, parameter or column; the message says which there are."""


class Source(NamedTuple):
    """A view or a question: its columns, the SQL that stands after FROM, and the values of its $1, $2, …"""

    name: str
    columns: list[Column]
    sql: str
    parameters: list[str]
    is_question: bool


async def find_source(database: asyncpg.Connection, name: str, asked: Mapping[str, str]) -> Source:
    """The view or the question `name`; of `changes`, which is both, the question if it has parameters.

    Raises NoSuchSource, and UnknownQuestion for a parameter that the question has not.
    """
    known_views, known = await views(database), await questions(database)
    if name in known_views and not (asked and name in known):
        if asked:
            raise NoSuchSource(
                f"{name} is a view and has no parameters: say --where 'COLUMN = VALUE'"
            )
        columns = [Column(one.name, one.type) for one in known_views[name].columns]
        return Source(name, columns, f'public."{name}"', [], is_question=False)
    if name not in known:
        raise NoSuchSource(
            "\n  ".join([f"there is no view {name}, but these:", *known_views])
            + "\nand these questions, with parameters as `mofcom ask` takes them:\n  "
            + "\n  ".join(known)
        )
    columns = [Column(*one) for one in known[name].columns.items()]
    call = known[name].call(asked)
    return Source(name, columns, call, known[name].values(asked), is_question=True)
