"""The database is the same, row for row, in whatever order events come and however often."""

from collections.abc import Sequence
from random import Random
from typing import Any

import asyncpg
import pytest

from services.indexer.store import Transaction, Unit
from shared.events import Event
from testing.indexer.events import TABLES, table
from tests.database.conftest import unit, write_events
from tests.database.history import history

ORDERS = 50
EMPTIED = (*TABLES, "change")
DERIVED = (
    "notices",
    "pages",
    "notice_keys",
    "notice_versions",
    "notice_copies",
    "notice_issuers",
    "notice_addressees",
    "series",
    "citations",
    "status_history",
    "regulated_items",
    "duty_rates",
    "deadlines",
    "listed_entities_current",
    "attachments",
    "evidence",
    "captures",
    "records",
)


async def _database(connection: asyncpg.Connection) -> dict[str, Any]:
    found: dict[str, Any] = {name: await table(connection, name) for name in TABLES}
    for name in DERIVED:
        rows = await connection.fetch(f"SELECT * FROM {name}")  # noqa: S608 - from the list above
        found[f"public.{name}"] = sorted(
            (tuple(value for key, value in row.items() if key != "changed_at") for row in rows),
            key=repr,
        )
    return found


async def _written(
    connection: asyncpg.Connection, batches: Sequence[Sequence[Unit[Event]]]
) -> dict[str, Any]:
    await connection.execute(f"TRUNCATE {', '.join(f'ingest.{name}' for name in EMPTIED)}")
    for batch in batches:
        async with connection.transaction():
            assert await Transaction(connection).write_units(batch) == []
    return await _database(connection)


@pytest.mark.timeout(600)
async def test_2000_events_in_random_orders_with_replays(connection: asyncpg.Connection) -> None:
    events = [unit(event) for event in history(seed=1)]
    assert len(events) > 1900
    straight = await _written(connection, [events])
    for name in ("notice", "citation", "passage", "translation", "public.series"):
        assert len(straight[name]) > 10 or name == "public.series", name
    assert straight["public.series"]
    for order in range(ORDERS):
        random = Random(order)
        shuffled = random.sample(events, len(events)) + random.choices(events, k=200)
        random.shuffle(shuffled)
        size = random.randint(50, 900)
        batches = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
        found = await _written(connection, batches)
        different = [name for name in straight if found[name] != straight[name]]
        assert different == [], f"order {order}"


async def test_replays_change_nothing_and_notify_nobody(connection: asyncpg.Connection) -> None:
    events = history(seed=2, documents=8)
    await write_events(connection, events)
    before = await _database(connection)
    changes = "SELECT count(*) FROM changes"
    rows = await connection.fetchval(changes)
    written = "SELECT xmin::text FROM ingest.notice ORDER BY notice_key"
    versions = await connection.fetch(written)
    await write_events(connection, events)
    assert await _database(connection) == before
    assert await connection.fetchval(changes) == rows > 0
    assert await connection.fetch(written) == versions
