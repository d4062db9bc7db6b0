"""`mofcom ask`: a question of the database, answered on the terminal or as JSON."""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
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
        typer.Argument(
            help="NAME=VALUE, e.g. hs=2805.30 country=US at=2025-12-01; of verify a file of text, - for "
            "standard input"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask what applies, who is listed, what is in force.

    Answers quote the notices and link to them. Nothing found is no "no": what the database lacks is listed below the answer.
    """
    from shared.questions import TextRefused, UnknownQuestion

    try:
        with answering():
            if question is None:
                for one in asyncio.run(_questions()).values():
                    typer.echo(f"{one.name} {' '.join(one.parameters)}\n    {one.meaning}\n")
                return
            answer = asyncio.run(_answer(question, _asked(question, parameters or [])))
    except (TextRefused, UnknownQuestion) as wrong:
        fail(str(wrong))
    if as_json:
        print_json(vars(answer))
        return
    for line in lines(answer):
        typer.echo(line)


def _asked(question: str, parameters: list[str]) -> dict[str, str]:
    """The parameters as they are given: of `verify` one without a name is a file, else the text is read from
    standard input.
    """
    if question != "verify" or any(one.startswith("text=") for one in parameters):
        return named(parameters)
    from shared.questions import TEXT

    files = [one for one in parameters if one == "-" or "=" not in one] or ["-"]
    rest = named([one for one in parameters if one not in files])
    if len(files) > 1:
        fail(f"one text is verified at a time, not {', '.join(files)}")
    try:
        if files == ["-"]:
            return {TEXT: sys.stdin.read(), **rest}
        return {TEXT: Path(files[0]).read_text(encoding="utf-8-sig"), **rest}
    except OSError as error:
        fail(f"{files[0]} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        fail(f"{files[0]} is no text in UTF-8: save it as one")


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
