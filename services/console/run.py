"""Runs the console until SIGTERM or SIGINT."""

import sys

import uvicorn

from services.console.access import Login, read_tokens
from services.console.allowance import Allowance
from services.console.app import create_app
from services.console.database import Database
from services.console.settings import ConsoleSettings
from shared.service.logs import configure
from shared.service.slow_clients import ImpatientProtocol

NAME = "console"


def run(settings: ConsoleSettings) -> None:
    """Answer on the settings' address. Exits 2 with a line for a file that cannot be used."""
    configure(NAME, settings.log_format)
    try:
        tokens = None
        if settings.console_tokens_file is not None:
            tokens = read_tokens(settings.console_tokens_file)
        dsn = settings.dsn_as("analyst")
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    database = Database(dsn, settings.connections, settings.statement_seconds)
    app = create_app(
        database,
        Login(tokens, settings.console_trusted_header),
        Allowance(settings.requests_per_minute),
    )
    uvicorn.run(
        app,
        host=settings.http_host,
        port=settings.http_port,
        http=ImpatientProtocol,
        log_config=None,
        access_log=False,
    )
