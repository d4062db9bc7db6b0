"""`mofcom check` is silent about the bundled archive, and speaks when the site is rebuilt."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import asyncpg
import pytest

from deploy.local.archive.captures import Capture, read_warc
from services.indexer.rows import rows_of
from services.indexer.store import Transaction
from services.parser.parse import parse
from shared.events import Answer, CaptureFetched, CaptureRequested, Done, NoticeParsed, Skipped
from shared.events import Capture as Served
from shared.identity import capture_id, request_id
from shared.reading_quality import Share, fell, worse
from testing.waiting import LIMIT_SECONDS

BUNDLED = Path(__file__).parents[3] / "seeds" / "demo.warc.gz"
AT = datetime(2026, 1, 2, tzinfo=UTC)


def read(capture: Capture) -> NoticeParsed:
    """A capture as the pipeline reads it."""
    url, timestamp = capture.original, capture.timestamp
    notice = parse(capture.body, url, timestamp=timestamp)
    text = notice.page_kind in ("notice", "law", "news", "interview", "interpretation")
    requested = CaptureRequested(
        request_id=request_id(url, timestamp, AT.date()),
        url=url,
        timestamp=timestamp,
        asked_at=AT,
        asked_on=AT.date(),
    )
    served = Served(
        capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=capture.status
    )
    return NoticeParsed(
        fetched=CaptureFetched(
            request=requested,
            answer=Answer.MEMENTO,
            outcome=Done(),
            capture=served,
            fetched_at=AT,
        ),
        parser_version=1,
        outcome=Done() if text else Skipped(reason=notice.page_kind),
        notice=notice,
        parsed_at=AT,
    )


async def swept(database_url: str, captures: list[Capture]) -> None:
    connection = await asyncpg.connect(database_url)
    async with connection.transaction():
        await Transaction(connection).write(
            row for one in captures for event in [read(one)] for row in rows_of(event, event.notice)
        )
    await connection.close()


def mofcom_check(database_url: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "check"],
        env={**os.environ, "MOFCOM_DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )


def bundled() -> list[Capture]:
    return [capture for capture in read_warc(BUNDLED) if capture.row[3:5] == ("text/html", "200")]


def later(captures: list[Capture], timestamp: str, name: bytes) -> list[Capture]:
    """The pages of the years 2021 to 2023 as captured later, with the class of their text renamed."""
    return [
        Capture(one.original, timestamp, one.body.replace(b"art-con", name))
        for one in captures
        if "2021" < one.timestamp < "2024"
    ]


async def test_it_fires_within_one_sweep_of_a_rebuilt_site(database_url: str) -> None:
    pages = bundled()
    await swept(database_url, pages)
    well = mofcom_check(database_url)
    assert (well.returncode, well.stderr) == (0, "")
    assert "unread: " in well.stdout
    assert " of kind verb in " in well.stdout

    await swept(database_url, later(pages, "20251215000000", b"art-con"))
    same = mofcom_check(database_url)
    assert (same.returncode, same.stderr) == (0, ""), "a sweep of the same pages is well"

    await swept(database_url, later(pages, "20260115000000", b"essay"))
    fired = mofcom_check(database_url)
    assert fired.returncode == 1
    assert "read by no layout of the site's 100% of" in fired.stderr, fired.stderr


async def test_an_empty_database_is_wrong(database_url: str) -> None:
    checked = mofcom_check(database_url)
    assert (checked.returncode, checked.stderr) == (1, "no notices: nothing was read\n")


async def test_shares_are_of_what_they_say(database_url: str) -> None:
    await swept(database_url, bundled())
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch(
        "SELECT month, pages, notices, document_number, generic, rejected FROM data_quality "
        "WHERE site_column = 'cn,gov,mofcom)/article/zwgk/gkzcfb' ORDER BY month"
    )
    await connection.close()
    assert [tuple(row) for row in rows] == [
        (date(2023, 1, 1), 1, 1, 1.0, 0.0, 0.0),
        (date(2023, 2, 1), 2, 2, 1.0, 0.0, 0.0),
        (date(2023, 7, 1), 1, 1, 1.0, 0.0, 0.0),
    ]


@pytest.mark.parametrize(
    ("before", "now", "fallen"),
    [
        (Share(95, 100), Share(70, 100), True),
        (Share(95, 100), Share(76, 100), False),
        (Share(5, 10), Share(1, 5), False),
        (Share(10, 10), Share(0, 4), False),
        (Share(4, 4), Share(0, 10), False),
        (Share(10, 10), Share(10, 10), False),
    ],
)
def test_a_fall_is_of_20_points_and_no_chance(before: Share, now: Share, fallen: bool) -> None:
    assert fell(before, now) is fallen


def test_a_field_that_is_no_longer_read_is_named_with_its_column() -> None:
    full = {"title": 1.0, "document_number": 1.0, "issued_on": 1.0, "issuers": 1.0}
    rest = dict.fromkeys(("addressees", "department", "effective_on", "source"), 0.0)
    row = full | rest | {"published_at": 1.0, "body_text": 1.0, "generic": 0.0, "rejected": 0.0}
    months = [
        row | {"site_column": "a", "month": date(2026, month, 1), "pages": 20, "notices": 20}
        for month in range(1, 6)
    ]
    assert worse(months) == []
    assert worse([*months[:-1], months[-1] | {"issuers": 0.7}]) == [
        "a: issuers filled 70% of 20 in 2026-05, 100% of 80 before"
    ]
