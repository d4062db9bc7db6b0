"""Tokens for SASL/OAUTHBEARER (RFC 7628): from a token endpoint, or a file that another program renews."""

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from aiokafka import conn
from aiokafka.abc import AbstractTokenProvider
from aiokafka.conn import OAuthAuthenticator
from aiokafka.errors import AuthenticationFailedError, KafkaConnectionError

# An answer to a client of a company's own network.
_SECONDS = 10.0
# A token is used for this part of its life, so that none expires on its way to the broker.
_PART = 0.8


class _Authenticator(OAuthAuthenticator):  # type: ignore[misc]
    """aiokafka's own takes every answer for a welcome, and then waits for ever on a connection that is none.

    One that refuses a token says why (RFC 7628, section 3.2.2).
    """

    async def step(self, answer: bytes | None) -> tuple[bytes, bool] | None:
        if answer:
            why = answer.decode(errors="replace")
            raise AuthenticationFailedError(f"the broker refuses the token: {why}")
        sent: tuple[bytes, bool] | None = await super().step(answer)
        return sent


conn.OAuthAuthenticator = _Authenticator


class Tokens(AbstractTokenProvider):  # type: ignore[misc]
    """The tokens of one client of Kafka's.

    `url` is a token endpoint, asked by the client credentials grant (RFC 6749, section 4.4), or ``file:///FILE``.
    """

    def __init__(
        self,
        url: str,
        client_id: str | None,
        client_secret: str,
        scope: str | None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._url = url
        self._client = (client_id or "", client_secret)
        self._form = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
        self._clock = clock
        self._token = ""
        self._until = clock()

    async def token(self) -> str:
        """A token that is valid now.

        Raises KafkaConnectionError, which clients retry, when there is none.
        """
        try:
            if self._url.startswith("file://"):
                file = Path(self._url.removeprefix("file://"))
                return (await asyncio.to_thread(file.read_text)).strip()
            if self._clock() >= self._until:
                await self._renew()
        except (OSError, ValueError) as error:
            raise KafkaConnectionError(f"no token from {self._url}: {error}") from error
        return self._token

    async def _renew(self) -> None:
        # Only here, so that no service imports it without need.
        from httpx import AsyncClient, HTTPError

        requested = self._clock()
        try:
            async with AsyncClient(verify=ssl.create_default_context(), timeout=_SECONDS) as client:
                answer = await client.post(self._url, data=self._form, auth=self._client)
        except HTTPError as error:
            raise OSError(str(error) or type(error).__name__) from error
        if not answer.is_success:
            raise OSError(f"{answer.status_code} {answer.text[:200]}")
        granted: dict[str, Any] = answer.json()
        if not granted.get("access_token"):
            raise ValueError(f"no access_token in {sorted(granted)}")
        self._token = granted["access_token"]
        self._until = requested + _PART * float(granted.get("expires_in", 0))
