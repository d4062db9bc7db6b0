"""The watcher's two halves before a real archive and a real Postgres."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from structlog.testing import capture_logs

from deploy.local.archive.captures import Capture
from services.fetcher.archive.listing import Lister
from services.fetcher.store.connection import Store
from services.fetcher.store.listed_captures import ListedCaptures
from services.fetcher.store.listings import Listings
from services.fetcher.store.stored_captures import StoredCaptures
from services.fetcher.watch.discover import Discovery
from services.fetcher.watch.feed import Feeder
from shared.errors import DependencyDown
from shared.events import CaptureRequested
from shared.health import Health
from shared.topics import CAPTURE_BACKLOG, CAPTURE_REQUESTED, Topic
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import BODY, SITE
from testing.fetcher.stage import Stage, staged

WATCH = f'prefixes = ["{SITE}/zcfb/"]'


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y%m%d%H%M%S")


@dataclass
class Watching:
    stage: Stage
    discovery: Discovery
    feeder: Feeder
    stored_captures: StoredCaptures
    publisher: RecordingPublisher

    async def all_listed(self) -> None:
        while await self.discovery.step():
            pass

    async def fed(self) -> None:
        await self.feeder.step(datetime.now(UTC))

    def sent(self, topic: Topic) -> list[CaptureRequested]:
        events = [p.event for p in self.publisher.published if p.topic is topic]
        return [event for event in events if isinstance(event, CaptureRequested)]


@asynccontextmanager
async def watching(stage: Stage, url: str, **changed: object) -> AsyncIterator[Watching]:
    """A fetcher that has just started, on the store at `url`."""
    (stage.folder / "seeds").mkdir(exist_ok=True)
    (stage.folder / "seeds" / "watch.toml").write_text(WATCH)
    settings = stage.settings(cdx_page_rows=3, **changed)
    store, publisher = Store(url), RecordingPublisher()
    captures, listings = ListedCaptures(store), Listings(store)
    async with stage.client() as client:
        lister = Lister(client, settings.cdx_page_rows, settings.cdx_pages, settings.body_bytes)
        yield Watching(
            stage,
            Discovery(settings, lister, listings, Health(60), lambda: True),
            Feeder(settings, captures, publisher, Health(60), lambda: True),
            StoredCaptures(store),
            publisher,
        )
    await store.stop()


async def a_month_passes(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("UPDATE fetcher.listing SET begun_at = begun_at - interval '31 days'")
    await connection.close()


PAST = 10


@pytest.fixture
def captures() -> list[Capture]:
    """Two new ones, ten of the past year, one too old, one elsewhere, and an attachment."""
    past = [Capture(f"{SITE}/zcfb/{n}.html", days_ago(20 + n * 30), BODY) for n in range(PAST)]
    pdf = Capture(
        f"{SITE}/zcfb/a.pdf", days_ago(2), b"%PDF", headers=(("Content-Type", "application/pdf"),)
    )
    return [
        *past,
        pdf,
        Capture(f"{SITE}/zcfb/new.html", days_ago(1), BODY),
        Capture(f"{SITE}/zcfb/old.html", days_ago(900), BODY),
        Capture(f"{SITE}/else/new.html", days_ago(1), BODY),
        Capture(f"{SITE}/zcfb/gone.html", days_ago(1), BODY, status=404),
    ]


async def test_new_captures_go_live_and_the_past_to_the_backlog_newest_first(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        async with watching(stage, database_url) as watch:
            await watch.all_listed()
            await watch.fed()
            live, backlog = watch.sent(CAPTURE_REQUESTED), watch.sent(CAPTURE_BACKLOG)
    assert [(r.url, r.kind, r.backlog) for r in live] == [
        (f"{SITE}/zcfb/new.html", "page", False),
        (f"{SITE}/zcfb/a.pdf", "attachment", False),
    ]
    assert [r.url for r in backlog] == [f"{SITE}/zcfb/{n}.html" for n in range(PAST)]
    assert all(r.backlog and r.listed and r.address_id is None for r in backlog)


async def test_the_backlog_holds_no_more_than_it_may(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        async with watching(stage, database_url, watch_backlog=4) as watch:
            await watch.all_listed()
            await watch.fed()
            await watch.fed()
            first = watch.sent(CAPTURE_BACKLOG)
            assert len(first) == 4
            for request in first[:3]:
                await watch.stored_captures.record_failure(request)
            await watch.fed()
            assert [r.url for r in watch.sent(CAPTURE_BACKLOG)[4:]] == [
                f"{SITE}/zcfb/{n}.html" for n in (4, 5, 6)
            ]


async def test_after_a_restart_nothing_is_asked_again_and_what_is_late_is_found(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        async with watching(stage, database_url) as watch:
            await watch.all_listed()
            await watch.fed()
        asks = len(stage.targets)
        async with watching(stage, database_url) as watch:
            await watch.all_listed()
            await watch.fed()
            assert watch.publisher.published == []
            assert len(stage.targets) == asks
        late = Capture(f"{SITE}/zcfb/late.html", days_ago(100), BODY)
        stage.faults.archive.captures.add(late)
        await a_month_passes(database_url)
        async with watching(stage, database_url) as watch:
            await watch.all_listed()
            await watch.fed()
            assert [r.url for r in watch.sent(CAPTURE_BACKLOG)] == [late.original]
            assert watch.sent(CAPTURE_REQUESTED) == []


async def test_a_listing_continues_in_another_process_where_it_was(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        async with watching(stage, database_url) as watch:
            await watch.discovery.step()
            # The second page of the second question.
            stage.faults.script("429", endpoint="cdx", nth=3)
            with pytest.raises(DependencyDown):
                await watch.discovery.step()
        asks = len(stage.targets)
        async with watching(stage, database_url) as watch:
            await watch.discovery.step()
        assert "resumeKey=" in stage.targets[asks]


async def test_a_failing_index_leaves_a_partial_listing_that_is_repeated_later(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        stage.faults.script("CDX exception after rows", endpoint="cdx", times=2)
        async with watching(stage, database_url) as watch:
            await watch.all_listed()
            await watch.fed()
            connection = await asyncpg.connect(database_url)
            states = await connection.fetch("SELECT state, why FROM archive_queries")
            # What the failed question would have brought came with the current quarter's.
            assert {row["state"] for row in states} == {"partial", "complete"}
            assert sum(row["state"] == "partial" for row in states) == 1
        async with watching(stage, database_url, watch_again_seconds=1e-9) as watch:
            assert await watch.discovery.step()
            assert (
                await connection.fetchval(
                    "SELECT count(*) FROM archive_queries WHERE last_timestamp IS NULL"
                )
                == 2
            )
        await connection.close()


async def test_nothing_new_is_reported_with_the_lag_and_is_no_error(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        async with watching(stage, database_url) as watch:
            with capture_logs() as first:
                await watch.all_listed()
        async with watching(stage, database_url, watch_hours=1e-9) as watch:
            with capture_logs() as second:
                await watch.discovery.step()
                await watch.discovery._log_round()
    said = [entry for entry in first if entry["event"] == "new captures"]
    assert [entry["captures"] for entry in said] == [PAST + 2]
    (entry,) = [entry for entry in second if entry["event"] == "no new captures"]
    assert (entry["log_level"], entry["lag_days"]) == ("info", 1.0)


async def test_users_can_read_what_is_listed_and_waits(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        async with watching(stage, database_url, watch_backlog=4) as watch:
            await watch.all_listed()
            await watch.fed()
        connection = await asyncpg.connect(database_url)
        states = dict(
            await connection.fetch("SELECT state, count(*) FROM archive_captures GROUP BY state")
        )
        assert states == {"requested": 6, "waiting": PAST - 4}
        uncommented = await connection.fetch(
            "SELECT attname FROM pg_attribute "
            "WHERE attrelid IN ('archive_captures'::regclass, 'archive_queries'::regclass) "
            "AND attnum > 0 AND col_description(attrelid, attnum) IS NULL"
        )
        assert uncommented == []
        await connection.close()


async def test_a_wrong_watch_list_is_reported_once_and_watches_nothing(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        async with watching(stage, database_url) as watch:
            (tmp_path / "seeds" / "watch.toml").write_text("prefixes = [1]")
            with capture_logs() as logs:
                assert not await watch.discovery.step()
                assert not await watch.discovery.step()
            assert [entry["log_level"] for entry in logs] == ["error"]
            (tmp_path / "seeds" / "watch.toml").write_text(WATCH)
            assert await watch.discovery.step()


async def test_a_clock_that_was_ahead_stops_no_watch(
    tmp_path: Path, captures: list[Capture], database_url: str
) -> None:
    with staged(tmp_path, *captures) as stage:
        async with watching(stage, database_url) as watch:
            await watch.all_listed()
        asks = len(stage.targets)
        connection = await asyncpg.connect(database_url)
        await connection.execute(
            "UPDATE fetcher.listing SET begun_at = begun_at + INTERVAL '20 years', "
            "ended_at = ended_at + INTERVAL '20 years'"
        )
        await connection.close()
        async with watching(stage, database_url) as watch:
            await watch.all_listed()
            assert len(stage.targets) == 2 * asks
            assert not await watch.discovery.step()
