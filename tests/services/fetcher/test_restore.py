"""A database that was lost: the fetcher's memory comes back from the blob store."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import asyncpg
import pytest

from services.fetcher.addresses import address_requested, parse_address, seed_requested
from services.fetcher.archive.cdx import Query
from services.fetcher.archive.playback import Player
from services.fetcher.ask_once import AskOnce
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.restore import Restore
from services.fetcher.store.connection import Store
from services.fetcher.store.endings import Endings
from services.fetcher.store.leases import Leases
from services.fetcher.store.listed_captures import ListedCaptures
from services.fetcher.store.listings import Listings
from services.fetcher.store.restoration import Restoration
from services.fetcher.store.seed_lines import SeedLines
from services.fetcher.store.stored_captures import StoredCaptures
from shared.archives import WAYBACK_MACHINE
from shared.blobs import PARTS, Blobs
from shared.delivery.publisher import Publication
from shared.errors import GaveUp
from shared.events import AddressExpanded, AddressRequested, CaptureRequested, CdxRow, Done
from shared.health import Health
from shared.topics import ADDRESS_EXPANDED
from testing.fetcher.pages import AT, PAGE, SITE, STAMP, request
from testing.fetcher.stage import Stage
from testing.servers import as_role

# Of a capture all but when it was listed, asked for, answered and fetched.
_MEMORY = {
    "captures": """
        SELECT capture_id, url_key, url, "timestamp", kind, digest, cdx_urlkey, mimetype,
            listed_status, status, body_sha256, body_size, content_type, charset, replaced,
            declared_size, held_at IS NULL, request_id, backlog, requested_at IS NULL, answered_at IS NULL
        FROM fetcher.capture ORDER BY capture_id
    """,
    "answered": "SELECT * FROM fetcher.answered ORDER BY request_id",
    "endings": """
        SELECT id, attempt, asked_at, event::text, gave_up::text, asked::text FROM fetcher.ending
        ORDER BY id
    """,
    "seeds": "SELECT line_id, origin, address, asked_at FROM fetcher.seed_lines ORDER BY line_id",
}
_LOSE = """
    TRUNCATE fetcher.capture, fetcher.answered, fetcher.ending, fetcher.seed_lines, fetcher.listing,
        fetcher.lease, fetcher.restoration
"""

Lose = Callable[[], Awaitable[None]]


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "fetcher"))
    yield store
    await store.stop()


@pytest.fixture
def lose(database_url: str) -> Lose:
    """Empties the fetcher's tables, as their owner."""

    async def empty() -> None:
        connection = await asyncpg.connect(database_url)
        await connection.execute(_LOSE)
        await connection.close()

    return empty


async def memory(store: Store) -> dict[str, list[Any]]:
    async with store.connection() as connection:
        return {
            name: [tuple(row) for row in await connection.fetch(sql)]
            for name, sql in _MEMORY.items()
        }


async def execute(store: Store, sql: str) -> Any:
    async with store.connection() as connection:
        return await connection.fetchval(sql)


async def fetch(stage: Stage, store: Store, *asked: CaptureRequested) -> None:
    settings = stage.settings()
    blobs = Blobs(settings.blob_url)
    async with stage.client() as client:
        fetch_one = FetchCapture(Player(client, settings.body_bytes), blobs, settings)
        fetch_once = FetchOnce(fetch_one, StoredCaptures(store), blobs)
        once = AskOnce(fetch_once, Endings(store), blobs)
        for each in asked:
            try:
                await once(each)
            except GaveUp:
                continue


async def expand(stage: Stage, store: Store, requested: AddressRequested) -> None:
    async def expanded(asked: AddressRequested) -> Sequence[Publication]:
        event = AddressExpanded(address=asked, requests=1, outcome=Done())
        return [Publication(ADDRESS_EXPANDED, event)]

    await AskOnce(expanded, Endings(store), Blobs(stage.settings().blob_url))(requested)


def restore(stage: Stage, store: Store, health: Health | None = None) -> Restore:
    blobs = Blobs(stage.settings().blob_url)
    return Restore(store, blobs, health or Health(60), lambda: True)


async def lost_and_restored(stage: Stage, store: Store, lose: Lose) -> Restore:
    """Lose the database, and read all of it again."""
    await lose()
    reading = restore(stage, store)
    await reading.begin_if_lost()
    while await reading.step():
        pass
    return reading


async def fill(stage: Stage, store: Store) -> None:
    """One of each kind of ending: as asked, another capture, as listed, none, given up."""
    never = f"{SITE}/never.html"
    rows = [
        CdxRow(urlkey="k", timestamp=STAMP, original=url, digest="A" * 32, statuscode="200")
        for url in (PAGE, never)
    ]
    listings = Listings(store)
    listing = await listings.open("address", Query(SITE, "prefix"), AT, WAYBACK_MACHINE)
    await listings.advance(listing, listing.cursor, rows, AT, requested=True)
    listed = [
        request(row.original, STAMP).model_copy(update={"listed": row, "backlog": True})
        for row in rows
    ]
    await fetch(stage, store, *listed, request(timestamp="2019"))
    stage.faults.script("truncated", times=4)
    await fetch(stage, store, request(timestamp="2018", attempt=5))
    line = seed_requested(parse_address(PAGE), "list.txt", 2, AT)
    await SeedLines(store).remember([line])
    await expand(stage, store, line)
    # Of no file of seeds.
    await expand(stage, store, address_requested(parse_address(PAGE), "http", AT))


async def test_all_of_it_comes_back(stage: Stage, store: Store, lose: Lose) -> None:
    await fill(stage, store)
    before = await memory(store)
    assert {name: len(rows) for name, rows in before.items()} == {
        "captures": 2,
        "answered": 2,
        "endings": 4,
        "seeds": 1,
    }
    reading = await lost_and_restored(stage, store, lose)
    assert await memory(store) == before
    asks = len(stage.targets)
    await fetch(stage, store, request(timestamp="2018", attempt=5), request(timestamp="2019"))
    assert len(stage.targets) == asks
    # Another time nothing is lost, so none begins.
    await reading.begin_if_lost()
    assert not await reading.step()


async def test_nothing_is_asked_of_the_archive_meanwhile_and_it_goes_on_where_it_was(
    stage: Stage, store: Store, lose: Lose
) -> None:
    await fill(stage, store)
    before = await memory(store)
    await lose()
    leases, health = Leases(store), Health(60)
    health.started = True
    reading = restore(stage, store, health)
    await reading.begin_if_lost()
    for _ in range(100):
        await reading.step()
    assert not await leases.take("a fetcher", 60)
    assert any("99 of 256 parts" in problem for problem in health.why_not_ready())
    # Its process is killed, and another reads the rest.
    another = restore(stage, store)
    await another.begin_if_lost()
    # A part that was read twice, the second time late, sets nothing back.
    await Restoration(store).advance(3, 1, 0)
    assert await execute(store, "SELECT parts FROM fetcher.restoration") == 100
    steps = 0
    while await another.step():
        steps += 1
    assert steps == PARTS - 100
    assert await memory(store) == before
    assert await leases.take("a fetcher", 60)
    assert not await reading.step()
    assert health.why_not_ready() == []


async def test_a_damaged_sidecar_stops_none_of_the_others(
    stage: Stage, store: Store, lose: Lose
) -> None:
    await fill(stage, store)
    folder = stage.folder / "blobs"
    damaged = next((folder / "captures").rglob("*.json.zst"))
    damaged.write_bytes(damaged.read_bytes()[:30])
    ending = next((folder / "endings").rglob("*.json.zst"))
    ending.write_text("{}")
    await lost_and_restored(stage, store, lose)
    assert await execute(store, "SELECT damaged FROM fetcher.restoration") == 2
    assert await execute(store, "SELECT sidecars FROM fetcher.restoration") == 4
    assert await execute(store, "SELECT count(*) FROM fetcher.answered") == 1


async def test_what_a_file_described_is_not_listed_by_the_index(
    stage: Stage, store: Store, lose: Lose
) -> None:
    await fetch(stage, store, request(listed=True))
    await lost_and_restored(stage, store, lose)
    assert await execute(store, "SELECT count(*) FROM fetcher.capture WHERE listed_at IS NULL") == 1


async def test_a_new_pipeline_restores_nothing(stage: Stage, store: Store) -> None:
    reading = restore(stage, store)
    await reading.begin_if_lost()
    assert not await reading.step()
    assert await Leases(store).take("a fetcher", 60)


async def test_what_a_listing_finds_again_is_not_requested_again(
    stage: Stage, store: Store, lose: Lose
) -> None:
    """Also what the archive did not have: of that there is no sidecar of a capture, only an ending."""
    await fill(stage, store)
    await lost_and_restored(stage, store, lose)
    listings = Listings(store)
    listing = await listings.open("watch", Query(SITE, "prefix"), AT, WAYBACK_MACHINE)
    rows = [
        CdxRow(urlkey="k", timestamp=STAMP, original=url) for url in (PAGE, f"{SITE}/never.html")
    ]
    await listings.advance(listing, listing.cursor, rows, AT, requested=False)
    assert await ListedCaptures(store).waiting("", ":", 10) == []
