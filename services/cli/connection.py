"""`mofcom connection`: how to reach the database."""

from urllib.parse import urlsplit

import typer

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, database_dsn


def connection() -> None:
    """Print the database's connection string, of the role that may only query."""
    settings = CliSettings()
    try:
        url = urlsplit(database_dsn(settings))
    except NothingRuns as nothing:
        fail(str(nothing))
    if settings.database_published:
        user = url.netloc.rpartition("@")[0]
        url = url._replace(netloc=f"{user}@{settings.database_published}")
    typer.echo(url.geturl())
