"""What `mofcom export` is asked."""

import asyncio
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import asyncpg
import typer

from services.cli.export.views import NoSuchView, export_view
from services.cli.export.warc import export_warc
from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, database_dsn, pipeline_settings
from shared.errors import DependencyDown


class Format(StrEnum):
    """Those of a view, as `writers.WRITERS` has them, and WARC."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    WARC = "warc"


def export(
    view: Annotated[
        str | None,
        typer.Argument(help="A view, e.g. notices; docs/schema.md lists them. None for warc."),
    ] = None,
    file_format: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.CSV,
    since: Annotated[
        datetime | None,
        typer.Option(help="What came or changed then or later.", formats=["%Y-%m-%d"]),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="The file; VIEW.FORMAT or captures.warc.gz by default.")
    ] = None,
) -> None:
    """Write a view to a file: JSON lines, CSV for Excel, an Excel workbook, or Parquet.

    With --format warc: the captures that are held, as a WARC file for pywb and other archives.
    """
    if file_format is Format.WARC:
        if view is not None:
            fail("a WARC file holds captures, not a view: leave the view out")
        path = output or Path("captures.warc.gz")
    else:
        if view is None:
            fail("name a view, e.g. notices, or give --format warc for the captures")
        path = output or Path(f"{view}.{file_format}")
    try:
        dsn = database_dsn(CliSettings(), "ingest")
        if view is None:
            said = asyncio.run(_captures(dsn, since, path))
        else:
            said = f"{asyncio.run(export_view(dsn, view, file_format, since, path))} rows"
    except (NothingRuns, NoSuchView, DependencyDown) as error:
        fail(str(error))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        fail(f"{path} could not be written: {error}")
    typer.echo(f"{path}: {said}")


async def _captures(dsn: str, since: datetime | None, path: Path) -> str:
    written, missing = await export_warc(dsn, pipeline_settings().blob_url, since, path)
    lost = f", and {missing} whose bodies are missing from the blob store" if missing else ""
    return f"{written} captures{lost}"
