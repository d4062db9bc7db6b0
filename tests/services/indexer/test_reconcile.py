"""What was lost in transit is requested again, and what merely waits is not."""

from collections.abc import Collection, Iterable

import asyncpg
import pytest
from aiokafka import TopicPartition

from deploy.local.connections import Connections
from services.indexer.batch import WriteBatch
from services.indexer.intake import take
from services.indexer.reconcile import Reconcile
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.blobs import Blobs
from shared.delivery.publisher import Publisher
from shared.events import CaptureRequested, Event
from shared.health import Health
from shared.offsets import Offsets
from shared.topics import CAPTURE_BACKLOG, CAPTURE_FETCHED, CAPTURE_REQUESTED, Topic
from testing.doubles import RecordingPublisher
from testing.indexer.events import HTML, batch, body, fetched, message, parsed, request
from testing.indexer.program import indexer, pipeline, publish, publisher
from testing.kafka import commit
from testing.waiting import until

__all__ = ["pipeline", "publisher"]

LIVE = TopicPartition(CAPTURE_REQUESTED.name, 0)
BACKLOG = TopicPartition(CAPTURE_BACKLOG.name, 0)
FETCHED = TopicPartition(CAPTURE_FETCHED.name, 0)


class Kafka(Offsets):
    """What a test says the groups have committed, and where topics end."""

    def __init__(self) -> None:
        self.commits: dict[TopicPartition, int] = {}
        self.end: dict[TopicPartition, int] = {}

    async def partitions(self, topics: Iterable[Topic]) -> list[TopicPartition]:
        return [TopicPartition(topic.name, 0) for topic in topics]

    async def ends(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        return {tp: self.end.get(tp, 0) for tp in partitions}

    async def committed(
        self, group: str, partitions: Collection[TopicPartition]
    ) -> dict[TopicPartition, int]:
        return {tp: self.commits.get(tp, 0) for tp in partitions}


@pytest.fixture
def kafka() -> Kafka:
    return Kafka()


@pytest.fixture
async def reconcile(store: Store, outbox: RecordingPublisher, kafka: Kafka) -> Reconcile:
    step = Reconcile(IndexerSettings(), store, outbox, Health(60))
    step._offsets = kafka
    return step


async def gap(connection: asyncpg.Connection) -> int:
    number: int = await connection.fetchval("SELECT count(*) FROM pipeline_gap")
    return number


def requests(number: int, backlog: bool = False) -> list[CaptureRequested]:
    return [request(f"http://www.mofcom.gov.cn/{n}.shtml", backlog=backlog) for n in range(number)]


async def test_50_000_waiting_requests_are_checked_100_times_and_none_is_repeated(
    write: WriteBatch,
    reconcile: Reconcile,
    kafka: Kafka,
    outbox: RecordingPublisher,
    connection: asyncpg.Connection,
) -> None:
    events: list[Event] = [*requests(50_000, backlog=True)]
    for first in range(0, len(events), 5_000):
        lot = [message(event, first + n) for n, event in enumerate(events[first : first + 5_000])]
        await write(take({BACKLOG: lot}), set())
    kafka.end = {BACKLOG: 50_000}
    for number in range(100):
        # The fetcher works meanwhile: what it passes has its outcome when the indexer looks.
        fetched_events = [
            fetched(events[n], capture=None)  # type: ignore[arg-type]
            for n in range(number * 10, number * 10 + 10)
        ]
        lot = [message(event, number * 10 + n) for n, event in enumerate(fetched_events)]
        kafka.commits = {BACKLOG: number * 10 + 10}
        kafka.end[FETCHED] = number * 10 + 10
        assert await reconcile.look() == 0
        await write(take({FETCHED: lot}), set())
    assert outbox.published == []
    assert await gap(connection) == 0


async def test_what_the_fetcher_has_passed_without_an_outcome_is_requested_again_once(
    write: WriteBatch,
    reconcile: Reconcile,
    kafka: Kafka,
    outbox: RecordingPublisher,
    connection: asyncpg.Connection,
) -> None:
    asked = requests(5)
    await write(take(batch(asked)), set())
    kafka.end = {LIVE: 5}
    # The fetcher has passed three; the outcome of one is still to be read, that of one is lost.
    kafka.commits, kafka.end[FETCHED] = {LIVE: 3}, 2
    outcomes = [fetched(asked[0], capture=None), fetched(asked[2], capture=None)]
    assert await reconcile.look() == 0
    await write(take({FETCHED: [message(outcomes[0], 0)]}), set())
    assert await reconcile.look() == 0, "not all is read that the fetcher had published"
    await write(take({FETCHED: [message(outcomes[1], 1)]}), set())
    assert await reconcile.look() == 1
    assert outbox.events == [asked[1].model_copy(update={"attempt": 2})]
    error = "SELECT last_error FROM requests WHERE request_id = $1"
    assert await connection.fetchval(error, asked[1].request_id) == "lost on the way"

    # It waits again: in Kafka, then read back, then passed with its outcome.
    kafka.end[LIVE] = 6
    assert await reconcile.look() == 0
    await write(take({LIVE: [message(outbox.events[0], 5)]}), set())
    for _ in range(3):
        assert await reconcile.look() == 0
    assert await gap(connection) == 0


async def test_what_the_parser_has_passed_is_requested_again_from_the_start(
    write: WriteBatch, reconcile: Reconcile, kafka: Kafka, outbox: RecordingPublisher, blobs: Blobs
) -> None:
    asked = requests(2)
    fetched_events = [fetched(each, body=body(), capture=fetched(each).capture) for each in asked]
    read = parsed(fetched_events[0])
    taken = batch([*asked, *fetched_events, read])
    await blobs.put_body(HTML.encode())
    await write(take(taken), set())
    kafka.end = {tp: len(messages) for tp, messages in taken.items()}
    kafka.commits = {LIVE: 2, FETCHED: 2}
    await reconcile.look()
    assert await reconcile.look() == 1
    assert outbox.events == [asked[1].model_copy(update={"attempt": 2})]


async def test_an_event_that_kafka_no_longer_has_is_requested_again(
    write: WriteBatch, reconcile: Reconcile, kafka: Kafka, outbox: RecordingPublisher
) -> None:
    await write(take(batch(requests(3))), set())
    # Made anew: the topic has one event that the indexer has read, and the fetcher none.
    kafka.end = {LIVE: 1}
    assert await reconcile.look() == 0
    assert await reconcile.look() == 0, "the indexer stands behind the end: it is to read again"
    await write(take({LIVE: [message(requests(4)[3], 0)]}), {LIVE})
    assert await reconcile.look() == 2
    assert {event.url for event in outbox.events if isinstance(event, CaptureRequested)} == {
        f"http://www.mofcom.gov.cn/{n}.shtml" for n in (1, 2)
    }


async def test_on_real_servers_the_indexer_requests_again_what_a_commit_passed(
    pipeline: Connections, publisher: Publisher
) -> None:
    connection = await asyncpg.connect(pipeline.database_url)
    asked = requests(10)

    async def requested_again() -> bool:
        rows = await connection.fetch("SELECT attempt FROM requests WHERE attempt > 1")
        return [row["attempt"] for row in rows] == [2] * 4

    with indexer(pipeline, MOFCOM_RECONCILE_SECONDS="0.3"):
        await publish(publisher, asked)
        # The fetcher passes events that it never saw.
        await commit(pipeline.kafka_bootstrap_servers, "fetcher", {LIVE: 4})
        await until(requested_again)
        # Behind all others, and passed by nobody.
        offset = "SELECT next_offset FROM ingest.ingest_offset WHERE topic = 'capture.requested'"

        async def read_back() -> bool:
            return bool(await connection.fetchval(offset) == 14)

        await until(read_back)
        attempts = await connection.fetch("SELECT max(attempt) AS most FROM requests")
        assert attempts[0]["most"] == 2
    await connection.close()
