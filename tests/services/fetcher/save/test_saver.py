"""From a list page to the stored capture, before a double of Save Page Now, on a real Postgres."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from structlog.testing import capture_logs

from deploy.local.archive.app import create_app
from deploy.local.archive.captures import Capture, Captures
from services.fetcher.archive.client import Client
from services.fetcher.archive.given import GivenPlayer
from services.fetcher.archive.listing import Lister
from services.fetcher.archive.playback import Player
from services.fetcher.ask_once import AskOnce
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.save.key import read_keys
from services.fetcher.save.lists import ListReader
from services.fetcher.save.missing import NoteMissing
from services.fetcher.save.saver import Saver
from services.fetcher.store.connection import Store
from services.fetcher.store.endings import Endings
from services.fetcher.store.saves import Saves
from services.fetcher.store.stored_captures import StoredCaptures
from shared.blobs import Blobs
from shared.errors import DependencyDown
from shared.events import CaptureFetched, CaptureRequested, Done
from testing.archive.faults import FaultyArchive
from testing.archive.save_page_now import CAPTURED, KEYS, Reply, Said, SavePageNow
from testing.archive.server import serve
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import BODY, SITE, STAMP, request
from testing.fetcher.stage import Stage
from testing.servers import as_role

LIST = f"{SITE}/zcfb/"
LACKED = f"{SITE}/zcfb/blgg/art/2025/art_lacked.html"
HAD = f"{SITE}/zcfb/blgg/art/2025/art_had.html"
# Behind the time at which the test runs, which is when pages are found missing.
NOW = datetime(2096, 11, 30, 10, 0, tzinfo=UTC)
NAMES = "".join(f'<a href="{url}">公告</a>' for url in (LACKED, HAD))
MINUTE = timedelta(minutes=1)


@dataclass
class Saving:
    """A fetcher that has just started."""

    spn: SavePageNow
    saver: Saver
    lists: ListReader
    fetch: NoteMissing
    publisher: RecordingPublisher
    database_url: str

    async def fetched(self) -> list[CaptureFetched]:
        """Fetch what was requested, as the service does."""
        asked = [p.event for p in self.publisher.published]
        self.publisher.published.clear()
        return [
            publication.event
            for each in asked
            if isinstance(each, CaptureRequested)
            for publication in await self.fetch(each)
            if isinstance(publication.event, CaptureFetched)
        ]

    async def rows(self) -> list[dict[str, Any]]:
        """The view, by URL."""
        connection = await asyncpg.connect(self.database_url)
        rows = await connection.fetch("SELECT * FROM archive_saves ORDER BY url")
        await connection.close()
        return [dict(row) for row in rows]

    async def row(self) -> dict[str, Any]:
        (row,) = await self.rows()
        return row

    @property
    def requested(self) -> list[CaptureRequested]:
        return [e for e in self.publisher.events if isinstance(e, CaptureRequested)]


@pytest.fixture
def spn() -> SavePageNow:
    captures = [Capture(LIST, STAMP, NAMES.encode()), Capture(HAD, STAMP, BODY)]
    return SavePageNow(FaultyArchive(create_app(Captures(captures))))


@pytest.fixture
def url(spn: SavePageNow) -> Iterator[str]:
    with serve(spn) as served:
        yield served


@asynccontextmanager
async def started(
    spn: SavePageNow, url: str, folder: Path, database_url: str, keys: str = KEYS, **changed: Any
) -> AsyncIterator[Saving]:
    """A fetcher that starts on what the database has."""
    (folder / "keys").write_text(keys)
    (folder / "seeds").mkdir(exist_ok=True)
    watch = f'pages = ["{LIST}"]\nprefixes = ["{SITE}/zcfb/blgg/"]\n'
    (folder / "seeds" / "watch.toml").write_text(watch)
    stage = Stage(spn.archive, url, folder)
    fast = {"save_requests_per_second": 1000, "save_key_file": folder / "keys"}
    settings = stage.settings(**(fast | changed))
    store, publisher, blobs = (
        Store(as_role(database_url, "fetcher")),
        RecordingPublisher(),
        Blobs(settings.blob_url),
    )
    client = Client(settings, stage, stage.kept)
    lister = Lister(client, settings.cdx_page_rows, settings.cdx_pages, settings.body_bytes)
    player = GivenPlayer(Player(client, settings.body_bytes), lister, 0)
    saves = Saves(store)
    once = FetchOnce(FetchCapture(player, blobs, settings), StoredCaptures(store), blobs)
    keys_read = read_keys(folder / "keys")
    try:
        yield Saving(
            spn,
            Saver(settings, keys_read, client, saves, publisher, lambda: True),
            ListReader(settings, saves, blobs, publisher, lambda: True),
            NoteMissing(AskOnce(once, Endings(store), blobs), saves),
            publisher,
            database_url,
        )
    finally:
        await client.close()
        await store.stop()


def error(code: str, message: str = "") -> Reply:
    """Save Page Now's answer that a page cannot be captured."""
    return lambda asked: (
        200,
        {"status": "error", "status_ext": f"error:{code}", "message": message},
    )


async def missing(saving: Saving, *urls: str) -> None:
    """Ask for pages that were never archived."""
    for each in urls:
        await saving.fetch(request(each, None))


async def test_what_a_list_names_and_the_archive_lacks_is_captured_and_fetched(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    async with started(spn, url, tmp_path, database_url) as saving:
        await saving.fetch(request(LIST, STAMP))
        with capture_logs() as logs:
            await saving.lists.step()
            await saving.lists.step()
        assert [entry["event"] for entry in logs] == ["list read"]
        assert [(r.url, r.timestamp) for r in saving.requested] == [(LACKED, None), (HAD, None)]
        await saving.fetched()
        assert [(row["url"], row["state"]) for row in await saving.rows()] == [(LACKED, "waiting")]
        # The same list, read anew, names nothing new.
        saving.lists._read.clear()
        await saving.lists.step()
        assert saving.requested == []

        await saving.saver.step(NOW)
        assert (await saving.row())["state"] == "pending"
        await saving.saver.step(NOW + MINUTE)
        assert (await saving.row())["timestamp"] == CAPTURED
        assert saving.requested == []
        await saving.saver.step(NOW + 4 * MINUTE)
        (asked,) = saving.requested
        assert (asked.url, asked.timestamp, asked.kind) == (LACKED, CAPTURED, "page")
        (fetched,) = await saving.fetched()
        assert isinstance(fetched.outcome, Done)
        row = await saving.row()
        assert (row["state"], row["held"], row["puts"]) == ("saved", True, 1)
        await saving.saver.step(NOW + timedelta(days=400))
        assert saving.requested == []
    assert [form["url"] for form in spn.posts] == [[LACKED]]


async def test_of_a_list_the_newest_good_capture_is_read(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    links = f'<a href="{SITE}/zcfb/blgg/art/2018/art_other.html">公告</a>'.encode()
    older, wall = "20180101000000", "20200101000000"
    spn.archive.archive.captures.add(Capture(LIST, older, links))
    spn.archive.archive.captures.add(Capture(LIST, wall, links, status=412))
    async with started(spn, url, tmp_path, database_url) as saving:
        for timestamp in (older, STAMP, wall):
            await saving.fetch(request(LIST, timestamp))
        await saving.lists.step()
        assert [asked.url for asked in saving.requested] == [LACKED, HAD]


async def test_a_file_that_a_notice_links_to_is_asked_for_as_a_file(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    file = f"{SITE}/table/2025/a.pdf"
    async with started(spn, url, tmp_path, database_url) as saving:
        await saving.fetch(request(file, None).model_copy(update={"kind": "attachment"}))
        await saving.fetch(request("http://www.gov.cn/2025/a.pdf", None))
        assert [row["url"] for row in await saving.rows()] == [file]
        for minute in (0, 1, 4):
            await saving.saver.step(NOW + minute * MINUTE)
        assert [(r.url, r.kind) for r in saving.requested] == [(file, "attachment")]


async def test_a_page_is_put_once_in_a_period_over_restarts(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.status = error("no-access", "403")
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, LACKED)
        await saving.saver.step(NOW)
    for days in (0.1, 1, 29):
        async with started(spn, url, tmp_path, database_url) as saving:
            await saving.saver.step(NOW + timedelta(days=days))
            await missing(saving, LACKED)
            row = await saving.row()
            assert (row["state"], row["reason"], row["detail"]) == (
                "failed",
                "error:no-access",
                "403",
            )
    assert len(spn.posts) == 1
    async with started(spn, url, tmp_path, database_url) as saving:
        await saving.saver.step(NOW + timedelta(days=31))
        assert (await saving.row())["puts"] == 2
    assert len(spn.posts) == 2


async def test_what_is_blocked_is_never_put_again(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.submit = error("blocked-url")
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, LACKED)
        for days in (0, 400, -400):
            await saving.saver.step(NOW + timedelta(days=days))
        assert (await saving.row())["due_at"] is None
    assert len(spn.posts) == 1


async def test_a_process_that_ends_between_asking_and_the_answer_asks_the_archive(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.submit = lambda url: (502, "<html>")
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, LACKED)
        await saving.saver.step(NOW)
        # As if it had been killed before it stored that.
        connection = await asyncpg.connect(database_url)
        await connection.execute("UPDATE fetcher.save SET state = 'pending', ended_at = NULL")
        await connection.close()
    async with started(spn, url, tmp_path, database_url) as saving:
        await saving.saver.step(NOW + MINUTE)
        assert (await saving.row())["state"] == "unclear"
        await saving.saver.step(NOW + 4 * MINUTE)
        (asked,) = saving.requested
        assert (asked.url, asked.timestamp) == (LACKED, None)
        spn.archive.archive.captures.add(Capture(LACKED, CAPTURED, BODY))
        await saving.fetched()
        assert (await saving.row())["held"]
    assert len(spn.posts) == 1


async def test_pace_and_days_limit_hold_over_restarts(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    pages = [f"{SITE}/zcfb/blgg/2025/{n}.html" for n in range(9)]
    limits: dict[str, Any] = {"save_per_minute": 4, "save_per_day": 3}
    spn.status = error("not-found")
    async with started(spn, url, tmp_path, database_url, **limits) as saving:
        await missing(saving, *pages)
        for second in range(0, 20, 2):
            await saving.saver.step(NOW + timedelta(seconds=second))
        assert len(spn.posts) == 2
    async with started(spn, url, tmp_path, database_url, **limits) as saving:
        await saving.saver.step(NOW + timedelta(seconds=22))
        assert len(spn.posts) == 2
        for minute in range(1, 60):
            await saving.saver.step(NOW + minute * MINUTE)
        assert len(spn.posts) == 3
        await saving.saver.step(NOW + timedelta(days=1))
        assert len(spn.posts) == 4


async def test_no_more_are_under_way_than_the_account_may_have(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.status = lambda job: (200, {"status": "pending", "job_id": job, "resources": []})
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, *(f"{SITE}/zcfb/blgg/2025/{n}.html" for n in range(9)))
        for minute in range(30):
            await saving.saver.step(NOW + minute * MINUTE)
        assert len(spn.posts) == 4
        spn.user["available"] = 0
        # An hour later they are not known any more; the archive is asked for them.
        for minute in range(61, 100):
            await saving.saver.step(NOW + minute * MINUTE)
        assert [row["state"] for row in await saving.rows()].count("unclear") == 4
        assert len(spn.posts) == 4


@pytest.mark.parametrize(
    ("answer", "minutes", "why"),
    [
        ((200, {"status_ext": "error:user-session-limit", "message": "wait"}), 1, "user-session-limit"),
        ((429, "<h1>429 Too Many Requests</h1>"), 1, "429"),
        # Longer than a pause may be: it ends after 25 hours.
        ((429, "<h1>429 Too Many Requests</h1>", ("retry-after", "99999999")), 1500, "429"),
        ((401, {"message": "log in"}), 60, "refuses the keys"),
        ((200, {"message": "You cannot make more than 30,000 captures per day."}), 841, "per day"),
    ],
)  # fmt: skip
async def test_where_nothing_was_begun_the_page_waits_and_the_pause_is_remembered(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str,
    answer: Said, minutes: int, why: str,
) -> None:  # fmt: skip
    spn.submit = lambda url: answer
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, LACKED)
        await saving.saver.step(NOW)
        row = await saving.row()
        assert (row["state"], row["puts"], row["put_at"]) == ("waiting", 0, None)
    async with started(spn, url, tmp_path, database_url) as saving:
        spn.submit = None
        await saving.saver.step(NOW + (minutes - 0.5) * MINUTE)
        assert len(spn.posts) == 1
        connection = await asyncpg.connect(database_url)
        assert why in await connection.fetchval("SELECT why FROM fetcher.save_pause")
        # A clock that was years ahead when the pause was stored holds nothing.
        if minutes == 60:
            await connection.execute("UPDATE fetcher.save_pause SET until = '2099-01-01'")
        await connection.close()
        await saving.saver.step(NOW + (minutes + 0.5) * MINUTE)
        assert len(spn.posts) == 2


async def test_the_accounts_own_limit_counts(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.user |= {"daily_captures": 40_000, "daily_captures_limit": 40_000}
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, LACKED)
        await saving.saver.step(NOW)
        spn.user["daily_captures"] = 0
        await saving.saver.step(NOW + timedelta(hours=13))
        assert spn.posts == []
        await saving.saver.step(NOW + timedelta(hours=15))
        assert len(spn.posts) == 1


async def test_a_clock_that_was_ahead_keeps_no_page_from_being_put(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.status = error("no-access")
    async with started(spn, url, tmp_path, database_url, save_per_day=1) as saving:
        await missing(saving, LACKED)
        await saving.saver.step(NOW + timedelta(days=3650))
        for minute in range(3):
            await saving.saver.step(NOW + minute * MINUTE)
    assert len(spn.posts) == 2


async def test_a_job_whose_status_is_refused_for_an_hour_is_given_up(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.status = lambda job: (429, "<h1>429 Too Many Requests</h1>")
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, LACKED)
        for minute, state in ((0, "pending"), (30, "pending"), (61, "unclear")):
            await saving.saver.step(NOW + minute * MINUTE)
            assert (await saving.row())["state"] == state
        assert (await saving.row())["detail"] == "429 Too Many Requests"
    assert len(spn.posts) == 1


async def test_a_job_of_a_time_to_come_is_not_waited_for(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.status = lambda job: (200, {"status": "pending", "job_id": job})
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, LACKED)
        await saving.saver.step(NOW + timedelta(days=3650))
        assert (await saving.row())["state"] == "pending"
        # The clock was ahead, and is right now.
        await saving.saver.step(NOW)
    assert [(form["url"], len(spn.posts)) for form in spn.posts] == [([LACKED], 2)] * 2


async def test_while_the_archive_is_closed_nothing_is_put(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    async with started(spn, url, tmp_path, database_url) as saving:
        await missing(saving, LACKED)
        spn.archive.script("429", times=1)
        with pytest.raises(DependencyDown):
            await saving.fetch(request(HAD, STAMP))
        with pytest.raises(DependencyDown):
            await saving.saver.step(NOW)
        assert (await saving.row())["state"] == "waiting"
    assert spn.asked == []


async def test_the_keys_stand_in_no_log(
    spn: SavePageNow, url: str, tmp_path: Path, database_url: str
) -> None:
    spn.submit = lambda url: (401, {"message": "log in"})
    with capture_logs() as logs:
        async with started(spn, url, tmp_path, database_url, keys="wrongkey:wrongsecret") as saving:
            await missing(saving, LACKED)
            await saving.saver.step(NOW)
    assert any("refuses the keys" in str(entry) for entry in logs)
    assert not any("wrong" in str(entry) for entry in logs)
    assert not any("wrong" in target for target in spn.asked)
