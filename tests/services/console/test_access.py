"""Who may ask."""

import hashlib
from base64 import b64encode

import pytest

from services.console.access import Login, operator_of, refused
from shared.tokens import Token

OWN = {"host": "127.0.0.1:18480"}
OPEN = Login()
TOKENS = Login(tokens={hashlib.sha256(b"secret").hexdigest(): Token("Ann")})
PROXY = Login(trusted_header="X-Forwarded-User")


def status(method: str, headers: dict[str, str], login: Login = OPEN) -> int | None:
    problem = refused(method, headers.items(), login)
    return None if problem is None else problem.status


@pytest.mark.parametrize(
    "host", ["127.0.0.1:18480", "[::1]:18480", "localhost", "console", "mofcom.internal"]
)
def test_own_names_are_answered(host: str) -> None:
    assert status("GET", {"host": host}) is None


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "["])
def test_a_name_of_another_site_is_refused(host: str) -> None:
    assert status("GET", {"host": host}) == 403


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({"origin": "http://127.0.0.1:18480"}, True),
        ({"origin": "http://127.0.0.1:1"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({}, True),
    ],
)
def test_only_own_pages_and_programs_may_send(headers: dict[str, str], answered: bool) -> None:
    assert (status("POST", OWN | headers) is None) is answered
    # A link on another site leads here.
    assert status("GET", OWN | headers) is None


@pytest.mark.parametrize(
    ("authorization", "answered"),
    [
        ("Bearer secret", True),
        ("bearer secret", True),
        ("Basic " + b64encode(b"ann:secret").decode(), True),
        ("Basic " + b64encode(b"secret").decode(), False),
        ("Basic " + b64encode(b"\xff:secret").decode(), False),
        ("Basic !", False),
        ("Bearer other", False),
        ("Bearer " + next(iter(TOKENS.tokens or ())), False),
        ("secret", False),
        ("", False),
    ],
)
def test_a_token_opens(authorization: str, answered: bool) -> None:
    # With a login, whatever name leads here.
    headers = {"host": "notices.example", "authorization": authorization}
    assert status("GET", headers, TOKENS) == (None if answered else 401)


def test_a_proxy_names_who_has_logged_in() -> None:
    headers = {"host": "notices.example"}
    assert status("GET", headers | {"x-forwarded-user": "ann"}, PROXY) is None
    assert status("GET", headers | {"x-forwarded-user": ""}, PROXY) == 401
    assert status("GET", headers, PROXY) == 401


def test_who_only_reads_operates_nothing() -> None:
    headers = {"authorization": "Bearer secret"}.items()
    assert operator_of(headers, OPEN) is None
    assert operator_of(headers, PROXY) is None
    assert operator_of(headers, TOKENS) is None
    digest = hashlib.sha256(b"secret").hexdigest()
    assert operator_of(headers, Login(tokens={digest: Token("Bob", operates=True)})) == "Bob"
