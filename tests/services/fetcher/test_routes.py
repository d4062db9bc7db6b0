"""POST /requests."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.fetcher.addresses import parse_address
from services.fetcher.routes import create_router
from shared.delivery.publisher import Publication
from shared.errors import DependencyDown
from shared.events import AddressRequested
from shared.identity import request_id
from shared.topics import ADDRESS_REQUESTED
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import PAGE, STAMP
from testing.fetcher.stage import settings


@pytest.fixture
async def http(tmp_path: Path, publisher: RecordingPublisher) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(tmp_path, publisher, request_body_bytes=1000) as client:
        yield client


@asynccontextmanager
async def serving(
    folder: Path, publisher: RecordingPublisher, **changed: Any
) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(create_router(settings(folder, **changed), publisher))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://fetcher") as client:
        yield client


async def test_accepted_and_refused_are_listed_separately(
    http: httpx.AsyncClient, publisher: RecordingPublisher
) -> None:
    given = [f"20230113054024/{PAGE}", "http://evil.com/", f"{PAGE}*"]
    answer = await http.post("/requests", json={"addresses": given})
    assert answer.status_code == 202
    one, prefix = answer.json()["accepted"]
    (refused,) = answer.json()["refused"]
    assert (refused["address"], "evil.com" in refused["reason"]) == ("http://evil.com/", True)
    events = [p.event for p in publisher.published]
    assert [p.topic for p in publisher.published] == [ADDRESS_REQUESTED] * 2
    first, second = events
    assert isinstance(first, AddressRequested)
    assert isinstance(second, AddressRequested)
    assert (first.address, first.origin) == (given[0], "http")
    day = first.asked_at.date()
    assert one == {
        "address": given[0],
        "read_as": given[0],
        "request_id": request_id(parse_address(given[0]).url, "20230113054024", day),
    }
    assert prefix == {
        "address": given[2],
        "read_as": given[2],
        "request_id": second.address_id,
    }


async def test_an_address_of_the_other_archive_has_the_id_of_a_request_to_it(
    tmp_path: Path, publisher: RecordingPublisher
) -> None:
    other = "https://arquivo.pt/wayback"
    async with serving(tmp_path, publisher, archive_other_url=other) as http:
        answer = await http.post("/requests", json={"addresses": [f"{other}/{STAMP}/{PAGE}"]})
    (accepted,) = answer.json()["accepted"]
    (event,) = publisher.events
    assert isinstance(event, AddressRequested)
    day = event.asked_at.date()
    assert accepted["request_id"] == request_id(PAGE, STAMP, day, f"{other}/")


async def test_nothing_that_can_be_asked_for(
    http: httpx.AsyncClient, publisher: RecordingPublisher
) -> None:
    answer = await http.post("/requests", json={"addresses": ["http://evil.com/", "x"]})
    assert answer.status_code == 422
    assert answer.json()["accepted"] == []
    assert len(answer.json()["refused"]) == 2
    assert publisher.published == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"[]", "object"),
        (b"{}", "addresses"),
        (b'{"addresses": []}', "at least 1"),
        (b'{"addresses": "http://www.mofcom.gov.cn/"}', "array"),
        (b'{"addresses": [1]}', "string"),
        (b'{"addresses": ["x"], "adresses": []}', "adresses"),
        (b"\xff\xfe", "JSON"),
    ],
)
async def test_wrong_input_gets_422_that_says_what_is_wrong(
    http: httpx.AsyncClient, body: bytes, word: str
) -> None:
    answer = await http.post("/requests", content=body)
    assert answer.status_code == 422
    assert word in answer.json()["detail"]


async def test_each_wrong_field_is_a_line(http: httpx.AsyncClient) -> None:
    answer = await http.post("/requests", content=b'{"addresses": ["x", 1], "adresses": []}')
    assert answer.json() == {
        "detail": "addresses.1: Input should be a valid string\n"
        "adresses: Extra inputs are not permitted"
    }


async def test_a_body_above_the_limit_is_refused(http: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 600

    for content in (b" " * 1001, endless()):
        answer = await http.post("/requests", content=content)
        assert answer.status_code == 413
        assert "1000 bytes" in answer.text


async def test_503_when_kafka_is_away(
    http: httpx.AsyncClient, publisher: RecordingPublisher
) -> None:
    publisher.refuses = [DependencyDown("kafka", "away")]
    answer = await http.post("/requests", json={"addresses": [PAGE]})
    assert (answer.status_code, "kafka: away" in answer.text) == (503, True)


async def test_503_when_kafka_does_not_confirm(
    tmp_path: Path, publisher: RecordingPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(publications: Iterable[Publication]) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(publisher, "publish", never)
    async with serving(tmp_path, publisher, confirm_seconds=0.01) as http:
        answer = await http.post("/requests", json={"addresses": [PAGE]})
    assert (answer.status_code, "not confirmed in time" in answer.text) == (503, True)


async def test_the_description_names_the_body(http: httpx.AsyncClient) -> None:
    described = (await http.get("/openapi.json")).json()["paths"]["/requests"]["post"]
    schema = described["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["addresses"]
    assert set(described["responses"]) >= {"202", "413", "422", "503"}
