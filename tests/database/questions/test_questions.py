"""Every question: at least one row, quotes and links on each, what is not held, and the right rows."""

import json
import re
from datetime import date, datetime, timedelta, timezone

import asyncpg
import pytest

from testing.indexer.events import notice
from testing.servers import as_role
from tests.database.conftest import Write, read

CHINA = timezone(timedelta(hours=8))
ASKED = {
    "applies": "applies(hs => '2805301811')",
    "calendar": "calendar('2025-10-01', '2026-12-31')",
    "changes": "changes('2020-01-01 00:00+08')",
    "cites": "cites('商务部公告2024年第46号')",
    "completeness": "completeness('商务部', 2025)",
    "diff": "diff('商消费函〔2021〕402号')",
    "duties": "duties('4002.39', 'SG')",
    "in_force": "in_force('商务部公告2025年第61号', '2025-12-01 00:00+08')",
    "listed": "listed('Unreliable Entity List')",
    "notice": "notice('商务部公告2025年第61号')",
    "screen": "screen('Saronic Technologies')",
    "search": "search('稀土')",
    "verify": """verify('[{"quote": "第61号", "starts": 0, "number": "商务部公告2025年第61号"}]', '2025-12-01 00:00+08')""",
}
NOTHING = {
    "applies": "applies(hs => '99')",
    "calendar": "calendar('1990-01-01', '1990-01-02')",
    "changes": "changes('2090-01-01')",
    "completeness": "completeness('商务部', 1990)",
    "cites": "cites('商消费函〔2021〕402号')",
    "diff": "diff('商务部公告2025年第61号')",
    "duties": "duties('象牙')",
    "listed": "listed('Countermeasure List')",
    "screen": "screen('Siemens')",
    "search": "search('象牙雕刻')",
    "verify": "verify('[]')",
}


# What every answer has, whatever was asked.
CARRIED = {
    "found": "boolean",
    "quote": "text",
    "source": "text",
    "starts": "integer",
    "archived_url": "text",
    "as_of": "timestamp with time zone",
    "index_asked_at": "timestamp with time zone",
    "not_held": "text[]",
}


async def test_every_question_is_here_and_carries_what_answers_carry(
    connection: asyncpg.Connection,
) -> None:
    known = await connection.fetch(
        "SELECT proname, proargnames, proallargtypes::regtype[]::text[] AS types FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND 'not_held' = ANY (proargnames)"
    )
    assert {row["proname"] for row in known} == ASKED.keys()
    for row in known:
        columns = dict(zip(row["proargnames"], row["types"], strict=True))
        # The words of verify() are those of the text that is asked about.
        carried = CARRIED.items() - ({("source", "text")} if row["proname"] == "verify" else set())
        assert carried <= columns.items(), row["proname"]


# The texts of a capture, by the address at which it can be cited.
TEXTS = """
    SELECT archived_url(c.archive, c."timestamp", c.url) AS link, r.body_text, r.title, r.notice->'meta' AS meta
    FROM ingest.reading AS r JOIN ingest.capture AS c USING (capture_id)
"""


async def assert_rows_rest_on_what_is_held(connection: asyncpg.Connection, question: str) -> int:
    """Each row has words, and they stand where it says, in the capture that it links to; returns how many."""
    texts = {row["link"]: row for row in await connection.fetch(TEXTS)}
    rows = await connection.fetch(f"SELECT * FROM {question}")  # noqa: S608
    for row in rows:
        assert row["found"], question
        assert row["not_held"], question
        assert row["quote"], row
        links = [row["archived_url"], row.get("by_archived_url")]
        if row["source"] == "law":
            # How long deposits run at most stands on no page.
            assert row["quote"].startswith("反倾销条例")
        elif row["source"] == "attachment":
            # In the file that it links to, and not on the page.
            file = await connection.fetchval(
                "SELECT text FROM attachments WHERE notice_key = $1 AND archived_url = $2",
                row["notice_key"],
                row["archived_url"],
            )
            assert row["quote"] in file, row
        elif row["source"] == "meta":
            assert any(row["quote"] in texts[link]["meta"] for link in links if link), row
        else:
            words = row["quote"]
            if question.startswith("search("):
                marked = re.search("«(.+?)»", words)
                words = marked[1] if marked else words.strip("…")[:10]
            found = [texts[link][row["source"]] for link in links if link]
            at = row["starts"]
            assert any(text[at : at + len(words)] == words for text in found), row
        assert re.match(r"https://web\.archive\.org/web/\d{14}/https?://", row["archived_url"]), row
    return len(rows)


@pytest.mark.parametrize("question", [name for name in ASKED if name != "verify"])
async def test_each_row_rests_on_something(bundled: asyncpg.Connection, question: str) -> None:
    assert await assert_rows_rest_on_what_is_held(bundled, ASKED[question])


async def test_whatever_is_asked_of_every_notice_code_and_name_rests_on_something(
    bundled: asyncpg.Connection,
) -> None:
    """The whole of what is held, and not the examples alone."""

    async def each(sql: str) -> list[str]:
        return [row[0].replace("'", "''") for row in await bundled.fetch(sql)]

    keys = await each("SELECT notice_key FROM pages")
    codes = await each(
        "SELECT left(hs_code, 6) FROM regulated_items WHERE hs_code IS NOT NULL"
        " UNION SELECT left(c, 6) FROM duty_rates, unnest(hs_codes) AS c"
    )
    names = await each("SELECT coalesce(name_latin, name_zh) FROM listed_entities")
    asked = [f"{name}('{key}')" for key in keys for name in ("in_force", "notice")]
    asked += [f"applies(hs => '{code}', country => 'US')" for code in codes]
    asked += [f"screen('{name}')" for name in names]
    asked += ["calendar('2015-01-01', '2027-01-01')", "completeness()", "duties()", "listed()"]
    assert [await assert_rows_rest_on_what_is_held(bundled, one) for one in asked]


async def test_an_empty_database_has_no_answer_and_says_so(connection: asyncpg.Connection) -> None:
    """Nothing found is never nothing said, also before the first notice came in."""
    for question in NOTHING:
        if question in ("cites", "diff"):
            continue
        (row,) = await connection.fetch(f"SELECT * FROM {NOTHING[question]}")  # noqa: S608
        assert (row["found"], row["as_of"]) == (False, None)
        assert row["not_held"], question


async def test_an_analyst_may_ask(bundled: asyncpg.Connection, database_url: str) -> None:
    analyst = await asyncpg.connect(as_role(database_url, "analyst"))
    # With all that is usual, which is worked out with the rights of who asks.
    for question in [*ASKED.values(), "calendar()", "changes()", "completeness()", "listed()"]:
        assert await analyst.fetch(f"SELECT * FROM {question}"), question  # noqa: S608
    await analyst.close()


@pytest.mark.parametrize("question", ASKED)
async def test_the_time_zone_of_a_session_changes_no_answer(
    bundled: asyncpg.Connection, question: str
) -> None:
    """Days are China's, and so are the times in the texts of a chain, whoever asks from where."""
    answers = []
    for zone in ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"):
        await bundled.execute(f"SET timezone = '{zone}'")
        answers.append(await bundled.fetch(f"SELECT * FROM {ASKED[question]}"))  # noqa: S608
    assert answers[0] == answers[1] == answers[2]
    for step in json.loads(answers[0][0].get("chain", "[]")):
        assert step["since"].endswith("T00:00:00+08:00")


@pytest.mark.parametrize(
    ("title", "unread"),
    [
        ("公布不可靠实体清单的公告", {"applies", "listed", "screen"}),
        ("公布两用物项目录的公告", {"applies"}),
        ("公布中标结果的公告", set()),
    ],
)
async def test_an_attachment_that_may_hold_the_answer_is_named(
    write: Write, connection: asyncpg.Connection, title: str, unread: set[str]
) -> None:
    attached = {"name": "附件.pdf", "url": "http://www.mofcom.gov.cn/a.pdf"}
    await write(
        [read(notice(document_number="商务部公告2025年第9号", title=title, attachments=[attached]))]
    )
    found = set()
    for name in ("applies", "listed", "screen"):
        row = await connection.fetchrow(f"SELECT * FROM {NOTHING[name]}")  # noqa: S608
        if "商务部公告2025年第9号: attachment 附件.pdf is not read" in row["not_held"]:
            found.add(name)
    assert found == unread


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
    "typed",
    [
        "商务部2025-61",
        "商务部公告2025年第61号",
        "商务部公告[2025]第61号",
        "中华人民共和国商务部公告2025年第61号",
        "MOFCOM Announcement No. 61 of 2025",
        "Announcement No. 61 of 2025 of the Ministry of Commerce",
        "MOFCOM Announcement [2025] No. 61",
        "announcement 61/2025",
        "Announcement 2025 No.61 (MOFCOM)",
    ],
)
async def test_a_notice_is_named_as_it_is_printed(bundled: asyncpg.Connection, typed: str) -> None:
    row = await bundled.fetchrow("SELECT * FROM in_force($1, '2025-12-01 00:00+08')", typed)
    assert (row["notice_key"], row["status"]) == ("商务部2025-61", "suspended")
    assert row["quote"] == "经批准，自即日起至2026年11月10日，暂停实施下列公告："
    assert row["until"] == datetime(2026, 11, 11, tzinfo=CHINA)


async def test_a_body_goes_by_all_of_its_names(
    write: Write, connection: asyncpg.Connection
) -> None:
    tariffs = notice(document_number="税委会公告2025年第4号", issued_on=date(2025, 4, 4))
    order = notice(document_number="商务部令2026年第5号", issued_on=date(2026, 3, 2))
    await write([read(tariffs), read(order)])
    for typed, key in (
        ("税委会公告2025年第4号", "税委会2025-4"),
        ("国务院关税税则委员会公告2025年第4号", "税委会2025-4"),
        (
            "Announcement No. 4 of 2025 of the Customs Tariff Commission of the State Council",
            "税委会2025-4",
        ),
        ("MOFCOM Order No. 5 of 2026", "商务部令2026-5"),
        ("Decree No. 5 of the Ministry of Commerce", "商务部令2026-5"),
    ):
        (row,) = await connection.fetch("SELECT * FROM in_force($1)", typed)
        assert row["notice_key"] == key, typed
        found = await connection.fetch("SELECT * FROM search($1)", typed)
        assert (found[0]["notice_key"], found[0]["found_in"]) == (key, "number"), typed
    for typed in ("Announcement No. 4 of 2024 of MOFCOM", "Announcement of 2025", "Notice 4"):
        with pytest.raises(asyncpg.NoDataFoundError):
            await connection.fetch("SELECT * FROM notice($1)", typed)


@pytest.mark.parametrize(
    "typed",
    [
        "公告2025年第70号",
        "2025年第70号公告",
        "〔2025〕70号",
        "海关总署公告2025年第70号",
        "海关总署2025年第70号公告",
        "GACC Announcement No. 70 of 2025",
    ],
)
async def test_a_number_without_its_first_issuer(bundled: asyncpg.Connection, typed: str) -> None:
    for question in ("notice", "in_force", "cites"):
        rows = await bundled.fetch(f"SELECT * FROM {question}($1)", typed)  # noqa: S608
        if question != "cites":
            assert [row["notice_key"] for row in rows] == ["商务部2025-70"]
        assert any(f"no notice is numbered '{typed}'" in line for line in rows[0]["not_held"])
    with pytest.raises(asyncpg.NoDataFoundError):
        await bundled.fetch("SELECT * FROM notice('财政部公告2025年第70号')")
    (row,) = await bundled.fetch("SELECT * FROM notice('商务部公告2025年第70号')")
    assert not any("is numbered" in line for line in row["not_held"])


async def test_gaps_are_those_of_bodies_that_the_lexicon_has(
    connection: asyncpg.Connection,
) -> None:
    """By another name of a body no number would ever be held."""
    sources = await connection.fetch(
        "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~ 'ingest.gaps'"
    )
    named = {
        body
        for row in sources
        for bodies in re.findall(r"ingest\.gaps\(ARRAY\[([^]]*)\]", row["prosrc"])
        for body in re.findall("'([^']+)'", bodies)
    }
    known = await connection.fetch("SELECT zh FROM ingest.word WHERE class = 'body'")
    assert len(named) > 3
    assert named <= {row["zh"] for row in known}


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
        (
            ASKED["verify"].rpartition(", ")[0] + ")",
            ASKED["verify"].rpartition(", ")[0] + ", NULL)",
        ),
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


async def test_citations_go_both_ways(bundled: asyncpg.Connection) -> None:
    rows = await bundled.fetch("SELECT * FROM cites('商务部2024-46')")
    assert ("cited by", "商务部2025-72", "suspends") in {
        (row["direction"], row["notice_key"], row["relation"]) for row in rows
    }
    assert {row["relation"] for row in rows if row["direction"] == "cites"} == {"basis"}
    # A citation is one row, though its number and its title are words of their own.
    by = [row["notice_key"] for row in rows if row["direction"] == "cited by"]
    assert by == ["商务部2025-72"]


async def test_a_document_that_is_cited_and_not_held_has_no_key(
    write: Write, connection: asyncpg.Connection
) -> None:
    law, number = "中华人民共和国出口管制法", "商务部公告2020年第1号"
    cited = [
        {"title": law, "relation": "basis"},
        {"document_number": number, "relation": "repeals"},
    ]
    await write([read(notice(document_number="商务部公告2025年第9号", citations=cited))])
    rows = await connection.fetch("SELECT * FROM cites('商务部2025-9')")
    assert [(row["notice_key"], row["document_number"], row["title"]) for row in rows] == [
        (None, None, law),
        (None, number, None),
    ]


@pytest.mark.parametrize(
    ("asked", "series"),
    [
        ("", {"商务部2025", "商务部2024", "海关总署2025", "主席令第13届"}),
        ("'商务部'", {"商务部2025", "商务部2024"}),
        ("'商务部', 2025", {"商务部2025"}),
        ("year => 2025", {"商务部2025", "海关总署2025"}),
        ("'%'", {None}),
    ],
)
async def test_completeness_of_series(
    write: Write, connection: asyncpg.Connection, asked: str, series: set[str | None]
) -> None:
    cited = [
        {"document_number": f"商务部公告2025年第{n}号", "relation": "mentions"} for n in (3, 9)
    ]
    numbers = [
        "商务部公告2025年第1号", "商务部公告2025年第3号", "商务部公告2024年第2号", "海关总署公告2025年第5号",
        "主席令第58号",
    ]  # fmt: skip
    await write(
        [
            read(
                notice(
                    document_number=number, issued_on=date(2020, 10, 17),
                    citations=cited if "海关" in number else [],
                )
            )
            for number in numbers
        ]
    )  # fmt: skip
    rows = await connection.fetch(f"SELECT * FROM completeness({asked})")  # noqa: S608
    assert {row["series_key"] for row in rows} == series
    for row in rows:
        if row["series_key"] == "商务部2025":
            counts = ("held", "cited", "held_and_cited", "missing_numbers", "by_recapture")
            assert [row[count] for count in counts] == [2, 2, 1, "2, 4-9", 3]
        # Of numbers that do not begin at 1 each year nothing is estimated.
        yearly = row["series_key"] is not None and row["series_key"][-4:].isdigit()
        assert (row["estimated"] is not None) == (row["at_most"] is not None) == yearly


async def test_completeness_has_an_estimate_with_its_bounds(bundled: asyncpg.Connection) -> None:
    (row,) = await bundled.fetch("SELECT * FROM completeness('商务部', 2025)")
    assert (row["held"], row["highest_seen"], row["missing"]) == (11, 72, 61)
    assert row["missing_numbers"].startswith("2-")
    # 11 of 72 were seen, and those that are cited are held.
    assert (row["at_least"], row["estimated"], row["at_most"]) == (72, 78, 95)
    assert row["by_recapture"] == row["held"]
