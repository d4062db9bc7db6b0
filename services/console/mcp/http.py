"""The server over HTTP, stateless: whichever console answers, it knows what it needs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from services.console.database import Database
from shared.questions.limits import LONGEST_TEXT

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"
# A character of JSON takes 12 at most: \ud83d\ude00.
_MOST_BYTES = 12 * LONGEST_TEXT + 10_000


class Tools:
    """What answers on `PATH`, as an ASGI app. Who may ask, and how often, is for the app to say.

    The protocol's library is loaded for the first request: it takes 25 MB, which most consoles never need.
    """

    def __init__(self, database: Database) -> None:
        """The database is started before the first request."""
        self._database = database
        self._ending = asyncio.Event()
        self._starting = asyncio.Lock()
        self._app: ASGIApp | None = None
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._starting:
            if self._app is None:
                self._app = await self._started()
        await self._app(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """End in the end what the first request has started."""
        try:
            yield
        finally:
            self._ending.set()
            if self._task is not None:
                await self._task

    async def _started(self) -> ASGIApp:
        manager = await asyncio.to_thread(_session_manager, self._database)
        started = asyncio.Event()

        async def run() -> None:
            # In a task of its own: its tasks must end where they began, and neither a request nor what ends an
            # app's lifespan stays in one.
            async with manager.run():
                started.set()
                await self._ending.wait()

        self._task = asyncio.create_task(run())
        await started.wait()
        from mcp.server.streamable_http_manager import StreamableHTTPASGIApp

        return StreamableHTTPASGIApp(manager)


def _session_manager(database: Database) -> "StreamableHTTPSessionManager":
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from services.console.mcp.server import create_server

    return StreamableHTTPSessionManager(
        create_server(database),
        json_response=True,
        stateless=True,
        max_request_body_size=_MOST_BYTES,
    )


def route(tools: Tools) -> Route:
    """Their route. Without a session there is no stream to GET, and none to DELETE."""
    return Route(PATH, tools, methods=["POST"])
