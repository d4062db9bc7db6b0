"""Feeds as a reader's library sees them, on the bundled pages."""

from typing import Any

import asyncpg
import feedparser
import httpx
import pytest

from services.console.api.openapi import EXAMPLES
from testing.indexer.events import notice
from tests.database.conftest import Write, read

NUMBER = "商务部公告2026年第9号"
ADDRESS = "/search?q=羊毛&format=atom"


async def parsed(client: httpx.AsyncClient, address: str) -> Any:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.bozo_exception
    return feed


@pytest.mark.parametrize("question", EXAMPLES)
async def test_each_answer_is_a_feed(client: httpx.AsyncClient, question: str) -> None:
    asked = {**EXAMPLES[question], "format": "atom"}
    answer = await client.get(f"/api/v1/{question}", params=asked)
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.entries
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("urn:uuid:") for one in ids)
    times = [entry.updated_parsed for entry in feed.entries]
    assert times == sorted(times, reverse=True)
    # The same entries in the other format.
    items = (await client.get(f"/api/v1/{question}", params=asked | {"format": "jsonfeed"})).json()[
        "items"
    ]
    assert [item["id"] for item in items] == ids


async def test_a_page_names_its_feed_and_the_feed_its_page(client: httpx.AsyncClient) -> None:
    for path in ("/", "/search?q=稀土", "/lists", "/duties", "/calendar", "/n/商务部2025-61"):
        html = (await client.get(path)).text
        found = feedparser.parse(html.encode()).feed.links
        feeds = [one.href for one in found if one.get("type") == "application/atom+xml"]
        feed = await parsed(client, feeds[0])
        assert feed.feed.links
    feed = await parsed(client, "/search?q=稀土&format=atom")
    links = {one.rel: one.href for one in feed.feed.links}
    assert links["alternate"] == "http://127.0.0.1:18480/search?q=%E7%A8%80%E5%9C%9F"
    assert links["self"] == links["alternate"] + "&format=atom"
    entry = feed.entries[0]
    assert (await client.get(entry.link)).status_code == 200
    assert {one.rel for one in entry.links} == {"alternate", "via"}


async def test_a_new_notice_comes_first_and_what_was_there_keeps_its_id(
    client: httpx.AsyncClient, write: Write, bundled: asyncpg.Connection
) -> None:
    before = await client.get(ADDRESS)
    same = await client.get(ADDRESS, headers={"If-None-Match": before.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    old = [entry.id for entry in feedparser.parse(before.content).entries]
    await write([read(notice(document_number=NUMBER, title="羊毛进口关税配额公告"))])
    after = await client.get(ADDRESS, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    entries = feedparser.parse(after.content).entries
    assert [entry.id for entry in entries[1:]] == old
    assert NUMBER in entries[0].title
    # In the other question that has it, it is another item.
    changes = await parsed(client, "/api/v1/changes?format=atom")
    assert NUMBER in changes.entries[0].title
    assert changes.entries[0].id != entries[0].id


async def test_what_a_notice_says_is_text_and_never_markup(
    client: httpx.AsyncClient, write: Write, bundled: asyncpg.Connection
) -> None:
    hostile = "羊毛</title><script>alert(1)</script>&lt;b&gt;]]>\x0b\x1f"
    await write([read(notice(document_number=NUMBER, title=hostile, body_text=hostile))])
    feed = await parsed(client, ADDRESS)
    entry = next(one for one in feed.entries if NUMBER in one.title)
    # The reader's library takes the title for text; what it would run, it would have to parse first.
    assert entry.title_detail.type == "text/plain"
    assert "<script>alert(1)</script>" in entry.title
    assert "<script" not in entry.content[0].value
    item = (await client.get("/search?q=羊毛&format=jsonfeed")).json()["items"][0]
    assert "<script" not in item["content_html"]
    assert "&lt;script&gt;" in item["content_html"]


async def test_older_entries_are_on_the_next_page(client: httpx.AsyncClient) -> None:
    address: str | None = "/api/v1/changes?after=2020-01-01&limit=7&format=atom"
    found = []
    while address:
        feed = await parsed(client, address)
        found += [entry.id for entry in feed.entries]
        address = next((one.href for one in feed.feed.links if one.rel == "next"), None)
    everything = await parsed(client, "/api/v1/changes?after=2020-01-01&limit=1000&format=atom")
    assert found == [entry.id for entry in everything.entries]
    assert len(found) > 7


async def test_a_feed_without_entries_is_one(client: httpx.AsyncClient) -> None:
    feed = await parsed(client, "/search?q=羊毛衫裤袜&format=atom")
    assert feed.entries == []
    assert "Not held" in feed.feed.subtitle


async def test_another_format_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/listed?format=rss")
    assert answer.status_code == 400
    assert "format must be one of json, csv, xlsx, atom, jsonfeed" in answer.json()["detail"]
