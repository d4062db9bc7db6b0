"""Refuses what a web page sends, and without a token what only those may ask who have one."""

from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.tokens import Token, token_of

# Of networks that are not the public one: https://www.rfc-editor.org/rfc/rfc6762 and Kubernetes;
# https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en
_PRIVATE = (".local", ".internal", ".localhost")
# What everybody may ask: how the service is, not what it has.
_PROBES = ("/live", "/ready", "/metrics")
_READS = ("GET", "HEAD", "OPTIONS")
# Those that a form can send, to any site: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
_OF_FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain")


class Refusal(NamedTuple):
    """Why a request is not answered: a status of HTTP, and words that say what to do."""

    status: int
    why: str


class OwnRequestsOnly:
    """Refuses requests that a browser makes for a page, wherever that page is from.

    A browser names the page's origin in every POST, and in every request for data of another site
    (https://fetch.spec.whatwg.org/#origin-header). A page whose own name leads here (DNS rebinding)
    shows by the name that it asked for. With `tokens` (as of `read_tokens`) any name may lead here, and
    nothing but the probes is answered without one of them, which must be one
    that operates for what is more than a question.
    """

    def __init__(self, app: ASGIApp, tokens: Mapping[str, Token] | None = None) -> None:
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if refused := refusal(scope["method"], scope["path"], headers, self._tokens):
                more = {"WWW-Authenticate": "Bearer"} if refused.status == 401 else None
                answer = PlainTextResponse(f"{refused.why}\n", refused.status, more)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


def refusal(
    method: str, path: str, headers: Headers, tokens: Mapping[str, Token] | None = None
) -> Refusal | None:
    """Why a request is not answered; None if it is."""
    if "origin" in headers or headers.get("sec-fetch-site", "none") != "none":
        return Refusal(403, "this service answers programs, not web pages")
    if tokens is None:
        if not is_own(headers.get("host", "")):
            why = "this service is asked by an address, a name without a dot, or a private name"
            return Refusal(403, why)
    elif path not in _PROBES:
        token = token_of(headers.get("authorization", ""), tokens)
        if token is None:
            return Refusal(401, "send a token in the header Authorization: Bearer TOKEN")
        if method not in _READS and not token.operates:
            return Refusal(403, "this token reads only: one whose line says `operate` is needed")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    # A form sends nothing but GET and POST: other methods fail by themselves (405).
    if method == "POST" and kind in _OF_FORMS:
        return Refusal(415, "say what is sent: Content-Type: application/json, for instance")
    return None


def is_own(host: str) -> bool:
    """Whether no page of the public web can have this name: an address, or a private name."""
    with suppress(ValueError):
        name = urlsplit(f"//{host}").hostname or ""
        return "." not in name or name.endswith(_PRIVATE) or bool(ip_address(name))
    return False
