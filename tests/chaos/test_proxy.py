"""The proxy simulates the faults it is told to, and works normally after them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from testing.chaos.proxy import Proxy
from testing.waiting import LIMIT_SECONDS


@asynccontextmanager
async def echo() -> AsyncIterator[Proxy]:
    """A server that sends back what it gets, behind a proxy."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1024):
            writer.write(data)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    proxy = Proxy(server.sockets[0].getsockname()[1])
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()
        server.close()


async def said(proxy: Proxy, text: bytes) -> bytes:
    """What comes back for `text` on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        writer.write(text)
        writer.write_eof()
        return await asyncio.wait_for(reader.read(), LIMIT_SECONDS)
    finally:
        writer.close()


async def received(answer: Awaitable[bytes]) -> bytes:
    """What came before the connection broke."""
    try:
        return await answer
    except ConnectionError:
        return b""


async def test_it_passes_everything_on() -> None:
    async with echo() as proxy:
        assert await said(proxy, b"x" * 500_000) == b"x" * 500_000


async def test_a_cut_breaks_open_connections_and_refuses_new_ones() -> None:
    async with echo() as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(b"a")
        assert await reader.read(1) == b"a"
        proxy.inject("cut")
        assert await received(reader.read(1)) == b""
        writer.close()
        assert await received(said(proxy, b"b")) == b""
        proxy.heal()
        assert await said(proxy, b"c") == b"c"


async def test_dropped_packets_arrive_late() -> None:
    async with echo() as proxy:
        proxy.inject("drop")
        waiting = asyncio.create_task(said(proxy, b"late"))
        # What does not come gives no sign: time must pass. Without the fault it takes a millisecond.
        await asyncio.sleep(0.1)
        assert not waiting.done()
        proxy.heal()
        assert await waiting == b"late"


async def test_a_truncation_ends_in_the_middle() -> None:
    async with echo() as proxy:
        proxy.inject("truncate")
        assert len(await received(said(proxy, b"0123456789"))) < 10


async def test_a_delay_is_one() -> None:
    async with echo() as proxy:
        proxy.inject("delay")
        started = asyncio.get_running_loop().time()
        assert await said(proxy, b"x") == b"x"
        assert asyncio.get_running_loop().time() - started >= 1.0
