"""1,500 clients that begin a request and do not end it, and one that asks."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn

from shared.health import Health
from shared.service import slow_clients
from shared.service.http import create_app
from shared.service.slow_clients import MOST_WAITING, ImpatientProtocol
from testing.waiting import until

Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]
LIVE = b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """The port of a service."""
    app = create_app(Health(60, started=True), None)
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    server = uvicorn.Server(
        uvicorn.Config(app, http=ImpatientProtocol, log_config=None, timeout_graceful_shutdown=1)
    )
    serving = asyncio.create_task(server.serve([listening]))
    await until(lambda: server.started)
    yield listening.getsockname()[1]
    server.should_exit = True
    await serving


async def begun(port: int) -> Client:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(LIVE[:20])
    return reader, writer


async def is_answered(port: int) -> bool:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(LIVE)
    answer = await reader.read()
    writer.close()
    return answer.startswith(b"HTTP/1.1 200")


async def test_clients_that_do_not_ask_keep_none_from_asking(port: int) -> None:
    clients = [await begun(port) for _ in range(1500)]
    await until(lambda: len(ImpatientProtocol._waiting) == MOST_WAITING)
    assert await is_answered(port)
    for _, writer in clients:
        writer.transport.abort()
    await until(lambda: not ImpatientProtocol._waiting)


async def test_a_head_that_does_not_come_is_not_waited_for(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_clients, "HEAD_SECONDS", 0.2)
    reader, writer = await begun(port)
    assert await reader.read() == b""
    writer.close()
    # Nor behind an answer, on a connection that stays open.
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(LIVE.replace(b"close", b"keep-alive"))
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.write(LIVE[:20])
    await reader.read()
    writer.close()
