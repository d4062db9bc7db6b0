"""`mofcom export` of views and answers on the bundled pages, read back as a person's program reads it."""

import asyncio
import csv
import io
import json
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import asyncpg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from services.cli.export.rows import Asked, export
from services.cli.release.make import make_release
from shared.questions import questions
from testing.servers import as_role
from tests.database.questions.conftest import Mofcom

APPLIES = ("export", "applies", "hs=8112.92", "country=US", "at=2025-12-01")


async def test_an_answer_as_a_workbook(mofcom: Mofcom, tmp_path: Path) -> None:
    done = mofcom(*APPLIES, "--output", "x.xlsx")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "x.xlsx: 5 rows\n"
    assert "not held: " in done.stderr
    book = load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["applies", "about"]
    sheet = book["applies"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert len(list(sheet.rows)) == 6
    column = {cell.value: n for n, cell in enumerate(sheet[1])}
    assert not column.keys() & {"found", "as_of", "index_asked_at", "not_held"}
    since = sheet[2][column["since"]]
    # In China's time, at midnight: not 16:00 of the day before.
    assert isinstance(since.value, datetime)
    assert (since.value.hour, since.number_format) == (0, "yyyy-mm-dd hh:mm:ss")
    # A code is no number: 0106 would lose its zero.
    codes = [row[column["hs_code"]].value for row in list(sheet.rows)[1:]]
    assert "8112929090" in codes
    about = {row[0].value: row[1].value for row in book["about"].rows if row[0].value}
    assert about["source"].startswith("question applies, of mofcom-notices")
    assert about["asked"] == "hs = 8112.92"
    assert about.keys() >= {"as_of", "index_asked_at", "not_held", "times", "licence"}


async def test_rates_are_numbers(
    mofcom: Mofcom, bundled: asyncpg.Connection, tmp_path: Path
) -> None:
    rates = await bundled.fetch("SELECT rate FROM duty_rates WHERE rate > 20.5 ORDER BY rate")
    assert rates
    asked = ("export", "duty_rates", "--columns", "rate,company_zh", "--where", "rate > 20.5")
    assert mofcom(*asked, "--output", "r.xlsx").returncode == 0
    sheet = load_workbook(tmp_path / "r.xlsx")["duty_rates"]
    found = [cell.value for cell in sheet["A"]][1:]
    assert sorted(found) == [float(row["rate"]) for row in rates]
    assert mofcom(*asked, "--output", "r.parquet").returncode == 0
    table = pq.read_table(tmp_path / "r.parquet")
    assert table.column_names == ["rate", "company_zh"]
    assert table.schema.field("rate").type == pa.decimal128(38, 10)
    assert sorted(table["rate"].to_pylist()) == [row["rate"] for row in rates]
    assert all(isinstance(one, Decimal) for one in table["rate"].to_pylist())
    assert b"Apache-2.0" in table.schema.metadata[b"licence"]


async def test_times_are_chinas(mofcom: Mofcom) -> None:
    asked = ("export", "in_force", "notice=商务部2025-61", "--output", "-")
    (line,) = mofcom(*asked, "--format", "jsonl").stdout.splitlines()
    row = json.loads(line)
    assert datetime.fromisoformat(row["since"]).utcoffset() == timedelta(hours=8)
    assert "T00:00:00+08:00" in row["since"]
    # JSON of the database is nested, and no text.
    assert row["chain"][0]["relation"] in ("made", "suspends")
    (cells,) = csv.DictReader(io.StringIO(mofcom(*asked).stdout))
    assert cells["since"] == row["since"]


@pytest.mark.parametrize(
    ("conditions", "sql"),
    [
        (["issued_on >= 2025-10-01", "title like %公告%"], "issued_on >= '2025-10-01' AND title LIKE '%公告%'"),
        (["issuers = 海关总署"], "'海关总署' = ANY (issuers)"),
        (["issuers != 海关总署"], "NOT '海关总署' = ANY (issuers)"),
        (["document_type in 令, 通知"], "document_type IN ('令', '通知')"),
        (["document_type != 公告"], "document_type IS DISTINCT FROM '公告'"),
        (["doubt = false"], "NOT doubt"),
        (["captured_at < 2024-01-01"], "captured_at < '2024-01-01 00:00+08'"),
        (["title = x' OR true --"], "false"),
    ],
)  # fmt: skip
async def test_conditions(
    mofcom: Mofcom, bundled: asyncpg.Connection, conditions: list[str], sql: str
) -> None:
    where = [part for one in conditions for part in ("--where", one)]
    done = mofcom("export", "notices", "--columns", "notice_key", *where, "--output", "-")
    assert done.returncode == 0, done.stderr
    found = [row["notice_key"] for row in csv.DictReader(io.StringIO(done.stdout))]
    expected = await bundled.fetch(f"SELECT notice_key FROM notices WHERE {sql}")  # noqa: S608 - of the list above
    assert sorted(found) == sorted(row["notice_key"] for row in expected)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("notices", "--columns", "titel"), "notices has no column titel: it has notice_key"),
        (("notices", "--where", "titel = x"), "there is no column titel: notice_key"),
        (("notices", "--where", "issued_on >= tomorrowish"), "tomorrowish"),
        (("notices", "--where", "title x"), "write COLUMN OPERATOR VALUE"),
        (("notices", "hs=28"), "notices is a view and has no parameters"),
        (("applies", "hs28"), "hs28 is no parameter"),
        (("applies", "hst=28"), "applies has no parameter hst"),
        (("applies", "hs=28", "country=XX"), "unknown country 'XX'"),
        (("notice", "named=商务部2031-1"), "no notice '商务部2031-1'"),
        (("aplies",), "and these questions, with parameters as `mofcom ask` takes them:\n  applies"),
        (("listed", "--since", "2025-01-01"), "listed does not say when a row was stored"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said_and_leaves_no_file(
    mofcom: Mofcom, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = mofcom("export", *arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


async def test_changes_is_a_view_and_a_question(mofcom: Mofcom) -> None:
    view = mofcom("export", "changes", "--output", "-").stdout
    asked = mofcom("export", "changes", "after=2020-01-01", "--output", "-").stdout
    assert "archived_url" not in view.partition("\n")[0]
    assert "archived_url" in asked.partition("\n")[0]


async def test_nothing_found_says_what_is_not_held(mofcom: Mofcom, tmp_path: Path) -> None:
    done = mofcom("export", "applies", "hs=0106", "--output", "none.xlsx")
    assert done.stdout == "none.xlsx: 0 rows\n"
    assert "not held: " in done.stderr
    sheet = load_workbook(tmp_path / "none.xlsx")["applies"]
    assert [len(list(sheet.rows)), sheet["A1"].value] == [1, "matched_by"]


async def test_the_role_of_the_command_line_may_export_all(
    bundled: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    operator = as_role(database_url, "operator")
    asked: dict[str, dict[str, str]] = {
        "applies": {"hs": "8112.92"},
        "calendar": {"first_day": "2025-01-01", "last_day": "2025-12-31"},
        "changes": {"after": "2020-01-01"},
        "cites": {"notice": "商务部2025-61"},
        "completeness": {},
        "diff": {"notice": "商消费函〔2021〕402号"},
        "duties": {"origin": "SG"},
        "in_force": {"notice": "商务部2025-61"},
        "listed": {"at": "2025-12-01"},
        "notice": {"named": "商务部2025-61"},
        "screen": {"name": "Saronic"},
        "search": {"words": "稀土"},
        "verify": {"text": "商务部公告2025年第61号"},
    }
    assert asked.keys() == (await questions(bundled)).keys()
    for name, parameters in asked.items():
        done = await export(operator, Asked(name, parameters), "csv", tmp_path / f"{name}.csv")
        assert done.rows, name
    await asyncio.to_thread(make_release, operator, tmp_path / "release")
