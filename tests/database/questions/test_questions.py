"""Every question: at least one row, quotes and links on each, what is not held, and the right rows."""

from datetime import date, datetime, timedelta, timezone

import asyncpg
import pytest

from testing.indexer.events import notice
from tests.database.conftest import Write, read

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


async def test_before_its_day_of_issue_a_notice_is_found_and_not_issued(
    bundled: asyncpg.Connection,
) -> None:
    row = await bundled.fetchrow("SELECT * FROM in_force('商务部2025-61', '2025-10-08 23:59+08')")
    assert (row["found"], row["status"]) == (True, "not yet issued")


async def test_what_is_no_notice_has_no_status_and_a_translation_that_of_the_notice(
    write: Write, connection: asyncpg.Connection
) -> None:
    number = "商务部公告2025年第61号"
    await write(
        [
            read(notice(document_number=number, issued_on=date(2025, 10, 9))),
            read(
                notice(document_number=None, language="en", translation_of=number, title="61"),
                url="http://english.mofcom.gov.cn/a.html",
            ),
            read(
                notice(document_number=None, page_kind="interview"),
                url="http://www.mofcom.gov.cn/b.html",
            ),
        ]
    )
    found = {
        key: (row["notice_key"], row["status"])
        for key in ("cn,gov,mofcom,english)/a.html", "cn,gov,mofcom)/b.html")
        for row in await connection.fetch("SELECT * FROM in_force($1)", key)
    }
    assert found == {
        "cn,gov,mofcom,english)/a.html": ("商务部2025-61", "in force"),
        "cn,gov,mofcom)/b.html": ("cn,gov,mofcom)/b.html", "no notice"),
    }


@pytest.mark.parametrize(
    ("usual", "question"),
    [
        ("applies(hs => '8112')", "applies(hs => '8112', at => NULL)"),
        ("changes()", "changes(NULL)"),
        ("calendar()", "calendar(NULL, NULL)"),
        ("in_force('商务部2025-61')", "in_force('商务部2025-61', NULL)"),
        ("listed()", "listed(at => NULL, removed => NULL)"),
        ("screen('Saronic Technologies')", "screen('Saronic Technologies', NULL, NULL)"),
    ],
)
async def test_null_is_what_is_usual(
    bundled: asyncpg.Connection, write: Write, usual: str, question: str
) -> None:
    # For the calendar: something lapses in the days to come.
    lapses = datetime.now(CHINA).date() + timedelta(days=3)
    await write([read(notice(document_number="商务部公告2020年第9号", last_day=lapses))])
    rows = await bundled.fetch(f"SELECT * FROM {question}")  # noqa: S608
    assert rows == await bundled.fetch(f"SELECT * FROM {usual}")  # noqa: S608
    assert rows[0]["found"]


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


async def test_the_calendar_gives_the_last_day_as_others_changed_it(
    write: Write, connection: asyncpg.Connection
) -> None:
    def changed(number: int, relation: str, until: str | None) -> dict[str, object]:
        cited = f"商务部公告2020年第{number}号"
        since = "2024-01-01T00:00:00+08:00"
        return {"document_number": cited, "relation": relation, "since": since, "until": until}

    notices = [
        notice(
            document_number=f"商务部公告2020年第{number}号",
            issuers=("商务部",),
            issued_on=date(2020, 1, 1),
            last_day=date(2025, 6, 30),
        )
        for number in (1, 2, 3)
    ]
    changes = [changed(1, "repeals", None), changed(2, "extends", "2026-07-01T00:00:00+08:00")]
    later = notice(
        document_number="商务部公告2023年第1号",
        issuers=("商务部",),
        issued_on=date(2023, 12, 1),
        citations=changes,
    )
    await write([read(one) for one in (*notices, later)])
    rows = await connection.fetch(
        "SELECT day, notice_key FROM calendar('2025-01-01', '2026-12-31') WHERE event = 'last day'"
    )
    assert [tuple(row) for row in rows] == [
        (date(2025, 6, 30), "商务部2020-3"),
        (date(2026, 6, 30), "商务部2020-2"),
    ]


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
