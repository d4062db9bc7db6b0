"""The bundled archive as an ASGI app: requests in, the answers of `cdx` and `replay` out."""

import gzip
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl

from deploy.local.archive.answer import TEXT, Answer, answer
from deploy.local.archive.captures import Captures
from deploy.local.archive.cdx import search
from deploy.local.archive.replay import replay

Endpoint = Literal["cdx", "memento", "other"]
Scope = Any  # ASGI's own types: a dict, and two coroutine functions
Channel = Any

_CDX = "/cdx/search/cdx"
_WEB = "/web/"
_COMPRESSED = ("text/", "application/json")


@dataclass(frozen=True)
class Request:
    """A request as it was received.

    `target` is path and query as sent, percent-encoding untouched; header names are lower case;
    `at` is seconds on the monotonic clock.
    """

    method: str
    target: str
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)

    @property
    def endpoint(self) -> Endpoint:
        """Which of the archive's two budgets the request counts against."""
        if self.target.partition("?")[0] == _CDX:
            return "cdx"
        return "memento" if self.target.startswith(_WEB) else "other"

    @property
    def base(self) -> str:
        """The archive's origin as this client sees it: from its request, not from our socket."""
        return f"http://{self.headers.get('host', 'localhost')}"


class Archive:
    """The ASGI app. `captures` may be added to, `requests` and `counts` read while it runs.

    `requests` are the last 100,000 in order of arrival, those that were refused included;
    `counts` says how many there were in all, by endpoint.
    """

    def __init__(self, captures: Captures) -> None:
        self.captures = captures
        self.requests: deque[Request] = deque(maxlen=100_000)
        self.counts: Counter[Endpoint] = Counter()

    def note(self, request: Request) -> None:
        """Count a request, before it is answered."""
        self.requests.append(request)
        self.counts[request.endpoint] += 1

    def times(self, endpoint: Endpoint) -> list[float]:
        """The times of requests to an endpoint: seconds on the monotonic clock, in order."""
        return [r.at for r in list(self.requests) if r.endpoint == endpoint]

    def answer(self, request: Request) -> Answer:
        """The response to a request, without any fault."""
        if not request.headers.get("user-agent"):
            return answer(400, TEXT, "Bad Request: no User-Agent\n")
        path, _, query = request.target.partition("?")
        if path == _CDX:
            return search(parse_qsl(query, keep_blank_values=True), self.captures)
        if path.startswith(_WEB):
            return replay(request.target.removeprefix(_WEB), self.captures, request.base)
        if path == "/":
            return answer(200, TEXT, f"{len(self.captures)} captures\n")
        return answer(404, TEXT, "not served by the bundled archive\n")

    async def __call__(self, scope: Scope, receive: Channel, send: Channel) -> None:
        """ASGI's entry: HTTP only; uvicorn is run without lifespan and websockets."""
        request = read_request(scope)
        self.note(request)
        await send_answer(compressed(self.answer(request), request), send)


def create_app(captures: Captures) -> Archive:
    """The bundled archive with these captures."""
    return Archive(captures)


def read_request(scope: Scope) -> Request:
    """The request of an ASGI HTTP scope."""
    target = scope["raw_path"].decode("latin-1")
    if query := scope["query_string"].decode("latin-1"):
        target += f"?{query}"
    headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
    return Request(scope["method"], target, headers)


def compressed(honest: Answer, request: Request) -> Answer:
    """The answer as it is sent: gzip for all text, of any size, when the client accepts it.

    CDX's `gzip=false` switches that off; what the site itself had compressed stays as archived.
    """
    path, _, query = request.target.partition("?")
    if (
        not honest.body
        or honest.header("content-encoding") is not None
        or "gzip" not in request.headers.get("accept-encoding", "")
        or not (honest.header("content-type") or "").startswith(_COMPRESSED)
        or (path == _CDX and ("gzip", "false") in parse_qsl(query))
    ):
        return honest
    headers = (*honest.headers, ("content-encoding", "gzip"))
    return Answer(honest.status, headers, gzip.compress(honest.body, mtime=0))


async def send_answer(travelling: Answer, send: Channel) -> None:
    """Send a whole response. Bodies are chunked, as the archive's are, without Content-Length."""
    headers = travelling.headers
    if not travelling.body and travelling.header("content-length") is None:
        headers += (("content-length", "0"),)
    encoded = [(k.encode("latin-1"), v.encode("utf-8")) for k, v in headers]
    await send({"type": "http.response.start", "status": travelling.status, "headers": encoded})
    await send({"type": "http.response.body", "body": travelling.body})
