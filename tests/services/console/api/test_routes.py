"""The API on the bundled pages."""

import csv
import io
from functools import partial

import asyncpg
import httpx
import openapi_spec_validator
import pytest
from openpyxl import load_workbook

from services.console.access import Login
from services.console.allowance import Allowance
from services.console.api.answers import FORMAT, PAGING
from services.console.api.openapi import EXAMPLES
from services.console.app import create_app
from services.console.database import Database
from shared.database_url import with_parts
from shared.health import Health
from shared.tokens import Token
from shared.troubles.find import code_of
from testing.waiting import until
from tests.services.console.conftest import client_of

API = "/api/v1"


async def test_each_question_has_an_example_that_finds_something(client: httpx.AsyncClient) -> None:
    described = (await client.get(f"{API}/openapi.json")).json()
    openapi_spec_validator.validate(described)
    questions = {path.rpartition("/")[2] for path in described["paths"]}
    assert questions == EXAMPLES.keys()
    for question, asked in EXAMPLES.items():
        answer = await client.get(f"{API}/{question}", params=asked)
        assert answer.status_code == 200, question
        assert answer.headers["content-type"] == "application/json"
        content = answer.json()
        assert content["asked"] == asked
        assert content["rows"], question
        assert content["not_held"], question
        operation = described["paths"][f"{API}/{question}"]["get"]
        parameters = [one["name"] for one in operation["parameters"]]
        assert parameters[-3:] == [FORMAT, *PAGING]
        assert not {FORMAT, *PAGING} & set(parameters[:-3])


async def test_the_second_time_the_answer_is_not_sent(client: httpx.AsyncClient) -> None:
    address = f"{API}/search?words=稀土"
    first = await client.get(address)
    again = await client.get(address, headers={"If-None-Match": f"W/{first.headers['etag']}"})
    assert (again.status_code, again.content) == (304, b"")
    other = await client.get(
        f"{API}/search?words=镓", headers={"If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200
    head = await client.head(address)
    assert (head.headers["etag"], head.content) == (first.headers["etag"], b"")


async def test_any_answer_is_a_table_too(client: httpx.AsyncClient) -> None:
    address = f"{API}/screen?name=Saronik Technologies"
    as_csv = await client.get(address, headers={"Accept": "text/csv"})
    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    (row, *rest) = csv.DictReader(io.StringIO(as_csv.content.decode("utf-8-sig")))
    assert row["since"] == "2025-09-25"
    assert rest
    assert all(one["score"].startswith("# not held") for one in rest)
    as_excel = await client.get(f"{address}&format=xlsx")
    assert as_excel.headers["content-disposition"] == 'attachment; filename="screen.xlsx"'
    book = load_workbook(io.BytesIO(as_excel.content))
    header, values = book["screen"].iter_rows(values_only=True)
    cells = dict(zip(header, values, strict=True))
    assert cells["score"] == 0.9166667
    assert cells["since"].isoformat() == "2025-09-25T00:00:00"
    said = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True) if row[0]}
    assert said["source"].startswith("question screen, of mofcom-notices")
    assert said["asked"] == "name = Saronik Technologies"
    assert said["index_asked_at"] == "the archive's index was never asked"
    nothing = await client.get(f"{API}/screen?name=Siemens&format=csv")
    assert nothing.text.startswith("\ufeffscore,matched,")
    assert (await client.get(f"{address}&format=pdf")).status_code == 400


async def test_a_long_text_is_sent(client: httpx.AsyncClient) -> None:
    text = "依据商务部公告2025年第61号。" + "一" * 90_000
    answer = await client.post(f"{API}/verify?limit=1", json={"text": text, "at": "2025-12-01"})
    assert [row["verdict"] for row in answer.json()["rows"]] == ["suspended"]
    for wrong, status, said in (
        ({"text": "一" * 100_001}, 400, "give it in parts"),
        ({"text": "一" * 2_000_000}, 413, "kB at most"),
        ({"text": ["x"]}, 400, "an object of texts"),
        ({}, 400, "verify needs text"),
    ):
        answer = await client.post(f"{API}/verify", json=wrong)
        assert (answer.status_code, said in answer.json()["detail"]) == (status, True)
    headers = {"Content-Type": "application/json"}
    broken = await client.post(f"{API}/verify", content=b"{", headers=headers)
    assert broken.status_code == 400
    half = await client.post(
        f"{API}/verify", content=rb'{"text": "x", "at": "\ud83d"}', headers=headers
    )
    assert (half.status_code, half.json()["title"]) == (400, "Wrong value")
    assert (await client.post(f"{API}/verify", data={"text": "x"})).status_code == 415
    assert (await client.post(f"{API}/verify?at=2025", json={"text": "x"})).status_code == 400
    other_site = {"Origin": "https://evil.example"}
    refused = await client.post(f"{API}/verify", json={"text": "x"}, headers=other_site)
    assert refused.status_code == 403


async def test_pages_lead_from_one_to_the_next(client: httpx.AsyncClient) -> None:
    address = f"{API}/calendar?first_day=2025-01-01&last_day=2026-12-31"
    everything = (await client.get(address + "&limit=1000")).json()
    assert everything["next"] is None
    found, after = [], f"{address}&limit=3"
    while after:
        part = (await client.get(after)).json()
        assert len(part["rows"]) <= 3
        found += part["rows"]
        after = part["next"]
    assert found == everything["rows"]
    assert len(found) > 3


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("/searches?words=x", 404, "there are: applies, calendar"),
        ("/screen", 400, "screen needs name"),
        ("/search?words=x&colour=red", 400, "search has no parameter colour: it has words"),
        ("/search?words=x&words=y", 400, "words is given twice"),
        ("/search?words=x&since=yesterday-ish", 400, "invalid input syntax for type date"),
        ("/search?words=x&limit=0", 400, "limit must be"),
        ("/in_force?notice=商务部公告1900年第1号", 404, "no notice"),
        ("/search?words=%00", 400, "invalid byte"),
    ],
)
async def test_what_is_wrong_is_said(
    client: httpx.AsyncClient, address: str, status: int, detail: str
) -> None:
    answer = await client.get(API + address)
    assert answer.headers["content-type"] == "application/problem+json"
    content = answer.json()
    assert answer.status_code == content["status"] == status
    assert detail in content["detail"]


async def test_every_answer_keeps_browsers_from_harm(client: httpx.AsyncClient) -> None:
    for address in (f"{API}/search?words=x", f"{API}/none", "/none", "/live"):
        headers = (await client.get(address)).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
    wrong = await client.post(f"{API}/search")
    assert wrong.status_code == 405
    assert wrong.headers["content-type"] == "application/problem+json"


async def test_one_address_may_not_ask_without_end(database: Database) -> None:
    app = create_app(database, Login(), Allowance(per_minute=2))
    async with app.router.lifespan_context(app), client_of(app) as client:
        answers = [await client.get(f"{API}/search?words=x") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert 0 < int(answers[2].headers["retry-after"]) <= 61
        assert (await client.get("/live")).status_code == 200


async def test_tokens_are_asked_for(database: Database) -> None:
    app = create_app(database, Login(tokens={"0" * 64: Token("nobody")}), Allowance(per_minute=9))
    async with app.router.lifespan_context(app), client_of(app) as client:
        answer = await client.get(f"{API}/search?words=x")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic")
        assert (await client.get("/ready")).status_code == 200


async def test_it_is_ready_only_while_the_database_answers(
    database: Database, database_url: str
) -> None:
    health = Health(60, started=True)
    app = create_app(database, Login(), Allowance(per_minute=9), health)
    server = await asyncpg.connect(with_parts(database_url, database="postgres"))
    name = database_url.rpartition("/")[2]
    async with app.router.lifespan_context(app), client_of(app) as client:

        async def answers(status: int) -> bool:
            return (await client.get("/ready")).status_code == status

        assert await answers(200)
        await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = 'analyst'",
            name,
        )
        assert await answers(503)
        assert {code_of(*one) for one in health.waits_for()} == {"postgres-down"}
        await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await until(partial(answers, 200))
        assert not health.holds
    await server.close()


async def test_without_a_database_it_says_so() -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/none", 1, 5)
    app = create_app(away, Login(), Allowance(per_minute=9))
    async with app.router.lifespan_context(app), client_of(app) as client:
        answer = await client.get(f"{API}/search?words=x")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert (await client.get("/ready")).status_code == 503
        assert (await client.get("/live")).status_code == 200
