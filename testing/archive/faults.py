"""The archive's known faults, scripted: a function for each.

A fault replaces the correct answer by what goes over the wire instead. To add one, write a function
from (answer, request) to Wire and name it in FAULTS. The texts (429 and 503 pages, exception lines,
outage page) are those of the real service; docs/archive.md says where they were recorded.
"""

import asyncio
import gzip
import re
import socket
import struct
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote

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

_LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class Wire:
    """What is sent: an answer, after a wait in seconds, and how it ends.

    `cut` closes the connection after the body although more was declared, `reset` breaks it off
    (TCP RST) after the body, `drop` closes it before any byte of an answer, `silent` sends none
    until the other side closes it, `drip` sends the body in pieces until then. `raw` is sent as it
    is instead of the answer, and the connection closed.
    """

    answer: Answer
    wait: float = 0.0
    raw: bytes | None = None
    end: Literal["whole", "cut", "reset", "drop", "silent", "drip"] = "whole"


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


def shorter_than_declared(honest: Answer, request: Request) -> Wire:
    """Whole as it is sent, and shorter than the site declared when it was captured."""
    return Wire(_with(honest, x_archive_orig_content_length=str(len(honest.body) + 990)))


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
    return Wire(redirect_to(honest, _asked(request)[2]))


def redirect_loop(honest: Answer, request: Request) -> Wire:
    """Two archived redirects that lead to each other: even seconds to odd ones and back."""
    timestamp, mode, url = _asked(request)
    other = str(int(timestamp) ^ 1).zfill(len(timestamp))
    return Wire(redirect_to(honest, f"{request.base}/web/{other}{mode}/{url}"))


def redirect_to(honest: Answer, location: str) -> Answer:
    """The answer as an archived redirect to `location`."""
    # The memento's own headers stay: an archived redirect is a capture like any other.
    moved = _with(honest, location=location, memento_datetime="Wed, 11 Jan 2023 17:41:05 GMT")
    return replace(moved, status=302, body=b"")


def dropped(honest: Answer, request: Request) -> Wire:
    """The connection is closed without an answer."""
    return Wire(honest, end="drop")


def silent(honest: Answer, request: Request) -> Wire:
    """No answer at all, however long the client waits."""
    return Wire(honest, end="silent")


def drip(honest: Answer, request: Request) -> Wire:
    """The body is sent, but never to its end."""
    return Wire(_with(honest, content_length=str(len(honest.body) + 990)), end="drip")


def coded(*content_encodings: str) -> Fault:
    """Gzip under a `Content-Encoding` that is broken in one of the ways that were seen."""

    def fault(honest: Answer, request: Request) -> Wire:
        headers = tuple(("content-encoding", value) for value in content_encodings)
        return Wire(
            replace(honest, headers=honest.headers + headers, body=gzip.compress(honest.body))
        )

    return fault


def body(content: bytes, **headers: str) -> Fault:
    """A capture whose body is another: what the site, or a wall before it, gave the crawler."""

    def fault(honest: Answer, request: Request) -> Wire:
        return Wire(replace(_with(honest, **headers), body=content))

    return fault


def archived(status: int, content: bytes = b"<html></html>") -> Fault:
    """A capture of an answer with this status: a page like any other to the archive."""
    return lambda honest, request: Wire(
        replace(_with(honest, x_ts=str(status)), status=status, body=content)
    )


def other_url(honest: Answer, request: Request) -> Wire:
    """Another form of the same address is served, and Link says so."""
    url = _asked(request)[2]
    other = url.replace("http://www.", "https://")
    return Wire(_with(honest, link=f'<{other}>; rel="original"'))


def neighbour(days: int) -> Fault:
    """Listed, but a neighbour is served: 302 to a capture that many days later, which exists."""

    def fault(honest: Answer, request: Request) -> Wire:
        timestamp, mode, url = _asked(request)
        then = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if then.hour == _NEIGHBOUR_HOUR:
            served = ("memento-datetime", format_datetime(then, usegmt=True))
            return Wire(Answer(200, (("content-type", HTML), served), b"<p>A neighbour.</p>"))
        there = (then + timedelta(days=days)).replace(hour=_NEIGHBOUR_HOUR)
        found = there.strftime("%Y%m%d%H%M%S")
        headers = (
            ("content-type", "text/plain; charset=utf-8"),
            ("location", f"{request.base}/web/{found}{mode}/{url}"),
            ("x-archive-redirect-reason", f"found capture at {found}"),
        )
        return Wire(Answer(302, headers))

    return fault


def too_wide(honest: Answer, request: Request) -> Wire:
    """The index runs out of time on a range of more than 100 days."""
    since, until = (_parameter(request, name) for name in ("from", "to"))
    first, last = (datetime.strptime(t, "%Y%m%d%H%M%S").replace(tzinfo=UTC) for t in (since, until))
    wide = last - first > timedelta(days=100)
    return FAULTS["504"](honest, request) if wide else Wire(honest)


def empty_page(honest: Answer, request: Request) -> Wire:
    """No rows but a key; behind that key everything."""
    if _parameter(request, "resumeKey"):
        return Wire(_first_page(request))
    return Wire(replace(honest, body=b"\nopaque\n"))


def repeated_key(honest: Answer, request: Request) -> Wire:
    """The same page with the same key behind it, without end."""
    first = _first_page(request)
    return Wire(replace(first, body=first.body + b"\nsamekey\n"))


def _first_page(request: Request) -> Answer:
    """What the honest index answers without the resume key."""
    target = re.sub(r"&resumeKey=[^&]*", "", request.target)
    return _HONEST.get()(replace(request, target=target))


def duplicate_rows(honest: Answer, request: Request) -> Wire:
    """Each row three times."""
    lines = honest.body.splitlines(keepends=True)
    return Wire(replace(honest, body=b"".join(line * (3 if b" " in line else 1) for line in lines)))


def odd_rows(honest: Answer, request: Request) -> Wire:
    """Captures whose originals are not URLs, as crawlers met them, before the correct rows."""
    odd = (
        b"cn,gov,mofcom)/ 20190101000000 mailto:a@b text/html 200 - -\n"
        b"cn,gov,mofcom)/ 20190101000000 data:image/png;base64,AAAA unk - - -\n"
    )
    return Wire(replace(honest, body=odd + honest.body))


def odd_header(lines: bytes, *, length: bool = True) -> Fault:
    """The honest answer with these lines among its headers, byte for byte; `length` if it declares its own."""

    def odd(honest: Answer, request: Request) -> Wire:
        kept = [f"{name}: {value}" for name, value in honest.headers if name != "content-length"]
        head = "\r\n".join([f"HTTP/1.1 {honest.status} OK", *kept, ""]).encode() + lines
        if length:
            head += b"content-length: %d\r\n" % len(honest.body)
        return Wire(honest, raw=head + b"connection: close\r\n\r\n" + honest.body)

    return odd


def length_twice(honest: Answer, request: Request) -> Wire:
    """Two equal Content-Length, as proxies of old sites sent them."""
    return odd_header(b"Content-Length: %d\r\n" % len(honest.body))(honest, request)


def _parameter(request: Request, name: str) -> str:
    return dict(parse_qsl(request.target.partition("?")[2])).get(name, "")


# The archive that is misbehaving, for faults that need another of its answers.
_HONEST: ContextVar[Callable[[Request], Answer]] = ContextVar("honest")
_NEIGHBOUR_HOUR = 11

# What old servers sent, and the archive replays.
_ODD_HEADERS: dict[str, Fault] = {
    "a blank in the name": odd_header(b"x-archive-orig-x powered by: asp.net\r\n"),
    "a bracket in the name": odd_header(b"x-archive-orig-(null): 1\r\n"),
    "UTF-8 in the name": odd_header("x-archive-orig-服务器: 1\r\n".encode()),
    "GBK in the value": odd_header("x-archive-orig-a: 商务部.doc\r\n".encode("gbk")),
    "no name": odd_header(b": 1\r\n"),
    "no colon": odd_header(b"x-archive-orig-broken\r\n"),
    "a NUL": odd_header(b"x-archive-orig-a: a\x00b\r\n"),
    "control characters": odd_header(b"x-archive-orig-set-cookie: a=\x01\x02b\r\n"),
    "folded": odd_header(b"x-archive-orig-a: a\r\n b\r\n"),
    "a bare LF": odd_header(b"x-archive-orig-a: a\n"),
    "a bare CR": odd_header(b"x-archive-orig-a: a\rb\r\n"),
    "200 kB": odd_header(b"x-archive-orig-link: " + b"x" * 200_000 + b"\r\n"),
    "400 of them": odd_header(b"".join(b"x-archive-orig-h%d: v\r\n" % n for n in range(400))),
    "the length twice": length_twice,
    "no length": odd_header(b"", length=False),
}

# What stands between may answer for the archive.
STRANGERS: dict[str, Fault] = {
    "a firewall's 403": page(403, HTML, "<h1>403 Forbidden</h1>"),
    "a company's block page": page(200, HTML, "<title>Web page blocked</title>Anonymizers"),
    "sent to a log-in": page(302, HTML, "", ("location", "http://10.1.1.1/login")),
    "a log-in": page(511, HTML, "<title>Log in to Hotel</title>"),
    "a proxy's 407": page(407, HTML, "<h1>Proxy Authentication Required</h1>"),
    "JSON in place of a page": page(200, "application/json", '{"error": "policy"}'),
    "nothing in place of a page": page(200, HTML, ""),
}

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
    "shorter than declared": shorter_than_declared,
    "slow": slow(2.0),
    "dropped": dropped,
    "silent": silent,
    "drip": drip,
    "blocked in the index": page(
        403,
        TEXT,
        "org.archive.util.io.RuntimeIOException: org.archive.wayback.exception."
        "AdministrativeAccessControlException: Blocked Site Error\n",
    ),
    "robots in the index": page(
        200,
        TEXT,
        "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots\n",
    ),
    "bad query": page(400, TEXT, "org.archive.wayback.exception.BadQueryException: Bad\n"),
    "too wide": too_wide,
    "empty page with a key": empty_page,
    "repeated key": repeated_key,
    "duplicate rows": duplicate_rows,
    "odd rows": odd_rows,
    "malformed row": lambda honest, request: Wire(
        replace(honest, body=honest.body + b"Requested Line is too large\n")
    ),
    "neighbour within a day": neighbour(0),
    "neighbour days away": neighbour(6),
    "another form of the address": other_url,
    "archived 404": archived(404),
    "archived 429": archived(429),
    "archived 412 of a wall": archived(412, b"<script>$_ts=window['$_ts']</script>"),
    "archived 521 of a wall": archived(521, b"<script>document.cookie=('__jsl')</script>"),
    "redirect in view mode": page(
        200,
        HTML,
        '<html><body><p class="code shift red">Got an HTTP 302 response at crawl time</p>'
        '<p class="impatient"><a href="/web/2019/http://x/">Impatient?</a></p></body></html>',
        ("x-archive-src", "a.warc.gz"),
    ),
    "gzip under an empty coding": coded("", "gzip"),
    "gzip under a list with nothing first": coded(", gzip"),
    "gzip without a coding": coded(),
    "Invalid URI": body(b"Invalid URI"),
    "gb2312 in the meta alone": body(
        '<meta charset="gb2312"><p>商务部公告</p>'.encode("gb2312"), content_type="text/html"
    ),
    "failed server-side include": body(
        b"<html><body>[an error occurred while processing this directive]</body></html>"
    ),
    "false gzip": false_gzip,
    "unasked gzip": unasked_gzip,
    "unasked brotli": unasked_brotli,
    **{f"odd header: {name}": fault for name, fault in _ODD_HEADERS.items()},
    **STRANGERS,
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
    """ASGI app: an archive that misbehaves where the script says so, else answers correctly.

    `held_up` is the longest time, in seconds, for which the machine kept it from looking at its
    connections: what was sent meanwhile seems to come at once.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.held_up = 0.0
        self._watch: asyncio.Task[None] | None = None
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
        self._watch = self._watch or asyncio.create_task(self._watch_itself())
        request = read_request(scope)
        self.archive.note(request)
        honest = self.archive.answer(request)
        _HONEST.set(self.archive.answer)
        line = self._fitting(request)
        if line is None:
            await send_answer(compressed(honest, request), send)
            return
        line.left -= 1
        wire = line.fault(honest, request)
        await asyncio.sleep(wire.wait)
        if wire.end == "whole" and wire.raw is None:
            await send_answer(wire.answer, send)
            return
        await _send_broken(wire, scope["transport"], send)

    async def _watch_itself(self) -> None:
        while True:
            slept = time.monotonic()
            await asyncio.sleep(_LOOK_SECONDS)
            self.held_up = max(self.held_up, time.monotonic() - slept - _LOOK_SECONDS)

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


async def _closed(transport: Any) -> None:
    """Return when the other side has closed the connection."""
    while not transport.is_closing():  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_SECONDS)


async def _send_broken(wire: Wire, transport: Any, send: Any) -> None:
    """Send an answer that does not come to its end; uvicorn closes what is left unfinished."""
    if wire.end == "drop":
        transport.abort()
        return
    if wire.raw is not None:
        transport.write(wire.raw)
        transport.close()
        return
    if wire.end == "silent":
        await _closed(transport)
        return
    headers = [(k.encode("latin-1"), v.encode("utf-8")) for k, v in wire.answer.headers]
    await send({"type": "http.response.start", "status": wire.answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": wire.answer.body, "more_body": True})
    if wire.end == "drip":
        while not transport.is_closing():
            await asyncio.sleep(_LOOK_SECONDS)
            await send({"type": "http.response.body", "body": b".", "more_body": True})
    if wire.end == "reset":
        # A linger of 0 s makes closing send RST; the pause lets the half body leave first.
        await asyncio.sleep(0.02)
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
