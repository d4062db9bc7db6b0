"""Identity, versions, copies, keys, series, citations, differences and changes."""

import asyncio
import json
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest

from shared.chinese.document_numbers import number_of
from shared.events import Answer, Capture, Done, NoticeParsed, Skipped
from shared.identity import capture_id
from shared.notice import Citation, Notice, NumberParts, Unread
from testing.indexer.events import body, fetched, notice, parsed, request
from testing.waiting import until
from tests.database.conftest import Write, read, write_events

A, B = "http://www.mofcom.gov.cn/a.shtml", "http://aqygzj.mofcom.gov.cn/b.shtml"


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("商务部 海关总署公告2025年第70号", "商务部2025-70"),
        ("商务部、海关总署公告2025年第70号", "商务部2025-70"),
        ("商务部公告〔2025〕70号", "商务部2025-70"),
        ("商务部令2025年第70号", "商务部令2025-70"),
        ("商办建函〔2022〕318号", "商办建函2022-318"),
        ("商办建函[2022]318号", "商办建函2022-318"),
        ("商办建函（2022）第318号", "商办建函2022-318"),
        ("商办建函 ２０２２ 318号", None),
        ("不可靠实体清单工作机制〔2025〕10号", "不可靠实体清单工作机制2025-10"),
        ("不可靠实体清单工作机制公告2025年第10号", "不可靠实体清单工作机制2025-10"),
        ("国务院令〔2024〕792号", "国务院令2024-792"),
        ("国务院令第792号", "国务院令-792"),
        ("中华人民共和国商务部令（2012年第2号）", "商务部令2012-2"),
        ("商务部、海关总署令2019第027号", "商务部令2019-27"),
        ("商务部2025年第61号公告", "商务部2025-61"),
        ("商务部 2024年第7号令", "商务部令2024-7"),
        ("公告2018年第47号", None),
        ("第4号", None),
        ("关于公布名单的通知", None),
        (None, None),
    ],
)
async def test_a_typed_number_becomes_a_key(
    connection: asyncpg.Connection, printed: str | None, key: str | None
) -> None:
    assert await connection.fetchval("SELECT ingest.number_key($1)", printed) == key


async def test_what_a_notice_is_called_by_is_there_in_english(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write([read(notice(document_type="公告", issuers=["商务部"], department="条约法律司"))])
    (row,) = await connection.fetch(
        "SELECT document_type_en, issuers_en, department_en FROM notices"
    )
    assert tuple(row) == ("Announcement", ["Ministry of Commerce"], "Department of Treaty and Law")


async def test_one_document_at_two_addresses_is_one_notice_with_two_copies(
    write: Write, connection: asyncpg.Connection
) -> None:
    gone = Capture(
        capture_id=capture_id(A, "20240101000000"), url=A, timestamp="20240101000000", status=404
    )
    asked = request(A, "20240101000000")
    lost = fetched(asked, capture=gone, answer=Answer.MEMENTO, outcome=Skipped(reason="error"))
    await write(
        [
            read(notice(body_text="甲 乙"), url=A, timestamp="20230101000000"),
            read(notice(body_text="甲　乙\n"), url=A, timestamp="20230601000000"),
            read(notice(body_text="甲丙"), url=B, timestamp="20230301000000"),
            lost,
        ]
    )
    (row,) = await connection.fetch("SELECT * FROM notices")
    assert row["notice_key"] == "商办建函2022-318"
    assert (row["captures"], row["versions"], row["copies"]) == (3, 2, 2)
    assert row["conflicting"]
    copies = await connection.fetch("SELECT * FROM notice_copies ORDER BY url")
    assert [(one["url"], one["first_gone_at"] is not None) for one in copies] == [
        (B, False),
        (A, True),
    ]
    versions = await connection.fetch("SELECT captures FROM notice_versions ORDER BY url_key DESC")
    assert sorted(one["captures"] for one in versions) == [1, 2]


@pytest.mark.parametrize(
    ("detail", "led_to", "gone"),
    [
        (
            "leads to http://www.mofcom.gov.cn/, which this file has no capture of within a day",
            None,
            True,
        ),
        ("leads to another site: http://example.org/", None, True),
        ("leads out of the archive: /moved", None, True),
        (
            "leads to itself as https://www.mofcom.gov.cn/a.shtml, which was never archived",
            None,
            False,
        ),
        ("redirects in a loop", None, False),
        ("led to 20240101000000/B", B, True),
        ("led to 20240101000000/A", A.replace("http:", "https:"), False),
    ],
)
async def test_a_captured_redirect_elsewhere_means_that_a_copy_is_gone(
    write: Write, connection: asyncpg.Connection, detail: str, led_to: str | None, gone: bool
) -> None:
    moment = "20240101000000"
    capture = led_to and Capture(
        capture_id=capture_id(led_to, moment), url=led_to, timestamp=moment, status=200
    )
    ending = Done(detail=detail) if led_to else Skipped(reason="archived redirect", detail=detail)
    redirect = fetched(
        request(A, moment), capture=capture, answer=Answer.ARCHIVED_REDIRECT, outcome=ending
    )
    await write([read(notice(), url=A, timestamp="20230101000000"), redirect])
    first_gone_at = await connection.fetchval("SELECT first_gone_at FROM notice_copies")
    assert first_gone_at == (datetime(2024, 1, 1, tzinfo=UTC) if gone else None)
    # A page that was alive later was not gone.
    await write([read(notice(), url=A, timestamp="20240201000000")])
    assert await connection.fetchval("SELECT first_gone_at FROM notice_copies") is None


UNNUMBERED = notice(document_number=None, title="关于某事的通知", body_text="甲乙丙丁")


async def test_an_unnumbered_notice_at_two_addresses_is_one_notice(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write([read(UNNUMBERED, url=A)])
    await write([read(UNNUMBERED.model_copy(update={"body_text": "甲乙 丙丁"}), url=B)])
    (row,) = await connection.fetch("SELECT notice_key, copies, conflicting FROM notices")
    assert tuple(row) == ("cn,gov,mofcom)/a.shtml", 2, False)
    assert len(await connection.fetch("SELECT url FROM notice_copies")) == 2
    keys = await connection.fetch("SELECT DISTINCT notice_key FROM notice_keys")
    assert [key["notice_key"] for key in keys] == [row["notice_key"]]


async def test_the_order_of_arrival_does_not_decide_which_copies_are_one(
    write: Write, connection: asyncpg.Connection
) -> None:
    changed = UNNUMBERED.model_copy(update={"body_text": "甲乙丙丁戊"})
    c = "http://www.mofcom.gov.cn/c.shtml"
    # A and B share one wording, B and C another.
    pages = [
        (UNNUMBERED, A, "2021"),
        (UNNUMBERED, B, "2022"),
        (changed, B, "2023"),
        (changed, c, "2024"),
    ]
    found = set()
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (0, 3, 1, 2)):
        await connection.execute(
            "TRUNCATE ingest.reading, ingest.reading_key, ingest.joined_page, ingest.notice"
        )
        for place in order:
            one, url, year = pages[place]
            await write([read(one, url=url, timestamp=f"{year}0101000000")])
        (row,) = await connection.fetch(
            "SELECT notice_key, captures, copies, versions FROM notices"
        )
        found.add(tuple(row))
    assert len(found) == 1
    assert next(iter(found))[1:] == (4, 3, 4)


@pytest.mark.parametrize(
    "other",
    [
        {"title": "关于另一事的通知"},
        {"issued_on": date(2020, 1, 1)},
        {"issued_on": None},
        {"body_text": "甲乙丙戊"},
        {"page_kind": "news"},
    ],
)
async def test_unnumbered_notices_that_differ_are_two(
    write: Write, connection: asyncpg.Connection, other: dict[str, Any]
) -> None:
    await write([read(UNNUMBERED, url=A), read(UNNUMBERED.model_copy(update=other), url=B)])
    assert await connection.fetchval("SELECT count(*) FROM pages") == 2


async def test_pages_without_a_text_are_no_copies_of_each_other(
    write: Write, connection: asyncpg.Connection
) -> None:
    empty = UNNUMBERED.model_copy(update={"body_text": ""})
    await write([read(empty, url=A), read(empty, url=B)])
    assert await connection.fetchval("SELECT count(*) FROM pages") == 2


async def test_a_copy_that_gets_a_number_leaves_the_others(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write([read(UNNUMBERED, url=A), read(UNNUMBERED, url=B)])
    assert await connection.fetchval("SELECT count(*) FROM notices") == 1
    numbered = notice(title="关于某事的通知", body_text="甲乙丙丁", parser_version=99)
    await write([read(numbered, url=B)])
    keys = await connection.fetch("SELECT notice_key FROM notices ORDER BY notice_key")
    assert [row["notice_key"] for row in keys] == ["cn,gov,mofcom)/a.shtml", "商办建函2022-318"]


async def test_copies_that_only_a_third_joined_are_parted_when_it_changes(
    write: Write, connection: asyncpg.Connection
) -> None:
    changed = UNNUMBERED.model_copy(update={"body_text": "甲乙丙丁戊"})
    c = "http://www.mofcom.gov.cn/c.shtml"
    await write([read(UNNUMBERED, url=A), read(changed, url=c)])
    await write([read(UNNUMBERED, url=B), read(changed, url=B, timestamp="20270101000000")])
    assert await connection.fetchval("SELECT count(*) FROM notices") == 1
    later = changed.model_copy(update={"parser_version": 99, "title": "关于另一事的通知"})
    await write([read(later, url=B, timestamp="20270101000000")])
    assert {
        row["notice_key"] for row in await connection.fetch("SELECT notice_key FROM notices")
    } == {
        "cn,gov,mofcom)/a.shtml",
        "cn,gov,mofcom)/c.shtml",
    }


async def test_orders_of_one_serial_number_are_distinguished_and_cited_by_title(
    write: Write, connection: asyncpg.Connection
) -> None:
    def law(title: str, day: date) -> Notice:
        number = number_of("主席令第67号")
        assert number is not None
        return notice(
            page_kind="law",
            title=title,
            document_number="主席令第67号",
            document_number_parts=number.dated(day).parts(),
            issued_on=day,
            body_text=title,
        )

    parts = NumberParts(issuers=("国家主席",), type="令", serial=67)
    cited = [
        Citation(
            title=title,
            document_number="主席令第67号",
            document_number_parts=parts,
            relation="basis",
        )
        for title in ("甲法", "丙法", None)
    ]
    await write(
        [
            read(law("甲法", date(2002, 6, 29))),
            read(law("乙法", date(2020, 12, 26))),
            read(notice(document_number=None, title="说明", citations=tuple(cited))),
        ]
    )
    keys = await connection.fetch(
        "SELECT notice_key FROM notices WHERE page_kind = 'law' ORDER BY 1"
    )
    assert [row["notice_key"] for row in keys] == ["主席令第13届-67", "主席令第9届-67"]
    found = await connection.fetch("SELECT cited_notice_key FROM citations ORDER BY position")
    assert [row["cited_notice_key"] for row in found] == ["主席令第9届-67", None, None]
    typed = await connection.fetch("SELECT notice_key FROM search_notices('主席令第67号')")
    assert {row["notice_key"] for row in typed} == {"主席令第13届-67", "主席令第9届-67"}
    series = await connection.fetch("SELECT series, lowest_held, missing_count FROM series")
    assert {tuple(row) for row in series} == {("主席令 第13届", 67, 66), ("主席令 第9届", 67, 66)}


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("国务院令〔2024〕792号", {"国务院令-792", "国务院令2024-792", "国务院令第14届-792"}),
        (
            "主席令2003年第7号",
            {"主席令-7", "主席令2003-7", "主席令第10届-7", "主席令第9届-7"},
        ),
        ("主席令2004年第7号", {"主席令-7", "主席令2004-7", "主席令第10届-7"}),
        ("商务部公告2025年第70号", {"商务部2025-70"}),
        (
            "商务部令第7号",
            {"商务部令-7"}
            | {f"商务部令{year}-7" for year in range(1980, 2050)}
            | {f"商务部令第{congress}届-7" for congress in range(6, 21)},
        ),
    ],
)
async def test_the_keys_that_a_typed_number_may_have(
    connection: asyncpg.Connection, typed: str, keys: set[str]
) -> None:
    found = await connection.fetchval("SELECT ingest.number_keys($1)", typed)
    assert sorted(found) == sorted(keys)
    assert await connection.fetchval("SELECT ingest.number_keys('关于公布名单的通知')") is None


async def test_the_newest_signed_and_dated_reading_is_shown_else_the_newest(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(
        [
            read(notice(title="signed"), url=A, timestamp="20220101000000"),
            read(notice(title="cut", issued_on=None), url=A, timestamp="20230101000000"),
        ]
    )
    assert await connection.fetchval("SELECT title FROM notices") == "signed"
    await write([read(notice(title="signed again"), url=A, timestamp="20210101000000")])
    assert await connection.fetchval("SELECT title FROM notices") == "signed"
    bare: dict[str, Any] = {"document_number": None, "issued_on": None}
    await write([read(notice(title=t, **bare), url=B, timestamp=f"202{t}0101000000") for t in "12"])
    sql = "SELECT title FROM notices WHERE url = $1"
    assert await connection.fetchval(sql, B) == "2"


async def test_a_copy_of_a_lower_section_never_replaces_one_of_a_higher(
    write: Write, connection: asyncpg.Connection
) -> None:
    ranked = (
        "http://gzly.mofcom.gov.cn/info/detail",
        "http://jianghe.mofcom.gov.cn/article/zcfb/202301/1.shtml",
        "http://aqygzj.mofcom.gov.cn/b.shtml",
        "https://www.mofcom.gov.cn/zcfb/blgg/art/2023/art_0.html",
    )
    sql = "SELECT title FROM notices"
    for rank, url in enumerate(ranked):
        # The higher the section, the older the capture; the highest is not even dated.
        dated: dict[str, Any] = {} if rank < 3 else {"issued_on": None}
        await write(
            [read(notice(title=str(rank), **dated), url=url, timestamp=f"202{9 - rank}0101000000")]
        )
        assert (await connection.fetchval(sql)) == str(rank)
    assert await connection.fetchval("SELECT site_section FROM notices") == "policy"
    copies = await connection.fetch("SELECT site_section FROM notice_copies ORDER BY captures, url")
    assert sorted(row[0] for row in copies) == ["board", "department", "local", "policy"]
    await write(
        [
            read(
                notice(title="late"),
                url="http://us.mofcom.gov.cn/1.html",
                timestamp="20300101000000",
            )
        ]
    )
    assert await connection.fetchval(sql) == "3"


async def test_what_is_no_document_is_counted_with_its_reason(
    write: Write, connection: asyncpg.Connection
) -> None:
    def skipped(number: int, kind: str, why: str) -> NoticeParsed:
        page = read(
            notice(page_kind=kind), url=f"http://www.mofcom.gov.cn/article/b/c/{number}.shtml"
        )
        return parsed(page.fetched, 1, outcome=Skipped(reason=kind, detail=why), notice=page.notice)

    sql = "SELECT pages, rejected, rejections FROM data_quality"
    await write([skipped(1, "index", "front page")])
    (row,) = await connection.fetch(sql)
    assert (row["pages"], row["rejected"]) == (0, None)
    await write(
        [
            skipped(2, "shell", "failed include"),
            skipped(3, "shell", "failed include"),
            read(notice(), url="http://www.mofcom.gov.cn/article/b/c/4.shtml"),
        ]
    )
    (row,) = await connection.fetch(sql)
    assert (row["pages"], row["rejected"]) == (3, 2 / 3)
    assert json.loads(row["rejections"]) == {"index: front page": 1, "shell: failed include": 2}


async def test_a_key_stays_valid_when_a_better_parser_reads_the_number(
    write: Write, connection: asyncpg.Connection
) -> None:
    first = read(notice(document_number=None), url=A)
    await write([first])
    old = await connection.fetchval("SELECT notice_key FROM notices")
    better = parsed(first.fetched, 2, notice=notice(parser_version=2))
    await write([better])
    sql = "SELECT notice_key FROM notice_keys WHERE key = $1"
    assert old == "cn,gov,mofcom)/a.shtml"
    assert await connection.fetchval(sql, old) == "商办建函2022-318"
    assert [row["notice_key"] for row in await connection.fetch("SELECT * FROM notices")] == [
        "商办建函2022-318"
    ]
    changes = await connection.fetch("SELECT kind, notice_key FROM changes ORDER BY sequence")
    assert [tuple(row) for row in changes] == [
        ("added", old),
        ("added", "商办建函2022-318"),
        ("removed", old),
    ]
    # A third parser takes the page for an index: nothing reads it as a notice any more.
    third = parsed(
        first.fetched, 3, outcome=Skipped(reason="index"), notice=notice(page_kind="index")
    )
    await write([third])
    assert await connection.fetchval("SELECT count(*) FROM pages") == 0
    assert await connection.fetchval(sql, old) is None


async def test_a_citation_is_resolved_when_its_notice_arrives(
    write: Write, connection: asyncpg.Connection
) -> None:
    citations = [
        {"document_number": "商务部公告2024年第46号", "relation": "amends"},
        {"title": "不可靠实体清单规定", "relation": "basis"},
    ]
    await write([read(notice(citations=citations))])
    sql = "SELECT cited_notice_key FROM citations ORDER BY position"
    assert [row[0] for row in await connection.fetch(sql)] == [None, None]
    await write(
        [
            read(notice(document_number="商务部 海关总署公告2024年第46号")),
            read(notice(document_number="商务部令2020年第4号", title="《不可靠实体清单规定》")),
        ]
    )
    assert [row[0] for row in await connection.fetch(sql)] == ["商务部2024-46", "商务部令2020-4"]


async def test_a_series_knows_its_gaps_and_which_are_cited(
    write: Write, connection: asyncpg.Connection
) -> None:
    cited = [
        {"document_number": f"商务部公告2025年第{n}号", "relation": "mentions"} for n in (3, 9)
    ]
    only_cited = [{"document_number": "商建函〔2022〕4号", "relation": "basis"}]
    await write(
        [
            read(notice(document_number="商务部公告2025年第2号")),
            read(notice(document_number="商务部 海关总署公告2025年第5号", citations=cited)),
            read(notice(document_number="国务院令第790号")),
            read(notice(document_number="国务院令第792号", citations=only_cited)),
        ]
    )
    rows = await connection.fetch("SELECT * FROM series ORDER BY series_key")
    found = {
        row["series"]: (
            row["held"], row["highest_seen"], row["missing_count"], row["missing_cited"],
        )
        for row in rows
    }  # fmt: skip
    assert found == {
        "商务部公告 2025年": (2, 9, 7, [3, 9]),
        "国务院令": (2, 792, 1, []),
        "商建函〔2022〕": (0, 4, 4, [4]),
    }
    cited_by = {row["series"]: json.loads(row["missing_cited_by"]) for row in rows}
    assert cited_by == {
        "商务部公告 2025年": {"3": ["商务部2025-5"], "9": ["商务部2025-5"]},
        "国务院令": {},
        "商建函〔2022〕": {"4": ["国务院令-792"]},
    }


async def test_the_difference_of_two_versions_is_by_characters_and_numbers(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(
        [
            read(notice(body_text="自2025年4月10日起实施。"), url=A, timestamp="20230101000000"),
            read(notice(body_text="自2025年4月11日起施行。"), url=A, timestamp="20230201000000"),
        ]
    )
    rows = await connection.fetch(
        "SELECT d.operation, d.words FROM notice_versions AS a "
        "JOIN notice_versions AS b USING (notice_key, url_key), "
        "notice_diff(a.version_id, b.version_id) AS d "
        "WHERE a.version = 1 AND b.version = 2 ORDER BY d.place"
    )
    pieces = [tuple(row) for row in rows]
    assert pieces[:3] == [("=", "自2025年4月"), ("-", "10"), ("+", "11")]
    assert "".join(w for o, w in pieces if o != "+") == "自2025年4月10日起实施。"
    assert "".join(w for o, w in pieces if o != "-") == "自2025年4月11日起施行。"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("", "甲"),
        ("甲", ""),
        ("a b c a b b a", "c b a b a c"),
        ("甲" * 50, "乙" * 3000),
        ("1.5%及2.5%\n甲 Alpha", "2.5%及1.5%\n\n甲Beta"),
    ],
)
async def test_the_difference_leads_from_one_text_to_the_other(
    connection: asyncpg.Connection, old: str, new: str
) -> None:
    rows = await connection.fetch("SELECT * FROM ingest.difference($1, $2)", old, new)
    assert "".join(row["words"] for row in rows if row["operation"] != "+") == old
    assert "".join(row["words"] for row in rows if row["operation"] != "-") == new


async def test_changes_name_the_fields_and_replays_are_none(
    write: Write, connection: asyncpg.Connection
) -> None:
    first = read(notice(title="一"), url=A)
    await write([first])
    better = parsed(first.fetched, 2, notice=notice(title="二", parser_version=2))
    same = parsed(first.fetched, 3, notice=notice(title="二", parser_version=3))
    await write([better])
    await write([same])
    await write([first, better, same])
    rows = await connection.fetch("SELECT kind, fields FROM changes ORDER BY sequence")
    assert tuple(rows[0]) == ("added", [])
    assert len(rows) == 2
    assert set(rows[1]["fields"]) == {"title", "details"}


async def test_a_reader_of_changes_misses_nothing_while_two_write(
    database_url: str, connection: asyncpg.Connection
) -> None:
    stop = asyncio.Event()

    async def writer(name: int) -> None:
        own = await asyncpg.connect(database_url)
        for number in range(25):
            events = [
                read(notice(document_number=f"商务部令20{name}0年第{number * 3 + n}号"))
                for n in range(1, 4)
            ]
            await write_events(own, events)
        await own.close()

    async def reader() -> list[int]:
        seen: list[int] = []
        while True:
            ending = stop.is_set()
            rows = await connection.fetch(
                "SELECT sequence FROM changes WHERE sequence > $1 ORDER BY sequence",
                seen[-1] if seen else 0,
            )
            seen += [row["sequence"] for row in rows]
            if ending and not rows:
                return seen
            await asyncio.sleep(0)

    reading = asyncio.create_task(reader())
    await asyncio.gather(writer(1), writer(2))
    stop.set()
    seen = await reading
    every = await connection.fetch("SELECT sequence FROM changes ORDER BY sequence")
    assert seen == [row["sequence"] for row in every]
    assert len(seen) == 150


async def test_a_batch_tells_listeners_once_and_without_a_payload(
    write: Write, database_url: str
) -> None:
    received: list[str] = []
    listener = await asyncpg.connect(database_url)
    await listener.add_listener("changes", lambda *call: received.append(call[3]))
    await write([read(notice(document_number=f"商务部令2020年第{n}号")) for n in range(5)])
    await until(lambda: received != [])
    # Others would have come before this answer.
    await listener.fetchval("SELECT 1")
    assert received == [""]
    await listener.close()


async def test_two_indexers_at_once_leave_no_notice_half_counted(
    database_url: str, connection: asyncpg.Connection
) -> None:
    async def writer(events: list[NoticeParsed]) -> None:
        own = await asyncpg.connect(database_url)
        for event in events:
            await write_events(own, [event])
        await own.close()

    readings = [read(notice(body_text=str(n % 4))) for n in range(40)]
    await asyncio.gather(writer(readings[::2]), writer(readings[1::2]))
    (row,) = await connection.fetch("SELECT captures, copies FROM notices")
    assert tuple(row) == (40, 40)


async def test_what_is_unread_is_a_view_and_marks_its_notice(
    write: Write, connection: asyncpg.Connection
) -> None:
    verb = Unread(kind="verb", source="body_text", start=2, end=4)
    for number in (1, 2):
        doubtful = notice(
            document_number=f"商务部公告2025年第{number}号",
            body_text="现将暂停实施",
            unread=(verb,),
            doubt=True,
        )
        await write([read(doubtful)])
    await write([read(notice(document_number="商务部公告2025年第3号", body_text="现公布"))])
    # The same words of another kind are another mark.
    name = Unread(kind="name", source="body_text", start=2, end=4)
    other = notice(
        document_number="商务部公告2025年第4号",
        body_text="现将暂停实施",
        unread=(name,),
        doubt=True,
    )
    await write([read(other)])
    rows = await connection.fetch("SELECT notice_key, kind, quote, notices, starts FROM unread")
    assert sorted(map(tuple, rows)) == [
        *((f"商务部2025-{number}", "verb", "暂停", 2, 2) for number in (1, 2)),
        ("商务部2025-4", "name", "暂停", 1, 2),
    ]
    sure = await connection.fetch("SELECT notice_key FROM notices WHERE NOT doubt")
    assert [row["notice_key"] for row in sure] == ["商务部2025-3"]


async def test_evidence_shows_the_quote_beside_the_value(
    write: Write, connection: asyncpg.Connection
) -> None:
    places = [
        {"field": "document_number", "source": "body_text", "start": 0, "end": 14},
        {"field": "issuers[1]", "source": "title", "start": 0, "end": 2},
    ]
    await write([read(notice(evidence=places, issued_on=date(2022, 12, 8)))])
    rows = await connection.fetch("SELECT field, value, quote FROM evidence ORDER BY position")
    assert [tuple(row) for row in rows] == [
        ("document_number", "商办建函〔2022〕318号", "商办建函〔2022〕318号"),
        ("issuers[1]", "发展改革委办公厅", "关于"),
    ]


async def test_an_attachment_has_its_state(write: Write, connection: asyncpg.Connection) -> None:
    names = ("held", "asked", "lost", "other")
    files = [{"name": n, "url": f"http://www.mofcom.gov.cn/{n}.doc"} for n in names]
    stored, asked, lost = (
        request(f"http://www.mofcom.gov.cn/{n}.doc", kind="attachment") for n in names[:3]
    )
    never = fetched(lost, capture=None, outcome=Skipped(reason="never archived"))
    fetched_event = fetched(stored, body=body(b"%DOC", "application/msword"))
    await write([read(notice(attachments=files)), fetched_event, asked, never])
    rows = await connection.fetch("SELECT name, state, size FROM attachments ORDER BY position")
    assert [tuple(row) for row in rows] == [
        ("held", "held", 4),
        ("asked", "asked", None),
        ("lost", "not archived", None),
        ("other", "not asked", None),
    ]


async def test_a_translation_is_no_notice(write: Write, connection: asyncpg.Connection) -> None:
    english: dict[str, Any] = {"language": "en", "translation_of": "商办建函〔2022〕318号"}
    url = "http://english.mofcom.gov.cn/a.shtml"
    await write(
        [
            read(notice(), url=A),
            read(notice(title="Letter", document_number=None, **english), url=url),
        ]
    )
    assert await connection.fetchval("SELECT count(*) FROM notices") == 1
    sql = "SELECT title, language, site_section FROM pages WHERE translation_of = $1"
    (row,) = await connection.fetch(sql, "商办建函〔2022〕318号")
    assert tuple(row) == ("Letter", "en", "foreign language")
