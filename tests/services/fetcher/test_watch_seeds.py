"""Watched seeds files: each line is requested exactly once."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from structlog.testing import capture_logs

from services.fetcher.store.connection import Store
from services.fetcher.store.seed_lines import SeedLines
from services.fetcher.watch_seeds import SeedsWatcher
from shared.errors import DependencyDown
from shared.events import AddressRequested
from shared.health import Health
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import SITE
from testing.fetcher.stage import settings
from testing.servers import as_role
from testing.waiting import until


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "fetcher"))
    yield store
    await store.stop()


@asynccontextmanager
async def watching(
    folder: Path,
    store: Store,
    publisher: RecordingPublisher,
    health: Health | None = None,
    active: Callable[[], bool] = lambda: True,
) -> AsyncIterator[None]:
    watcher = SeedsWatcher(settings(folder), store, publisher, health or Health(60), active)
    task = asyncio.create_task(watcher.run())
    try:
        yield
        assert not task.done(), task.result()
    finally:
        task.cancel()
        await asyncio.wait({task})


def asked(publisher: RecordingPublisher) -> list[tuple[str, str]]:
    events = [p.event for p in publisher.published]
    return [(e.address, e.origin) for e in events if isinstance(e, AddressRequested)]


async def test_lines_are_asked_at_the_start_and_when_files_change(
    tmp_path: Path, store: Store, publisher: RecordingPublisher
) -> None:
    seeds = settings(tmp_path).seeds_dir
    (seeds / "a.txt").write_text(f"# mine\n{SITE}/1\n")
    (seeds / "notes.md").write_text(f"{SITE}/no\n")
    async with watching(tmp_path, store, publisher):
        await until(lambda: len(publisher.published) == 1)
        with (seeds / "a.txt").open("a") as file:
            file.write(f"{SITE}/2\n")
        await until(lambda: len(publisher.published) == 2)
        (seeds / "b.txt").write_text(f"{SITE}/1\n{SITE}/3\n")
        await until(lambda: len(publisher.published) == 3)
    assert asked(publisher) == [
        (f"{SITE}/1", "a.txt:2"),
        (f"{SITE}/2", "a.txt:3"),
        (f"{SITE}/3", "b.txt:2"),
    ]


async def test_after_a_restart_nothing_is_asked_again(
    tmp_path: Path, store: Store, publisher: RecordingPublisher
) -> None:
    seeds = settings(tmp_path).seeds_dir
    (seeds / "a.txt").write_text(f"{SITE}/1\n")
    async with watching(tmp_path, store, publisher):
        await until(lambda: len(publisher.published) == 1)
    (seeds / "b.txt").write_text(f"{SITE}/2\n")
    async with watching(tmp_path, store, publisher):
        await until(lambda: len(publisher.published) == 2)
    assert asked(publisher) == [(f"{SITE}/1", "a.txt:1"), (f"{SITE}/2", "b.txt:1")]


async def test_what_kafka_had_not_confirmed_is_published_again_with_its_first_time(
    tmp_path: Path, store: Store, publisher: RecordingPublisher
) -> None:
    seeds = settings(tmp_path).seeds_dir
    (seeds / "a.txt").write_text(f"{SITE}/1\n")
    publisher.refuses = [RuntimeError("killed between writing and publishing")]
    with pytest.raises(RuntimeError):
        await SeedsWatcher(settings(tmp_path), store, publisher, Health(60), lambda: True).run()
    (first,) = await SeedLines(store).unconfirmed(10)
    (seeds / "a.txt").unlink()
    async with watching(tmp_path, store, publisher):
        await until(lambda: len(publisher.published) == 1)
    assert publisher.published[0].event == first
    assert first.asked_at <= datetime.now(UTC)


async def test_a_file_is_read_once_it_is_wholly_written(
    tmp_path: Path,
    store: Store,
    publisher: RecordingPublisher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file, parts = (
        settings(tmp_path).seeds_dir / "a.txt",
        (SITE, "/a", "rticle", f"/1\n{SITE}", "/2"),
    )
    written = count(1)
    changed = SeedsWatcher._changed

    def while_written(self: SeedsWatcher, now: float) -> list[Path]:
        """Each look finds one part more, written just now, until there are no more."""
        if (wrote := next(written)) <= len(parts):
            file.write_text("".join(parts[:wrote]))
            os.utime(file, (now, now))
        return changed(self, now)

    monkeypatch.setattr(SeedsWatcher, "_changed", while_written)
    async with watching(tmp_path, store, publisher):
        await until(lambda: len(publisher.published) == 2)
    assert [address for address, _ in asked(publisher)] == [f"{SITE}/article/1", f"{SITE}/2"]


async def test_refused_lines_are_named_once_and_the_others_are_requested(
    tmp_path: Path, store: Store, publisher: RecordingPublisher
) -> None:
    seeds = settings(tmp_path).seeds_dir
    (seeds / "a.txt").write_bytes(f"{SITE}/1\nhttp://evil.com/\n".encode() + b"\xb9\xab\n")
    with capture_logs() as logs:
        async with watching(tmp_path, store, publisher):
            await until(lambda: len(publisher.published) == 1)
            with (seeds / "a.txt").open("a") as file:
                file.write(f"{SITE}/2\n")
            await until(lambda: len(publisher.published) == 2)
    refused = [(log["at"], log["why"]) for log in logs if "refused" in log["event"]]
    assert [at for at, _ in refused] == ["a.txt:2", "a.txt:3"]
    assert "evil.com" in refused[0][1]


async def test_lists_are_read_in_folders_below_and_in_the_charsets_that_people_save(
    tmp_path: Path, store: Store, publisher: RecordingPublisher
) -> None:
    seeds = settings(tmp_path).seeds_dir
    (seeds / "2023").mkdir()
    (seeds / "2023" / "A.TXT").write_text(f"{SITE}/1\n", encoding="utf-16")
    (seeds / "b.csv").write_text(f"title,url\n公告,{SITE}/2\n", encoding="gb18030")
    async with watching(tmp_path, store, publisher):
        await until(lambda: len(publisher.published) == 2)
    assert asked(publisher) == [(f"{SITE}/1", "2023/A.TXT:1"), (f"{SITE}/2", "b.csv:2")]


async def test_refused_lines_are_a_view_of_the_files_as_they_are(
    tmp_path: Path, store: Store, database_url: str, publisher: RecordingPublisher
) -> None:
    async def refused() -> list[tuple[str, int, str]]:
        connection = await asyncpg.connect(as_role(database_url, "analyst"))
        rows = await connection.fetch(
            "SELECT file, line_number, line FROM refused_seeds ORDER BY file, line_number"
        )
        await connection.close()
        return [tuple(row) for row in rows]

    async def rows_are(count: int) -> bool:
        return len(await refused()) == count

    seeds = settings(tmp_path).seeds_dir
    (seeds / "a.txt").write_text(f"{SITE}/1\nhttp://evil.com/\n{SITE}/*/a\n")
    (seeds / "b.txt").write_text("x" * 300)
    async with watching(tmp_path, store, publisher):
        await until(lambda: rows_are(3))
        assert await refused() == [
            ("a.txt", 2, "http://evil.com/"),
            ("a.txt", 3, f"{SITE}/*/a"),
            ("b.txt", 1, "x" * 200),
        ]
        (seeds / "a.txt").write_text(f"# http://evil.com/\n{SITE}/1\n{SITE}/*/a\n")
        (seeds / "b.txt").unlink()
        await until(lambda: rows_are(1))
        assert await refused() == [("a.txt", 3, f"{SITE}/*/a")]


async def test_it_waits_for_a_dependency_and_says_so(
    tmp_path: Path, store: Store, publisher: RecordingPublisher
) -> None:
    (settings(tmp_path).seeds_dir / "a.txt").write_text(f"{SITE}/1\n")
    publisher.refuses = [DependencyDown("kafka", "away")] * 100_000
    health = Health(60, started=True)
    async with watching(tmp_path, store, publisher, health):
        await until(lambda: health.why_not_ready() == ["kafka: away"])
        publisher.refuses = []
        await until(lambda: len(publisher.published) == 1)
        await until(lambda: health.why_not_ready() == [])


async def test_only_the_fetcher_at_work_asks_and_a_new_one_takes_over(
    tmp_path: Path, store: Store, publisher: RecordingPublisher
) -> None:
    (settings(tmp_path).seeds_dir / "a.txt").write_text(f"{SITE}/1\n")
    works, looks = False, 0

    def active() -> bool:
        nonlocal looks
        looks += 1
        return works

    async with watching(tmp_path, store, publisher, active=active):
        await until(lambda: looks > 3)
        assert publisher.published == []
        works = True
        await until(lambda: len(publisher.published) == 1)


async def test_a_file_of_very_many_lines_holds_nothing_up(
    tmp_path: Path, store: Store, database_url: str, publisher: RecordingPublisher
) -> None:
    seeds = settings(tmp_path).seeds_dir
    lines = [f"{SITE}/{n}.html" if n % 2 else f"http://example.org/{n}" for n in range(40_000)]
    (seeds / "many.txt").write_text("\n".join(lines))
    slowest, last = 0.0, time.process_time()

    async def beat() -> None:
        """The longest that this process worked without coming back to its loop."""
        nonlocal slowest, last
        while True:
            await asyncio.sleep(0)
            now = time.process_time()
            slowest, last = max(slowest, now - last), now

    with capture_logs() as logs:
        async with watching(tmp_path, store, publisher):
            beating = asyncio.create_task(beat())
            await until(lambda: len(publisher.published) == 20_000)
            beating.cancel()
    assert slowest < 0.5
    refused = [entry for entry in logs if entry["event"] == "seeds line refused"]
    assert len(refused) == 100
    (more,) = [entry for entry in logs if entry["event"] == "more seeds lines refused"]
    assert more["lines"] == 9_900
    connection = await asyncpg.connect(as_role(database_url, "analyst"))
    assert await connection.fetchval("SELECT count(*) FROM refused_seeds") == 10_000
    await connection.close()


async def test_what_is_no_file_is_not_waited_for(
    tmp_path: Path, store: Store, publisher: RecordingPublisher
) -> None:
    seeds = settings(tmp_path).seeds_dir
    os.mkfifo(seeds / "pipe.txt")
    (seeds / "device.txt").symlink_to("/dev/zero")
    (seeds / "loop.txt").symlink_to(seeds / "loop.txt")
    (seeds / "gone.txt").symlink_to(seeds / "nowhere")
    (seeds / "up").symlink_to(tmp_path)
    (seeds / "folder.txt").mkdir()
    (seeds / "huge.txt").touch()
    os.truncate(seeds / "huge.txt", 10**12)
    (seeds / "a.txt").write_text(f"{SITE}/1\n")
    with capture_logs() as logs:
        async with watching(tmp_path, store, publisher):
            await until(lambda: len(publisher.published) == 1)
            await until(lambda: any(entry.get("file") == "huge.txt" for entry in logs))
    assert asked(publisher) == [(f"{SITE}/1", "a.txt:1")]
