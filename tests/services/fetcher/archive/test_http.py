"""HTTP to the archive: nothing that aiohttp does by default and must not do here."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from services.fetcher.archive.http import Http
from services.fetcher.archive.reply import NoReply, Reply
from testing.fetcher.stage import settings
from testing.waiting import until

PAGE = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


@dataclass
class Server:
    """Counts its connections; gives the scripted answer, while `answers` is set."""

    url: str = ""
    answer: bytes = PAGE
    targets: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    bytewise: bool = False
    pause: float = 0
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    opened: int = 0
    open: int = 0

    def _parts(self) -> list[bytes]:
        """The answer in one part, in lines, or in small parts and the last 100 bytes byte by byte."""
        if self.pause:
            return self.answer.splitlines(keepends=True)
        if not self.bytewise:
            return [self.answer]
        start, end = self.answer[:-100], self.answer[-100:]
        pieces = [start[n : n + 1000] for n in range(0, len(start), 1000)]
        return [*pieces, *(end[n : n + 1] for n in range(len(end)))]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        self.open += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head)
                self.targets.append(head.split(b" ")[1].decode())
                await self.answers.wait()
                if not self.answer:
                    break
                for part in self._parts():
                    writer.write(part)
                    await asyncio.sleep(self.pause)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        self.open -= 1
        writer.close()


@asynccontextmanager
async def serving(folder: Path, **changed: object) -> AsyncIterator[tuple[Server, Http]]:
    scripted = Server()
    scripted.answers.set()
    server = await asyncio.start_server(scripted.serve, "127.0.0.1", 0)
    scripted.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    http = Http(settings(folder, scripted.url, **changed))
    try:
        yield scripted, http
    finally:
        await http.close()
        server.close()


async def test_no_more_connections_stay_open_than_may(tmp_path: Path) -> None:
    async with serving(tmp_path, archive_connections=5, kept_connections=4) as (server, http):
        server.answers.clear()
        asking = asyncio.gather(*(http.get("/web/1") for _ in range(30)))
        await until(lambda: len(server.targets) == 10)
        server.answers.set()
        await asking
        assert server.opened == 10
        await until(lambda: server.open == 4)
        await asyncio.gather(*(http.get("/web/1") for _ in range(4)))
        assert server.opened == 10


async def test_a_request_on_a_reused_connection_that_breaks_is_not_resent(
    tmp_path: Path,
) -> None:
    async with serving(tmp_path) as (server, http):
        assert isinstance(await http.get("/web/1"), Reply)
        server.answer = b""
        reply = await http.get("/web/2")
    assert isinstance(reply, NoReply)
    assert reply.why == "broken"
    assert server.targets == ["/web/1", "/web/2"]


async def test_a_target_is_sent_to_its_last_sign(tmp_path: Path) -> None:
    targets = ["/web/1id_/http://a.mofcom.gov.cn/b?", "/web/1id_/http://a.mofcom.gov.cn/b?c=?&&=%"]
    async with serving(tmp_path) as (server, http):
        for target in targets:
            await http.get(target)
    assert server.targets == targets


async def test_headers_may_be_long(tmp_path: Path) -> None:
    link = b"<http://www.mofcom.gov.cn/%s>" % (b"a" * 60_000)
    async with serving(tmp_path) as (server, http):
        server.answer = PAGE.replace(b"\r\n\r\n", b"\r\nlink: " + link + b"\r\n\r\n")
        reply = await http.get("/web/1")
    assert isinstance(reply, Reply)
    assert reply.header("link") == link.decode()


async def test_what_is_no_http_is_a_broken_answer(tmp_path: Path) -> None:
    async with serving(tmp_path) as (server, http):
        server.answer = b"220 smtp ready\r\n\r\n"
        reply = await http.get("/web/1")
    assert isinstance(reply, NoReply)
    assert reply.why == "broken"


ODD = (
    b"x-archive-orig-(null): 1",
    b"x-archive-orig-x powered by: asp.net",
    b"x-archive-orig-broken",
    b": 1",
    b"x-archive-orig-x-a: a\0b",
    b"x-archive-orig-link: " + b"x" * 200_000,
    b"content-length: 2",
    b"\r\n".join(b"x-archive-orig-%d: 1" % n for n in range(400)),
)


@pytest.mark.parametrize("line", ODD)
@pytest.mark.parametrize("at_once", [True, False])
async def test_headers_that_are_no_http_do_not_cost_the_capture(
    tmp_path: Path, line: bytes, at_once: bool
) -> None:
    async with serving(tmp_path) as (server, http):
        server.answer = PAGE.replace(b"\r\n\r\n", b"\r\n" + line + b"\r\n\r\n")
        server.bytewise = not at_once
        replies = [await http.get("/web/1") for _ in range(2)]
    assert [isinstance(reply, Reply) and reply.body for reply in replies] == [b"ok"] * 2


async def test_lengths_that_contradict_each_other_are_a_broken_answer(tmp_path: Path) -> None:
    async with serving(tmp_path) as (server, http):
        server.answer = PAGE.replace(b"\r\n\r\n", b"\r\ncontent-length: 3\r\n\r\n")
        reply = await http.get("/web/1")
    assert isinstance(reply, NoReply)
    assert reply.why == "broken"


async def test_a_head_without_end_is_a_broken_answer(tmp_path: Path) -> None:
    async with serving(tmp_path) as (server, http):
        server.answer = b"HTTP/1.1 200 OK\r\n" + b"x-a: b\r\n" * 200_000
        reply = await http.get("/web/1")
    assert isinstance(reply, NoReply)
    assert reply.why == "broken"


async def test_a_head_that_arrives_in_pieces_is_waited_for(tmp_path: Path) -> None:
    async with serving(tmp_path, read_seconds=2.5) as (server, http):
        # Longer in all than a read may take, each piece much shorter: a busy machine delays them.
        lines = b"\r\n".join(b"x-%d: 1" % n for n in range(60))
        server.answer = PAGE.replace(b"\r\n\r\n", b"\r\n" + lines + b"\r\n\r\n")
        server.pause = 0.05
        reply = await http.get("/web/1")
    assert isinstance(reply, Reply)
    assert reply.body == b"ok"
