"""The right to ask the archive."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from services.fetcher.archive.gate import Pause
from services.fetcher.lease import Lease
from services.fetcher.memory.connection import Memory
from services.fetcher.memory.leases import Leases
from services.fetcher.memory.pauses import Pauses
from shared.errors import DependencyDown
from shared.health import Health
from testing.fetcher.stage import Stage

SECONDS = 0.3


@pytest.fixture
async def memory(database_url: str) -> AsyncIterator[Memory]:
    memory = Memory(database_url)
    yield memory
    await memory.stop()


@asynccontextmanager
async def running(
    stage: Stage, memory: Memory, owns: Callable[[], bool], health: Health | None = None
) -> AsyncIterator[Lease]:
    lease = Lease(owns, memory, health or Health(60), SECONDS)
    async with stage.client() as client:
        task = asyncio.create_task(lease.run(client.take_over))
        yield lease
        task.cancel()
        await asyncio.wait({task})


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - looks from outside
            await asyncio.sleep(0.01)


async def test_it_is_held_while_kafka_gives_the_work(stage: Stage, memory: Memory) -> None:
    owns = False
    async with running(stage, memory, lambda: owns) as lease:
        await asyncio.sleep(SECONDS)
        assert not lease.held()
        owns = True
        await until(lease.held)
        await asyncio.sleep(SECONDS * 3)
        assert lease.held()
        owns = False
        await until(lambda: not lease.held())
        assert await Leases(memory).take("another", 60)


async def test_whoever_wants_to_ask_waits_for_it(stage: Stage, memory: Memory) -> None:
    owns = False
    async with running(stage, memory, lambda: owns) as lease:
        with pytest.raises(DependencyDown, match="stands by"):
            await lease.wait()
        waiting = asyncio.create_task(lease.wait())
        await asyncio.sleep(0.02)
        owns = True
        await waiting
        assert lease.held()


async def test_a_frozen_holder_has_lost_it_before_another_gets_it(
    stage: Stage, memory: Memory
) -> None:
    async with running(stage, memory, lambda: True) as lease:
        await until(lease.held)
        time.sleep(SECONDS * 1.1)  # noqa: ASYNC251 - the process stands still
        assert not lease.held()
        # Another took it meanwhile.
        taken = asyncio.create_task(Leases(memory).take("another", 60))
        assert await taken
        await asyncio.sleep(SECONDS)
        assert not lease.held()


async def test_a_new_holder_begins_behind_the_last_pause(stage: Stage, memory: Memory) -> None:
    pause = Pause(time.time() + 60, 60.0, "429")
    await Pauses(memory).keep(pause)
    lease = Lease(lambda: True, memory, Health(60), SECONDS)
    async with stage.client() as client:
        task = asyncio.create_task(lease.run(client.take_over))
        await until(lease.held)
        assert client.gate.pause
        assert client.gate.pause.why == "429"
        assert abs(client.gate.pause.until - pause.until) < 0.01
        task.cancel()


async def test_without_postgres_it_runs_out_and_says_so(stage: Stage) -> None:
    away = Memory("postgresql://mofcom@127.0.0.1:9/mofcom")
    health = Health(60, started=True)
    async with running(stage, away, lambda: True, health) as lease:
        await until(lambda: health.why_not_ready() != [])
        assert "postgres" in health.why_not_ready()[0]
        assert not lease.held()
