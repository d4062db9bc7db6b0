"""A web page cannot make a browser on this machine ask the services for anything."""

import httpx
import pytest
from starlette.datastructures import Headers

from shared.health import Health
from shared.service.http import create_app
from shared.service.own_requests import refusal


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
    assert refusal(Headers(headers)) is None


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
    assert refusal(Headers(headers))


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
