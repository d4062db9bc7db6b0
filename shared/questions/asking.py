"""Asks the questions of deploy/postgres/questions with named parameters, for all who speak to people."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from shared.chinese.dates import in_china

# What people give as a text, and the database's question takes as what it cites.
TEXT = "text"
_READ_FROM_TEXT = "mentions"
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
        p.pronargs - p.pronargdefaults AS required,
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
    names of their types. The first `required` parameters must be given. What each row says of the whole
    answer is no column.
    """

    name: str
    meaning: str
    parameters: Mapping[str, str]
    columns: Mapping[str, str]
    required: int = 0

    def call(self, asked: Iterable[str]) -> str:
        """The SQL that asks it with parameters of these names, whose values, as text, are $1, $2, …

        >>> Question("listed", "", {"list": "text", "at": "date"}, {}).call(["at"])
        'public."listed"("at" => $1::text::date)'

        Raises UnknownQuestion for a parameter that it has not, or that is missing.
        """
        names = list(asked)
        if unknown := set(names) - self.parameters.keys():
            raise UnknownQuestion(
                f"{self.name} has no parameter {', '.join(sorted(unknown))}: "
                f"it has {', '.join(self.parameters)}"
            )
        required = list(self.parameters)[: self.required]
        if missing := [name for name in required if name not in names]:
            raise UnknownQuestion(f"{self.name} needs {', '.join(missing)}")
        given = ", ".join(
            f'"{_READ_FROM_TEXT}" => ${n}::text::jsonb'
            if name == TEXT
            else f'"{name}" => ${n}::text::{self.parameters[name]}'
            for n, name in enumerate(names, start=1)
        )
        return f'public."{self.name}"({given})'

    def values(self, asked: Mapping[str, str]) -> list[str]:
        """The values of $1, $2, … of `call`: those that are given, of a text what it cites.

        Raises TextRefused.
        """
        if TEXT not in asked:
            return list(asked.values())
        # With all forms of references, which other questions need not wait for.
        from shared.questions.mentions import mentions_as_json

        return [mentions_as_json(value) if name == TEXT else value for name, value in asked.items()]

    @property
    def description(self) -> str:
        """What it answers, for those who do not write SQL: its meaning without the example at the end."""
        return self.meaning.partition(" SELECT ")[0]


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
            dict(_for_people(*one) for one in zip(row["names"], row["types"], strict=True)),
            {name: of_type for name, of_type in row["columns"] if name not in _OF_ALL},
            row["required"],
        )
        for row in rows
    }


def _for_people(name: str, of_type: str) -> tuple[str, str]:
    return (TEXT, "text") if name == _READ_FROM_TEXT else (name, of_type)


async def ask(connection: asyncpg.Connection, name: str, asked: Mapping[str, str]) -> Answer:
    """The answer to question `name` with parameters as people write them, e.g. ``{"at": "2025-12-01"}``.

    Raises UnknownQuestion, TextRefused, and asyncpg's errors for values that the database refuses, whose
    messages are for people.
    """
    known = await questions(connection)
    if name not in known:
        raise UnknownQuestion(f"no question {name!r}: {', '.join(known)}")
    await decode_json(connection)
    return await answer(connection, known[name], asked)


async def decode_json(connection: asyncpg.Connection) -> None:
    """Let a connection return JSON as lists and objects, as `answer` expects."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads
    )


async def answer(
    connection: asyncpg.Connection, question: Question, asked: Mapping[str, str]
) -> Answer:
    """As `ask`, for those who know the question and have called `decode_json`."""
    call = question.call(asked)
    # Names and types are the database's own.
    rows = await connection.fetch(f"SELECT * FROM {call}", *question.values(asked))  # noqa: S608
    first = rows[0]
    return Answer(
        question=question.name,
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
