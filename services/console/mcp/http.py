"""The server over HTTP, stateless: whichever console answers, it knows what it needs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp.server.streamable_http_manager import (
    StreamableHTTPASGIApp,
    StreamableHTTPSessionManager,
)
from starlette.routing import Route

from services.console.database import Database
from services.console.mcp.server import create_server
from shared.questions.limits import LONGEST_TEXT

PATH = "/mcp"
# A character of JSON takes 12 at most: \ud83d\ude00.
_MOST_BYTES = 12 * LONGEST_TEXT + 10_000


def session_manager(database: Database) -> StreamableHTTPSessionManager:
    """What answers on `PATH` while it runs. Who may ask, and how often, is for the app to say."""
    return StreamableHTTPSessionManager(
        create_server(database),
        json_response=True,
        stateless=True,
        max_request_body_size=_MOST_BYTES,
    )


@asynccontextmanager
async def running(manager: StreamableHTTPSessionManager) -> AsyncIterator[None]:
    """A manager in a task of its own: its tasks must end where they began, and what ends an app's lifespan
    may be another task than the one that began it.
    """
    started, ending = asyncio.Event(), asyncio.Event()

    async def run() -> None:
        async with manager.run():
            started.set()
            await ending.wait()

    task = asyncio.create_task(run())
    await started.wait()
    try:
        yield
    finally:
        ending.set()
        await task


def route(manager: StreamableHTTPSessionManager) -> Route:
    """The route of a manager. Without a session there is no stream to GET, and none to DELETE."""
    return Route(PATH, StreamableHTTPASGIApp(manager), methods=["POST"])
