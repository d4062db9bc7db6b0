"""The command line of `mofcom reparse`."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from services.cli.answering import answering
from services.cli.fail import fail
from services.cli.options import day_option
from services.cli.settings import cli_settings, database_dsn, pipeline_settings
from services.parser.version import PARSER_VERSION


def reparse(
    number: Annotated[str | None, typer.Option(help="Document number, with any brackets.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Signed by this body, e.g. 商务部.")] = None,
    since: Annotated[datetime | None, day_option("Issued on this day or later.")] = None,
    layout: Annotated[str | None, typer.Option(help="Read by this layout.")] = None,
    parser_before: Annotated[
        int, typer.Option(help="Read by a parser before this version.", max=PARSER_VERSION)
    ] = PARSER_VERSION,
) -> None:
    """Parse stored pages and attachments again.

    A row changes only if what is read does; at the end it says on how many pages, by field. After
    an interruption, call it again: it continues.
    """
    from rich.console import Console

    from services.cli.reparse.pages import reparse_all

    day = since.date() if since else None
    key = _key(number) if number else None
    with answering("the database or the blob store"):
        dsn = database_dsn(cli_settings(), "operator")
        left = asyncio.run(
            reparse_all(
                dsn,
                pipeline_settings(),
                (parser_before, key, issuer, day, layout),
                Console(stderr=True),
            )
        )
    if left:
        fail(
            f"{left} pages or attachments were not parsed again: see `mofcom dead-letters list`, and whether the parser is "
            f"running in version {PARSER_VERSION}"
        )


def _key(printed: str) -> str:
    """The key that all printed forms of a number share. Exits if it is not a document number."""
    from shared.chinese.characters import fold
    from shared.chinese.document_numbers import number_of

    number = number_of(fold(printed.strip()))
    if number is None or number.key is None:
        fail(f"{printed} is not a document number with its issuer, like 商务部公告2025年第70号")
    return number.key
