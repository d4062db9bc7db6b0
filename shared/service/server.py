"""The HTTP server of a service, which does nothing while it is not asked."""

import asyncio
from email.utils import formatdate

import uvicorn
from starlette.types import ASGIApp

from shared.service.slow_clients import ImpatientProtocol

# Requests in progress have so long to finish: the service itself has stopped by then, and who starts and stops it
# waits little longer.
_FINISH_SECONDS = 5


class Server(uvicorn.Server):
    """Serves an app until `end`.

    uvicorn's own looks ten times a second whether it shall end, and for the time of its header Date.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=_Protocol,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=_FINISH_SECONDS,
            )
        )
        self._ending = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait for `end`."""
        await self._ending.wait()

    def end(self) -> None:
        """Let requests in progress finish, but not for long, and return from `serve`."""
        self.should_exit = True
        self._ending.set()


class _Protocol(ImpatientProtocol):
    """Sets the header Date when a request comes."""

    def data_received(self, data: bytes) -> None:
        date = (b"date", formatdate(usegmt=True).encode())
        self.server_state.default_headers = [date, *self.config.encoded_headers]
        super().data_received(data)
