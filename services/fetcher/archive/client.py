"""The one module that speaks HTTP to the archive: one request, one answer as it came.

The connection always goes to the archive of the settings, since only path and query vary.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Protocol

import httpx

from services.fetcher.archive.answers import Verdict, is_away, is_failure, is_late, retry_after
from services.fetcher.archive.gate import Gate, Pause
from services.fetcher.archive.pace import Pace, Priority
from services.fetcher.archive.reply import Ending, NoReply, Reply
from services.fetcher.settings import FetcherSettings
from shared.delivery.dependency import DependencyDown
from shared.service.metrics import ARCHIVE_BUDGET_USED, ARCHIVE_PAUSE
from shared.version import __version__

Judge = Callable[[Reply | NoReply], Verdict]
Keep = Callable[[Pause], Awaitable[None]]


class Right(Protocol):
    """The right to ask the archive, which one fetcher has at a time."""

    def held(self) -> bool:
        """Whether it is held now."""

    async def wait(self) -> None:
        """Return when it is held. Raises DependencyDown when that takes long."""


class _Verbatim(httpx.URL):
    """An address whose path and query go out as given.

    httpx takes dots out of paths and encodes what is encoded. Its `target` extension is no way
    around that: a proxy would get the target in its CONNECT.
    """

    def __init__(self, base: str, target: str) -> None:
        super().__init__(base)
        self._target = (self.path.rstrip("/") + target).encode("ascii")

    @property
    def raw_path(self) -> bytes:
        return self._target


class Client:
    """Requests to the archive in an even pace, through one gate.

    `right` tells whether this is the one fetcher that may ask: the archive's limits hold for all
    together. `keep` is called whenever the gate closes or opens, so that its state outlives the
    process.
    """

    def __init__(self, settings: FetcherSettings, right: Right, keep: Keep) -> None:
        self._right = right
        self._keep = keep
        self.archive = settings.archive_url
        self.cdx_pace = Pace(settings.cdx_per_minute / 60)
        self.memento_pace = Pace(settings.mementos_per_second)
        self.gate = Gate(
            settings.pause_seconds,
            settings.longest_pause_seconds,
            settings.calm_seconds,
            settings.failures,
        )
        ARCHIVE_BUDGET_USED.labels("index").set_function(self.cdx_pace.used)
        ARCHIVE_BUDGET_USED.labels("captures").set_function(self.memento_pace.used)
        ARCHIVE_PAUSE.set_function(self.gate.seconds_left)
        self._limit = settings.download_bytes
        self._answer_seconds = settings.answer_seconds
        contact = f" (+{settings.contact})" if settings.contact else ""
        self._headers = {
            "user-agent": f"mofcom-notices/{__version__}{contact}",
            "accept": "*/*",
            "accept-encoding": "gzip",
        }
        timeout = httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds, pool=None)
        self._timeout = timeout.as_dict()
        # The transport without httpx's client around it: that reads every Location, also when it
        # is not to follow it, and fails on those that lead nowhere; and it keeps cookies.
        self._http = httpx.AsyncHTTPTransport(
            # New connections in quick succession are refused (facts, 1.7): a few are kept, and
            # only while slow answers hold those are more opened.
            limits=httpx.Limits(
                max_connections=settings.connections,
                max_keepalive_connections=settings.kept_connections,
                keepalive_expiry=settings.keep_seconds,
            ),
            trust_env=False,
            proxy=httpx.Proxy(settings.http_proxy) if settings.http_proxy else None,
            verify=ssl.create_default_context(
                cafile=str(settings.ca_file) if settings.ca_file else None
            ),
        )

    async def get(
        self, target: str, pace: Pace, priority: Priority, judge: Judge
    ) -> tuple[Reply | NoReply, Verdict]:
        """Ask for `target` (ASCII path and query below the archive's address) when it is our turn.

        `judge` says what the answer is. Raises DependencyDown when that is that the whole archive
        is to be left alone, while it is, and when another fetcher is at work.
        """
        await self._right.wait()
        self.gate.check()
        await pace.turn(priority)
        if not self._right.held():
            raise DependencyDown("this fetcher", "has lost its place to another")
        before = self.gate.pause
        try:
            with self.gate.passing():
                reply = await self._ask(target)
                verdict = judge(reply)
                self._note(reply, verdict, pace)
        finally:
            if self.gate.pause is not None and self.gate.pause != before:
                await self._keep(self.gate.pause)
        return reply, verdict

    def take_over(self, pause: Pause | None) -> None:
        """Begin as the one at work: behind the last pause that was known, one interval later."""
        self.gate.pause = pause
        self.cdx_pace.rest()
        self.memento_pace.rest()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    def _note(self, reply: Reply | NoReply, verdict: Verdict, pace: Pace) -> None:
        """Close or open the gate by what came."""
        if is_away(verdict):
            self.gate.incident(verdict.why, retry_after(reply, datetime.now(UTC)))
        # The index runs late on questions that are too wide for it, which says nothing else.
        too_wide = pace is self.cdx_pace and is_late(reply)
        if is_failure(reply) and not too_wide:
            self.gate.failed(verdict.why)
        else:
            self.gate.answered()

    async def _ask(self, target: str) -> Reply | NoReply:
        request = httpx.Request(
            "GET",
            self.archive,
            headers=self._headers,
            extensions={"timeout": self._timeout},
        )
        request.url = _Verbatim(self.archive, target)
        try:
            async with asyncio.timeout(self._answer_seconds):
                response = await self._http.handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            return NoReply("refused", _said(error))
        except (httpx.TimeoutException, TimeoutError) as error:
            return NoReply("too slow", f"no answer in time: {_said(error)}")
        except httpx.TransportError as error:
            return NoReply("broken", _said(error))
        headers = tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in response.headers.raw
        )
        body, ending = await self._read(response)
        return Reply(response.status_code, headers, body, ending)

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
            # The other side closed in good order before all that it had declared.
            ending = "short"
        except httpx.TransportError:
            ending = "broken"
        finally:
            await response.aclose()
        return b"".join(parts), ending


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")
