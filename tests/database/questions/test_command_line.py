"""`mofcom ask`, `screen` and `receipt` on the bundled pages, as a person runs them."""

import csv
import io
import json
from pathlib import Path

import asyncpg
import pytest
from openpyxl import Workbook

from shared.questions.receipts import digest
from shared.tables.names import NoNames, read_names
from tests.database.questions.conftest import Mofcom


async def test_an_answer_for_people(mofcom: Mofcom) -> None:
    done = mofcom("ask", "applies", "hs=8112.92", "country=us", "at=2025-12-01")
    assert done.returncode == 0, done.stderr
    assert "denial" in done.stdout
    assert "5 found; as of" in done.stdout
    assert "Not held, and so not in this answer:" in done.stdout


async def test_times_and_days_are_those_of_china(mofcom: Mofcom) -> None:
    """The suspension of announcement 57 ends at a midnight in China, when in UTC it is 16:00."""
    asked = ("ask", "in_force", "notice=商务部2025-57")
    for time, status in (("2026-11-10 23:00", "suspended"), ("2026-11-11", "in force")):
        assert f"{'status':18} {status}\n" in mofcom(*asked, f"at={time}").stdout
    shown = mofcom(*asked, "at=2025-12-01").stdout
    assert "until              2026-11-11 00:00:00+08:00" in shown
    assert "+00:00" not in shown


async def test_nothing_found_is_said_with_what_is_not_held(mofcom: Mofcom) -> None:
    done = mofcom("ask", "applies", "hs=0106")
    assert done.stdout.startswith("nothing found; as of")
    assert "is not read" in mofcom("ask", "applies", "hs=0106", "--json").stdout


async def test_an_answer_for_programs(mofcom: Mofcom) -> None:
    answer = json.loads(mofcom("ask", "in_force", "notice=商务部2025-61", "--json").stdout)
    assert answer["rows"][0]["status"] == "in force"
    assert answer["rows"][0]["chain"][0]["relation"] in ("made", "suspends")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "aplies"), "no question 'aplies': applies, calendar"),
        (("ask", "screen", "nom=x"), "screen has no parameter nom: it has name, at, lowest_score"),
        (("ask", "screen", "Skydio"), "Skydio is no parameter: write NAME=VALUE"),
        (("ask", "notice", "named=商务部2031-1"), "no notice '商务部2031-1' is in the database"),
        (("ask", "applies", "hs=28", "country=XX"), "unknown country 'XX'"),
        (("ask", "calendar", "first_day=tomorrowish"), "tomorrowish"),
        (("receipt", "verify", "none.json"), "none.json is no receipt"),
        (("screen", "none.csv"), "there is no file none.csv"),
        (("screen", "."), "a name to screen has letters"),
    ],
)
async def test_what_is_wrong_is_said_in_a_line(
    mofcom: Mofcom, arguments: tuple[str, ...], words: str
) -> None:
    done = mofcom(*arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


async def test_the_questions_are_listed(mofcom: Mofcom) -> None:
    listed = mofcom("ask").stdout
    assert "applies hs direction country party at\n    Every measure that touches" in listed


async def test_a_file_of_names_is_screened(mofcom: Mofcom, tmp_path: Path) -> None:
    (tmp_path / "suppliers.csv").write_text(
        "\ufeffid,Name\n1,Saronic Technologies\n2,Siemens AG\n3,\n", encoding="utf-8"
    )
    done = mofcom("screen", "suppliers.csv", "雷神导弹与防务")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["screened"], row["found"], row["list"]) for row in rows] == [
        ("Saronic Technologies", "True", "不可靠实体清单"),
        ("Siemens AG", "False", ""),
        ("雷神导弹与防务", "True", "不可靠实体清单"),
    ]
    assert "not screened against" in done.stderr


async def test_what_is_not_held_is_said_of_every_name(
    mofcom: Mofcom, bundled: asyncpg.Connection
) -> None:
    await bundled.execute(
        "INSERT INTO ingest.unread (notice_key, position, kind, quote, source, starts, ends)"
        " VALUES ('商务部2025-61', 99, 'name', '西门子公司', 'body_text', 0, 5)"
    )
    done = mofcom("screen", "西门子公司", "Saronic Technologies")
    assert "商务部2025-61: a name was read for no field: 西门子公司" in done.stderr


def test_names_stand_in_a_column_of_a_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Code", "Company"])
    book.active.append([1, "Skydio Inc."])
    book.save(tmp_path / "names.xlsx")
    assert read_names(tmp_path / "names.xlsx") == ["Skydio Inc."]
    assert read_names(tmp_path / "names.xlsx", "code") == ["1"]
    with pytest.raises(NoNames, match="no column 'x'"):
        read_names(tmp_path / "names.xlsx", "x")
    (tmp_path / "broken.xlsx").write_bytes(b"PK")
    with pytest.raises(NoNames, match="no Excel workbook"):
        read_names(tmp_path / "broken.xlsx")


async def test_a_receipt_holds_until_something_changes(
    mofcom: Mofcom, bundled: asyncpg.Connection, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.json"
    made = mofcom("receipt", "Siemens AG", "--at", "2025-12-01", "--output", file.name)
    assert made.returncode == 0, made.stderr
    assert made.stdout == "receipt.json is written; ask later: mofcom receipt verify receipt.json\n"
    nowhere = mofcom("receipt", "make", "Siemens AG", "--output", "none/receipt.json")
    assert "none/receipt.json cannot be written: No such file" in nowhere.stderr
    receipt = json.loads(file.read_text())
    assert receipt["on"] == []
    assert len(receipt["rests_on"]) == 3
    assert receipt["sha256"] == digest(receipt)
    assert mofcom("receipt", "verify", file.name).stdout.startswith("it holds: Siemens AG on 2025-")

    await bundled.execute(
        "UPDATE ingest.listed_entity SET since = '2026-01-01' WHERE notice_key LIKE '%2025-10'"
    )
    changed = mofcom("receipt", "verify", file.name)
    assert changed.returncode == 1
    assert "不可靠实体清单工作机制2025-10 is not in the database" in changed.stderr

    file.write_text(file.read_text().replace("Siemens", "Simens"))
    forged = mofcom("receipt", "verify", file.name)
    assert "was changed after it was made" in forged.stderr
