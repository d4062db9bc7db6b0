from datetime import UTC, date, datetime, timedelta, timezone
from typing import TypeVar

import pytest

from services.indexer.dead_letter_rows import direct_dead_letter
from services.indexer.kafka_positions import offset_row
from services.indexer.rows import rows_of
from services.indexer.tables import CaptureRow, DeadLetterRow, ReadingRow, RequestRow, Row
from shared.events import CaptureRequested, CdxRow, Event, Skipped
from shared.notice import Notice
from shared.topics import CAPTURE_FETCHED
from testing.indexer.events import (
    NOON,
    address,
    body,
    dead,
    expanded,
    fetched,
    message,
    notice,
    parsed,
    request,
)

R = TypeVar("R", bound=Row)


def rows(event: Event, kind: type[R], notice: Notice | None = None) -> list[R]:
    return [row for row in rows_of(event, notice) if isinstance(row, kind)]


@pytest.mark.parametrize(
    ("timestamp", "day"),
    [
        ("20230113054024", date(2023, 1, 13)),
        ("20230113", date(2023, 1, 13)),
        ("2023011", date(2023, 1, 1)),
        ("202311", date(2023, 11, 1)),
        ("20231", date(2023, 1, 1)),
        ("2023", date(2023, 1, 1)),
        ("20231301", None),
        ("2", None),
        (None, None),
    ],
)
def test_the_day_asked_for(timestamp: str | None, day: date | None) -> None:
    (row,) = rows(request(timestamp=timestamp), RequestRow)
    assert row.asked_day == day


def test_every_event_of_a_request_gives_the_same_row_of_it() -> None:
    asked = request(address_id="a")
    retried = asked.model_copy(update={"attempt": 3})
    fetched_event = fetched(retried)
    assert len({*rows(asked, RequestRow), *rows(retried, RequestRow)}) == 1
    assert (
        rows(fetched_event, RequestRow)
        == rows(parsed(fetched_event), RequestRow)
        == rows(asked, RequestRow)
    )
    (row,) = rows(asked, RequestRow)
    assert CaptureRequested.model_validate_json(row.asked) == asked
    assert rows_of(expanded(address(attempt=2)))[0] == rows_of(address())[0]


def test_the_archives_own_key_is_kept_beside_ours() -> None:
    listed = CdxRow(urlkey="cn,gov,mofcom)/x", timestamp="2023", original="http://mofcom.gov.cn/1")
    (row,) = rows(request(listed=listed), RequestRow)
    assert (row.url_key, row.cdx_urlkey) == ("cn,gov,mofcom)/1.shtml", "cn,gov,mofcom)/x")


def test_an_answer_without_a_capture_gives_none() -> None:
    event = fetched(request(), capture=None, outcome=Skipped(reason="never archived"))
    assert rows(event, CaptureRow) == []


def test_a_capture_and_its_bytes() -> None:
    (row,) = rows(fetched(request(), body=body(b"abc")), CaptureRow)
    assert row.captured_at == datetime(2023, 1, 11, 17, 41, 5, tzinfo=UTC)
    assert (row.answer, row.body_size, row.content_type) == ("substitute", 3, "text/html")


def test_a_reading_without_a_notice_says_why() -> None:
    event = parsed(fetched(request()), outcome=Skipped(reason="attachment"), notice=None)
    (row,) = rows(event, ReadingRow)
    assert (row.outcome, row.reason, row.page_kind, row.notice) == (
        "skipped", "attachment", None, None,
    )  # fmt: skip


def test_a_reading_takes_the_notice_that_was_read_from_the_blob_store() -> None:
    event = parsed(fetched(request()), notice=None)
    (row,) = rows(event, ReadingRow, notice=notice(title="大"))
    assert row.title == "大"
    assert row.resulting_text == "商办建函〔2022〕318号 各省： 现予以公布"


def test_a_printed_time_without_a_zone_is_chinas() -> None:
    printed = datetime(2023, 1, 11, 15, 29)  # noqa: DTZ001 - as printed
    zoned = printed.replace(tzinfo=timezone(timedelta(hours=8)))
    for given in (printed, zoned):
        (row,) = rows(parsed(fetched(request())), ReadingRow, notice=notice(published_at=given))
        assert row.published_at == zoned
        assert row.published_at.tzinfo is not None


def test_a_dead_letter_is_kept_whole_and_can_always_be_stored() -> None:
    event = dead(
        CAPTURE_FETCHED, error="a\0b", record_value="AAE=", record_headers=(("n\0", "eA=="),)
    )
    (row,) = rows(event, DeadLetterRow)
    assert row.record_value == b"\0\1"
    assert row.record_key == b"key"
    assert "\0" not in row.error + row.record_headers
    assert "\\u0000" not in row.record_headers


def test_a_dead_letter_whose_record_is_no_base64_is_an_error() -> None:
    with pytest.raises(ValueError, match="base64"):
        rows_of(dead(CAPTURE_FETCHED, record_value="?"))


def test_a_direct_dead_letter_claims_nothing() -> None:
    row = direct_dead_letter(dead(CAPTURE_FETCHED, request_id="r", attempt=3))
    assert (row.request_id, row.attempt) == (None, None)


def test_offsets_name_the_event_before_them() -> None:
    asked = request()
    row = offset_row(message(asked, offset=7), resumed=True)
    assert row == ("capture.requested", 0, 8, asked.id, True)
    assert asked.asked_at == NOON
