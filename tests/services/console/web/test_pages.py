"""The pages as programs see them."""

import csv
import io
import json
import re

import asyncpg
import httpx

from testing.indexer.events import notice
from tests.database.conftest import Write, read


async def test_a_page_is_the_answer_for_who_wants_json(client: httpx.AsyncClient) -> None:
    asked = "hs=8112.92&direction=export&country=US"
    page = await client.get(
        f"/applies?{asked}&on=2025-12-01", headers={"Accept": "application/json"}
    )
    answer = await client.get(f"/api/v1/applies?{asked}&at=2025-12-01 23:59:59%2B08")
    assert page.json() == answer.json()
    assert page.json()["rows"]


async def test_the_rows_of_a_page_as_a_table(client: httpx.AsyncClient) -> None:
    answer = await client.get("/duties?product=40023910&on=2020-01-01&format=csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="duty_rates.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["status"] for row in rows} == {"in force"}
    assert "75.5" in {row["rate"] for row in rows}
    later = await client.get(
        "/duties?product=40023910&on=2025-01-01", headers={"Accept": "application/json"}
    )
    assert {row["status"] for row in later.json()["rows"]} == {"expired"}


async def test_duties_of_an_origin(client: httpx.AsyncClient) -> None:
    for origin in ("美国", "United States"):
        answer = await client.get(f"/duties?origin={origin}&format=json")
        assert {row["origin"] for row in answer.json()["rows"]} == {"美国"}
    assert (await client.get("/duties?on=soon")).status_code == 400


async def test_a_notice_has_one_address(client: httpx.AsyncClient) -> None:
    answer = await client.get("/n/商务部公告2025年第61号")
    assert answer.status_code == 307
    page = await client.get(answer.headers["location"])
    assert page.status_code == 200
    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    assert described
    assert json.loads(described[1])["legislationIdentifier"] == "商务部公告2025年第61号"
    assert (await client.get("/n/商务部1900-1", headers={"Accept": "text/html"})).status_code == 404


async def test_what_a_notice_says_is_text_and_never_markup(
    client: httpx.AsyncClient, write: Write, bundled: asyncpg.Connection
) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    await write(
        [
            read(
                notice(
                    document_number="商务部公告2026年第9号",
                    title=hostile,
                    body_text=f"{hostile}\n二",
                )
            )
        ]
    )
    for path in ("/n/商务部2026-9", "/", "/search?q=script", f"/search?q={hostile}"):
        html = (await client.get(path)).text
        assert "<script>alert" not in html
        assert "<img" not in html


async def test_the_language_leads_back_to_a_page_of_this_console(client: httpx.AsyncClient) -> None:
    for back, location in (
        ("/search?q=镓", "/search?q=%E9%95%93"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
    ):
        answer = await client.post("/language", data={"to": "zh", "back": back})
        assert (answer.status_code, answer.headers["location"]) == (303, location)
    client.cookies.set("language", "zh")
    assert '<html lang="zh">' in (await client.get("/")).text
