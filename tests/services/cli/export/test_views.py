"""`mofcom export`: what was written is read back as another program reads it."""

import csv
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import asyncpg
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from services.cli.export.command import Format
from services.cli.export.rows import Asked, export
from services.cli.export.sources import NoSuchSource
from services.cli.export.writers import writer
from shared.tables.errors import FormatMissing
from testing.indexer.events import notice
from tests.database.conftest import read, write_events

TITLES = {"关于公布名单的通知", "=1+1", '引号"和，逗号\n换行'}


@pytest.fixture
async def url(database_url: str) -> str:
    connection = await asyncpg.connect(database_url)
    events = [
        read(
            notice(document_number=f"商务部公告2025年第{n}号", title=title, body_text="长" * 40_000)
        )
        for n, title in enumerate(sorted(TITLES), start=1)
    ]
    await write_events(connection, events)
    await connection.close()
    return database_url


async def export_view(
    url: str, view: str, file_format: str, since: datetime | None, path: Path
) -> tuple[int, str | None]:
    done = await export(url, Asked(view, since=since), file_format, path)
    return done.rows, done.time


async def test_jsonl(url: str, tmp_path: Path) -> None:
    path = tmp_path / "notices.jsonl"
    assert await export_view(url, "notices", "jsonl", None, path) == (3, None)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert {row["title"] for row in rows} == TITLES
    assert rows[0]["issuers"] == ["商务部办公厅", "发展改革委办公厅"]
    assert rows[0]["issued_on"] == "2022-12-08"
    assert rows[0]["captures"] == 1


async def test_csv_opens_in_excel_with_its_chinese_right(url: str, tmp_path: Path) -> None:
    path = tmp_path / "notices.csv"
    await export_view(url, "notices", "csv", None, path)
    # Without this mark Excel takes UTF-8 for the machine's old code page.
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["title"] for row in rows} == TITLES
    assert rows[0]["issuers"] == "商务部办公厅; 发展改革委办公厅"


async def test_xlsx(url: str, tmp_path: Path) -> None:
    path = tmp_path / "notices.xlsx"
    done = await export(url, Asked("notices"), "xlsx", path)
    sheet = load_workbook(path)["notices"]
    head, *rows = sheet.iter_rows()
    column = {cell.value: place for place, cell in enumerate(head)}
    assert {row[column["title"]].value for row in rows} == TITLES
    # A title is not a formula.
    assert {row[column["title"]].data_type for row in rows} == {"s"}
    issued = rows[0][column["issued_on"]].value
    assert isinstance(issued, datetime)
    assert issued.date() == date(2022, 12, 8)
    assert rows[0][column["captures"]].value == 1
    assert len(rows[0][column["body_text"]].value) == 32_767
    assert done.remarks == ["3 texts were cut to the 32767 characters that a cell holds"]


async def test_parquet_keeps_the_types(url: str, tmp_path: Path) -> None:
    path = tmp_path / "notices.parquet"
    await export_view(url, "notices", "parquet", None, path)
    rows = pq.read_table(path).to_pylist()
    assert {row["title"] for row in rows} == TITLES
    assert rows[0]["issuers"] == ["商务部办公厅", "发展改革委办公厅"]
    assert rows[0]["issued_on"] == date(2022, 12, 8)
    assert rows[0]["captured_at"] == datetime(2026, 1, 1, tzinfo=UTC)
    assert rows[0]["conflicting"] is False
    assert len(rows[0]["body_text"]) == 40_000


async def test_every_view_goes_into_every_format(url: str, tmp_path: Path) -> None:
    connection = await asyncpg.connect(url)
    views = await connection.fetch("SELECT viewname FROM pg_views WHERE schemaname = 'public'")
    await connection.close()
    for (view,) in views:
        for file_format in set(Format) - {Format.WARC, Format.FTM}:
            path = tmp_path / f"{view}.{file_format}"
            await export_view(url, view, file_format, None, path)
            assert path.stat().st_size >= 0


async def test_since_leaves_out_what_did_not_change(url: str, tmp_path: Path) -> None:
    path = tmp_path / "changes.jsonl"
    day = datetime(2020, 1, 1, tzinfo=UTC)
    assert await export_view(url, "changes", "jsonl", day, path) == (3, "at")
    assert await export_view(url, "notices", "jsonl", day, path) == (3, "changed_at")
    later = datetime(2999, 1, 1, tzinfo=UTC)
    assert await export_view(url, "notices", "jsonl", later, path) == (0, "changed_at")
    # `since` there is the day of effect, and no time at which the row was written.
    for view in ("series", "citations", "status_history"):
        with pytest.raises(NoSuchSource, match=f"^{view} does not say when a row was stored"):
            await export_view(url, view, "jsonl", day, path)
    with pytest.raises(NoSuchSource, match=r"but these:\n  addresses\n(.*\n)*  notices\n  pages"):
        await export_view(url, 'notices"; DROP', "jsonl", None, path)


def test_a_format_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "services.cli.export.parquet", raising=False)
    with pytest.raises(FormatMissing, match=r"parquet needs pyarrow.*\[client\]"):
        writer("parquet")
