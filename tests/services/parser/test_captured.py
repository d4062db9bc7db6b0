"""Dates later than the capture get a warning."""

from datetime import date, datetime

import pytest

from services.parser.captured import doubt_later_dates
from services.parser.parse import parse
from shared.chinese.dates import BEIJING
from shared.notice import Notice

NOTICE = Notice(
    page_kind="notice",
    layout="generic",
    layout_confidence=0.5,
    parser_version=1,
    issued_on=date(2018, 6, 8),
    published_at=datetime(2018, 6, 8, 9, 22, tzinfo=BEIJING),
)


@pytest.mark.parametrize(
    ("timestamp", "doubted"),
    [
        ("20180608012159", ["published_at"]),
        ("20180608012201", []),
        # The evening of the 7th in UTC is the 8th in Beijing.
        ("20180607230000", ["published_at"]),
        ("20180607150000", ["issued_on", "published_at"]),
        ("201806", []),
        ("201802", ["issued_on", "published_at"]),
        ("2018", []),
        ("2017", ["issued_on", "published_at"]),
        ("20000800241623", []),
        ("no time", []),
    ],
)
def test_later_than_the_capture(timestamp: str, doubted: list[str]) -> None:
    warnings = doubt_later_dates(NOTICE, timestamp).warnings
    assert [warning.partition(":")[0] for warning in warnings] == doubted


def test_a_capture_that_was_cut_is_doubted() -> None:
    page = b"<html><title>x</title><body><p>text</p></body></html>"
    notice = parse(page, "http://www.mofcom.gov.cn/a.shtml", declared_size=1000)
    assert f"body_text: the capture was cut, {len(page)} of 1000 bytes are there" in notice.warnings
