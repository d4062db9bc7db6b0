"""The translator's HTTP: the one module of it that imports httpx. It follows no redirect of an engine's."""

import asyncio
import ssl
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import httpx

# An answer of a chat endpoint is kilobytes.
_MOST_BYTES = 4 * 1024 * 1024


class Unreachable(Exception):
    """There was no answer: no connection, or a time-out."""


class Reply(NamedTuple):
    """A response of any status; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http:
    """One client. `timeout_seconds` bounds connecting, and each silence of an answer."""

    def __init__(self, timeout_seconds: float) -> None:
        self._seconds = timeout_seconds
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(timeout_seconds), follow_redirects=False
        )

    async def __aenter__(self) -> "Http":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """GET a response, at most 4 MiB of it. Raises Unreachable."""
        return await self._send("GET", url, headers, None)

    async def post(self, url: str, json: Any, headers: Mapping[str, str] | None = None) -> Reply:
        """POST JSON. The whole answer must come within `timeout_seconds`. Raises Unreachable."""
        return await self._send("POST", url, headers, json)

    async def _send(
        self, method: str, url: str, headers: Mapping[str, str] | None, json: Any
    ) -> Reply:
        body = b""
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._client.stream(method, url, headers=dict(headers or {}), json=json) as reply,
            ):
                async for data in reply.aiter_bytes():
                    body += data
                    if len(body) > _MOST_BYTES:
                        raise Unreachable(f"{url}: an answer of over {_MOST_BYTES} bytes")
                return Reply(reply.status_code, _lower(reply.headers), body)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, TimeoutError) as error:
            raise Unreachable(f"{url}: {_said(error, self._seconds)}") from error

    async def append(self, url: str, file: Path, most_bytes: int) -> int:
        """Download what `file` has not yet of `url`; answers the status.

        206 appends from where the file ends, 200 begins it again; with another status nothing is
        written. What came before a failure stays in the file. Redirects of the mirror are followed:
        what comes is checked by its sum. Raises Unreachable, also when more than `most_bytes` would
        be in the file.
        """
        start = await asyncio.to_thread(_size, file)
        headers = {"Range": f"bytes={start}-"} if start else {}
        headers["Accept-Encoding"] = "identity"
        try:
            async with self._client.stream(
                "GET", url, headers=headers, follow_redirects=True
            ) as reply:
                if reply.status_code not in (200, 206):
                    return reply.status_code
                fits = reply.headers.get("content-range", "").startswith(f"bytes {start}-")
                if reply.status_code == 206 and not fits:
                    return 416
                size = start if reply.status_code == 206 else 0
                with file.open("ab" if reply.status_code == 206 else "wb") as out:
                    async for data in reply.aiter_raw():
                        size += len(data)
                        if size > most_bytes:
                            raise Unreachable(f"{url}: over {most_bytes} bytes")
                        out.write(data)
                return reply.status_code
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            raise Unreachable(f"{url}: {_said(error, self._seconds)}") from error


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _lower(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _said(error: Exception, seconds: float) -> str:
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return f"no answer within {seconds:g} s"
    return str(error) or type(error).__name__
