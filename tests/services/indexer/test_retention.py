"""Old events leave Kafka, and none that somebody still has to read."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
from aiokafka import TopicPartition
from hypothesis import given
from hypothesis import strategies as st

from deploy.local.connections import Connections
from services.indexer.retention import Retention, deletable
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.delivery.publisher import Publisher
from shared.events import CaptureRequested
from shared.topics import CAPTURE_REQUESTED
from testing.indexer.events import request
from testing.indexer.program import connection, indexer, pipeline, publish, publisher
from testing.kafka import commit, records
from testing.waiting import LIMIT_SECONDS, until

__all__ = ["connection", "pipeline", "publisher"]

LIVE = TopicPartition(CAPTURE_REQUESTED.name, 0)
LOGS = [TopicPartition(name, number) for name in "ab" for number in range(2)]
OFFSETS = st.integers(0, 50)
READERS = st.lists(st.dictionaries(st.sampled_from(LOGS), OFFSETS), min_size=1, max_size=4)


@given(READERS, st.fixed_dictionaries({tp: st.tuples(OFFSETS, OFFSETS) for tp in LOGS}))
def test_nothing_goes_that_is_young_or_unread_nor_the_last_record_read(
    read: list[dict[TopicPartition, int]], spans: dict[TopicPartition, tuple[int, int]]
) -> None:
    first = {tp: min(span) for tp, span in spans.items()}
    since = {tp: max(span) for tp, span in spans.items()}
    for tp, offset in deletable(read, since, first).items():
        assert first[tp] < offset < since[tp]
        assert all(offset < one[tp] for one in read if tp in one)
        assert tp in read[0]


def test_what_a_reader_has_not_begun_stays_whole() -> None:
    assert deletable([{LOGS[0]: 9}, {LOGS[0]: 0}], {LOGS[0]: 9}, {LOGS[0]: 0}) == {}


def requests(name: str, number: int) -> list[CaptureRequested]:
    return [request(f"http://www.mofcom.gov.cn/{name}/{n}.shtml") for n in range(number)]


async def fetched(connections: Connections, offset: int) -> None:
    """Commit as the fetcher does, which is not there."""
    await commit(connections.kafka_bootstrap_servers, "fetcher", {LIVE: offset})


async def kept(connections: Connections) -> list[str]:
    """The URLs of the requests that Kafka has."""
    found = await records(connections.kafka_bootstrap_servers, CAPTURE_REQUESTED)
    return [CaptureRequested.model_validate_json(one.value).url for one in found]


async def until_indexed(connection: asyncpg.Connection, name: str, number: int) -> None:
    async def indexed() -> bool:
        found: int = await connection.fetchval(
            "SELECT count(*) FROM requests WHERE url LIKE '%/' || $1 || '/%'", name
        )
        return found == number

    await until(indexed)


def settings(connections: Connections) -> IndexerSettings:
    own = connections.service_environment("indexer")
    named: dict[str, Any] = {
        name.removeprefix("MOFCOM_").lower(): value for name, value in own.items()
    }
    return IndexerSettings(
        **{name: value for name, value in named.items() if name in IndexerSettings.model_fields}
    )


async def test_a_running_indexer_deletes_what_all_have_read(
    pipeline: Connections, publisher: Publisher, connection: asyncpg.Connection
) -> None:
    asked = requests("old", 20)
    own = settings(pipeline)
    store = Store(own.dsn(), LIMIT_SECONDS)
    await store.start()
    retention = Retention(own, store)
    try:
        with indexer(pipeline):
            await publish(publisher, asked)
            await until_indexed(connection, "old", 20)
            assert await retention.delete_before(datetime.now(UTC) + timedelta(hours=1)) == 0
            assert len(await kept(pipeline)) == 20, "the fetcher has read none"
        await fetched(pipeline, 12)
        assert await retention.delete_before(datetime.now(UTC) - timedelta(hours=1)) == 0
    finally:
        await retention._offsets.stop()
        await store.stop()
    assert len(await kept(pipeline)) == 20, "none is old enough"
    soon = {"MOFCOM_KAFKA_RETENTION_DAYS": "0.000001", "MOFCOM_RETENTION_SECONDS": "0.2"}
    with indexer(pipeline, **soon) as program:

        async def deleted() -> bool:
            return await kept(pipeline) == [one.url for one in asked[11:]]

        await until(deleted)
        # It goes on where it was.
        await publish(publisher, requests("new", 1))
        await until_indexed(connection, "new", 1)
        name = 'mofcom_events_indexed_total{type="mofcom.capture.requested"}'
        assert (await asyncio.to_thread(program.metrics)).get(name) == 1
    await until_indexed(connection, "old", 20)
