"""Refuses what a web page sends: a service's routes are for programs, and have no login."""

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# Of networks that are not the public one: https://www.rfc-editor.org/rfc/rfc6762 and Kubernetes;
# https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en
_PRIVATE = (".local", ".internal", ".localhost")


class OwnRequestsOnly:
    """Answers 403 to requests that a browser makes for a page, wherever that page is from.

    A browser names the page's origin in every POST, and in every request for data of another site
    (https://fetch.spec.whatwg.org/#origin-header). A page whose own name leads here (DNS rebinding)
    shows by the name that it asked for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (why := refusal(Headers(scope=scope))):
            await PlainTextResponse(why + "\n", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def refusal(headers: Headers) -> str | None:
    """Why a request with these headers is not answered; None if it is."""
    if "origin" in headers or headers.get("sec-fetch-site", "none") != "none":
        return "this service answers programs, not web pages"
    if not is_own(headers.get("host", "")):
        return "this service is asked by an address, a name without a dot, or a private name"
    return None


def is_own(host: str) -> bool:
    """Whether no page of the public web can have this name: an address, or a private name."""
    with suppress(ValueError):
        name = urlsplit(f"//{host}").hostname or ""
        return "." not in name or name.endswith(_PRIVATE) or bool(ip_address(name))
    return False
