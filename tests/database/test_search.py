"""search_notices(): Chinese by pairs of characters, English by stems, numbers by any brackets."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import asyncpg
import pytest

from services.indexer import chinese_forms
from shared.events import NoticeBlob, NoticeTranslated
from shared.translation import Translation
from testing.indexer.events import NOON, notice
from tests.database.conftest import Write, read

SIMPLIFIED = "deploy/postgres/functions/simplified.sql"


@pytest.fixture
async def notices(write: Write) -> None:
    await write(
        [
            read(
                notice(
                    document_number="商务部 海关总署公告2025年第57号",
                    title="公布对部分中重稀土相关物项实施出口管制的决定",
                    document_type="公告",
                    issuers=("商务部", "海关总署"),
                    issued_on=date(2025, 10, 9),
                    body_text="一、1C909.a 金属钬。\n二、出口经营者应当申请许可（AEVEX Aerospace）。",
                )
            ),
            read(
                notice(
                    document_number="商办建函〔2022〕318号",
                    title="关于公布内外贸一体化试点地区名单的通知",
                    document_type="通知",
                    issuers=("商务部办公厅",),
                    issued_on=date(2022, 12, 8),
                    body_text="各省：\n根据商建函〔2022〕114号。商 务 部将加强稀土行业管理。",
                )
            ),
            read(
                notice(
                    document_number=None,
                    title="關於鎵的公告",
                    document_type="公告",
                    issuers=("商务部",),
                    issued_on=None,
                    body_text="為加強管理，對稀土實施出口許可證管理。",
                )
            ),
        ]
    )


async def found(
    connection: asyncpg.Connection, query: str, **filters: Any
) -> list[tuple[str | None, str]]:
    named = "".join(f", {name} => ${n}" for n, name in enumerate(filters, start=2))
    rows = await connection.fetch(
        f"SELECT title, found_in FROM search_notices($1{named})",  # noqa: S608 - names from here
        query,
        *filters.values(),
    )
    short = {"公布对": "57", "关于公": "318", "關於鎵": "鎵"}
    return [(short[row["title"][:3]], row["found_in"]) for row in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Titles first, then texts, each newest first and the undated last.
        ("稀土", [("57", "title"), ("318", "text"), ("鎵", "text")]),
        ("中重稀土", [("57", "title")]),
        ("重稀土行业", []),
        # Both forms, in the query and in the text.
        ("出口许可证", [("鎵", "text")]),
        ("出口許可證", [("鎵", "text")]),
        ("關於公布內外貿", [("318", "title")]),
        # One character searches titles.
        ("镓", [("鎵", "title")]),
        ("钬", []),
        # Words anywhere in the notice, in any order.
        ("海关总署 许可", [("57", "text")]),
        ("试点 商务部", [("318", "text")]),
        ("试点 海关总署", []),
        # Numbers with any brackets, whole and in part; joint ones by their first issuer too.
        ("商办建函〔2022〕318号", [("318", "number")]),
        ("商办建函[2022]318号", [("318", "number")]),
        ("商办建函（2022）318号", [("318", "number")]),
        ("商务部公告2025年第57号", [("57", "number")]),
        ("2025年第57号", [("57", "title")]),
        ("(2022)318号", [("318", "title")]),
        ("商建函(2022)114号", [("318", "text")]),
        # Latin words whole or by their beginning, codes, phrases.
        ("aevex", [("57", "text")]),
        ("aev*", [("57", "text")]),
        ("aev", []),
        ('"AEVEX Aerospace"', [("57", "text")]),
        ('"Aerospace AEVEX"', []),
        ("1C909.a", [("57", "text")]),
        ("", []),
        ("，。！", []),
        ("' & | ! ( ) :* \\", []),
    ],
)
@pytest.mark.usefixtures("notices")
async def test_what_a_query_finds(
    connection: asyncpg.Connection, query: str, expected: list[tuple[str, str]]
) -> None:
    assert await found(connection, query) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"issuer": "海关总署"}, ["57"]),
        ({"issuer": "商务部"}, ["57", "鎵"]),
        ({"document_type": "通知"}, ["318"]),
        ({"since": date(2022, 12, 8), "until": date(2025, 10, 9)}, ["318"]),
        ({"since": date(2022, 12, 9)}, ["57"]),
        ({"until": date(2022, 12, 9)}, ["318"]),
        ({"max_rows": 1}, ["57"]),
        ({"issuer": "商务部'"}, []),
    ],
)
@pytest.mark.usefixtures("notices")
async def test_filters(
    connection: asyncpg.Connection, filters: dict[str, Any], expected: list[str]
) -> None:
    hits = [title for title, _ in await found(connection, "稀土", **filters)]
    # The undated one is on no side of a date, and is not hidden by one that bounds the past.
    assert [hit for hit in hits if hit != "鎵" or "issuer" in filters] == expected


@pytest.mark.usefixtures("notices")
async def test_a_snippet_marks_the_words(connection: asyncpg.Connection) -> None:
    sql = "SELECT snippet FROM search_notices($1) LIMIT 1"
    assert "«稀土»相关" in await connection.fetchval(sql, "稀土")
    assert "出口«許可證»管理" in await connection.fetchval(sql, "许可证")
    assert "(«AEVEX» Aerospace)" in await connection.fetchval(sql, "aevex")


async def test_a_text_of_half_a_million_characters_is_found_to_its_last_word(
    write: Write, connection: asyncpg.Connection
) -> None:
    # All pairs of 709 characters: more tokens than a tsvector could hold.
    characters = bytes(range(0xA1, 0xFF))
    common = b"".join(bytes((row, n)) for row in range(0xB0, 0xB8) for n in characters)
    alphabet = common.decode("gb2312")[:709]
    text = "".join(alphabet[n * step % 709] for step in range(1, 709) for n in range(709))
    await write([read(notice(title="长", body_text=text + "末尾之词"))])
    await write([read(notice(document_number="商务部公告2020年第1号", body_text="别的"))])
    rows = await connection.fetch("SELECT notice_key FROM search_notices('末尾之词')")
    assert [row["notice_key"] for row in rows] == ["商办建函2022-318"]
    # A phrase that lies across the border of two passages.
    across = text[3_990:4_010]
    assert len(await connection.fetch("SELECT FROM search_notices($1)", across)) == 1


async def test_words_may_stand_in_different_parts_of_a_notice(
    write: Write, connection: asyncpg.Connection
) -> None:
    filling = "为规范管理，现公告如下。" * 500
    await write(
        [
            read(
                notice(document_number="商务部令2026年第1号", body_text=f"镓锗{filling}AEVEX无人机")
            ),
            read(notice(document_number="商务部令2026年第2号", body_text=f"镓锗{filling}")),
            read(notice(document_number="商务部令2026年第3号", title="镓锗", body_text="无人机")),
            # Nothing but white space is a text, too.
            read(
                notice(document_number="商务部令2026年第4号", title="无人机", body_text=" \n\u3000")
            ),
        ]
    )
    for query, found in (
        ("镓锗 无人机", {1, 3}),
        ("镓锗 aevex", {1}),
        ("无人机 规范管理", {1}),
        ("无人机", {1, 3, 4}),
        ("第1号 无人机", {1}),
    ):
        rows = await connection.fetch("SELECT notice_key FROM search_notices($1)", query)
        assert {row["notice_key"] for row in rows} == {f"商务部令2026-{n}" for n in found}, query


async def test_windows_of_days_miss_nothing(write: Write, connection: asyncpg.Connection) -> None:
    # The newest are dense, the oldest far back, one has no day at all.
    days = [date(2026, 1, 1) - timedelta(days=n * n) for n in range(60)]
    events = [
        read(
            notice(
                document_number=f"商务部令2026年第{n}号",
                title="通知",
                issued_on=day,
                body_text="反倾销" if n % 3 == 0 else "反补贴",
            )
        )
        for n, day in enumerate([*days, None])
    ]
    await write(events)
    await connection.execute("ANALYZE ingest.notice")
    sql = "SELECT issued_on, more FROM search_notices('反倾销', max_rows => $1)"
    expected = [*days[::3], None]
    for most in (1, 2, 5, 19, 20, 21, 50):
        rows = await connection.fetch(sql, most)
        assert [row["issued_on"] for row in rows] == expected[:most]
        assert {row["more"] for row in rows} == {most < len(expected)}


async def test_more_than_a_thousand_hits_set_the_flag_more(
    write: Write, connection: asyncpg.Connection
) -> None:
    def one(number: int) -> Any:
        return read(
            notice(
                document_number=f"商务部公告2020年第{number}号",
                title="通知",
                issued_on=date(2010, 1, 1) + timedelta(days=number),
                body_text="反倾销调查",
            )
        )

    await write([one(number) for number in range(1, 1002)])
    sql = "SELECT issued_on, more, rank FROM search_notices($1, max_rows => $2, ranked => $3)"
    rows = await connection.fetch(sql, "反倾销", 3, False)
    days = [date(2010, 1, 1) + timedelta(days=n) for n in (1001, 1000, 999)]
    assert [(row["issued_on"], row["more"]) for row in rows] == [(day, True) for day in days]
    assert all(row["rank"] > 0 for row in await connection.fetch(sql, "反倾销", 3, True))
    assert len(await connection.fetch(sql, "反倾销", 5000, False)) == 1000
    await connection.execute("DELETE FROM ingest.passage WHERE notice_key = '商务部2020-1'")
    rows = await connection.fetch(sql, "反倾销", 5000, False)
    assert [row["more"] for row in rows] == [False] * 1000


async def test_english_is_searched_by_stems(write: Write, connection: asyncpg.Connection) -> None:
    event = read(notice())
    provenance = {
        "engine": "rules",
        "engine_version": "1",
        "glossary_version": "1",
        "rules_version": 1,
        "translated_at": NOON,
        "state": "done",
    }
    assert event.fetched.capture is not None
    translated = NoticeTranslated(
        capture=event.fetched.capture,
        parser_version=1,
        source=NoticeBlob(sha256="a" * 64, size=1),
        state="done",
        made_by="rules",
        translation=Translation.model_validate(
            {
                "title": {"text": "Notice on pilot areas", **provenance},
                "text": {"text": "Exporters must apply for licences.", **provenance},
                "summary": {"text": "Nine areas were announced.", **provenance},
                "terms": ["rare earths", "artificial graphite"],
            }
        ),
        translated_at=NOON,
    )
    await write([event])
    assert await connection.fetch("SELECT FROM search_notices('licence')") == []
    issuers = "SELECT xmin, issuer FROM ingest.issuer"
    before = await connection.fetch(issuers)
    await write([translated])
    # What is none of the English is not written again.
    assert before
    assert await connection.fetch(issuers) == before
    for query in (
        "licence", "exporter applies", "licen*", '"apply for licences"', "announced",
        # As Americans write it, and with a hyphen.
        "license", "licenses", "artificial-graphite",
        # What it speaks of, though its English does not have it yet.
        "rare earth", '"artificial graphite"',
    ):  # fmt: skip
        rows = await connection.fetch("SELECT found_in FROM search_notices($1)", query)
        assert [row["found_in"] for row in rows] == ["text"], query
    rows = await connection.fetch("SELECT found_in FROM search_notices('pilot area')")
    assert [row["found_in"] for row in rows] == ["title"]
    row = await connection.fetchrow("SELECT * FROM records")
    assert row["translated_title"] == "Notice on pilot areas"
    row = await connection.fetchrow("SELECT translation_state, terms_en FROM notices")
    assert tuple(row) == ("done", ["rare earths", "artificial graphite"])


async def test_the_table_of_simplified_forms_is_opencc_s(
    connection: asyncpg.Connection, pytestconfig: pytest.Config
) -> None:
    assert (pytestconfig.rootpath / SIMPLIFIED).read_text() == chinese_forms.function_file()
    forms = chinese_forms.forms()
    assert len(forms) > 2900
    folded = await connection.fetchval("SELECT ingest.simplified($1)", "".join(forms))
    assert folded == "".join(forms.values())


async def test_an_interview_that_changes_something_is_found_on_its_day(
    write: Write, connection: asyncpg.Connection
) -> None:
    suspends = {
        "document_number": "商务部公告2025年第21号",
        "relation": "suspends",
        "since": datetime(2025, 11, 10, tzinfo=timezone(timedelta(hours=8))),
    }
    mentions = suspends | {"relation": "mentions", "since": None}
    for n, citation in enumerate((suspends, mentions)):
        interview = notice(
            document_number=None,
            issuers=(),
            issued_on=None,
            page_kind="interview",
            title="商务部新闻发言人就调整管控名单措施答记者问",
            # Midnight in China is the day before elsewhere.
            published_at=datetime(2025, 11, 4, 16, 30, tzinfo=UTC),
            body_text="答：继续暂停相关措施1年。",
            citations=[citation],
        )
        await write([read(interview, url=f"http://www.mofcom.gov.cn/{n}.html")])
    await write([read(notice(issued_on=date(2024, 1, 1), title="关于管控名单的公告"))])

    rows = await connection.fetch("SELECT * FROM search_notices('管控名单')")
    assert [(row["page_kind"], row["day"], row["issued_on"]) for row in rows] == [
        ("interview", date(2025, 11, 5), None),
        ("notice", date(2024, 1, 1), date(2024, 1, 1)),
    ]
    for since, until, kinds in (
        ("2025-11-05", "2025-11-06", ["interview"]),
        ("2025-11-06", None, []),
        (None, "2025-11-05", ["notice"]),
    ):
        found = await connection.fetch(
            "SELECT page_kind FROM search_notices('管控名单', since => $1, until => $2)",
            since and date.fromisoformat(since), until and date.fromisoformat(until),
        )  # fmt: skip
        assert [row["page_kind"] for row in found] == kinds, (since, until)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # The texts wait in Chinese: nobody has made English of them.
        ("rare earth", ["57"]),
        ("Rare Earths export controls", ["57"]),
        ("general administration of customs", ["57"]),
        ("GACC rare earths", ["57"]),
        ("rare earth graphite", []),
        ("earth", []),
        ('"rare earth"', []),
        # One character is looked for in titles.
        ("gallium", ["镓"]),
        ("holmium", []),
    ],
)
async def test_english_finds_what_the_glossary_calls_so(
    write: Write, connection: asyncpg.Connection, query: str, found: list[str]
) -> None:
    await write(
        [
            read(
                notice(
                    document_number="商务部 海关总署公告2025年第57号",
                    title="公布对部分中重稀土相关物项实施出口管制的决定",
                    body_text="金属钬出口应当申请许可。海关总署监督。",
                )
            ),
            read(
                notice(
                    document_number="商务部公告2023年第23号",
                    title="关于对镓、锗相关物项实施许可的公告",
                )
            ),
        ]
    )
    rows = await connection.fetch("SELECT title FROM search_notices($1)", query)
    assert ["57" if "稀土" in row["title"] else "镓" for row in rows] == found
