"""The command line of `mofcom export`."""

import asyncio
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from services.cli.answering import START, answering
from services.cli.ask.database import refusals
from services.cli.fail import fail
from services.cli.options import begins, day_option, named
from services.cli.programs import is_up
from services.cli.settings import cli_settings, database_dsn, pipeline_settings


class Format(StrEnum):
    """Those of rows, as `writers.writer` has them, and WARC."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    FTM = "ftm"
    WARC = "warc"


_DASH = Path("-")
_TEXT = (Format.CSV, Format.JSONL, Format.FTM)
# A WARC file is written with gzip; FollowTheMoney's files are called entities.ftm.json.
_ENDINGS = {one: f".{one}" for one in Format} | {
    Format.WARC: ".warc.gz",
    Format.FTM: ".ftm.json",
}


class WrongEnding(ValueError):
    """The file's name has the ending of another format; the message says what to do."""


def choose_format(asked: Format | None, output: Path | None) -> Format:
    """The requested format, else that of the file's ending, else CSV.

    >>> choose_format(None, Path("notices.parquet"))
    <Format.PARQUET: 'parquet'>

    Raises WrongEnding for a name that says another format than asked for, or none.
    """
    if output is None or output == _DASH:
        return asked or Format.CSV
    name = output.name.lower()
    of_name = next((one for one, ending in _ENDINGS.items() if name.endswith(ending)), None)
    if of_name is None:
        endings = ", ".join([_ENDINGS[asked]] if asked else _ENDINGS.values())
        raise WrongEnding(f"{output} does not say its format: let its name end in {endings}")
    if asked is not None and asked is not of_name:
        raise WrongEnding(
            f"{output} has the ending of {of_name}, not of {asked}: "
            f"leave --format out, or let the name end in {_ENDINGS[asked]}"
        )
    return of_name


def export(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[VIEW|QUESTION]",
            help="A view, e.g. notices (docs/schema.md lists them), or a question, e.g. applies "
            "(`mofcom ask` lists them). Leave it out for warc.",
            show_default=False,
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            help="NAME=VALUE of a question, e.g. hs=2805.30 country=US", show_default=False
        ),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="The columns to write, in order, e.g. title,issued_on")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            help="Only rows with COLUMN OPERATOR VALUE, e.g. 'issued_on >= 2025-10-01'; operators "
            "are = != < <= > >= like in. More than one: rows that fulfil all.",
            show_default=False,
        ),
    ] = None,
    asked_format: Annotated[
        Format | None,
        typer.Option("--format", help="What to write; by default what --output ends in, or csv."),
    ] = None,
    since: Annotated[
        datetime | None,
        day_option(
            "Only rows that were stored or changed in the database on this day or later, whatever "
            "the date of issue."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="The file, or - for standard output; by default NAME.FORMAT or captures.warc.gz."
        ),
    ] = None,
) -> None:
    """Write a view or an answer as CSV, JSON, Excel or Parquet.

    With --format warc: the stored captures, as a WARC file for pywb and other archives. With --format ftm:
    the answer of listed, for programs that read FollowTheMoney.
    """
    try:
        file_format = choose_format(asked_format, output)
    except WrongEnding as wrong:
        fail(str(wrong))
    if file_format is Format.WARC:
        if name is not None or columns or where:
            fail(
                "a WARC file holds captures, not rows: leave the view out, and --columns and --where"
            )
        path = output or Path("captures.warc.gz")
    else:
        if name is None:
            fail("name a view, e.g. notices, or give --format warc for the captures")
        path = output or Path(f"{name}{_ENDINGS[file_format]}")
    if path == _DASH and file_format not in _TEXT and sys.stdout.isatty():
        fail(
            f"{file_format} is not for a terminal: name a file, or redirect standard output to one"
        )
    if path.is_dir() or not path.parent.is_dir():
        fail(f"{path} cannot be written: name a file in a folder that exists")
    if path != _DASH and not os.access(path.parent, os.W_OK):
        fail(f"{path} cannot be written here: write to standard output with --output - > {path}")
    with answering():
        dsn = database_dsn(cli_settings(), "operator")
        if not is_up(dsn):
            fail(f"the database does not answer: {START}")
        try:
            if name is None:
                said = asyncio.run(_warc(dsn, begins(since), path))
            else:
                asked = (name, named(parameters or []), columns, where or [], begins(since))
                said = asyncio.run(_rows(dsn, *asked, file_format, path))
        except BrokenPipeError:
            # Whoever reads standard output has enough, as `head` has.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
    typer.echo(f"{path}: {said}", err=path == _DASH)


async def _warc(dsn: str, since: datetime | None, path: Path) -> str:
    from services.cli.export.warc import export_warc
    from shared.tables.plain_text import STANDARD_OUTPUT

    to = STANDARD_OUTPUT if path == _DASH else path
    written, missing = await export_warc(dsn, pipeline_settings().blob_url, since, to)
    lost = f", and {missing} whose bodies are missing from the blob store" if missing else ""
    stored = f" stored since {since:%F}" if since else ""
    return f"{written} captures{stored}{lost}"


async def _rows(
    dsn: str,
    name: str,
    parameters: Mapping[str, str],
    columns: str | None,
    where: Sequence[str],
    since: datetime | None,
    file_format: Format,
    path: Path,
) -> str:
    from services.cli.export.rows import Asked, export
    from services.cli.export.sources import NoSuchSource
    from services.cli.export.where import NoCondition, read_condition
    from shared.questions import TextRefused, UnknownQuestion
    from shared.tables.errors import FormatMissing, NotThisFormat, TooManyRows
    from shared.tables.plain_text import STANDARD_OUTPUT

    try:
        asked = Asked(
            name,
            parameters,
            [one.strip() for one in columns.split(",")] if columns else [],
            [read_condition(one) for one in where],
            since,
        )
        with refusals():
            if path != _DASH:
                done = await export(dsn, asked, file_format, path)
            elif file_format in _TEXT:
                done = await export(dsn, asked, file_format, STANDARD_OUTPUT)
            else:
                # Their writers go back in what they have written.
                with TemporaryDirectory() as folder:
                    whole = Path(folder, "rows")
                    done = await export(dsn, asked, file_format, whole)
                    _print(whole)
    except (
        FormatMissing, NoCondition, NoSuchSource, NotThisFormat, TextRefused, TooManyRows,
        UnknownQuestion,
    ) as error:  # fmt: skip
        fail(str(error))
    for line in done.remarks:
        typer.echo(line, err=True)
    for line in done.about.get("not_held", []):
        typer.echo(f"not held: {line}", err=True)
    return f"{done.rows} rows" + (f" with {done.time} since {since:%F}" if since else "")


def _print(file: Path) -> None:
    with file.open("rb") as whole:
        shutil.copyfileobj(whole, sys.stdout.buffer)
