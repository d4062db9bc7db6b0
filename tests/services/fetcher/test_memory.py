"""What the fetcher remembers, in a real Postgres."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from services.fetcher.addresses import parse_address, seed_requested
from services.fetcher.archive.gate import Pause
from services.fetcher.memory import Memory
from shared.delivery.dependency import DependencyDown
from shared.events import AddressRequested
from tests.services.fetcher.pages import AT, SITE


def line(path: str, number: int = 1, minutes: int = 0) -> AddressRequested:
    address = parse_address(f"{SITE}/{path}")
    return seed_requested(address, "a.txt", number, AT + timedelta(minutes=minutes))


@pytest.fixture
async def memory(database_url: str) -> AsyncIterator[Memory]:
    memory = Memory(database_url)
    await memory.start()
    yield memory
    await memory.stop()


async def test_a_line_is_unconfirmed_until_confirmed_and_stays_as_first_asked(
    memory: Memory,
) -> None:
    await memory.remember([line("a", 1), line("b", 2)])
    await memory.remember([line("a", 7, minutes=5), line("c", 3, minutes=1)])
    waiting = await memory.unconfirmed(2)
    assert waiting == [line("a", 1), line("b", 2)]
    await memory.confirm([w.address_id for w in waiting], AT)
    assert await memory.unconfirmed(10) == [line("c", 3, minutes=1)]
    await memory.remember([line("a", 9, minutes=9)])
    assert await memory.unconfirmed(10) == [line("c", 3, minutes=1)]


async def test_the_same_line_twice_in_one_go(memory: Memory) -> None:
    await memory.remember([line("a", 1), line("a", 2)])
    assert await memory.unconfirmed(10) == [line("a", 1)]


async def test_the_last_pause_is_kept(memory: Memory) -> None:
    assert await memory.last_pause() is None
    await memory.keep_pause(Pause(1_795_000_000.25, 60.0, "429"))
    over = Pause(1_795_000_120.5, 120.0, "refused", over=True)
    await memory.keep_pause(over)
    assert await memory.last_pause() == over


async def test_a_lease_is_held_by_one_until_it_ends(memory: Memory) -> None:
    assert await memory.take_lease("a", 0.3)
    assert await memory.take_lease("a", 0.3)
    assert not await memory.take_lease("b", 60)
    await memory.end_lease("b")
    assert not await memory.take_lease("b", 60)
    await asyncio.sleep(0.4)
    assert await memory.take_lease("b", 60)
    assert not await memory.take_lease("a", 60)
    await memory.end_lease("b")
    assert await memory.take_lease("a", 60)


async def test_postgres_away_is_a_dependency_down() -> None:
    memory = Memory("postgresql://mofcom@127.0.0.1:9/mofcom")
    with pytest.raises(DependencyDown, match="postgres"):
        await memory.start()
    with pytest.raises(DependencyDown, match="postgres"):
        await memory.unconfirmed(1)


async def test_without_its_schema_it_waits_for_the_init_job(empty_database_url: str) -> None:
    memory = Memory(empty_database_url)
    with pytest.raises(DependencyDown, match=r"fetcher\.seed_lines"):
        await memory.start()
    await memory.stop()
