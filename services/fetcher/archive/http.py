"""The only module that speaks HTTP to the archive: one request, one unprocessed answer.

Connections always go to one archive, since only path and query vary.
"""

import asyncio
import ssl

import httpx

from services.fetcher.archive.reply import Ending, NoReply, Reply
from services.fetcher.archive.transport import AiohttpTransport
from services.fetcher.settings import FetcherSettings
from shared.version import __version__


class _Verbatim(httpx.URL):
    """A URL whose path and query are sent unchanged.

    httpx removes dots from paths and encodes twice. Its `target` extension does not help: a proxy
    would get the target in its CONNECT.
    """

    def __init__(self, base: httpx.URL, target: str) -> None:
        super().__init__(base)
        self._target = (self.path.rstrip("/") + target).encode("ascii")

    @property
    def raw_path(self) -> bytes:
        return self._target


class Http:
    """HTTP/1.1 to the archive at `url`, by default the Wayback Machine: headers and body as received,
    redirects not followed.
    """

    def __init__(self, settings: FetcherSettings, url: str = "") -> None:
        self._archive = httpx.URL(url or settings.archive_url)
        self._limit = settings.download_bytes
        self._answer_seconds = settings.answer_seconds
        contact = f" (+{settings.archive_contact})" if settings.archive_contact else ""
        self._headers = httpx.Headers(
            {
                "host": self._archive.netloc.decode("ascii"),
                "user-agent": f"mofcom-notices/{__version__}{contact}",
                "accept": "*/*",
                "accept-encoding": "gzip",
            }
        )
        timeout = httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds, pool=None)
        self._timeout = timeout.as_dict()
        # A transport without httpx's client: the client parses every Location even if it does not
        # follow it, fails on malformed ones, and keeps cookies.
        self._transport: httpx.AsyncBaseTransport = AiohttpTransport(
            # New connections in quick succession are refused (docs/archive.md#rate-limits):
            # a few are kept open, and more are opened only while slow answers occupy those.
            httpx.Limits(
                # As many as both rate limiters allow in flight: no request waits for a connection.
                max_connections=2 * settings.archive_connections,
                max_keepalive_connections=settings.kept_connections,
                keepalive_expiry=settings.keep_seconds,
            ),
            proxy=settings.archive_proxy or None,
            verify=ssl.create_default_context(
                cafile=str(settings.archive_ca_file) if settings.archive_ca_file else None
            ),
        )

    async def get(self, target: str) -> Reply | NoReply:
        """Request `target` (ASCII path and query below the archive's URL), sent unchanged."""
        return await self._send("GET", target, {}, None)

    async def send(
        self, method: str, target: str, authorization: str, form: bytes | None
    ) -> Reply | NoReply:
        """The same with a header Authorization and, for a POST, an urlencoded form; asks for JSON."""
        headers = {"accept": "application/json", "authorization": authorization}
        if form is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
        return await self._send(method, target, headers, form)

    async def _send(
        self, method: str, target: str, headers: dict[str, str], content: bytes | None
    ) -> Reply | NoReply:
        request = httpx.Request(
            method,
            self._archive,
            headers=httpx.Headers({**self._headers, **headers}),
            content=content,
            extensions={"timeout": self._timeout},
        )
        request.url = _Verbatim(self._archive, target)
        try:
            async with asyncio.timeout(self._answer_seconds):
                response = await self._transport.handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            return NoReply("refused", _describe(error))
        except (httpx.TimeoutException, TimeoutError) as error:
            return NoReply("too slow", f"no answer in time: {_describe(error)}")
        except httpx.TransportError as error:
            return NoReply("broken", _describe(error))
        received = tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in response.headers.raw
        )
        body, ending = await self._read(response)
        return Reply(response.status_code, received, body, ending)

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _read(self, response: httpx.Response) -> tuple[bytes, Ending]:
        parts: list[bytes] = []
        size = 0
        ending: Ending = "whole"
        try:
            async with asyncio.timeout(self._answer_seconds):
                async for part in response.aiter_raw():
                    size += len(part)
                    if size > self._limit:
                        ending = "too large"
                        break
                    parts.append(part)
        except (httpx.TimeoutException, TimeoutError):
            ending = "too slow"
        except httpx.RemoteProtocolError:
            # The server closed the connection cleanly before the declared length.
            ending = "short"
        except httpx.TransportError:
            ending = "broken"
        finally:
            await response.aclose()
        return b"".join(parts), ending


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")
