"""Asks the questions of deploy/postgres/questions with named parameters, for all who speak to people."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from shared.chinese.dates import in_china

# What each row of an answer says of the whole.
_OF_ALL = ("found", "as_of", "index_asked_at", "not_held")

_QUESTIONS = """
    SELECT p.proname AS name, obj_description(p.oid, 'pg_proc') AS meaning,
        ARRAY(
            SELECT a.name FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS a (name, mode, n)
            WHERE a.mode = 'i' ORDER BY a.n) AS names,
        ARRAY(
            SELECT format_type(t.type, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY AS t (type, n)
            ORDER BY t.n) AS types,
        ARRAY(
            SELECT ARRAY[a.name, format_type(a.type, NULL)]
            FROM unnest(p.proargnames, p.proargmodes, p.proallargtypes) WITH ORDINALITY AS a (name, mode, type, n)
            WHERE a.mode = 't' ORDER BY a.n) AS columns
    FROM pg_proc AS p
    WHERE p.pronamespace = 'public'::regnamespace AND 'not_held' = ANY (p.proargnames)
    ORDER BY p.proname
"""


class UnknownQuestion(ValueError):
    """There is no such question, or it has no such parameter; the message says which there are."""


class Question(NamedTuple):
    """A question, what it answers, its parameters and the columns of its rows, both with PostgreSQL's
    names of their types. What each row says of the whole answer is no column.
    """

    name: str
    meaning: str
    parameters: Mapping[str, str]
    columns: Mapping[str, str]

    def call(self, asked: Iterable[str]) -> str:
        """The SQL that asks it with parameters of these names, whose values, as text, are $1, $2, …

        >>> Question("listed", "", {"list": "text", "at": "date"}, {}).call(["at"])
        'public."listed"("at" => $1::text::date)'

        Raises UnknownQuestion for a parameter that it has not.
        """
        names = list(asked)
        if unknown := set(names) - self.parameters.keys():
            raise UnknownQuestion(
                f"{self.name} has no parameter {', '.join(sorted(unknown))}: "
                f"it has {', '.join(self.parameters)}"
            )
        given = ", ".join(
            f'"{name}" => ${n}::text::{self.parameters[name]}'
            for n, name in enumerate(names, start=1)
        )
        return f'public."{self.name}"({given})'


@dataclass(frozen=True)
class Answer:
    """The rows of an answer, times as in China, empty where nothing was found, which is no "no":
    `not_held` says what the database lacks. Nothing later than `as_of`, and no capture that the
    archive's index had not at `index_asked_at`, is in it.
    """

    question: str
    asked: Mapping[str, str]
    rows: list[dict[str, Any]]
    as_of: datetime | None
    index_asked_at: datetime | None
    not_held: list[str]


async def questions(connection: asyncpg.Connection) -> dict[str, Question]:
    """The questions that the database answers, by name."""
    rows = await connection.fetch(_QUESTIONS)
    return {
        row["name"]: Question(
            row["name"],
            row["meaning"],
            dict(zip(row["names"], row["types"], strict=True)),
            {name: of_type for name, of_type in row["columns"] if name not in _OF_ALL},
        )
        for row in rows
    }


async def ask(connection: asyncpg.Connection, name: str, asked: Mapping[str, str]) -> Answer:
    """The answer to question `name` with parameters as people write them, e.g. ``{"at": "2025-12-01"}``.

    Raises UnknownQuestion, and asyncpg's errors for values that the database refuses, whose messages are
    for people.
    """
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads
    )
    known = await questions(connection)
    if name not in known:
        raise UnknownQuestion(f"no question {name!r}: {', '.join(known)}")
    call = known[name].call(asked)
    # Names and types are the database's own.
    rows = await connection.fetch(f"SELECT * FROM {call}", *asked.values())  # noqa: S608
    first = rows[0]
    return Answer(
        question=name,
        asked=dict(asked),
        rows=[
            {
                column: in_china(value) if isinstance(value, datetime) else value
                for column, value in row.items()
                if column not in _OF_ALL
            }
            for row in rows
            if row["found"]
        ],
        as_of=first["as_of"] and in_china(first["as_of"]),
        index_asked_at=first["index_asked_at"] and in_china(first["index_asked_at"]),
        not_held=first["not_held"],
    )
