"""An HTTP server on loopback that is scripted by a test, byte by byte."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    """`declared` is the Content-Length that is sent, the body's own when None. One that `drips` sends its
    body again and again until the client has had enough.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    declared: int | None = None
    after_seconds: float = 0.0
    drips: bool = False


Script = Callable[[Asked], Reply | Awaitable[Reply]]


@dataclass
class Loopback:
    url: str
    asked: list[Asked]


@asynccontextmanager
async def serving(script: Script) -> AsyncIterator[Loopback]:
    """Serve on a free port until left; one request a connection."""
    asked: list[Asked] = []

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            method, path, _ = head[0].split(" ")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            request = Asked(method, path, headers, body)
            asked.append(request)
            scripted = script(request)
            reply = scripted if isinstance(scripted, Reply) else await scripted
            await asyncio.sleep(reply.after_seconds)
            length = len(reply.body) if reply.declared is None else reply.declared
            length = 10**9 if reply.drips else length
            lines = [f"HTTP/1.1 {reply.status} X", f"Content-Length: {length}", "Connection: close"]
            lines += [f"{name}: {value}" for name, value in reply.headers.items()]
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + reply.body)
            await writer.drain()
            while reply.drips:
                await asyncio.sleep(0.01)
                writer.write(reply.body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield Loopback(f"http://127.0.0.1:{port}", asked)
    finally:
        server.close()
