"""A web page cannot make a browser on this machine ask the services for anything."""

import hashlib

import httpx
import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from shared.health import Health
from shared.service.http import create_app
from shared.service.own_requests import refusal
from shared.tokens import Token


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "127.0.0.1:28080"},
        {"host": "[::1]:28080"},
        {"host": "localhost"},
        {"host": "fetcher:8080"},
        {"host": "fetcher.mofcom.svc.cluster.local:8080"},
        # An address typed into the browser itself.
        {"host": "127.0.0.1:28080", "sec-fetch-site": "none"},
    ],
)
def test_programs_are_answered(headers: dict[str, str]) -> None:
    assert refusal("GET", "/requests", Headers(headers)) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "127.0.0.1:28080", "origin": "https://evil.example"},
        {"host": "127.0.0.1:28080", "origin": "null"},
        # A form or an image of another site.
        {"host": "127.0.0.1:28080", "sec-fetch-site": "cross-site"},
        {"host": "127.0.0.1:28080", "sec-fetch-site": "same-origin"},
        # A name that was made to lead here.
        {"host": "evil.example:28080"},
        {"host": "evil.example."},
        {"host": "["},
    ],
)
def test_pages_are_not(headers: dict[str, str]) -> None:
    refused = refusal("GET", "/requests", Headers(headers))
    assert refused
    assert refused.status == 403


@pytest.mark.parametrize(
    ("sent_as", "answered"),
    [
        ("application/json", True),
        ("application/warc", True),
        # What a form of any site can send.
        ("application/x-www-form-urlencoded", False),
        ("multipart/form-data; boundary=x", False),
        ("Text/Plain;charset=utf-8", False),
        ("", False),
    ],
)
def test_what_is_sent_has_a_type_that_no_form_has(sent_as: str, answered: bool) -> None:
    headers = Headers({"host": "fetcher", "content-type": sent_as})
    refused = refusal("POST", "/requests", headers)
    assert (None if refused is None else refused.status) == (None if answered else 415)
    assert refusal("GET", "/discover", headers) is None


async def test_a_method_that_there_is_not_is_named_as_such() -> None:
    app = create_app(Health(60), None)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for method in ("DELETE", "PUT", "PATCH"):
            assert (await client.request(method, "/live")).status_code == 405


TOKENS = {
    hashlib.sha256(b"secret").hexdigest(): Token("Ann", operates=True),
    hashlib.sha256(b"of a reader").hexdigest(): Token("Bob"),
}


@pytest.mark.parametrize(
    ("path", "authorization", "answered"),
    [
        ("/requests", "Bearer secret", True),
        ("/requests", "Bearer other", False),
        ("/requests", "", False),
        # How it is, whoever measures that.
        ("/live", "", True),
        ("/ready", "", True),
        ("/metrics", "", True),
        ("/metrics/", "", False),
        ("/openapi.json", "", False),
    ],
)
def test_with_tokens_one_of_them_is_needed_by_whatever_name(
    path: str, authorization: str, answered: bool
) -> None:
    headers = Headers({"host": "fetcher.example", "authorization": authorization})
    refused = refusal("GET", path, headers, TOKENS)
    assert (None if refused is None else refused.status) == (None if answered else 401)


def test_a_token_that_reads_requests_nothing() -> None:
    headers = Headers(
        {
            "host": "fetcher",
            "authorization": "Bearer of a reader",
            "content-type": "application/json",
        }
    )
    assert refusal("GET", "/discover", headers, TOKENS) is None
    refused = refusal("POST", "/requests", headers, TOKENS)
    assert refused
    assert refused.status == 403


async def test_an_app_with_tokens_says_how_to_ask() -> None:
    async def own(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("asked")(scope, receive, send)

    app = create_app(Health(60, started=True), own, TOKENS)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://fetcher"
    ) as client:
        refused = await client.get("/requests")
        opened = await client.get("/requests", headers={"authorization": "Bearer secret"})
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert opened.status_code == 200


async def test_every_route_of_a_service_refuses_them() -> None:
    app = create_app(Health(60, started=True), None)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://fetcher"
    ) as client:
        assert (await client.get("/live")).status_code == 200
        refused = await client.get("/live", headers={"origin": "https://evil.example"})
        assert (await client.get("/docs")).status_code == 404
    assert refused.status_code == 403
    assert "not web pages" in refused.text
