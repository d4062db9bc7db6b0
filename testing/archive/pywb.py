"""pywb as an archive: a separate process, never imported (GPL, and it pins old packages).

It needs an environment of its own, made once from the root of the repository:

    python3 -m venv var/pywb && var/pywb/bin/pip install pywb==2.10.0 setuptools

Replay is pywb's; its index is spoken in the archive's own manner by a front (`Front`).
"""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from deploy.local.archive.answer import Answer
from deploy.local.archive.app import Request, read_request, send_answer
from deploy.local.archive.captures import Capture, Captures, Row
from deploy.local.archive.cdx import search
from deploy.local.ports import any_port
from shared.identity import url_key
from testing.archive.server import serve
from testing.waiting import LIMIT_SECONDS, until_now

BIN = Path(__file__).parents[2] / "var" / "pywb" / "bin"

_CONFIG = """
collections_root: collections
framed_replay: false
redirect_to_exact: true
enable_memento: true
"""
_HOP = {"connection", "transfer-encoding", "date", "server", "keep-alive"}


@dataclass(frozen=True)
class Pywb:
    """A running pywb with the collection `web`.

    `url` is that of the front before it, which is asked as the Wayback Machine is; `collection` that of the
    collection itself.
    """

    folder: Path
    url: str
    collection: str

    def add(self, name: str, warc: bytes) -> None:
        """Put a WARC file into the collection, while it runs."""
        path = self.folder / name
        path.write_bytes(warc)
        _manage(self.folder, "add", "web", str(path))


@contextmanager
def running_pywb(folder: Path) -> Iterator[Pywb]:
    """Pywb over an empty collection in `folder`; skips the test without its environment."""
    if not (BIN / "wayback").exists():
        pytest.skip(f"pywb's own environment is not there; {__name__} says how to make it")
    _manage(folder, "init", "web")
    (folder / "config.yaml").write_text(_CONFIG)
    port = any_port()
    command = [str(BIN / "wayback"), "-b", "127.0.0.1", "-p", str(port), "-t", "2"]
    with (folder / "pywb.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    origin = f"http://127.0.0.1:{port}"
    try:
        _wait(process, origin)
        with serve(Front(origin)) as url:
            yield Pywb(folder, url, f"{origin}/web")
    finally:
        process.terminate()
        process.wait(LIMIT_SECONDS)


class Front:
    """ASGI app: replay is handed through, the index answered from pywb's as the archive does."""

    def __init__(self, origin: str) -> None:
        self._http = httpx.Client(base_url=origin, timeout=LIMIT_SECONDS)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI's entry."""
        request = read_request(scope)
        answered = await asyncio.to_thread(self._answer, request)
        await send_answer(answered, send)

    def _answer(self, request: Request) -> Answer:
        path, _, query = request.target.partition("?")
        if path == "/cdx/search/cdx":
            return search(parse_qsl(query, keep_blank_values=True), self._captures())
        with self._http.stream("GET", request.target, headers={"accept-encoding": "gzip"}) as got:
            headers = tuple((k, v) for k, v in got.headers.items() if k not in _HOP)
            return Answer(got.status_code, headers, b"".join(got.iter_raw()))

    def _captures(self) -> Captures:
        asked = {"url": "mofcom.gov.cn", "matchType": "domain", "output": "json"}
        lines = self._http.get("/web/cdx", params=asked).text.splitlines()
        return Captures(_indexed(json.loads(line)) for line in lines)


@dataclass(frozen=True)
class _Indexed(Capture):
    """A capture as an index lists it, without its bytes."""

    listed: Row = ("",) * 7

    @cached_property
    def row(self) -> Row:
        return self.listed


def _indexed(line: dict[str, str]) -> _Indexed:
    url, digest = line["url"], line.get("digest", "-").removeprefix("sha1:")
    row = (
        url_key(url),
        line["timestamp"],
        url,
        line.get("mime", "unk"),
        line.get("status", "-"),
        digest,
        line.get("length", "-"),
    )
    return _Indexed(url, line["timestamp"], b"", listed=row)


def _manage(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [str(BIN / "wb-manager"), *arguments], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def _wait(process: subprocess.Popen[bytes], origin: str) -> None:
    def answers() -> bool:
        try:
            httpx.get(f"{origin}/web/cdx", params={"url": "mofcom.gov.cn"})
        except httpx.TransportError:
            assert process.poll() is None, "pywb has ended"
            return False
        return True

    until_now(answers)
