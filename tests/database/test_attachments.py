"""What attachments contain becomes rows, in either order of arrival, and says what it lacks."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from services.indexer.lists_requests import requests_of
from services.parser.attachments.read import read_attachment
from services.parser.parse import PARSER_VERSION, parse
from shared.attachment import AttachmentContent
from shared.events import Event, ListsRequested
from testing.attachments import FILES
from testing.indexer.events import lists_read, parsed
from testing.markup import page_2018, paragraphs
from tests.database.attached import Parser, captured, read_file
from tests.database.conftest import Write
from tests.services.parser.attachments.authoring.content import ENTITIES, ITEMS
from tests.services.parser.attachments.authoring.wordprocessing import zipped

SITE = "http://www.mofcom.gov.cn/article/b/c"
LIST, ITEM_LIST = f"{SITE}/table/entities.doc", f"{SITE}/table/items.pdf"
LATER = "20250601000000"


def file(name: str) -> bytes:
    return next(one for one in FILES if one.name == name).read_bytes()


def page(number: int, title: str, lines: Sequence[str], link: str) -> tuple[str, bytes]:
    url = f"{SITE}/202504/2025040000000{number}.shtml"
    text = f'{paragraphs(lines)}<p>附件：<a href="{link}">附件1</a></p>'
    return url, page_2018(title, text, url=url, time="2025-04-09 09:22:41")


CONTROL = page(
    1,
    "商务部 海关总署公告2025年第10号 公布对镓相关物项实施出口管制的决定",
    [
        "根据《中华人民共和国出口管制法》等法律法规有关规定，经国务院批准，决定对附件1所列物项实施出口管制。",
        "本公告自公布之日起正式实施。",
        "商务部 海关总署",
        "2025年2月4日",
    ],
    ITEM_LIST,
)
LISTING = page(
    2,
    "商务部公告2025年第21号 公布将15家美国实体列入出口管制管控名单",
    [
        "根据《中华人民共和国出口管制法》等有关规定，为维护国家安全和利益，决定将附件所列15家美国实体列入出口管制管控名单。",
        "本公告自公布之日起实施。",
        "商务部",
        "2025年4月9日",
    ],
    LIST,
)


BODIES = [body for _, body in (CONTROL, LISTING)]


def read_page(of: tuple[str, bytes], timestamp: str = "20250410000000") -> Event:
    return parsed(captured(*of, "page", timestamp), PARSER_VERSION, notice=parse(of[1], of[0]))


@pytest.mark.parametrize("file_first", [False, True])
async def test_a_list_in_a_file_becomes_rows_in_either_order(
    connection: asyncpg.Connection, write: Write, *, file_first: bool
) -> None:
    data, items = file("entities.doc"), file("items-by-reportlab.pdf")
    pages = [read_page(LISTING), read_page(CONTROL)]
    files = [read_file(LIST, data), read_file(ITEM_LIST, items)]
    parser = Parser(connection, [data, items, *BODIES])
    for events in (files, pages) if file_first else (pages, files):
        await write(events)
        # Neither alone is enough.
        assert await connection.fetch("SELECT FROM regulated_items") == []
        if events is not (pages if file_first else files):
            assert await parser.answer() == 0
    assert await parser.answer() == 2
    assert await parser.answer() == 0

    entities = await connection.fetch("SELECT * FROM listed_entities_current ORDER BY name_zh")
    assert {row["name_zh"] for row in entities} == {row[1] for row in ENTITIES[1:]}
    assert {(row["list"], row["status"]) for row in entities} == {("出口管制管控名单", "listed")}
    listed = await connection.fetch("SELECT * FROM listed_entities ORDER BY position")
    assert {row["attachment"] for row in listed} == {LIST}
    assert [row["attachment_row"] for row in listed] == list(range(2, len(ENTITIES) + 1))

    goods = await connection.fetch(
        "SELECT DISTINCT ON (position) * FROM regulated_items ORDER BY position"
    )
    assert [row["name"] for row in goods] == [row[1] for row in ITEMS[1:]]
    assert {row["attachment"] for row in goods} == {ITEM_LIST}
    assert goods[0]["attachment_page"] == 1
    (cells,) = await connection.fetch(
        'SELECT cells FROM attachment_rows WHERE attachment = $1 AND block = $2 AND "row" = $3',
        ITEM_LIST,
        goods[0]["attachment_block"],
        goods[0]["attachment_row"],
    )
    assert goods[0]["name"] in cells["cells"]
    (quote,) = await connection.fetch(
        "SELECT * FROM evidence WHERE notice_key = '商务部2025-10' AND field = 'regulated_items[0].name'"
    )
    assert (quote["quote"], quote["value"]) == (goods[0]["name"], goods[0]["name"])
    assert (quote["source"], quote["attachment"], quote["page"]) == ("attachment", ITEM_LIST, 1)
    doubts = await connection.fetch("SELECT attachment_doubts, warnings FROM notices")
    assert all(row["attachment_doubts"] == [] for row in doubts)
    assert not [one for row in doubts for one in row["warnings"] if "were found" in one]


async def test_the_final_rows_are_those_of_any_order(
    connection: asyncpg.Connection, write: Write
) -> None:
    """Read anew by a later parser, and replayed, nothing changes but versions."""
    data = file("entities.doc")
    events = [read_page(LISTING), read_file(LIST, data)]
    parser = Parser(connection, [data, *BODIES])
    await write(events)
    await parser.answer()
    logged = await connection.fetchval("SELECT count(*) FROM changes")
    await write(reversed(events))
    assert await parser.answer() == 0
    again = read_file(LIST, data)
    await write([again.model_copy(update={"parser_version": PARSER_VERSION + 1})])
    assert await parser.answer() == 0
    assert await connection.fetchval("SELECT count(*) FROM changes") == logged


@pytest.mark.parametrize(
    ("data", "state", "why"),
    [
        (b"Rar!\x1a\x07\x00", "unread kind", "is not read: unread kind: no reader for rar"),
        (b"PK\x03\x04", "damaged", "is not read: damaged"),
        (zipped({"1.rar": b"Rar!\x1a\x07\x00"}), "read", "is doubtful: 1.rar is not read"),
        (
            zipped({"2.zip": zipped({"1.rar": b"Rar!\x1a\x07\x00"})}),
            "read",
            "is doubtful: 2.zip: 1.rar is not read",
        ),
        (None, "not asked", "is not read"),
    ],
)
async def test_a_notice_says_what_of_its_attachments_is_missing(
    connection: asyncpg.Connection, write: Write, data: bytes | None, state: str, why: str
) -> None:
    await write([read_page(LISTING), *([read_file(LIST, data)] if data else [])])
    await Parser(connection, [*([data] if data else []), *BODIES]).answer()
    (row,) = await connection.fetch("SELECT state FROM attachments")
    assert row["state"] == state
    (notice,) = await connection.fetch("SELECT * FROM notices")
    (doubt,) = notice["attachment_doubts"]
    assert doubt.startswith(f"attachment 附件1 {why}")
    for question in (
        "notice('商务部公告2025年第21号')",
        "listed('出口管制管控名单')",
        "screen('甲公司')",
    ):
        answers = await connection.fetch(f"SELECT not_held FROM {question}")  # noqa: S608
        assert any(doubt in one for answer in answers for one in answer["not_held"]), question
    quality = await connection.fetchval("SELECT unread_attachments FROM data_quality")
    assert quality == 1


async def test_a_file_that_changes_is_a_version_and_a_change_of_its_notice(
    connection: asyncpg.Connection, write: Write
) -> None:
    first, second = file("entities.docx"), file("entities.doc")
    parser = Parser(connection, [first, second, *BODIES])
    await write([read_page(LISTING), read_file(LIST, first)])
    await parser.answer()
    last = await connection.fetchval("SELECT max(sequence) FROM changes")
    await write([read_file(LIST, second, LATER)])
    # Until it is read with the new file, what was read with the old one stands, and is doubted.
    assert await connection.fetchval("SELECT count(*) FROM listed_entities") == 15
    (doubts,) = await connection.fetch("SELECT attachment_doubts FROM notices")
    assert doubts["attachment_doubts"] == ["what it lists in its attachments is not read yet"]
    await parser.answer()
    changes = await connection.fetch("SELECT * FROM changes WHERE sequence > $1", last)
    assert {row["notice_key"] for row in changes} == {"商务部2025-21"}
    assert "attachments" in {field for row in changes for field in row["fields"]}
    versions = await connection.fetch("SELECT * FROM attachment_versions ORDER BY version")
    assert [(row["version"], row["kind"]) for row in versions] == [(1, "docx"), (2, "doc")]
    (row,) = await connection.fetch("SELECT * FROM attachments")
    assert (row["versions"], row["kind"]) == (2, "doc")
    # An error page in place of the file is none.
    gone = b"<html><body><p>404</p></body></html>"
    await write([read_file(LIST, gone, "20260601000000")])
    assert await connection.fetchval("SELECT kind FROM attachments") == "doc"


async def test_a_list_that_can_not_be_read_any_more_goes(
    connection: asyncpg.Connection, write: Write
) -> None:
    data = file("entities.doc")
    parser = Parser(connection, [data, *BODIES])
    await write([read_page(LISTING), read_file(LIST, data)])
    await parser.answer()
    await write([read_file(LIST, b"Rar!\x1a\x07\x00", LATER)])
    assert await parser.answer() == 0
    assert await connection.fetchval("SELECT count(*) FROM listed_entities") == 0
    assert await connection.fetchval("SELECT cardinality(attachment_doubts) FROM notices") == 1


async def test_the_same_file_at_two_addresses(connection: asyncpg.Connection, write: Write) -> None:
    """The reading of the second is no news of the file, but of the notice that links to it."""
    data = file("entities.doc")
    other = page(3, "商务部公告2025年第22号 公布将15家美国实体列入出口管制管控名单", [
        "决定将附件所列15家美国实体列入出口管制管控名单。", "商务部", "2025年4月10日",
    ], f"{SITE}/table/copy.doc")  # fmt: skip
    parser = Parser(connection, [data, other[1], *BODIES])
    newer, older = read_file(LIST, data), read_file(f"{SITE}/table/copy.doc", data)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    newer = newer.model_copy(update={"read_at": at})
    older = older.model_copy(update={"read_at": at - timedelta(days=1)})
    await write([read_page(LISTING), read_page(other)])
    for event in (newer, older):
        await write([event])
        assert await parser.answer() == 1
    counts = await connection.fetch(
        "SELECT notice_key, count(*) FROM listed_entities GROUP BY 1 ORDER BY 1"
    )
    assert [tuple(row) for row in counts] == [("商务部2025-21", 15), ("商务部2025-22", 15)]


async def test_search_finds_the_text_of_attachments_with_its_page(
    connection: asyncpg.Connection, write: Write
) -> None:
    data = file("items-by-reportlab.pdf")
    await write([read_page(CONTROL), read_file(ITEM_LIST, data)])
    word = ITEMS[3][1][:3]
    (hit,) = await connection.fetch("SELECT * FROM search_notices($1)", word)
    assert (hit["notice_key"], hit["found_in"]) == ("商务部2025-10", "attachment")
    assert hit["snippet"].startswith("附件1, page 1: ")
    assert f"«{word}»" in hit["snippet"]
    (answer,) = await connection.fetch("SELECT * FROM search($1)", word)
    assert (answer["found_in"], answer["quote"]) == ("attachment", hit["snippet"])
    assert (answer["source"], answer["starts"]) == ("attachment", None)
    assert answer["archived_url"].endswith(f"/{ITEM_LIST}")
    # Words of the notice and of its file together.
    assert await connection.fetch("SELECT FROM search_notices($1)", f"出口管制法 {word}")


async def test_what_takes_too_long_together_is_said(
    connection: asyncpg.Connection, write: Write
) -> None:
    data = file("entities.doc")
    await write([read_page(LISTING), read_file(LIST, data)])
    due = [row["inputs"] for row in await connection.fetch("SELECT inputs FROM ingest.lists_due")]
    rows = await connection.fetch("SELECT * FROM ingest.lists_requests($1)", due)
    (asked,) = (one.event for one in requests_of(rows, datetime.now(UTC)))
    assert isinstance(asked, ListsRequested)
    await write([lists_read(asked, None)])
    assert await connection.fetch("SELECT FROM ingest.lists_due") == []
    (doubts,) = await connection.fetch("SELECT attachment_doubts FROM notices")
    assert doubts["attachment_doubts"] == ["not read together with its attachments: too slow"]


async def test_tables_of_an_archives_files_are_rows(
    connection: asyncpg.Connection, write: Write
) -> None:
    data = zipped({"附件/名单.docx": file("entities.docx")})
    await write([read_page(LISTING), read_file(LIST, data)])
    rows = await connection.fetch("SELECT * FROM attachment_rows ORDER BY block, row")
    assert [row["cells"] for row in rows] == ENTITIES
    assert {row["attachment"] for row in rows} == {f"{LIST}#附件/名单.docx"}
    text = await connection.fetchval("SELECT text FROM attachments")
    assert "\t".join(ENTITIES[1]) in text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM attachments WHERE notice_key = '商务部2025-21'",
        "SELECT * FROM attachment_rows WHERE notice_key = '商务部2025-21'",
        "SELECT unread_attachments, attachment_doubts FROM notices WHERE notice_key = '商务部2025-21'",
        "SELECT * FROM ingest.files_at(ARRAY['cn,gov,mofcom)/1.doc'])",
        "SELECT unread_attachments FROM data_quality",
    ],
)
async def test_files_are_looked_up_by_their_address(
    connection: asyncpg.Connection, query: str
) -> None:
    """Not by reading all captures once for each attachment."""
    await connection.execute(
        "SET enable_seqscan = off; SET enable_bitmapscan = off; LOAD 'auto_explain'"
    )
    logged: list[str] = []
    connection.add_log_listener(lambda _, message: logged.append(message.message))
    await connection.execute(
        "SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; "
        "SET client_min_messages = log"
    )
    await connection.fetch(query)
    plans = "\n".join(logged)
    looks = plans.split("on capture c")
    assert len(looks) > 1
    assert any("Index Cond: (url_key = " in look[:200] for look in looks[1:]), plans
    assert "Sort Key: c.url_key" not in plans


def recognised(data: bytes) -> AttachmentContent:
    """A file as if the first item of its table had been recognised in a picture."""
    content = read_attachment(data)
    (table,) = content.tables
    first = tuple(cell.model_copy(update={"confidence": 0.84}) for cell in table.rows[1])
    rows = (table.rows[0], first, *table.rows[2:])
    blocks = (content.blocks[0], table.model_copy(update={"rows": rows}))
    return content.model_copy(update={"blocks": blocks, "warnings": ("a picture",)})


async def test_what_is_recognised_in_a_picture_counts_for_nothing(
    connection: asyncpg.Connection, write: Write
) -> None:
    data = file("items-by-reportlab.pdf")
    await write([read_page(CONTROL), read_file(ITEM_LIST, data, content=recognised(data))])
    assert await Parser(connection, [data, *BODIES], recognised).answer() == 1

    goods = await connection.fetch("SELECT DISTINCT position, name FROM regulated_items")
    assert {row["name"] for row in goods} == {row[1] for row in ITEMS[2:]}
    assert min(row["position"] for row in goods) == 2
    (apart,) = await connection.fetch("SELECT * FROM recognised_values")
    assert (apart["notice_key"], apart["field"], apart["position"]) == (
        "商务部2025-10",
        "regulated_items",
        1,
    )
    assert apart["confidence"] == 0.84
    assert json.loads(apart["value"])["name"] == ITEMS[1][1]
    (notice,) = await connection.fetch("SELECT attachment_doubts FROM notices")
    assert any("is doubtful: a picture" in doubt for doubt in notice["attachment_doubts"])
