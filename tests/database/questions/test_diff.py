"""What replaced what in a notice, by numbers, words and characters."""

from datetime import date

import asyncpg
import pytest

from shared.events import NoticeParsed
from tests.database.conftest import Write, read
from tests.database.questions.published import page

RATE = "2.旭化成株式会社　{}%"


def captured(rate: str, timestamp: str, part: str = "") -> NoticeParsed:
    title = "商务部公告2025年第25号 关于对进口共聚聚甲醛反倾销调查最终裁定的公告"
    lines = [
        "自2025年5月19日起，对原产于日本的进口共聚聚甲醛征收反倾销税。",
        RATE.format(rate),
        "商务部",
        "2025年5月18日",
    ]
    notice, url = page(title, lines, "2025-05-18 18:00", part=part)
    return read(notice, url=url, timestamp=timestamp)


async def test_a_number_replaces_a_number(write: Write, connection: asyncpg.Connection) -> None:
    await write([captured("25.4", "20250518150000"), captured("24.5", "20250520150000")])
    (row,) = await connection.fetch("SELECT * FROM diff('商务部公告2025年第25号')")
    assert (row["found"], row["old"], row["new"]) == (True, "25.4%", "24.5%")
    assert (row["old_quote"], row["quote"]) == (RATE.format("25.4"), RATE.format("24.5"))
    assert row["seen_on"] == date(2025, 5, 20)
    assert "/20250518150000/" in row["old_archived_url"]
    assert "/20250520150000/" in row["archived_url"]
    assert any("between its captures of 2025-05-18 and 2025-05-20" in at for at in row["not_held"])


async def test_nothing_changed_is_said(write: Write, connection: asyncpg.Connection) -> None:
    await write([captured("25.4", "20250518150000"), captured("25.4", "20250520150000")])
    (row,) = await connection.fetch("SELECT * FROM diff('商务部2025-25')")
    assert row["found"] is False
    assert row["not_held"] == ["before 2025-05-18 no capture of it is held"]


async def test_addresses_are_compared_each_with_itself(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(
        [
            captured("25.4", "20250518150000"),
            captured("24.5", "20250518160000", "a"),
            captured("24.5", "20250520150000", "a"),
        ]
    )
    assert [
        row["found"] for row in await connection.fetch("SELECT * FROM diff('商务部2025-25')")
    ] == [False]


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("税率为25.4%。", "税率为24.5%。", [("25.4%", "24.5%", 3, 3)]),
        ("1,234.5万元", "1,235.5万元", [("1,234.5", "1,235.5", 0, 0)]),
        ("Skydio Inc.、甲", "Skydia Inc.、甲乙", [("Skydio", "Skydia", 0, 0), ("", "乙", 13, 13)]),
        ("2025年11月7日", "2025年11月10日", [("7", "10", 8, 8)]),
        ("甲乙丙", "甲丙", [("乙", "", 1, 1)]),
        ("甲", "", [("甲", "", 0, 0)]),
        ("甲\n乙", "甲\n乙", []),
    ],
)
async def test_what_is_compared_as_one(
    connection: asyncpg.Connection, old: str, new: str, edits: list[tuple[str, str, int, int]]
) -> None:
    rows = await connection.fetch(
        "SELECT old, new, old_starts, new_starts FROM ingest.edits($1, $2) ORDER BY place", old, new
    )
    assert [tuple(row) for row in rows] == edits
    for row in rows:
        assert new[row["new_starts"] :].startswith(row["new"])
        assert old[row["old_starts"] :].startswith(row["old"])


async def test_an_id_that_is_none_is_an_error(write: Write, connection: asyncpg.Connection) -> None:
    await write([captured("25.4", "20250518150000")])
    version = await connection.fetchval("SELECT version_id FROM notice_versions")
    same = await connection.fetch("SELECT operation FROM notice_diff($1, $1)", version)
    assert [row["operation"] for row in same] == ["="]
    with pytest.raises(asyncpg.NoDataFoundError, match="no text of version 'x': give two of"):
        await connection.fetch("SELECT * FROM notice_diff($1, 'x')", version)
