"""`mofcom mcp`: the questions as tools for a language model."""

import asyncio

from services.cli.answering import answering
from services.cli.settings import cli_settings, database_dsn

# A client asks one thing after the other, or a few at once.
_CONNECTIONS = 4
_SECONDS = 30.0


def mcp() -> None:
    """Answer a language model (Model Context Protocol).

    On standard input and output, for a client that starts programs. The console answers the same at /mcp, over HTTP.
    """
    with answering():
        asyncio.run(_serve(database_dsn(cli_settings())))


async def _serve(dsn: str) -> None:
    from mcp.server.stdio import stdio_server

    from services.console.database import Database
    from services.console.mcp.server import create_server

    database = Database(dsn, _CONNECTIONS, _SECONDS)
    server = create_server(database)
    await database.start()
    try:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    finally:
        await database.stop()
