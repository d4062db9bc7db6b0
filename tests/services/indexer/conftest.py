"""A database of the test's own, and a publisher that keeps what it is given."""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import asyncpg
import pytest

from services.indexer.batch import WriteBatch
from services.indexer.intake import Intake
from services.indexer.store import Store
from shared.blobs import Blobs
from shared.delivery.publisher import Publication
from shared.events import Event


class Outbox:
    """In place of the Publisher: confirms everything at once."""

    def __init__(self) -> None:
        self.sent: list[Publication] = []

    async def publish(self, publications: Iterable[Publication], trace: str | None = None) -> None:
        self.sent += publications

    @property
    def events(self) -> list[Event]:
        return [publication.event for publication in self.sent]


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url, timeout_seconds=10)
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
def write(store: Store, blobs: Blobs, outbox: Outbox) -> WriteBatch:
    return WriteBatch(Intake(blobs, store), store, outbox, unknown_errors=20)  # type: ignore[arg-type]
