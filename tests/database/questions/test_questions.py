"""Every question: at least one row, quotes and links on each, what is not held, and the right rows."""

from datetime import date, datetime, timedelta, timezone

import asyncpg
import pytest

CHINA = timezone(timedelta(hours=8))
ASKED = {
    "applies": "applies(hs => '2805301811')",
    "calendar": "calendar('2025-10-01', '2026-12-31')",
    "changes": "changes('2020-01-01')",
    "cites": "cites('商务部公告2024年第46号')",
    "completeness": "completeness('商务部', 2025)",
    "in_force": "in_force('商务部公告2025年第61号', '2025-12-01')",
    "listed": "listed('Unreliable Entity List')",
    "notice": "notice('商务部公告2025年第61号')",
    "screen": "screen('Saronic Technologies')",
    "search": "search('稀土')",
}
NOTHING = {
    "applies": "applies(hs => '99')",
    "calendar": "calendar('1990-01-01', '1990-01-02')",
    "changes": "changes('2090-01-01')",
    "completeness": "completeness('商务部', 1990)",
    "listed": "listed('Countermeasure List')",
    "screen": "screen('Siemens')",
    "search": "search('象牙雕刻')",
}


async def test_every_question_is_here(connection: asyncpg.Connection) -> None:
    known = await connection.fetch(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND 'not_held' = ANY (proargnames)"
    )
    assert {row["proname"] for row in known} == ASKED.keys()


@pytest.mark.parametrize("question", ASKED)
async def test_each_row_rests_on_something(bundled: asyncpg.Connection, question: str) -> None:
    rows = await bundled.fetch(f"SELECT * FROM {ASKED[question]}")  # noqa: S608
    assert rows
    for row in rows:
        assert row["found"]
        if question != "completeness":
            assert row["archived_url"].startswith("https://web.archive.org/web/2")
        assert row["not_held"]
        assert row.get("quote", "quoted"), row


@pytest.mark.parametrize("question", NOTHING)
async def test_nothing_found_is_said(bundled: asyncpg.Connection, question: str) -> None:
    (row,) = await bundled.fetch(f"SELECT * FROM {NOTHING[question]}")  # noqa: S608
    assert row["found"] is False
    assert row["not_held"]


@pytest.mark.parametrize("question", ["notice('商务部2031-9')", "in_force('Nr. 9')", "cites('x')"])
async def test_a_notice_that_is_not_held_is_an_error(
    bundled: asyncpg.Connection, question: str
) -> None:
    with pytest.raises(asyncpg.NoDataFoundError, match="is in the database"):
        await bundled.fetch(f"SELECT * FROM {question}")  # noqa: S608


@pytest.mark.parametrize(
    "typed", ["商务部2025-61", "商务部公告2025年第61号", "商务部公告[2025]第61号"]
)
async def test_a_notice_is_named_as_it_is_printed(bundled: asyncpg.Connection, typed: str) -> None:
    row = await bundled.fetchrow("SELECT * FROM in_force($1, '2025-12-01 00:00+08')", typed)
    assert (row["notice_key"], row["status"]) == ("商务部2025-61", "suspended")
    assert row["until"] == datetime(2026, 11, 11, tzinfo=CHINA)


async def test_a_list_may_be_named_in_english(bundled: asyncpg.Connection) -> None:
    rows = await bundled.fetch("SELECT * FROM listed('unreliable entity list', '2023-03-01')")
    assert [row["name_latin"] for row in rows] == [
        "Lockheed Martin Corporation",
        "Raytheon Missiles & Defense",
    ]
    with pytest.raises(asyncpg.InvalidParameterValueError, match="Export Control List"):
        await bundled.fetch("SELECT * FROM listed('black list')")


async def test_the_calendar_gives_the_last_day_of_a_suspension(
    bundled: asyncpg.Connection,
) -> None:
    rows = await bundled.fetch("SELECT * FROM calendar('2026-11-01', '2026-11-30')")
    found = {(row["day"], row["event"], row["notice_key"]) for row in rows}
    assert (date(2026, 11, 10), "last day suspended", "商务部2025-61") in found
    assert (date(2026, 11, 27), "last day suspended", "商务部2024-46") in found


async def test_citations_go_both_ways(bundled: asyncpg.Connection) -> None:
    rows = await bundled.fetch("SELECT * FROM cites('商务部2024-46')")
    assert ("cited by", "商务部2025-72", "suspends") in {
        (row["direction"], row["notice_key"], row["relation"]) for row in rows
    }
    assert {row["relation"] for row in rows if row["direction"] == "cites"} == {"basis"}


async def test_completeness_has_an_estimate_with_its_bounds(bundled: asyncpg.Connection) -> None:
    (row,) = await bundled.fetch("SELECT * FROM completeness('商务部', 2025)")
    assert (row["held"], row["highest_seen"], row["missing"]) == (9, 72, 63)
    assert row["missing_numbers"].startswith("1-")
    # 9 of 72 were seen, and those that are cited are held.
    assert (row["at_least"], row["estimated"], row["at_most"]) == (72, 79, 101)
    assert row["by_recapture"] == row["held"]
