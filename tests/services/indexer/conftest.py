"""A database of the test's own, and a publisher that keeps what it is given."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from services.indexer.batch import WriteBatch
from services.indexer.intake import Intake
from services.indexer.store import Store
from shared.blobs import Blobs
from shared.delivery.brake import Brake
from testing.clock import Clock
from testing.doubles import RecordingPublisher
from testing.servers import as_role
from testing.waiting import LIMIT_SECONDS


@pytest.fixture
def outbox() -> RecordingPublisher:
    return RecordingPublisher()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "indexer"), timeout_seconds=LIMIT_SECONDS)
    await store.start()
    yield store
    await store.stop()


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path.as_uri())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def write(store: Store, blobs: Blobs, outbox: RecordingPublisher, clock: Clock) -> WriteBatch:
    return WriteBatch(Intake(blobs, store), store, outbox, Brake(20, 5.0, clock))
