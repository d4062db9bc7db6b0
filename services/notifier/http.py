"""The notifier's HTTP: it connects to allowed addresses alone, follows no redirect, and reads no answer."""

import socket
from collections.abc import Mapping
from typing import Any, NamedTuple

import aiohttp

from services.notifier.addresses import Allowed


class Unreachable(Exception):
    """There was no answer; the message says why."""


class Reply(NamedTuple):
    """A response; header names are found in upper and lower case."""

    status: int
    headers: Mapping[str, str]


class Http:
    """One client, without cookies and proxies. To be used in a running loop."""

    def __init__(self, allowed: Allowed, timeout_seconds: float) -> None:
        self._allowed = allowed
        self._seconds = timeout_seconds
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """POST a body. Raises Unreachable."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(socket_factory=self._socket),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._seconds),
            )
        try:
            async with self._session.post(
                url, data=body, headers=headers, allow_redirects=False
            ) as reply:
                return Reply(reply.status, reply.headers)
        except TimeoutError:
            raise Unreachable(f"no answer within {self._seconds:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreachable(_said(error)) from error

    async def stop(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    def _socket(self, address: Any) -> socket.socket:
        """The socket of a connection to this very address: what a name means is not asked for again."""
        family, kind, protocol, _, where = address
        self._allowed.check(where[0])
        made = socket.socket(family=family, type=kind, proto=protocol)
        made.setblocking(False)
        return made


def _said(error: Exception) -> str:
    """The reason without the address, which may have a secret in it."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return str(error.os_error) or type(error.os_error).__name__
    if isinstance(error, aiohttp.ClientResponseError):
        return f"no answer in HTTP: {' '.join(error.message.split())}"
    if isinstance(error, aiohttp.InvalidURL):
        return "the address is none"
    return str(error) or type(error).__name__
