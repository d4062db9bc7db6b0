"""Runs the console until SIGTERM or SIGINT."""

import asyncio
import signal
import sys
from collections.abc import Mapping, Sequence
from math import inf

from prometheus_client import REGISTRY

from services.console.access import Login
from services.console.allowance import Allowance
from services.console.app import create_app
from services.console.database import Database
from services.console.settings import ConsoleSettings
from services.console.web.pipeline.page import Replay
from shared.dead_letters.letters import Letter, Policy
from shared.health import Health
from shared.service.logs import configure
from shared.service.server import Server
from shared.service.trouble_metric import TroubleMetric
from shared.tokens import read_tokens

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
    health = Health(stall_seconds=inf, started=True)
    REGISTRY.register(TroubleMetric(health))
    app = create_app(
        database,
        Login(tokens, settings.console_trusted_header),
        Allowance(settings.requests_per_minute),
        health,
        settings.services(),
        _replay(settings) if any(token.operates for token in (tokens or {}).values()) else None,
    )
    asyncio.run(_serve(Server(app, settings.http_host, settings.http_port)))


def _replay(settings: ConsoleSettings) -> Replay:
    # Kafka's client is loaded where an operator may need it.
    from shared.dead_letters.handle import replay

    async def send(letters: Sequence[Letter]) -> Mapping[str, int]:
        done = await replay(settings, NAME, letters, Policy.STOP)
        return {str(action): number for action, number in done.items()}

    return send


async def _serve(server: Server) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, server.end)
    await server.serve()
