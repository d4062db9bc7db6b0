"""The archive's faults, scripted: what it is known to do wrong, one function for each.

A fault turns the honest answer into what goes over the wire instead. To add one, write a function
from (answer, request) to Wire and name it in FAULTS; the texts are those of the facts about the
real service (429 and 503 pages, exception lines, outage page).
"""

import asyncio
import gzip
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import unquote

import brotli

from deploy.local.archive.answer import HTML, TEXT, Answer, answer
from deploy.local.archive.app import (
    Archive,
    Endpoint,
    Request,
    compressed,
    read_request,
    send_answer,
)


@dataclass(frozen=True)
class Wire:
    """What goes over the wire: an answer, after a wait in seconds, and how it ends.

    `cut` closes the connection after the body although more was declared, `reset` breaks it off
    (TCP RST) after the body.
    """

    answer: Answer
    wait: float = 0.0
    end: Literal["whole", "cut", "reset"] = "whole"


Fault = Callable[[Answer, Request], Wire]


def page(status: int, content_type: str, text: str, *headers: tuple[str, str]) -> Fault:
    """A fixed answer of the archive itself instead of the honest one."""
    fixed = answer(status, content_type, text)
    return lambda honest, request: Wire(replace(fixed, headers=fixed.headers + headers))


def throttled(*headers: tuple[str, str]) -> Fault:
    """429 as the archive sends it; give `("retry-after", "2")` for the header it lacks."""
    return page(
        429,
        HTML,
        "<html><body><h1>429 Too Many Requests</h1>"
        "You have sent too many requests in a given amount of time.</body></html>",
        *headers,
    )


def slow(seconds: float) -> Fault:
    """The honest answer, after that many seconds."""
    return lambda honest, request: Wire(honest, wait=seconds)


def _with(honest: Answer, **headers: str) -> Answer:
    """The answer with these headers (underscores for hyphens) instead of its own of that name."""
    new = {name.replace("_", "-"): value for name, value in headers.items()}
    kept = tuple((k, v) for k, v in honest.headers if k not in new)
    return replace(honest, headers=kept + tuple(new.items()))


def truncated(honest: Answer, request: Request) -> Wire:
    """The declared length is larger than what arrives."""
    return Wire(_with(honest, content_length=str(len(honest.body) + 990)), end="cut")


def reset(honest: Answer, request: Request) -> Wire:
    """The connection is reset in the middle of the body."""
    declared = _with(honest, content_length=str(len(honest.body)))
    return Wire(replace(declared, body=honest.body[: len(honest.body) // 2]), end="reset")


def empty(honest: Answer, request: Request) -> Wire:
    """0 bytes, with the headers of a good answer."""
    return Wire(replace(_with(honest, content_length="0"), body=b""))


def false_gzip(honest: Answer, request: Request) -> Wire:
    """Plain bytes that are declared as gzip."""
    return Wire(_with(honest, content_encoding="gzip"))


def unasked_gzip(honest: Answer, request: Request) -> Wire:
    """gzip, declared, whatever the client accepts."""
    return Wire(replace(_with(honest, content_encoding="gzip"), body=gzip.compress(honest.body)))


def unasked_brotli(honest: Answer, request: Request) -> Wire:
    """Brotli, declared, whatever the client accepts."""
    return Wire(replace(_with(honest, content_encoding="br"), body=brotli.compress(honest.body)))


def _location(honest: Answer) -> str:
    location = honest.header("location")
    if location is None:
        raise ValueError("this fault needs an answer that redirects")
    return location


def path_location(honest: Answer, request: Request) -> Wire:
    """`Location: /web/...`"""
    return Wire(_with(honest, location=_location(honest).removeprefix(request.base)))


def schemeless_location(honest: Answer, request: Request) -> Wire:
    """`Location: //host/web/...`"""
    return Wire(_with(honest, location=_location(honest).removeprefix("http:")))


def live_location(honest: Answer, request: Request) -> Wire:
    """An archived redirect whose Location leads out of the archive, to the site itself."""
    return Wire(_redirect(honest, _asked(request)[2]))


def redirect_loop(honest: Answer, request: Request) -> Wire:
    """Two archived redirects that lead to each other: even seconds to odd ones and back."""
    timestamp, mode, url = _asked(request)
    other = str(int(timestamp) ^ 1).zfill(len(timestamp))
    return Wire(_redirect(honest, f"{request.base}/web/{other}{mode}/{url}"))


def _redirect(honest: Answer, location: str) -> Answer:
    # The memento's own headers stay: an archived redirect is a capture like any other.
    moved = _with(honest, location=location, memento_datetime="Wed, 11 Jan 2023 17:41:05 GMT")
    return replace(moved, status=302, body=b"")


FAULTS: dict[str, Fault] = {
    "429": throttled(),
    "429 with Retry-After": throttled(("retry-after", "1")),
    "503": page(
        503,
        "text/html",
        "<html><body><h1>503 Service Unavailable</h1>\n"
        "No server is available to handle this request.\n</body></html>\n",
    ),
    "504": page(504, "text/html", "<html><body><h1>504 Gateway Time-out</h1>\n</body></html>\n"),
    "outage page": page(
        200,
        HTML,
        "<!DOCTYPE html><html><head><title>Internet Archive: Temporarily Offline</title></head>"
        "<body><h1>Internet Archive: Temporarily Offline</h1></body></html>",
    ),
    "excluded": page(
        200,
        HTML,
        '<!DOCTYPE html><html><head><title>Wayback Machine</title></head><body><div id="error">'
        "<h2>Sorry.</h2><p>This URL has been excluded from the Wayback Machine.</p></div>"
        "</body></html>",
    ),
    "CDX exception": page(
        200,
        TEXT,
        "org.archive.wayback.exception.ConnectTimeoutException: connect timed out\n",
    ),
    "CDX exception after rows": lambda honest, request: Wire(
        replace(
            honest,
            body=honest.body
            + b"org.archive.wayback.exception.ConnectTimeoutException: connect timed out\n",
        )
    ),
    "truncated": truncated,
    "empty": empty,
    "reset": reset,
    "slow": slow(2.0),
    "false gzip": false_gzip,
    "unasked gzip": unasked_gzip,
    "unasked brotli": unasked_brotli,
    "path-only Location": path_location,
    "schemeless Location": schemeless_location,
    "redirect loop": redirect_loop,
    "redirect to the live host": live_location,
}
"""Faults by the name that tests use. `slow` waits 2 s; `slow(seconds)` makes another."""


@dataclass
class _Line:
    """A line of the script: which requests, which fault, how often still."""

    fault: Fault
    url: str | None
    nth: int | None
    endpoint: Endpoint | None
    left: float


class FaultyArchive:
    """ASGI app: an archive that misbehaves where the script says so, else answers honestly."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._script: list[_Line] = []

    def script(
        self,
        fault: str | Fault,
        *,
        url: str | None = None,
        nth: int | None = None,
        endpoint: Endpoint | None = None,
        times: int | None = None,
    ) -> None:
        """Add a line to the script; the first line that fits a request is played.

        `fault` is a name in FAULTS or a function. Only requests whose target (percent-decoded)
        holds `url`, that are the `nth` (from 1) of the requests of their endpoint, or that go to
        `endpoint`; all that is given must hold. After `times` plays the line is spent. Raises
        KeyError for a name that is not in FAULTS.
        """
        chosen = FAULTS[fault] if isinstance(fault, str) else fault
        self._script.append(_Line(chosen, url, nth, endpoint, times or float("inf")))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI's entry, to be served by `serve`, which hands in the connection."""
        request = read_request(scope)
        self.archive.note(request)
        honest = self.archive.answer(request)
        line = self._fitting(request)
        if line is None:
            await send_answer(compressed(honest, request), send)
            return
        line.left -= 1
        wire = line.fault(honest, request)
        await asyncio.sleep(wire.wait)
        if wire.end == "whole":
            await send_answer(wire.answer, send)
            return
        await _send_broken(wire, scope["transport"], send)

    def _fitting(self, request: Request) -> _Line | None:
        number = self.archive.counts[request.endpoint]
        target = unquote(request.target)
        for line in self._script:
            if (
                line.left > 0
                and (line.url is None or line.url in target)
                and (line.nth is None or line.nth == number)
                and (line.endpoint is None or line.endpoint == request.endpoint)
            ):
                return line
        return None


def _asked(request: Request) -> tuple[str, str, str]:
    """Timestamp, mode and original URL of a request for a memento."""
    when, _, url = request.target.removeprefix("/web/").partition("/")
    timestamp = when.rstrip("_abcdefghijklmnopqrstuvwxyz")
    return timestamp, when[len(timestamp) :], url


async def _send_broken(wire: Wire, transport: Any, send: Any) -> None:
    """Send an answer that does not come to its end; uvicorn closes what is left unfinished."""
    headers = [(k.encode("latin-1"), v.encode("utf-8")) for k, v in wire.answer.headers]
    await send({"type": "http.response.start", "status": wire.answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": wire.answer.body, "more_body": True})
    if wire.end == "reset":
        # A linger of 0 s makes closing send RST; the pause lets the half body leave first.
        await asyncio.sleep(0.02)
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
