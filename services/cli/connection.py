"""`mofcom connection`: prints how to reach the database."""

from urllib.parse import urlsplit

import typer

from services.cli.answering import START, answering
from services.cli.programs import is_up
from services.cli.settings import cli_settings, database_dsn


def connection() -> None:
    """Print the connection string of the database (read-only).

    Says on standard error when no database answers there.
    """
    settings = cli_settings()
    with answering("the file with the password"):
        dsn = database_dsn(settings)
    if not is_up(dsn):
        typer.echo(f"no database answers there now: {START}", err=True)
    url = urlsplit(dsn)
    if settings.database_published:
        user = url.netloc.rpartition("@")[0]
        url = url._replace(netloc=f"{user}@{settings.database_published}")
    typer.echo(url.geturl())
