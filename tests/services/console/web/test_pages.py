"""The pages as programs see them."""

import csv
import io
import json
import re
import zipfile

import asyncpg
import httpx
import pytest
from openpyxl import load_workbook

from services.console.web.search import ROWS
from shared.questions.receipts import digest
from tests.database.conftest import Write
from tests.database.questions.published import others
from tests.database.test_lists_2025 import pages_of_2025


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
    assert answer.headers["content-disposition"] == 'attachment; filename="duties.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    # The last lines are what is not held.
    assert {row["status"] for row in rows if row["status"]} == {"in force"}
    assert "75.5" in {row["rate"] for row in rows}
    later = await client.get(
        "/duties?product=40023910&on=2025-01-01", headers={"Accept": "application/json"}
    )
    assert {row["status"] for row in later.json()["rows"]} == {"expired"}


async def test_a_table_has_all_hits_of_a_search(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/search?q=商务部&format=json")).json()["rows"]
    assert len(shown) == ROWS
    assert shown[-1]["more"]
    table = await client.get("/search?q=商务部&rows=20&format=csv")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len([row for row in rows if row["notice_key"]]) > ROWS
    asked = await client.get("/api/v1/search?words=商务部&format=xlsx")
    about = load_workbook(io.BytesIO(asked.content))["about"]
    assert "max_rows = 1000" in [row[1] for row in about.iter_rows(values_only=True)]


async def test_duties_of_an_origin(client: httpx.AsyncClient) -> None:
    for origin in ("美国", "United States"):
        answer = await client.get(f"/duties?origin={origin}&format=json")
        assert {row["origin_zh"] for row in answer.json()["rows"]} == {"美国"}
    assert (await client.get("/duties?on=soon")).status_code == 400


async def test_the_timeline_of_lists_has_those_that_were_removed(
    client: httpx.AsyncClient, write: Write
) -> None:
    await write([*pages_of_2025(), *others()])
    asked = {"on": "2026-11-29", "format": "json", "limit": "1000"}
    rows = (await client.get("/lists", params=asked | {"removed": "true"})).json()["rows"]
    removed = [row for row in rows if row["status"] == "removed"]
    assert removed
    listed = (await client.get("/lists", params=asked)).json()["rows"]
    assert listed == [row for row in rows if row["status"] != "removed"]
    html = (await client.get("/lists?on=2026-11-29")).text
    assert 'class="bar removed"' in html
    assert f"{removed[0]['since']} · {removed[0]['list_en']}" in html


async def test_curves_of_what_archives_were_asked_and_left_alone(
    client: httpx.AsyncClient, connection: asyncpg.Connection
) -> None:
    await connection.execute("UPDATE ingest.capture SET fetched_at = now()")
    captures = await connection.fetchval("SELECT count(*) FROM captures WHERE archive IS NOT NULL")
    # The second overlaps the first; of the third nothing is over yet but the minute that it has lasted.
    await connection.execute("""
        WITH hour AS (SELECT date_trunc('hour', now()) - INTERVAL '3 hours' AS begins)
        INSERT INTO fetcher.past_pause (archive, began_at, until, why)
        SELECT 'arquivo.pt', begins + INTERVAL '50 minutes', begins + INTERVAL '62 minutes', '429' FROM hour
        UNION ALL
        SELECT 'arquivo.pt', begins + INTERVAL '55 minutes', begins + INTERVAL '70 minutes', '429' FROM hour
        UNION ALL
        SELECT 'archive', now() - INTERVAL '1 minute', now() + INTERVAL '1 hour', '429'
    """)
    curves = (await client.get("/pipeline?format=json")).json()["curves"]
    asked = [one["web.archive.org"] for one in curves["requests"].values()]
    assert (sum(asked), len(asked)) == (captures, 48)
    paused = list(curves["paused"].values())
    assert [one["arquivo.pt"] for one in paused[-4:-2]] == [10, 10]
    assert 1 <= sum(one["archive"] for one in paused) < 3
    html = (await client.get("/pipeline")).text
    assert "archives left alone" in html


async def test_the_history_of_a_code_is_a_timeline(client: httpx.AsyncClient) -> None:
    html = (await client.get("/hs/8112.92?on=2025-12-01")).text
    (drawn,) = re.findall('<svg class="timeline".*?</svg>', html, re.DOTALL)
    assert 'class="bar made"' in drawn
    # Of a notice with several of its goods what made it is one bar.
    labels = re.findall("<text(?! class).*?>(.*?)</text>", drawn)
    assert labels.count("made · 商务部 海关总署公告2023年第23号") == 1


PAGES_OF_NOTHING = (
    "/search?q=象牙雕刻",
    "/lists?on=2019-01-01",
    "/applies?hs=99",
    "/hs/99",
    "/screen?name=Siemens",
    "/duties?product=象牙",
    "/calendar?first_day=1990-01-01&last_day=1990-01-02",
)


@pytest.mark.parametrize("path", PAGES_OF_NOTHING)
async def test_nothing_found_is_no_no(client: httpx.AsyncClient, path: str) -> None:
    """Whoever reads it, and in whatever form: the answer names what is not held."""
    html = (await client.get(path)).text
    assert "nothing is held" in html
    assert "<details open><summary>not held, and so not in this answer" in html
    form = path + ("&" if "?" in path else "?") + "format="
    answer = (await client.get(form + "json")).json()
    assert answer["rows"] == []
    assert answer["not_held"]
    table = (await client.get(form + "csv")).text
    assert 'nothing is held, which is no ""no""' in table
    assert f"# not held: {answer['not_held'][0]}" in table.replace('"# not', "# not")


async def test_a_notice_has_one_address(client: httpx.AsyncClient) -> None:
    answer = await client.get("/n/商务部公告2025年第61号")
    assert answer.status_code == 307
    page = await client.get(answer.headers["location"])
    assert page.status_code == 200
    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    assert described
    assert json.loads(described[1])["legislationIdentifier"] == "商务部公告2025年第61号"
    assert (await client.get("/n/商务部1900-1", headers={"Accept": "text/html"})).status_code == 404


async def test_the_language_leads_back_to_a_page_of_this_console(client: httpx.AsyncClient) -> None:
    for back, location in (
        ("/search?q=镓", "/search?q=%E9%95%93"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("//[", "/"),
    ):
        answer = await client.post("/language", data={"to": "zh", "back": back})
        assert (answer.status_code, answer.headers["location"]) == (303, location)
    client.cookies.set("language", "zh")
    assert '<html lang="zh">' in (await client.get("/")).text


async def test_a_text_is_verified_and_marked(client: httpx.AsyncClient) -> None:
    text = "依据商务部公告2025年第61号。\r\n<b>《某某办法》</b>"
    page = await client.post("/verify", data={"text": text, "on": "2025-12-01"})
    assert page.status_code == 200
    assert '<mark data-values="1" tabindex="0">商务部公告2025年第61号</mark>' in page.text
    assert "&lt;b&gt;<mark" in page.text
    assert '<span class="status suspended">suspended</span>' in page.text
    assert '<span class="status not-held">not held</span>' in page.text
    table = await client.post("/verify", data={"text": text, "on": "2025-12-01", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["verdict"] for row in rows][:2] == ["suspended", "not held"]
    assert (await client.get("/verify")).status_code == 200
    assert (await client.post("/verify", data={"text": " "})).status_code == 400
    wrong = await client.post("/verify", data={"text": text, "at": "2025-12-01"})
    assert (wrong.status_code, "on=2025-12-01" in wrong.text) == (400, True)
    assert (await client.post("/verify", data={"text": text, "day": "x"})).status_code == 400
    other_site = {"Origin": "https://evil.example"}
    assert (await client.post("/verify", data={"text": "x"}, headers=other_site)).status_code == 403


async def test_a_file_of_names_is_screened_and_its_result_kept(client: httpx.AsyncClient) -> None:
    names = "id;Company\n1;Saronik Technologies\n2;=Siemens AG\n3;...\n4;=Siemens AG\n"
    file = {"file": ("../suppliers.csv", names.encode(), "text/csv")}
    page = await client.post("/screen", files=file, data={"on": "2025-12-01"})
    assert page.status_code == 200
    assert "Saronic Technologies, Inc." in page.text
    assert "nothing like it" in page.text
    assert "... was not screened: a name to screen has letters" in page.text
    (kept,) = re.findall(
        r"<textarea name=\"names\" hidden>\n(.*?)</textarea>", page.text, re.DOTALL
    )
    assert kept == "Saronik Technologies\n=Siemens AG\n..."
    asked = {"names": kept, "on": "2025-12-01", "format": "csv"}
    # As a form without a file is sent.
    table = await client.post("/screen", files={"file": ("", b"")}, data=asked)
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [(row["screened"], row["found"]) for row in rows][:2] == [
        ("Saronik Technologies", "True"),
        ("'=Siemens AG", "False"),
    ]


async def test_what_is_no_file_of_names_is_refused(client: httpx.AsyncClient) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * 200_000_000)
    for name, content, status, said in (
        ("a.pdf", b"%PDF", 400, "names are read from .csv, .xlsx, .txt"),
        ("a.txt", "名".encode("gb18030"), 400, "no text in UTF-8"),
        ("a.csv", b"a,b\n1,2\n", 400, "several columns"),
        ("a.xlsx", b"PK", 400, "no Excel workbook"),
        ("a.xlsx", bomb.getvalue(), 400, "unpacks to 200 MB"),
        ("a.txt", b"", 400, "is empty"),
        ("a.txt", b"\n".join(b"%d" % n for n in range(501)), 413, "501 names"),
        ("a.txt", b"x" * 1_100_000, 413, "1000 kB at most"),
    ):
        refused = await client.post("/screen", files={"file": (name, content)})
        assert refused.status_code == status, refused.text
        assert said in refused.json()["detail"]
    assert (await client.post("/screen", json={})).status_code == 415
    assert (await client.post("/screen", files={"file": ("", b"")})).status_code == 400


async def test_a_receipt_is_kept_and_verified(client: httpx.AsyncClient) -> None:
    kept = await client.get("/receipt?name=Saronik Technologies&on=2025-12-01")
    assert kept.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''receipt%20Saronik%20Technologies%202025-12-01.json"
    )
    receipt = kept.json()
    assert receipt["sha256"] == digest(receipt)
    assert [row["status"] for row in receipt["on"]] == ["listed"]
    page = await client.get("/screen?name=Saronik+Technologies&on=2025-12-01")
    assert "/receipt?name=Saronik+Technologies&amp;on=2025-12-01" in page.text
    for wrong in ("", "?name=x&on=soon", "?name=..."):
        assert (await client.get(f"/receipt{wrong}")).status_code == 400


@pytest.mark.parametrize(
    ("page", "table", "column"),
    [
        ("/entity?name=Saronic+Technologies", "decisions", "action"),
        ("/n/商务部2025-62?", "copies", "first_captured_at"),
        ("/n/商务部2025-62?", "versions", "version_id"),
        ("/pipeline?", "requests", "rows"),
    ],
)
async def test_every_table_of_a_page_is_a_file_too(
    client: httpx.AsyncClient, page: str, table: str, column: str
) -> None:
    html = (await client.get(page)).text
    assert f"table={table}&amp;format=csv" in html
    answer = await client.get(f"{page}&table={table}")
    assert answer.headers["content-disposition"] == f'attachment; filename="{table}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][column]
    book = await client.get(f"{page}&table={table}&format=xlsx")
    assert table in load_workbook(io.BytesIO(book.content)).sheetnames
    assert (await client.get(f"{page}&table=others")).status_code == 400
    assert (await client.get(f"{page}&table={table}&format=json")).status_code == 400
