"""The fetcher's store, in a real Postgres."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import pytest

from services.fetcher.addresses import parse_address, seed_requested
from services.fetcher.archive.gate import Pause
from services.fetcher.store.connection import Store
from services.fetcher.store.leases import Leases
from services.fetcher.store.pauses import Pauses
from services.fetcher.store.seed_lines import SeedLines
from shared.errors import DependencyDown
from shared.events import AddressRequested
from testing.fetcher.pages import AT, SITE
from testing.fetcher.store import expire_lease
from testing.servers import as_role


def line(path: str, number: int = 1, minutes: int = 0) -> AddressRequested:
    address = parse_address(f"{SITE}/{path}")
    return seed_requested(address, "a.txt", number, AT + timedelta(minutes=minutes))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "fetcher"))
    await store.start()
    yield store
    await store.stop()


@pytest.fixture
def lines(store: Store) -> SeedLines:
    return SeedLines(store)


async def test_a_line_is_unconfirmed_until_confirmed_and_stays_as_first_asked(
    lines: SeedLines,
) -> None:
    await lines.remember([line("a", 1), line("b", 2)])
    await lines.remember([line("a", 7, minutes=5), line("c", 3, minutes=1)])
    waiting = await lines.unconfirmed(2)
    assert waiting == [line("a", 1), line("b", 2)]
    await lines.confirm([w.address_id for w in waiting], AT)
    assert await lines.unconfirmed(10) == [line("c", 3, minutes=1)]
    await lines.remember([line("a", 9, minutes=9)])
    assert await lines.unconfirmed(10) == [line("c", 3, minutes=1)]


async def test_the_same_line_twice_in_one_go(lines: SeedLines) -> None:
    await lines.remember([line("a", 1), line("a", 2)])
    assert await lines.unconfirmed(10) == [line("a", 1)]


async def test_the_last_pause_is_kept(store: Store) -> None:
    pauses = Pauses(store)
    assert await pauses.last() == {}
    await pauses.save("archive", Pause(1_795_000_000.25, 60.0, "429"))
    over = Pause(1_795_000_120.5, 120.0, "refused", over=True)
    await pauses.save("archive", over)
    assert await pauses.last() == {"archive": over}
    async with store.connection() as connection:
        rows = await connection.fetch("SELECT archive, why FROM fetcher.past_pause")
    assert [tuple(row) for row in rows] == [("archive", "429")]


async def test_each_archive_has_a_pause_of_its_own(store: Store) -> None:
    pauses = Pauses(store)
    ours, theirs = Pause(1_795_000_000.25, 60.0, "429"), Pause(1_795_000_060.5, 120.0, "refused")
    await pauses.save("archive", ours)
    await pauses.save("arquivo.pt", theirs)
    assert await pauses.last() == {"archive": ours, "arquivo.pt": theirs}


async def test_a_lease_is_held_by_one_until_it_ends(store: Store) -> None:
    leases = Leases(store)
    assert await leases.take("a", 60)
    assert await leases.take("a", 60)
    assert not await leases.take("b", 60)
    await leases.end("b")
    assert not await leases.take("b", 60)
    await expire_lease(store)
    assert await leases.take("b", 60)
    assert not await leases.take("a", 60)
    await leases.end("b")
    assert await leases.take("a", 60)


async def test_postgres_away_is_a_dependency_down() -> None:
    store = Store("postgresql://mofcom@127.0.0.1:9/mofcom")
    with pytest.raises(DependencyDown, match="postgres"):
        await store.start()
    with pytest.raises(DependencyDown, match="postgres"):
        await SeedLines(store).unconfirmed(1)


async def test_without_its_schema_it_waits_for_the_init_job(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    with pytest.raises(DependencyDown, match=r"fetcher\.seed_lines"):
        await store.start()
    await store.stop()


async def test_concurrent_first_callers_share_one_pool(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = []
    create_pool = asyncpg.create_pool

    async def counted(*arguments: object, **options: object) -> asyncpg.Pool:
        pool = await create_pool(*arguments, **options)
        statements.append(pool)
        return pool

    monkeypatch.setattr(asyncpg, "create_pool", counted)
    store = Store(as_role(database_url, "fetcher"))

    async def ask() -> None:
        async with store.connection() as connection:
            await connection.execute("SELECT")

    await asyncio.gather(*(ask() for _ in range(5)))
    await store.stop()
    assert len(statements) == 1


async def test_a_value_that_postgres_refuses_is_not_waited_for(store: Store) -> None:
    with pytest.raises(asyncpg.DataError):
        async with store.connection() as connection:
            await connection.execute("SELECT 1 / 0")
