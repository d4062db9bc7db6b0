"""What is due is requested again: once, with the next attempt's number, on its topic."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from services.indexer.batch import WriteBatch
from services.indexer.intake import take
from services.indexer.scheduler import Scheduler
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.delivery.publisher import Publication
from shared.errors import DependencyDown
from shared.events import AddressRequested, CaptureRequested, RetryAt
from shared.health import Health
from shared.topics import ADDRESS_REQUESTED, CAPTURE_BACKLOG, CAPTURE_REQUESTED
from testing.doubles import RecordingPublisher
from testing.indexer.events import address, batch, expanded, fetched, request

DUE = RetryAt(at=datetime(2026, 1, 2, 13, tzinfo=UTC), reason="throttled", detail="429")
LATER = RetryAt(at=datetime.now(UTC) + timedelta(hours=1), reason="throttled")

LIVE = request("http://www.mofcom.gov.cn/live", attempt=3, address_id="a")
SWEPT = request("http://www.mofcom.gov.cn/swept", backlog=True)
PATIENT = request("http://www.mofcom.gov.cn/patient")
EVENTS = [
    address(),
    expanded(address(), 0, DUE),
    *(fetched(asked, capture=None, outcome=DUE) for asked in (LIVE, SWEPT)),
    fetched(PATIENT, capture=None, outcome=LATER),
]


@pytest.fixture
def scheduler(store: Store, outbox: RecordingPublisher) -> Scheduler:
    return Scheduler(IndexerSettings(), store, outbox, Health(60))


async def test_what_is_due_is_requested_again_on_its_topic(
    write: WriteBatch, scheduler: Scheduler, outbox: RecordingPublisher
) -> None:
    await write(take(batch(EVENTS)), set())
    assert await scheduler.publish_due() == 3
    sent = {publication.topic.name: publication.event for publication in outbox.published}
    assert sent == {
        ADDRESS_REQUESTED.name: address(attempt=2),
        CAPTURE_REQUESTED.name: LIVE.model_copy(update={"attempt": 4}),
        CAPTURE_BACKLOG.name: SWEPT.model_copy(update={"attempt": 2}),
    }


async def test_nothing_is_asked_twice(
    write: WriteBatch,
    scheduler: Scheduler,
    outbox: RecordingPublisher,
    connection: asyncpg.Connection,
) -> None:
    await write(take(batch(EVENTS)), set())
    await scheduler.publish_due()
    assert await scheduler.publish_due() == 0
    # Reading back what was published changes nothing.
    ledger = "SELECT id, attempt, stage, state, event_id, updated_at FROM ingest.ledger ORDER BY id"
    before = await connection.fetch(ledger)
    await write(take(batch(outbox.events)), set())
    assert await connection.fetch(ledger) == before
    states = {row["attempt"]: row["state"] for row in before}
    assert states == {1: "retry", 2: "waiting", 4: "waiting"}
    assert (
        await connection.fetchval(
            "SELECT last_error FROM requests WHERE request_id = $1", LIVE.request_id
        )
        == "throttled: 429"
    )


async def test_only_one_scheduler_asks_at_a_time(
    write: WriteBatch, store: Store, scheduler: Scheduler
) -> None:
    await write(take(batch(EVENTS)), set())
    asking, go_on = asyncio.Event(), asyncio.Event()

    class Slow(RecordingPublisher):
        async def publish(self, publications: Iterable[Publication]) -> None:
            asking.set()
            await go_on.wait()
            await super().publish(publications)

    slow = Slow()
    first = Scheduler(IndexerSettings(), store, slow, Health(60))
    task = asyncio.create_task(first.publish_due())
    await asking.wait()
    assert await scheduler.publish_due() == 0
    go_on.set()
    assert await task == 3
    assert len(slow.published) == 3


async def test_a_crash_before_the_mark_publishes_the_same_events_again(
    write: WriteBatch, store: Store, scheduler: Scheduler, outbox: RecordingPublisher
) -> None:
    await write(take(batch(EVENTS)), set())

    class Dying(RecordingPublisher):
        async def publish(self, publications: Iterable[Publication]) -> None:
            await super().publish(publications)
            raise DependencyDown("kafka", "died after the send")

    dying = Dying()
    with pytest.raises(DependencyDown):
        await Scheduler(IndexerSettings(), store, dying, Health(60)).publish_due()
    await scheduler.publish_due()
    assert {event.id for event in outbox.events} == {event.id for event in dying.events}
    assert len(outbox.events) == 3


async def test_the_next_attempt_is_scheduled_when_the_last_failed_too(
    write: WriteBatch, scheduler: Scheduler, outbox: RecordingPublisher
) -> None:
    await write(take(batch(EVENTS)), set())
    await scheduler.publish_due()
    retried = next(
        e for e in outbox.events if isinstance(e, CaptureRequested) and e.url == LIVE.url
    )
    await write(take(batch([fetched(retried, capture=None, outcome=DUE)])), set())
    outbox.published.clear()
    await scheduler.publish_due()
    (event,) = outbox.events
    assert isinstance(event, CaptureRequested)
    assert event.attempt == 5
    assert not isinstance(event, AddressRequested)


async def test_a_wait_that_a_clock_ahead_has_made_ends(
    write: WriteBatch, scheduler: Scheduler, store: Store
) -> None:
    await write(take(batch(EVENTS)), set())
    async with store.transaction() as transaction:
        await transaction.execute_many(
            "UPDATE ingest.ledger SET next_attempt_at = now() + make_interval(years => $1) "
            "WHERE state = 'retry'",
            [(30,)],
        )
    assert await scheduler.publish_due() == 4
