"""An ASGI app on a free port of the loopback, served from a thread for as long as a test needs."""

import socket
import threading
from asyncio import BaseTransport
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from testing.waiting import LIMIT_SECONDS, until_now


class _WithTransport(H11Protocol):
    """Hands the connection to the app: a fault that resets it needs more than ASGI offers."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        app = self.app

        async def with_transport(scope: Any, receive: Any, send: Any) -> None:
            scope["transport"] = transport
            await app(scope, receive, send)

        self.app = with_transport


@contextmanager
def serve(app: Any) -> Iterator[str]:
    """Serve `app`; gives its origin (`http://127.0.0.1:PORT`), ready to be asked.

    Raises AssertionError when the server does not start.
    """
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    # asyncio does this for the sockets that it makes itself; without it an answer takes 40 ms.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app,
        http=_WithTransport,
        ws="none",
        lifespan="off",
        # CorruptBody answers are what the faults are for; uvicorn reports each as an error.
        log_level="critical",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()

    def started() -> bool:
        assert thread.is_alive(), "the archive's server did not start"
        return server.started

    until_now(started)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(LIMIT_SECONDS)
        listening.close()
