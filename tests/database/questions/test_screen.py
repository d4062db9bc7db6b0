"""Whether a name is on a list: by any of its spellings, on any day, and what an answer rests on."""

from datetime import UTC, date, datetime, timedelta, timezone

import asyncpg
import pytest

from shared.events import NoticeParsed
from testing.indexer.events import notice
from tests.database.conftest import Write, read
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
        ("Planate Mgmt Group", "Planate Management Group"),
        ("PVH控股集团有限公司", "PVH Corp."),
        ("株式会社特科姆", "TCOM, Limited Partnership"),
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
    assert row["archived_url"].startswith("https://arquivo.pt/wayback/2")


async def test_on_a_day_before_it_was_listed_a_name_is_on_no_list(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(pages_of_2025())
    (row,) = await screen(connection, "Skydio", datetime(2025, 3, 3, tzinfo=CHINA))
    assert not row["found"]


def decision(number: int, day: str, **entity: str) -> NoticeParsed:
    entity = {"list": UNRELIABLE, "action": "add", "effective_on": day} | entity
    return read(
        notice(
            document_number=f"不可靠实体清单工作机制公告〔2025〕{number}号",
            issued_on=date.fromisoformat(day),
            listed_entities=[entity],
        )
    )


async def test_a_name_is_found_though_its_second_listing_prints_one_script(
    write: Write, connection: asyncpg.Connection
) -> None:
    both = {"name_zh": "甲仪器公司", "name_latin": "Alpha Instruments Inc."}
    await write(
        [
            decision(1, "2025-01-01", **both),
            decision(2, "2025-02-01", action="remove", **both),
            decision(3, "2025-03-01", name_zh="甲仪器公司"),
            # A removal lists nobody.
            decision(4, "2025-03-01", action="remove", name_zh="乙公司"),
        ]
    )
    for at, found in (
        (datetime(2025, 2, 28, 23, 59, tzinfo=CHINA), {("removed", 1)}),
        (datetime(2025, 2, 28, 16, 0, tzinfo=UTC), {("removed", 1), ("listed", 3)}),
    ):
        rows = await screen(connection, "Alpha Instruments", at)
        assert {(row["status"], int(row["notice_key"][-1])) for row in rows} == found
    assert "不可靠实体清单: 1 names are printed in Chinese script only" in rows[0]["not_held"]


@pytest.mark.parametrize(
    ("printed", "asked", "share"),
    [
        ("Lockheed Martin Aeronautics", "Lockheed Martin Inc.", 15 / 27),
        ("Lockheed Martin Corp.", "Lockheed Martin Aeronautics", 15 / 27),
        ("高点航空技术公司", "高点航空", 4 / 6),
        ("高点航空有限公司", "高点航空技术", 4 / 6),
        # Two characters are part of too many names.
        ("高点航空", "高点", None),
        ("高点", "高点航空", None),
    ],
)
async def test_a_name_of_which_the_other_is_a_part(
    write: Write, connection: asyncpg.Connection, printed: str, asked: str, share: float | None
) -> None:
    script = "name_latin" if printed.isascii() else "name_zh"
    await write([decision(1, "2025-01-01", **{script: printed})])
    (row,) = await screen(connection, asked)
    expected = None if share is None else pytest.approx(0.5 + 0.4 * share)
    assert row["score"] == expected


async def test_a_lower_score_shows_a_word_of_a_long_name(
    write: Write, connection: asyncpg.Connection
) -> None:
    name = "Alpha Aeronautics Development Association of Northern Wyoming"
    await write([decision(1, "2025-01-01", name_latin=name)])
    assert [row["found"] for row in await screen(connection, "Alpha")] == [False]
    (row,) = await connection.fetch("SELECT * FROM screen('Alpha', lowest_score => 0.5)")
    assert (row["matched"], row["score"] < 0.6) == (name, True)


async def test_a_former_name_is_one_of_the_entry(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(
        [
            decision(1, "2025-01-01", name_latin="Alpha Works"),
            decision(
                2, "2025-02-01", action="amend", name_latin="Bellows", former_name="Alpha Works"
            ),
            # That it was called so before is printed by the amendment alone.
            decision(3, "2025-03-01", action="amend", name_latin="Bellows", former_name="Zenith"),
        ]
    )
    for asked, matched_on in (("Bellows", "name_latin"), ("Zenith", "former name")):
        (row,) = await screen(connection, asked)
        found = (row["name_latin"], row["matched_on"], row["notice_key"][-1])
        assert found == ("Bellows", matched_on, "1"), asked


async def test_of_very_many_like_names_the_answer_says_that_it_has_not_all(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write([decision(n, "2025-01-01", name_latin=f"Alpha Works {n}") for n in range(1, 102)])
    rows = await screen(connection, "Alpha Works")
    assert len(rows) == 100
    assert "only the 100 names that are most alike are compared" in rows[0]["not_held"]


@pytest.mark.parametrize("asked", ["Alphainstruments", "Alpha Instr.", "Alpha Instrument GmbH"])
async def test_short_forms_are_known_within_a_word(
    write: Write, connection: asyncpg.Connection, asked: str
) -> None:
    await write([decision(1, "2025-01-01", name_latin="Alpha Instruments Inc.")])
    assert (await screen(connection, asked))[0]["score"] > 0.9


async def test_a_name_that_nobody_can_have_is_refused(connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InvalidParameterValueError, match="letters or Chinese"):
        await screen(connection, " .,")


@pytest.mark.parametrize(
    ("asked", "score"),
    [
        ("Skydoi", 5 / 6),
        ("Ksydio", 5 / 6),
        ("Skydia", 5 / 6),
        # Two errors in six letters are too many.
        ("Skdyoi", None),
    ],
)
async def test_letters_that_are_swapped_are_one_error(
    write: Write, connection: asyncpg.Connection, asked: str, score: float | None
) -> None:
    await write([decision(1, "2025-01-01", name_latin="Skydio Inc.")])
    (row,) = await screen(connection, asked)
    assert row["score"] == (score if score is None else pytest.approx(score))


async def test_an_error_in_the_ending_of_a_word_that_is_shortened(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write([decision(1, "2025-01-01", name_latin="Alpha Instruments")])
    for asked, score in (
        ("Alpha Instrumants", 0.99),
        ("Alpha Instr.", 1),
        ("Alpha Instruments", 1),
    ):
        (row,) = await screen(connection, asked)
        assert row["score"] == pytest.approx(score), asked
