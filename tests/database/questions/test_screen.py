"""Whether a name is on a list: by any of its spellings, on any day, and what an answer rests on."""

from datetime import datetime, timedelta, timezone

import asyncpg
import pytest

from tests.database.conftest import Write
from tests.database.test_lists_2025 import CONTROL, UNRELIABLE, pages_of_2025

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 30, tzinfo=CHINA)


async def screen(
    connection: asyncpg.Connection, name: str, at: datetime = NOW
) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await connection.fetch("SELECT * FROM screen($1, $2)", name, at)
    return rows


@pytest.mark.parametrize(
    "spelling",
    [
        "Skydio Inc.",
        "SKYDIO, INC",
        "Skydio Incorporated",
        "skydio",
        "Skydió",
        "ＳＫＹＤＩＯ",
        "斯凯迪奥公司",
        "斯凱迪奧有限公司",
        "斯凯迪奥",
        "斯凯·迪奥 公司",
    ],
)
async def test_the_same_name_however_it_is_spelt(
    write: Write, connection: asyncpg.Connection, spelling: str
) -> None:
    await write(pages_of_2025())
    rows = [row for row in await screen(connection, spelling) if row["name_latin"] == "Skydio Inc."]
    assert [(row["score"], row["list"], row["status"]) for row in rows] == [
        (1, UNRELIABLE, "listed"),
        (1, CONTROL, "removed"),
    ]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Skydiio Inc.", "Skydio Inc."),
        ("Planate Managment Group", "Planate Management Group"),
        ("High Point Aero technologies", "High Point Aerotechnologies"),
        ("Shield AI", "Shield AI,Inc."),
        ("TCOM", "TCOM, Limited Partnership"),
        ("高点航空技术股份有限公司", "High Point Aerotechnologies"),
        ("PVH", "PVH Corp."),
        ("高点航空（High Point Aerotechnologies）", "High Point Aerotechnologies"),
        ("High Point Aerotechnology Labs", "High Point Aerotechnologies"),
    ],
)
async def test_a_like_name_is_found_with_a_score(
    write: Write, connection: asyncpg.Connection, asked: str, name: str
) -> None:
    await write(pages_of_2025())
    best = (await screen(connection, asked))[0]
    assert best["name_latin"] == name
    assert 0.65 <= best["score"] <= 1


@pytest.mark.parametrize("asked", ["Siemens AG", "华为技术有限公司", "Point", "公司", "Inc."])
async def test_another_name_is_not_found_and_the_answer_says_what_is_missing(
    write: Write, connection: asyncpg.Connection, asked: str
) -> None:
    await write(pages_of_2025())
    (row,) = await screen(connection, asked)
    assert not row["found"]
    assert row["list"] is row["status"] is row["score"] is None
    assert "商务部2025: 19 of 22 numbers are not held" in row["not_held"]


async def test_a_row_has_its_quote_and_links(write: Write, connection: asyncpg.Connection) -> None:
    await write(pages_of_2025())
    row = (await screen(connection, "Skydio", datetime(2025, 9, 1, tzinfo=CHINA)))[0]
    assert (row["status"], row["until"]) == ("suspended", datetime(2025, 11, 10, tzinfo=CHINA))
    assert (row["quote"], row["source"]) == ("Skydio Inc.", "body_text")
    url, timestamp = await connection.fetchrow(
        "SELECT url, timestamp FROM notices WHERE notice_key = $1", row["notice_key"]
    )
    assert row["archived_url"] == f"https://web.archive.org/web/{timestamp}/{url}"
    assert "继续暂停" in row["last_change_quote"]
    assert row["by_archived_url"].startswith("https://web.archive.org/web/")


async def test_links_go_to_the_archive_that_a_capture_comes_from(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(pages_of_2025())
    await connection.execute("UPDATE ingest.capture SET archive = 'https://arquivo.pt/wayback/'")
    row = (await screen(connection, "Skydio"))[0]
    assert row["archive_url"].startswith("https://arquivo.pt/wayback/2")


async def test_on_a_day_before_it_was_listed_a_name_is_on_no_list(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(pages_of_2025())
    (row,) = await screen(connection, "Skydio", datetime(2025, 3, 3, tzinfo=CHINA))
    assert not row["found"]


async def test_a_name_that_nobody_can_have_is_refused(connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InvalidParameterValueError, match="letters or Chinese"):
        await screen(connection, " .,")
