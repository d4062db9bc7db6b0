"""The lease: which replica may send requests to the archive."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from services.fetcher.archive.gate import Pause
from services.fetcher.lease import Lease
from services.fetcher.store.connection import Store
from services.fetcher.store.leases import Leases
from services.fetcher.store.pauses import Pauses
from shared.errors import DependencyDown
from shared.health import Health
from testing.clock import Clock
from testing.fetcher.stage import Stage
from testing.fetcher.store import give_lease
from testing.servers import as_role
from testing.waiting import turns, until

SECONDS = 3.0


class Ownership:
    """Whether Kafka gives the work, and how often that was asked for."""

    def __init__(self, *, owns: bool) -> None:
        self.owns = owns
        self.looks = 0

    def __call__(self) -> bool:
        self.looks += 1
        return self.owns

    async def looked(self) -> None:
        """Return when a look that began after this call has ended."""
        before = self.looks
        await until(lambda: self.looks > before + 1)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "fetcher"))
    yield store
    await store.stop()


@asynccontextmanager
async def running(
    stage: Stage,
    store: Store,
    owns: Callable[[], bool],
    clock: Clock | None = None,
    health: Health | None = None,
    seconds: float = SECONDS,
) -> AsyncIterator[Lease]:
    lease = Lease(owns, store, health or Health(60), seconds, clock or Clock())
    async with stage.client() as client:
        task = asyncio.create_task(lease.run(client.take_over))
        yield lease
        task.cancel()
        await asyncio.wait({task})


async def test_it_is_kept_while_kafka_assigns_the_work(stage: Stage, store: Store) -> None:
    owns, clock = Ownership(owns=False), Clock()
    async with running(stage, store, owns, clock) as lease:
        await owns.looked()
        assert not lease.held()
        owns.owns = True
        await until(lease.held)
        for _ in range(3):
            clock.move(SECONDS / 2)
            assert lease.held()
            await owns.looked()
        owns.owns = False
        await until(lambda: not lease.held())
        assert await Leases(store).take("another", 60)


async def test_whoever_wants_to_ask_waits_no_longer_than_a_lease(
    stage: Stage, store: Store
) -> None:
    async with running(stage, store, Ownership(owns=False), seconds=0.05) as lease:
        with pytest.raises(DependencyDown, match="standing by"):
            await lease.wait()


async def test_whoever_waits_goes_on_when_it_is_taken(stage: Stage, store: Store) -> None:
    owns = Ownership(owns=False)
    async with running(stage, store, owns, seconds=10 * SECONDS) as lease:
        waiting = asyncio.create_task(lease.wait())
        await turns()
        owns.owns = True
        await waiting
        assert lease.held()


async def test_a_frozen_holder_has_lost_it_before_another_gets_it(
    stage: Stage, store: Store
) -> None:
    owns, clock = Ownership(owns=True), Clock()
    async with running(stage, store, owns, clock) as lease:
        await until(lease.held)
        # The process stands still for as long as it lasts for others.
        clock.move(SECONDS)
        assert not lease.held()
        # Another took it meanwhile.
        await give_lease(store, "another")
        await owns.looked()
        assert not lease.held()


async def test_a_new_holder_begins_behind_the_last_pause(stage: Stage, store: Store) -> None:
    pause = Pause(time.time() + 60, 60.0, "429")
    await Pauses(store).save("archive", pause)
    lease = Lease(lambda: True, store, Health(60), SECONDS)
    async with stage.client() as client:
        task = asyncio.create_task(lease.run(client.take_over))
        await until(lease.held)
        assert client.gate.pause
        assert client.gate.pause.why == "429"
        assert abs(client.gate.pause.until - pause.until) < 0.01
        task.cancel()


async def test_without_postgres_it_runs_out_and_says_so(stage: Stage) -> None:
    away = Store("postgresql://mofcom@127.0.0.1:9/mofcom")
    health = Health(60, started=True)
    async with running(stage, away, lambda: True, health=health) as lease:
        await until(lambda: health.why_not_ready() != [])
        assert "postgres" in health.why_not_ready()[0]
        assert not lease.held()
