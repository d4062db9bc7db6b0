"""A transport for httpx on aiohttp, which takes a quarter of the CPU of httpx's own.

httpx parses HTTP in Python, aiohttp in C. What aiohttp does by default and must not do here is
disabled: it retries GETs, keeps every connection, decodes content and rewrites targets.
"""

import asyncio
import functools
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import httpx
from aiohttp.client_proto import ResponseHandler
from yarl import URL

from services.fetcher.archive.heads import LONGEST_HEAD, end_of_head, mend

# Headers repeat the original URL, which may be kilobytes long.
_HEADER_BYTES = 128 * 1024
# The site's servers sent a few dozen headers, and the archive repeats each.
_HEADERS = 4096


class AiohttpTransport(httpx.AsyncBaseTransport):
    """Limits and errors are those of httpx."""

    def __init__(self, limits: httpx.Limits, proxy: str | None, verify: ssl.SSLContext) -> None:
        self._limits = limits
        self._proxy, self._proxy_headers = _without_credentials(proxy)
        self._verify = verify
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the response's body is streamed, not decoded."""
        if self._session is None:
            # Not earlier: it is bound to the event loop in which it is created.
            self._session = self._open()
        url, timeout = request.url, request.extensions["timeout"]
        # aiohttp gives a proxy its headers only for a tunnel.
        plain = self._proxy_headers.items() if url.scheme == "http" else ()
        with _httpx_errors():
            response = await self._session.request(
                request.method,
                # Passed as a path: otherwise yarl would drop a trailing question mark.
                URL.build(
                    scheme=url.scheme,
                    host=url.host,
                    port=url.port,
                    path=url.raw_path.decode("ascii"),
                    encoded=True,
                ),
                headers=[*request.headers.multi_items(), *plain],
                data=request.content or None,
                proxy=self._proxy,
                proxy_headers=self._proxy_headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=timeout["connect"], sock_read=timeout["read"]
                ),
            )
        headers = list(response.raw_headers)
        return httpx.Response(response.status, headers=headers, stream=_Body(response))

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=_LimitedKeepAlive(
                self._limits.max_keepalive_connections,
                limit=self._limits.max_connections or 0,
                keepalive_timeout=self._limits.keepalive_expiry,
                ssl=self._verify,
            ),
            middlewares=(_without_retry,),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("user-agent", "accept", "accept-encoding"),
            auto_decompress=False,
            max_line_size=_HEADER_BYTES,
            max_field_size=_HEADER_BYTES,
        )


class _Body(httpx.AsyncByteStream):
    """A body as it arrives. Closing it before its end closes the connection."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        connection = response.connection
        self._protocol = connection.protocol if connection else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _httpx_errors(self._protocol):
            async for part in self._response.content.iter_any():
                yield part

    async def aclose(self) -> None:
        self._response.close()


class _MendingHandler(ResponseHandler):
    """A connection whose answers' heads are repaired before aiohttp parses them.

    aiohttp's parser has no leniency for the names and number of headers.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        # The head of the next answer as far as it has arrived; None behind it.
        self._head: bytes | None = None

    def set_response_params(self, **options: Any) -> None:
        """Called for each request, before its answer."""
        self._head = b""
        super().set_response_params(**(options | {"max_headers": _HEADERS}))

    def data_received(self, data: bytes) -> None:
        if self._head is None or not data:
            super().data_received(data)
            return
        searched = max(0, len(self._head) - 3)
        self._head += data
        end = end_of_head(self._head, searched)
        if end is not None:
            head, self._head = self._head, None
            super().data_received(mend(head[:end]) + head[end:])
        elif len(self._head) > LONGEST_HEAD:
            # The parser says what is wrong with it.
            head, self._head = self._head, None
            super().data_received(head)
        else:
            self._reschedule_timeout()


class _LimitedKeepAlive(aiohttp.TCPConnector):
    """Keeps at most `kept` idle connections open.

    aiohttp keeps as many as it ever needed, and has no option to limit them.
    """

    def __init__(self, kept: int | None, **options: Any) -> None:
        super().__init__(**options)
        self._most_idle = kept
        self._factory: functools.partial[Any] = functools.partial(
            _MendingHandler, loop=asyncio.get_running_loop()
        )

    def _release(self, key: Any, protocol: Any, *, should_close: bool = False) -> None:
        # A waiting request takes over this connection.
        enough = (
            self._most_idle is not None
            and len(self._conns[key]) >= self._most_idle
            and not self._waiters
        )
        super()._release(key, protocol, should_close=should_close or enough)


async def _without_retry(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Middleware that prevents aiohttp from retrying a GET when a kept connection breaks.

    A retry would escape the rate limiter. aiohttp does not retry errors of types it does not know.
    """
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise aiohttp.ClientError(f"{type(error).__name__}: {error}") from error


def _without_credentials(proxy: str | None) -> tuple[URL | None, dict[str, str]]:
    """A proxy's URL, and a header for its user and password: aiohttp would encode them in Latin-1."""
    if proxy is None:
        return None, {}
    url = URL(proxy)
    if url.user is None:
        return url, {}
    word = aiohttp.encode_basic_auth(url.user, url.password or "", encoding="utf-8")
    return url.with_user(None), {"Proxy-Authorization": word}


@contextmanager
def _httpx_errors(body_of: aiohttp.client_proto.ResponseHandler | None = None) -> Iterator[None]:
    """Turn aiohttp's errors into those of httpx; `body_of` is the connection of a body."""
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError) as error:
        raise httpx.ConnectError(str(error)) from error
    except aiohttp.ConnectionTimeoutError as error:
        raise httpx.ConnectTimeout(str(error)) from error
    except aiohttp.ServerTimeoutError as error:
        raise httpx.ReadTimeout(str(error)) from error
    except aiohttp.ClientError as error:
        if body_of is not None and not isinstance(body_of.exception(), aiohttp.ClientOSError):
            # Closed cleanly before the declared length.
            raise httpx.RemoteProtocolError(str(error)) from error
        raise httpx.ReadError(str(error)) from error
