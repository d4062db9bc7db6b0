"""Who may ask: a login where the console is open wider than this machine, and no page of another site."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from services.console.problems import Problem
from shared.service.own_requests import is_own
from shared.tokens import Token, token_of

_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Login(NamedTuple):
    """What a request needs besides being asked: nothing, a token of `tokens`, or the proxy's header."""

    tokens: Mapping[str, Token] | None = None
    """By SHA-256 of the token."""
    trusted_header: str | None = None


def refused(method: str, headers: Iterable[tuple[str, str]], login: Login) -> Problem | None:
    """Why a request is not answered; None if it is. Names of `headers` are in lower case."""
    given = dict(headers)
    host = given.get("host", "")
    if login.tokens is None and login.trusted_header is None and not is_own(host):
        # A page of another site whose name leads here (DNS rebinding) asks by that name.
        return Problem(
            403, "Wrong host", "ask by an address, a name without a dot, or a private name"
        )
    if method not in _READS and not _of_own_page(given, host):
        return Problem(403, "Other site", "a page of another site cannot send this")
    if login.trusted_header is not None and not given.get(login.trusted_header.lower()):
        return Problem(
            401, "No login", "the proxy before the console names nobody who has logged in"
        )
    if login.tokens is not None and token_of(given.get("authorization", ""), login.tokens) is None:
        return Problem(
            401,
            "No login",
            "give a token as password, or send the header Authorization: Bearer TOKEN",
        )
    return None


def operator_of(headers: Iterable[tuple[str, str]], login: Login) -> str | None:
    """Who may change something: the name of the request's token, if its scope is to operate."""
    token = token_of(dict(headers).get("authorization", ""), login.tokens or {})
    return token.name if token is not None and token.operates else None


def _of_own_page(headers: Mapping[str, str], host: str) -> bool:
    """Whether a request comes from a page of this console, or from a program.

    Browsers name the page's origin in every POST: https://fetch.spec.whatwg.org/#origin-header.
    """
    if "origin" in headers:
        return urlsplit(headers["origin"]).netloc == host
    return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
