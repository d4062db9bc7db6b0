"""The archive behind a proxy and a certificate of its own."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.fetcher.archive.answers import Verdict
from services.fetcher.archive.client import Client
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.reply import NoReply, Reply
from shared.events import Answer
from testing.fetcher.stage import Stage, settings

TARGET = "/web/2019id_/http://www.mofcom.gov.cn//a/../b"


@dataclass
class Proxied:
    """A TLS server whose certificate only `ca` vouches for, and a proxy on the way to it."""

    archive: str
    proxy: str
    ca: Path
    connects: list[str]
    targets: list[str]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that is its own authority, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate with")
    subprocess.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out ca.pem"
        " -subj /CN=test -addext subjectAltName=IP:127.0.0.1".split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "ca.pem", folder / "key.pem"


@pytest.fixture
async def proxied(tmp_path: Path) -> AsyncIterator[Proxied]:
    connects: list[str] = []
    targets: list[str] = []
    cert, key = certificate(tmp_path)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        targets.append(head.split(b" ")[1].decode())
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok")
        writer.close()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        connects.append(head.split(b"\r\n")[0].decode())
        host, _, port = head.split(b" ")[1].decode().partition(":")
        there, on = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(pump(reader, on), pump(there, writer))

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    archive = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    proxy = await asyncio.start_server(relay, "127.0.0.1", 0)
    async with archive, proxy:
        yield Proxied(
            f"https://127.0.0.1:{archive.sockets[0].getsockname()[1]}",
            f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}",
            cert,
            connects,
            targets,
        )


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


async def ask(stage: Stage, proxied: Proxied, **changed: object) -> Reply | NoReply:
    def judge(reply: Reply | NoReply) -> Verdict:
        return Verdict(Answer.TRANSIENT, "as it came")

    client = Client(settings(stage.folder, proxied.archive, **changed), stage, stage.kept)
    reply, _ = await client.get(TARGET, client.memento_pace, Priority.LIVE, judge)
    await client.close()
    return reply


async def test_through_a_proxy_with_its_certificate(stage: Stage, proxied: Proxied) -> None:
    reply = await ask(stage, proxied, archive_proxy=proxied.proxy, archive_ca_file=proxied.ca)
    assert isinstance(reply, Reply)
    assert (reply.status, reply.body) == (200, b"ok")
    assert proxied.connects == [f"CONNECT {proxied.archive.removeprefix('https://')} HTTP/1.1"]
    assert proxied.targets == [TARGET]


async def test_an_unknown_certificate_is_not_trusted(stage: Stage, proxied: Proxied) -> None:
    reply = await ask(stage, proxied, archive_proxy=proxied.proxy)
    assert isinstance(reply, NoReply)
    assert "certificate" in reply.detail.lower()
    assert proxied.targets == []


async def test_proxies_of_the_environment_are_not_used(
    stage: Stage, proxied: Proxied, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    reply = await ask(stage, proxied, archive_ca_file=proxied.ca)
    assert isinstance(reply, Reply)
    assert proxied.connects == []
