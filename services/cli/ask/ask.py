"""`mofcom ask`: a question of the database, answered on the terminal or as JSON."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.answering import answering
from services.cli.ask.database import analyst
from services.cli.fail import fail
from services.cli.options import Json, named
from services.cli.output import print_json

if TYPE_CHECKING:
    from shared.questions import Answer, Question

# Lines of an answer that show all of a chain or a text.
_LONG = {"chain", "body_text", "text_en"}
_MOST_MISSING = 10


def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question; without one, those that there are.")
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(help="NAME=VALUE, e.g. hs=2805.30 country=US at=2025-12-01"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask what applies, who is listed, what is in force.

    Answers quote the notices and link to them. Nothing found is no "no": what the database lacks is listed below the answer.
    """
    from shared.questions import UnknownQuestion

    try:
        with answering():
            if question is None:
                for one in asyncio.run(_questions()).values():
                    typer.echo(f"{one.name} {' '.join(one.parameters)}\n    {one.meaning}\n")
                return
            answer = asyncio.run(_answer(question, named(parameters or [])))
    except UnknownQuestion as unknown:
        fail(str(unknown))
    if as_json:
        print_json(vars(answer))
        return
    for line in lines(answer):
        typer.echo(line)


async def _questions() -> "dict[str, Question]":
    from shared.questions import questions

    async with analyst() as connection:
        return await questions(connection)


async def _answer(question: str, asked: Mapping[str, str]) -> "Answer":
    from shared.questions import ask as ask_database

    async with analyst() as connection:
        return await ask_database(connection, question, asked)


def lines(answer: "Answer") -> Iterator[str]:
    """An answer for people: a block of lines a row, then how fresh it is and what is missing.

    Columns without a value, and long texts, are left out.
    """
    for row in answer.rows:
        for column, value in row.items():
            if column not in _LONG and value not in (None, [], ""):
                yield f"{column:18} {_shown(value)}"
        yield ""
    yield f"{len(answer.rows) or 'nothing'} found; as of {answer.as_of or 'no event at all'}"
    if answer.not_held:
        yield "Not held, and so not in this answer:"
        yield from (f"- {line}" for line in answer.not_held[:_MOST_MISSING])
        if (more := len(answer.not_held) - _MOST_MISSING) > 0:
            yield f"- and {more} more (--json has all)"


def _shown(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
