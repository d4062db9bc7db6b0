"""The command line of `mofcom retranslate`."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from services.cli.answering import answering
from services.cli.fail import fail
from services.cli.options import day_option
from services.cli.settings import cli_settings, database_dsn, pipeline_settings


def retranslate(
    number: Annotated[
        str | None, typer.Option(help="Document number, e.g. 商办建函〔2022〕318号.")
    ] = None,
    since: Annotated[datetime | None, day_option("Issued on this day or later.")] = None,
    flag: Annotated[
        str | None, typer.Option(help="With this check failed, e.g. `number missing`.")
    ] = None,
    engine_before: Annotated[
        str | None,
        typer.Option(
            help="Translated by another engine than this, or by an earlier version: `firefox 2.1`."
        ),
    ] = None,
    outdated: Annotated[
        bool,
        typer.Option(
            "--outdated", help="Translated by other rules or another glossary than those of today."
        ),
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
) -> None:
    """Translate notices again.

    Sentences for which nothing changed come from the cache.
    """
    if not (number or since or flag or engine_before or outdated or everything):
        fail("say which ones: --number, --since, --flag, --engine-before, --outdated, or --all")
    from services.cli.retranslate.requests import Wanted, ask

    day = since.date() if since else None
    with answering():
        dsn = database_dsn(cli_settings(), "operator")
        settings = pipeline_settings()
        asked = asyncio.run(ask(dsn, settings, number, day, Wanted(flag, engine_before, outdated)))
    typer.echo(f"requested {asked} translations")
