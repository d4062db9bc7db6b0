"""A TCP proxy between two parts of the pipeline, which can simulate a bad network."""

import asyncio
from contextlib import suppress
from typing import Literal

from deploy.local.ports import HOST

NetworkFault = Literal["cut", "drop", "delay", "truncate"]
"""A network's faults: refuse and reset (`cut`), deliver nothing until healed (`drop`), be slow
(`delay`), or break the connection in the middle of a transfer (`truncate`)."""

_DELAY_SECONDS = 0.5
_CHUNK = 65_536


class Proxy:
    """Passes connections on to a port of the loopback."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._fault: NetworkFault | None = None
        self._whole = asyncio.Event()
        self._whole.set()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """Where it listens, once started."""
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        """Listen on a port of the system's choice."""
        self._server = await asyncio.start_server(self._connected, HOST, 0, backlog=256)

    async def stop(self) -> None:
        """Break all connections and listen no more."""
        self._server.close()
        self._abort_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def inject(self, how: NetworkFault) -> None:
        """Start a fault."""
        self._fault = how
        if how == "cut":
            self._abort_all()
        if how == "drop":
            self._whole.clear()

    def heal(self) -> None:
        """End the fault; data that was held back arrives late, as TCP resends it."""
        self._fault = None
        self._whole.set()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._fault == "cut":
            writer.transport.abort()
            return
        try:
            there = await asyncio.open_connection(HOST, self._target_port)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, there[1]}
        self._open |= both
        try:
            await asyncio.gather(self._pump(reader, there[1]), self._pump(there[0], writer))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            for one in both:
                one.transport.abort()
            self._open -= both

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            await self._whole.wait()
            if self._fault == "delay":
                await asyncio.sleep(_DELAY_SECONDS)
            if self._fault == "truncate":
                writer.write(data[: len(data) // 2])
                with suppress(OSError):
                    await writer.drain()
                raise ConnectionAbortedError
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    def _abort_all(self) -> None:
        for writer in self._open:
            writer.transport.abort()
