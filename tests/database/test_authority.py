"""Only what may change a notice does, in the database: by its issuers, its day and its place on the site."""

from datetime import date, datetime, timedelta, timezone

import asyncpg
import pytest

from services.parser.parse import parse
from shared.events import NoticeParsed
from testing.indexer.events import notice
from testing.markup import page_2026, paragraphs
from tests.database.conftest import Write, read

POLICY = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_{}.html"
REPEALED = [
    "商务部公告2020年第1号",
    "为做好某项工作，公告如下：请遵照执行。",
    "商务部",
    "2020年3月2日",
]


def page(name: str, title: str, lines: list[str], url: str = POLICY) -> NoticeParsed:
    address = url.format(name)
    day = "2025-11-03 10:00"
    return read(
        parse(page_2026(title, paragraphs(lines), time=day, published=day), address), url=address
    )


async def history(connection: asyncpg.Connection) -> list[tuple[object, ...]]:
    rows = await connection.fetch(
        "SELECT relation, by_page_kind, cardinality(sources) FROM status_history "
        "WHERE notice_key = '商务部2020-1' ORDER BY since"
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("signed", "changes"),
    [("商务部", 1), ("国务院办公厅", 1), ("海关总署", 0), ("甲县商务局", 0), ("美国商务部", 0)],
)
async def test_a_notice_that_is_cited_by_its_title_is_changed_by_who_may(
    write: Write, connection: asyncpg.Connection, signed: str, changes: int
) -> None:
    # Only the database knows whose notice the title is.
    repeal = "自2025年12月1日起，《关于做好某项工作的公告》停止执行。"
    await write(
        [
            page("1", "关于做好某项工作的公告", REPEALED),
            page("2", "关于废止有关文件的公告", [repeal, signed, "2025年11月3日"]),
        ]
    )

    assert len(await history(connection)) == changes
    row = await connection.fetchrow(
        "SELECT authority, reason FROM citations WHERE relation = 'repeals'"
    )
    assert row["authority"] == (changes == 1)
    assert row["reason"] == (None if changes else f"{signed} cannot change what 商务部 issued")


async def test_a_notice_is_not_changed_by_an_earlier_one(
    write: Write, connection: asyncpg.Connection
) -> None:
    repeal = "自2020年1月1日起，《关于做好某项工作的公告》停止执行。"
    await write(
        [
            page("1", "关于做好某项工作的公告", REPEALED),
            page("2", "关于废止有关文件的公告", [repeal, "商务部", "2019年11月3日"]),
        ]
    )

    assert await history(connection) == []


async def test_a_change_in_a_notice_and_in_an_interview_is_one_row(
    write: Write, connection: asyncpg.Connection
) -> None:
    suspension = "自2025年11月10日起，暂停实施商务部公告2020年第1号至2026年11月10日。"
    await write(
        [
            page("1", "关于做好某项工作的公告", REPEALED),
            page(
                "3", "商务部新闻发言人就有关问题答记者问", ["问：有何安排？", f"答：{suspension}"]
            ),
            page("2", "关于暂停实施有关措施的公告", [suspension, "商务部", "2025年11月3日"]),
        ]
    )

    assert await history(connection) == [("suspends", "notice", 2)]


async def test_an_investigation_that_goes_on_leaves_the_end_of_the_measure(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(
        [
            page("1", "关于做好某项工作的公告", REPEALED),
            page(
                "2",
                "关于延长期限的公告",
                [
                    "商务部公告2020年第1号发起的反倾销调查期限延长至2026年3月1日。",
                    "商务部",
                    "2025年11月3日",
                ],
            ),
        ]
    )

    rows = await connection.fetch("SELECT relation, object FROM status_history")
    assert [tuple(row) for row in rows] == [("extends", "investigation")]
    row = await connection.fetchrow(
        "SELECT status, until FROM notices_in_force('2025-12-01 00:00+08') "
        "WHERE notice_key = '商务部2020-1'"
    )
    assert tuple(row) == ("in force", None)


@pytest.mark.parametrize(
    ("signed", "ends"),
    [("商务部", datetime(2025, 12, 5, tzinfo=timezone(timedelta(hours=8)))), ("甲县商务局", None)],
)
async def test_a_suspension_is_ended_by_who_may(
    write: Write, connection: asyncpg.Connection, signed: str, ends: datetime | None
) -> None:
    suspend = "自2025年12月1日起，暂停实施《关于做好某项工作的公告》。"
    resume = "自2025年12月5日起，恢复实施《关于做好某项工作的公告》。"
    await write(
        [
            page("1", "关于做好某项工作的公告", REPEALED),
            page("2", "关于暂停实施有关措施的公告", [suspend, "商务部", "2025年11月3日"]),
            page("3", "关于恢复实施有关措施的公告", [resume, signed, "2025年11月3日"]),
        ]
    )

    row = await connection.fetchrow(
        "SELECT open_ended, until FROM status_history WHERE relation = 'suspends'"
    )
    assert tuple(row) == (ends is None, ends)


async def test_a_reason_of_the_page_itself_stands(
    write: Write, connection: asyncpg.Connection
) -> None:
    cited = {
        "document_number": "商务部公告2020年第1号",
        "relation": "repeals",
        "reason": "the page only reports it",
    }
    await write([page("1", "关于做好某项工作的公告", REPEALED), read(notice(citations=[cited]))])

    assert await history(connection) == []
    row = await connection.fetchrow(
        "SELECT authority, reason FROM citations WHERE relation = 'repeals'"
    )
    assert tuple(row) == (False, "the page only reports it")


def of_one_title(*years: int) -> list[NoticeParsed]:
    return [
        page(
            str(year),
            "关于做好某项工作的公告",
            [f"商务部公告{year}年第1号", "公告如下：请遵照执行。", "商务部", f"{year}年3月2日"],
        )
        for year in years
    ]


@pytest.mark.parametrize(
    ("years", "changed", "candidates"),
    [((2020,), 2020, 1), ((2018, 2020), 2020, 2), ((2018, 2026), 2018, 1), ((2026,), None, 0)],
)
async def test_of_notices_with_one_title_the_newest_that_the_page_can_know_is_meant(
    write: Write,
    connection: asyncpg.Connection,
    years: tuple[int, ...],
    changed: int | None,
    candidates: int,
) -> None:
    repeal = "自2025年12月1日起，《关于做好某项工作的公告》停止执行。"
    await write(
        [
            *of_one_title(*years),
            page("9", "关于废止有关文件的公告", [repeal, "商务部", "2025年11月3日"]),
        ]
    )

    rows = await connection.fetch("SELECT notice_key, candidates FROM status_history")
    assert [tuple(row) for row in rows] == ([(f"商务部{changed}-1", candidates)] if changed else [])
    row = await connection.fetchrow("SELECT candidates FROM citations WHERE relation = 'repeals'")
    assert row["candidates"] == candidates


@pytest.mark.parametrize(
    ("sentence", "day", "older", "newer"),
    [
        ("{}停止执行。", date(2025, 11, 30), "in force", "in force"),
        ("{}停止执行。", date(2025, 12, 1), "unclear", "repealed"),
        ("暂停实施{}。", date(2025, 12, 1), "unclear", "suspended"),
        # A part, and how long it runs, say nothing of the older one.
        ("暂停实施{}第二条。", date(2025, 12, 1), "in force", "in force in part"),
        ("{}的实施期限延长一年。", date(2025, 12, 1), "in force", "in force"),
    ],
)
async def test_older_notices_of_a_title_that_is_repealed_or_suspended_are_unclear(
    write: Write,
    connection: asyncpg.Connection,
    sentence: str,
    day: date,
    older: str,
    newer: str,
) -> None:
    changed = f"自2025年12月1日起，{sentence.format('《关于做好某项工作的公告》')}"
    changing = page("9", "关于有关文件的公告", [changed, "商务部", "2025年11月3日"])
    await write([*of_one_title(2018, 2020), changing])

    rows = await connection.fetch(
        "SELECT status, in_force, by_notice_key, quote FROM notices_in_force(ingest.midnight($1)) "
        "WHERE title = '关于做好某项工作的公告' ORDER BY issued_on",
        day,
    )
    assert [row["status"] for row in rows] == [older, newer]
    if older == "unclear":
        by = await connection.fetchval(
            "SELECT notice_key FROM notices WHERE url LIKE '%art_9.html'"
        )
        assert tuple(rows[0]) == ("unclear", None, by, changed)
