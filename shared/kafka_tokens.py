"""Tokens for SASL/OAUTHBEARER (RFC 7628): from a token endpoint, or a file that another program renews."""

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from aiokafka import conn
from aiokafka.abc import AbstractTokenProvider
from aiokafka.conn import OAuthAuthenticator
from aiokafka.errors import AuthenticationFailedError, KafkaConnectionError

# An answer to a client of a company's own network.
_SECONDS = 10.0
# A token is used for this part of its life, so that none expires on its way to the broker.
_PART = 0.8
# No token lasts a century.
_LONGEST = 100 * 365 * 86_400


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


def granted(answer: object) -> tuple[str, float]:
    """The token in the answer of a token endpoint (RFC 6749, section 5.1), and for how many seconds it lasts.

    An endpoint may leave out how long: such a token is used once. Raises ValueError.

    >>> granted({"access_token": "eyJ", "token_type": "Bearer", "expires_in": 3600})
    ('eyJ', 3600.0)
    """
    if not isinstance(answer, dict):
        raise ValueError("its answer is no JSON object")  # noqa: TRY004
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise ValueError(f"no access_token in {sorted(answer)}")
    lasts = answer.get("expires_in", 0)
    # A bool is an int to Python, and NaN and Infinity are numbers to its JSON.
    if isinstance(lasts, bool) or not isinstance(lasts, int | float) or not 0 <= lasts < _LONGEST:
        raise ValueError(f"expires_in is {str(lasts)[:50]}, which is no number of seconds")
    return token, float(lasts)


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
        self._token, seconds = granted(answer.json())
        self._until = requested + _PART * seconds
