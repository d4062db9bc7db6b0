"""`mofcom connection`: how to reach the database."""

from urllib.parse import urlsplit

import typer

from services.cli.answering import answering
from services.cli.settings import cli_settings, database_dsn


def connection() -> None:
    """Print the connection string of the database (read-only)."""
    settings = cli_settings()
    with answering("the file with the password"):
        url = urlsplit(database_dsn(settings))
    if settings.database_published:
        user = url.netloc.rpartition("@")[0]
        url = url._replace(netloc=f"{user}@{settings.database_published}")
    typer.echo(url.geturl())
