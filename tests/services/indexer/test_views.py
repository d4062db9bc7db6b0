"""The views of users and of the command line."""

import json
from datetime import UTC, datetime, timedelta

import asyncpg

from services.indexer.batch import WriteBatch
from services.indexer.intake import take
from shared.blobs import Blobs
from shared.events import Capture, NoticeParsed, RetryAt, Skipped
from shared.identity import capture_id
from shared.topics import CAPTURE_FETCHED
from testing.indexer.events import (
    HTML,
    NOON,
    address,
    batch,
    body,
    dead,
    expanded,
    fetched,
    notice,
    parsed,
    request,
)

URL = "http://www.mofcom.gov.cn/1.shtml"


def captured(timestamp: str, url: str = URL) -> Capture:
    return Capture(capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=200)


async def test_records_has_the_columns_of_the_seed_in_its_order_and_forms(
    write: WriteBatch, blobs: Blobs, connection: asyncpg.Connection
) -> None:
    await blobs.put_body(HTML.encode())
    fetched_event = fetched(request(), body=body())
    await write(take(batch([fetched_event.request, fetched_event, parsed(fetched_event)])), set())
    (record,) = await connection.fetch("SELECT * FROM records")
    assert list(record.items()) == [
        ("html", HTML),
        ("title", "关于公布名单的通知"),
        ("resulting_text", "商办建函〔2022〕318号 各省： 现予以公布"),
        ("input_url", f"20230113054024/{URL}"),
        ("returned_url", f"https://web.archive.org/web/20230111174105/{URL}"),
        ("date", datetime(2023, 1, 13)),  # noqa: DTZ001 - as the seed has it
        ("translated_title", None),
        ("translated_content", None),
        ("english_summary", None),
    ]


async def test_records_has_a_row_for_each_request_with_or_without_a_capture(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    latest = request(timestamp=None)
    waiting = request("http://www.mofcom.gov.cn/2.shtml", "2022")
    file = request("http://www.mofcom.gov.cn/a.pdf", kind="attachment")
    asked = [request(), request(timestamp="20230111174105"), latest, waiting, file]
    await write(take(batch([*asked, fetched(asked[0]), fetched(asked[1]), fetched(latest)])), set())
    rows = await connection.fetch("SELECT input_url, returned_url, date FROM records")
    served = f"https://web.archive.org/web/20230111174105/{URL}"
    assert {tuple(row) for row in rows} == {
        (f"20230113054024/{URL}", served, datetime(2023, 1, 13)),  # noqa: DTZ001
        (f"20230111174105/{URL}", served, datetime(2023, 1, 11)),  # noqa: DTZ001
        (URL, served, datetime(2023, 1, 11)),  # noqa: DTZ001
        ("2022/http://www.mofcom.gov.cn/2.shtml", None, datetime(2022, 1, 1)),  # noqa: DTZ001
    }


async def test_the_newest_capture_with_a_text_is_the_notice(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    def read(timestamp: str) -> NoticeParsed:
        fetched_event = fetched(
            request(timestamp=timestamp), capture=captured(timestamp), body=body()
        )
        return parsed(fetched_event, notice=notice(title=timestamp))

    gone = fetched(request(timestamp="2024"), capture=captured("20240101000000"), body=body())
    events = [
        read("20230101000000"),
        read("20230301000000"),
        read("20230201000000"),
        parsed(gone, outcome=Skipped(reason="redirect"), notice=notice(page_kind="redirect")),
    ]
    await write(take(batch(events)), set())
    (row,) = await connection.fetch("SELECT title, captured_at, issuers FROM notices")
    assert row["title"] == "20230301000000"
    assert row["captured_at"] == datetime(2023, 3, 1, tzinfo=UTC)
    assert row["issuers"] == ["商务部办公厅", "发展改革委办公厅"]


async def test_news_is_a_page_and_no_notice_and_a_law_is_both(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    kinds = ("notice", "law", "news", "interview", "interpretation", "index", "redirect", "error")
    events = []
    for number, kind in enumerate(kinds):
        asked = request(f"http://www.mofcom.gov.cn/{number}.shtml")
        read = notice(page_kind=kind, document_number=f"商务部令2022年第{number}号")
        events.append(parsed(fetched(asked), notice=read))
    await write(take(batch(events)), set())
    pages = {row["page_kind"] for row in await connection.fetch("SELECT page_kind FROM pages")}
    notices = {row["page_kind"] for row in await connection.fetch("SELECT page_kind FROM notices")}
    assert pages == {"notice", "law", "news", "interview", "interpretation"}
    assert notices == {"notice", "law"}


async def test_a_better_parser_replaces_its_reading_and_takes_back_a_notice(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    fetched_event = fetched(request())
    await write(take(batch([parsed(fetched_event)])), set())
    better = parsed(
        fetched_event, 2, outcome=Skipped(reason="index"), notice=notice(page_kind="index")
    )
    await write(take(batch([better, parsed(fetched_event)])), set())
    assert await connection.fetch("SELECT 1 FROM notices") == []
    assert await connection.fetchval("SELECT reason FROM requests") == "index"


async def test_what_is_open_and_how_far_was_read(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    ended = fetched(request("http://www.mofcom.gov.cn/0"))
    due = RetryAt(at=NOON + timedelta(days=9999), reason="outage")
    events = [
        address(),
        expanded(address("b"), 2),
        request(),
        fetched(request("http://www.mofcom.gov.cn/2"), capture=None, outcome=due),
        ended,
        dead(CAPTURE_FETCHED, request_id="r"),
    ]
    await write(take(batch(events)), set())
    (row,) = await connection.fetch("SELECT * FROM pipeline_open")
    assert (row["addresses"], row["requests"]) == (1, 2)
    assert json.loads(row["next_offsets"]) == {
        "address.requested/0": 1,
        "address.expanded/0": 1,
        "capture.requested/0": 1,
        "capture.fetched/0": 2,
        "dead-letter/0": 1,
    }
    status = await connection.fetch("SELECT kind, state, rows FROM pipeline_status")
    assert {tuple(one) for one in status} == {
        ("address", "waiting", 1),
        ("address", "done", 1),
        ("request", "waiting", 1),
        ("request", "retry", 1),
        ("request", "done", 1),
        ("request", "dead", 1),
    }


async def test_addresses_and_dead_letters_say_what_they_are_about(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    asked = request()
    letter = dead(CAPTURE_FETCHED, request_id=asked.request_id, record_value="eyJhIjoi5Lit5paHIn0=")
    await write(take(batch([address(), expanded(address(), 3), asked, letter])), set())
    row = await connection.fetchrow(
        "SELECT url, reason, convert_from(record_value, 'UTF8') AS value FROM dead_letters"
    )
    assert tuple(row) == (URL, "unexpected error", '{"a":"中文"}')
    row = await connection.fetchrow("SELECT address, state, requests FROM addresses")
    assert tuple(row) == (address().address, "done", 3)


async def test_every_column_of_every_view_says_what_it_means(
    connection: asyncpg.Connection,
) -> None:
    silent = await connection.fetch(
        """
        SELECT c.relname, a.attname
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
            AND coalesce(col_description(c.oid, a.attnum), '') = ''
        """
    )
    assert silent == []
    assert await connection.fetchval("SELECT count(*) FROM pg_views WHERE schemaname='public'") >= 9
