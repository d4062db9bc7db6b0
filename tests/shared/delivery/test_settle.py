"""Every message ends published, waiting or dead, and never by an exception."""

import asyncio
from base64 import b64decode
from collections.abc import Sequence

import pytest
from aiokafka.errors import TopicAuthorizationFailedError

from shared.delivery.message import Message
from shared.delivery.publisher import Publication
from shared.delivery.settle import Handler, Settle
from shared.envelope import encode
from shared.errors import DependencyDown, EventTooLarge, GaveUp
from shared.events import CaptureRequested, DeadLetter
from shared.health import Health
from shared.settings import Settings
from shared.topics import CAPTURE_FETCHED, DEAD_LETTER
from testing.doubles import RecordingPublisher
from testing.waiting import until
from tests.shared.samples import AT, FETCHED, REQUEST

QUICK = Settings(hold_seconds=0.001, unknown_errors=3)
TRACE = b"00-" + b"a" * 32 + b"-" + b"b" * 16 + b"-01"


@pytest.fixture
def publisher() -> RecordingPublisher:
    return RecordingPublisher()


@pytest.fixture
def health() -> Health:
    return Health(stall_seconds=60, started=True)


def message(value: bytes | None = None, **changed: bytes) -> Message:
    record = encode(REQUEST, "test", AT)
    return Message(
        topic="capture.requested",
        partition=0,
        offset=7,
        key=record.key,
        value=record.value if value is None else value,
        headers=list((dict(record.headers) | {"traceparent": TRACE} | changed).items()),
        sent_at=AT,
    )


async def fetch(request: CaptureRequested) -> Sequence[Publication]:
    return [Publication(CAPTURE_FETCHED, FETCHED)]


def settle(
    handler: Handler[CaptureRequested], publisher: RecordingPublisher, health: Health
) -> Settle[CaptureRequested]:
    return Settle("fetcher", CaptureRequested, handler, publisher, health, QUICK)


def dead(publisher: RecordingPublisher) -> DeadLetter:
    (publication,) = publisher.published
    assert publication.topic is DEAD_LETTER
    assert isinstance(publication.event, DeadLetter)
    return publication.event


async def test_what_the_handler_answers_is_published_with_the_trace(
    publisher: RecordingPublisher, health: Health
) -> None:
    await settle(fetch, publisher, health)(message())
    assert publisher.published == [Publication(CAPTURE_FETCHED, FETCHED)]
    assert publisher.traces == [TRACE.decode()]


async def test_what_is_no_event_is_kept_whole(
    publisher: RecordingPublisher, health: Health
) -> None:
    await settle(fetch, publisher, health)(message(b'{"request_id": 5, "attempt": "x"}'))
    letter = dead(publisher)
    assert letter.reason == "invalid event"
    assert (letter.origin.topic, letter.origin.offset) == ("capture.requested", 7)
    assert b64decode(letter.record_value or "") == b'{"request_id": 5, "attempt": "x"}'
    assert b64decode(dict(letter.record_headers)["ce_type"]) == b"mofcom.capture.requested"
    assert (letter.request_id, letter.attempt) == (None, None)
    assert letter.first_seen_at == AT


async def test_an_unexpected_error_is_a_dead_letter_with_its_traceback(
    publisher: RecordingPublisher, health: Health
) -> None:
    async def broken(request: CaptureRequested) -> Sequence[Publication]:
        raise ZeroDivisionError("no reason")

    await settle(broken, publisher, health)(message())
    letter = dead(publisher)
    assert letter.reason == "unexpected error"
    assert letter.error.endswith("ZeroDivisionError: no reason\n")
    assert "test_settle.py" in letter.error
    assert (letter.request_id, letter.attempt) == (REQUEST.request_id, 1)


async def test_what_was_given_up_before_died_then(
    publisher: RecordingPublisher, health: Health
) -> None:
    async def given_up(request: CaptureRequested) -> Sequence[Publication]:
        raise GaveUp("not answered", "timed out", AT)

    await settle(given_up, publisher, health)(message())
    assert dead(publisher).died_at == AT


async def test_a_dependency_that_is_down_holds_the_message(
    publisher: RecordingPublisher, health: Health
) -> None:
    seen: list[list[str]] = []

    async def third_time(request: CaptureRequested) -> Sequence[Publication]:
        seen.append(health.why_not_ready())
        if len(seen) < 3:
            raise DependencyDown("archive", "refused")
        return await fetch(request)

    await settle(third_time, publisher, health)(message())
    assert seen == [[], ["archive: refused"], ["archive: refused"]]
    assert health.why_not_ready() == []
    assert len(publisher.published) == 1


async def test_while_a_broker_is_down_handled_work_waits_and_is_not_repeated(
    publisher: RecordingPublisher, health: Health
) -> None:
    handled = 0

    async def count(request: CaptureRequested) -> Sequence[Publication]:
        nonlocal handled
        handled += 1
        return await fetch(request)

    publisher.refuses = [DependencyDown("kafka", "away"), DependencyDown("kafka", "away")]
    await settle(count, publisher, health)(message())
    assert (handled, len(publisher.published)) == (1, 1)


async def test_what_kafka_will_never_take_is_a_dead_letter(
    publisher: RecordingPublisher, health: Health
) -> None:
    publisher.refuses = [EventTooLarge("9 MiB"), DependencyDown("kafka", "away")]
    await settle(fetch, publisher, health)(message())
    assert dead(publisher).reason == "too large"


async def test_a_record_too_large_for_a_dead_letter_stays_where_its_origin_says(
    publisher: RecordingPublisher, health: Health
) -> None:
    await settle(fetch, publisher, health)(message(b"x" * (5 * 1024 * 1024 + 1)))
    letter = dead(publisher)
    assert letter.record_value is None
    assert len(letter.model_dump_json()) < 1024 * 1024


async def test_a_newer_schema_waits_for_an_upgrade(
    publisher: RecordingPublisher, health: Health
) -> None:
    newer = message(ce_dataschema=b"urn:mofcom.capture.requested:2.0")
    waiting = asyncio.create_task(settle(fetch, publisher, health)(newer))
    await until(lambda: health.why_not_ready() != [])
    (why,) = health.why_not_ready()
    assert why.endswith("upgrade it")
    assert publisher.published == []
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_too_many_unknown_errors_slow_the_work_instead_of_killing_every_message(
    publisher: RecordingPublisher, health: Health
) -> None:
    async def broken(request: CaptureRequested) -> Sequence[Publication]:
        raise ZeroDivisionError

    slow = Settings(hold_seconds=3600, unknown_errors=3)
    settled = Settle("fetcher", CaptureRequested, broken, publisher, health, slow)
    for _ in range(4):
        await settled(message())
    assert len(publisher.published) == 4
    waiting = asyncio.create_task(settled(message()))
    await until(lambda: health.why_not_ready() != [])
    assert len(publisher.published) == 4
    (why,) = health.why_not_ready()
    assert "4 of the last 4 messages failed" in why
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_few_unknown_errors_among_many_messages_stop_nothing(
    publisher: RecordingPublisher, health: Health
) -> None:
    async def broken_now_and_then(request: CaptureRequested) -> Sequence[Publication]:
        if len(publisher.published) % 50 == 0:
            raise ZeroDivisionError
        return await fetch(request)

    settled = settle(broken_now_and_then, publisher, health)
    for _ in range(500):
        await settled(message())
    assert len(publisher.published) == 500
    assert sum(one.topic is DEAD_LETTER for one in publisher.published) == 10


async def test_what_kafka_refuses_to_anyone_holds_the_message(
    publisher: RecordingPublisher, health: Health
) -> None:
    publisher.refuses = [TopicAuthorizationFailedError("capture.fetched")]
    await settle(fetch, publisher, health)(message())
    assert publisher.published == [Publication(CAPTURE_FETCHED, FETCHED)]


async def test_what_cannot_be_written_down_is_a_dead_letter(
    publisher: RecordingPublisher, health: Health
) -> None:
    publisher.refuses = [UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogate")]
    await settle(fetch, publisher, health)(message())
    letter = dead(publisher)
    assert letter.reason == "unexpected error"
    assert "UnicodeEncodeError" in letter.error


async def test_a_record_of_giant_headers_fits_into_its_dead_letter(
    publisher: RecordingPublisher, health: Health
) -> None:
    giant = {f"h{number}": b"x" * 40_000 for number in range(200)}
    await settle(fetch, publisher, health)(message(b"no event", **giant))
    letter = dead(publisher)
    assert len(letter.model_dump_json()) < 1024 * 1024
    assert dict(letter.record_headers)["ce_type"]
