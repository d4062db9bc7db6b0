"""The pages of a console, as programs and browsers without scripts see them."""

import csv
import hashlib
import io
import json
import re

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from services.console.web.render import LINKS, STATIC
from services.console.web.search import STATUSES
from tests.services.console.web.conftest import HOSTILE, HOSTILE_KEY

pytestmark = pytest.mark.asyncio(loop_scope="module")

JSON = {"Accept": "application/json"}
CHANGED = "商消费函〔2021〕402号"
ADDRESSES = [
    "/", "/search?q=稀土", "/search?issuer=商务部", "/n/商务部2025-61", "/in-force?notice=商务部公告2025年第61号", "/lists",
    "/hs/8112.92", "/duties", "/applies?hs=8112.92", "/screen?name=Saronic", "/entity?name=Saronic",
    "/calendar", "/map?notice=商务部2025-61", "/pipeline",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_page_is_an_answer_too(http: httpx.AsyncClient, address: str) -> None:
    answer = await http.get(address, headers=JSON)
    assert answer.headers["content-type"] == "application/json", answer.text
    assert answer.json()
    page = await http.get(address)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert len(page.content) < 200_000


@pytest.mark.parametrize("address", [*ADDRESSES, f"/n/{HOSTILE_KEY}", f"/map?notice={HOSTILE_KEY}"])
async def test_what_a_notice_says_is_never_markup(http: httpx.AsyncClient, address: str) -> None:
    for asked in (address, address.replace("稀土", HOSTILE).replace("Saronic", HOSTILE)):
        html = (await http.get(asked)).text
        assert "<script>alert" not in html
        assert "<img" not in html
        assert 'href="javascript:' not in html
        # Nothing runs but files of the console's own, and no style is set but by its sheet.
        for node in LexborHTMLParser(html).css("*"):
            assert not any(name == "style" or name.startswith("on") for name in node.attributes)
            if node.tag == "script" and not (node.attributes.get("type") or "").startswith(
                "application/"
            ):
                assert (node.attributes["src"] or "").startswith("/static/")


async def test_no_page_lacks_a_way_to_it(http: httpx.AsyncClient) -> None:
    for path, _ in LINKS:
        assert (await http.get(path)).status_code == 200, path


async def test_versions_are_compared(http: httpx.AsyncClient) -> None:
    page = (await http.get(f"/n/{CHANGED}", follow_redirects=True)).text
    older, newer = re.findall(r"older=([0-9a-f]{64})&amp;newer=([0-9a-f]{64})", page)[0]
    asked = {"older": older, "newer": newer}
    pieces = (
        await http.get(f"/n/{CHANGED}", params=asked, headers=JSON, follow_redirects=True)
    ).json()
    assert {"=", "-", "+"} == {piece["operation"] for piece in pieces}
    key = (await http.get(f"/n/{CHANGED}")).headers["location"]
    other = await http.get("/n/商务部2025-61", params=asked)
    assert other.status_code == 404
    table = await http.get(key, params=asked | {"format": "csv"})
    assert (table.status_code, table.json()["detail"]) == (400, "format must be one of html, json")
    html = (await http.get(key, params=asked)).text
    assert "application/atom+xml" not in html
    for piece in pieces:
        if piece["operation"] == "+":
            assert f"<ins>{piece['words']}</ins>" in html


async def test_the_graph_says_what_was_done_to_a_notice(http: httpx.AsyncClient) -> None:
    asked = {"notice": "商务部公告2025年第61号", "depth": "1"}
    graph = (await http.get("/map", params=asked, headers=JSON)).json()
    edges = {(edge["source"], edge["target"], edge["relation"]) for edge in graph["edges"]}
    assert ("商务部2025-70", "商务部2025-61", "suspends") in edges
    nodes = {node["id"]: node for node in graph["nodes"]}
    assert nodes["商务部2025-61"]["distance"] == 0
    assert nodes["商务部2025-70"]["address"]
    html = (await http.get("/map", params=asked)).text
    (data,) = re.findall(r'<script type="application/json" id="graph">(.*?)</script>', html)
    known = {name: graph.pop(name) for name in ("as_of", "index_asked_at", "not_held")}
    assert json.loads(data) == graph
    assert known["not_held"]
    assert known["not_held"][0] in html
    table = (await http.get("/map", params=asked | {"format": "csv"})).content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["relation"]]
    assert [(row["notice_key"], row["cited"], row["relation"]) for row in rows] == [
        (edge["source"], edge["target"], edge["relation"]) for edge in graph["edges"]
    ]
    feed = (await http.get("/map", params=asked | {"format": "atom"})).text
    assert feed.count("<entry>") == len(rows)


async def test_a_suspension_ends_with_the_last_day_that_its_notice_prints(
    http: httpx.AsyncClient,
) -> None:
    asked = {"notice": "商务部公告2025年第61号", "on": "2025-12-01"}
    html = (await http.get("/in-force", params=asked)).text
    assert "until 2026-11-10" in html
    assert "2026-11-11" not in html


@pytest.mark.parametrize(
    "address",
    [
        "/map?depth=9",
        "/search?q=x&on=2025-12-01",
        "/n/商务部2025-61?on=2025-12-01",
        "/map?notice=商务部2025-61&on=2025-12-01",
        "/calendar?on=2025-12-01",
        "/?on=2025-12-01",
        "/alerts?name=x",
        "/applies?country=US",
        "/in-force?on=2025-12-01",
        "/lists?limit=5",
        "/lists?removed=perhaps",
        "/map?relations=any",
        "/lists?at=2025-08-15",
        "/search?q=x&year=20x5",
        "/entity",
        "/map?notice=1900-1",
        # What has no table and no feed, or nothing to show.
        "/?format=csv",
        "/?format=atom",
        "/map?notice=商务部2025-61&limit=5",
        "/map?notice=商务部2025-61&limit=5&format=json",
        "/map?format=csv",
        "/map?format=json",
        "/pipeline?format=csv",
        "/search?format=csv",
        "/screen?format=atom",
        "/verify?format=json",
    ],
)
async def test_what_is_wrong_is_said(http: httpx.AsyncClient, address: str) -> None:
    answer = await http.get(address)
    assert answer.status_code in (400, 404)
    assert answer.json()["detail"]


async def test_an_entity_has_all_its_lists_and_names(http: httpx.AsyncClient) -> None:
    html = (await http.get("/entity", params={"name": "Saronic Technologies"})).text
    assert '<svg class="timeline"' in html
    assert "不可靠实体清单" in html
    assert "萨罗尼克" in html


@pytest.mark.parametrize(
    ("filters", "held"),
    [
        ({"year": "2025"}, True),
        ({"year": "1999"}, False),
        ({"issuer": "商务部"}, True),
        ({"issuer": "Ministry of Commerce"}, True),
        ({"issuer": "教育部"}, False),
        ({"type": "公告"}, True),
        ({"type": "announcement"}, True),
        ({"type": "令"}, False),
        ({"kind": "notice"}, True),
        ({"kind": "law"}, False),
    ],
)
async def test_filters_of_the_search(
    http: httpx.AsyncClient, filters: dict[str, str], held: bool
) -> None:
    rows = (await http.get("/search", params={"q": "稀土", **filters}, headers=JSON)).json()["rows"]
    assert bool(rows) is held


async def test_filters_alone_list_the_newest(http: httpx.AsyncClient) -> None:
    async def found(**filters: str) -> list[dict[str, str]]:
        asked = filters | {"rows": "1000", "limit": "1000"}
        rows: list[dict[str, str]] = (await http.get("/search", params=asked, headers=JSON)).json()[
            "rows"
        ]
        return rows

    everything = await found(since="1949-10-01")
    days = [row["day"] for row in everything if row["day"]]
    assert days == sorted(days, reverse=True)
    assert all(row["quote"] == row["title"][: len(row["quote"])] for row in everything)
    assert not await found(kind="law", since="1949-10-01")
    for filters, held in (
        ({"year": "2025"}, lambda row: row["day"].startswith("2025")),
        ({"kind": "notice"}, lambda row: row["page_kind"] == "notice"),
        ({"status": "in force"}, lambda row: row["status"] == "in force"),
        (
            {"issuer": "General Administration of Customs"},
            lambda row: "海关总署" in row["document_number"],
        ),
    ):
        rows = await found(**filters)
        assert rows == [row for row in everything if row["day"] and held(row)]
        assert rows
    asked = {"issuer": "海关总署", "format": "atom"}
    assert "<entry>" in (await http.get("/search", params=asked)).text
    table = (await http.get("/search", params=asked | {"format": "csv"})).text
    assert "商务部 海关总署公告2025年第70号" in table


async def test_an_entity_as_of_a_day(http: httpx.AsyncClient) -> None:
    name = {"name": "Saronic Technologies"}
    before = (await http.get("/entity", params=name | {"on": "2025-09-24"})).text
    assert "2025-09-25" not in before
    assert "2025-09-25" in (await http.get("/entity", params=name | {"on": "2025-09-25"})).text


async def test_a_search_by_status(http: httpx.AsyncClient) -> None:
    async def found(**filters: str) -> list[tuple[str, str]]:
        asked = {"q": "出口管制", **filters}
        rows = (await http.get("/search", params=asked, headers=JSON)).json()["rows"]
        return [(row["notice_key"], row["status"]) for row in rows]

    everything = await found()
    # Some lapsed, some are in force, whenever this is run.
    assert len({status for _, status in everything}) > 1
    for status in STATUSES:
        assert await found(status=status) == [one for one in everything if one[1] == status]


async def test_the_pipeline_says_what_is_wrong(http: httpx.AsyncClient) -> None:
    state = (await http.get("/pipeline", headers=JSON)).json()
    codes = [one["code"] for one in state["troubles"]]
    assert "dead-letters" in codes
    assert state["dead_letters"][0]["letters"] == 1
    assert len(state["curves"]["outcomes"]) == 30
    html = (await http.get("/pipeline")).text
    assert "mofcom dead-letters list" in html
    # Nobody operates without a token.
    assert "/pipeline/replay" not in html
    refused = await http.post("/pipeline/replay", data={"reason": HOSTILE})
    assert refused.status_code == 403


async def test_vendored_files_are_those_that_were_published() -> None:
    """With the hashes of the files in the packages htmx.org and cytoscape of npm."""
    folder = STATIC / "vendor"
    lines = [line.split() for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert {name for _, name in lines} == {file.name for file in folder.glob("*.js")}
    for digest, name in lines:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
