"""The one producer of a service: idempotent, and confirmed before anything is acknowledged."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from shared.envelope import encode
from shared.errors import DependencyDown, EventTooLarge
from shared.events import Event
from shared.kafka import client_options
from shared.metrics import EVENTS
from shared.settings import KafkaSettings
from shared.topics import Topic

_MAX_RECORD = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Publication:
    """An event, and the topic it goes to."""

    topic: Topic
    event: Event


class Publisher(Protocol):
    """What handlers need of a publisher; tests have one that collects events."""

    async def publish(self, publications: Iterable[Publication]) -> None:
        """Send all and return when they are confirmed.

        Raises EventTooLarge for an event that Kafka refuses, DependencyDown while Kafka is down.
        """


class KafkaPublisher:
    """Sends events and returns when the broker has them all.

    With idempotence on, aiokafka resends a batch until the broker confirms it, and never reorders or
    duplicates it. While the broker is down `publish` waits, which is the backpressure wanted here.
    """

    def __init__(self, settings: KafkaSettings, source: str) -> None:
        self._source = source
        self._options = client_options(settings)
        self._producer: Any = None

    async def start(self) -> None:
        """Connect; does nothing while connected.

        Raises KafkaError when no broker answers.
        """
        if self._producer is not None:
            return
        producer = AIOKafkaProducer(
            **self._options,
            enable_idempotence=True,
            linger_ms=2,
            max_request_size=_MAX_RECORD,
            compression_type="gzip",
        )
        try:
            await producer.start()
        except BaseException:
            await producer.stop()
            raise
        self._producer = producer

    async def stop(self) -> None:
        """Send what is left and disconnect; without a connection there is nothing to do."""
        if self._producer is not None:
            await self._producer.stop()
            self._producer = None

    async def __aenter__(self) -> "KafkaPublisher":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def publish(self, publications: Iterable[Publication]) -> None:
        """Send all, then wait until the broker has confirmed each.

        Raises EventTooLarge when an event exceeds what Kafka takes, DependencyDown when the broker
        cannot be asked.
        """
        events = []
        confirmations = []
        with _map_errors():
            for publication in publications:
                events.append(publication.event)
                record = encode(publication.event, self._source, datetime.now(UTC))
                confirmations.append(
                    await self._producer.send(
                        publication.topic.name,
                        key=record.key,
                        value=record.value,
                        headers=record.headers,
                    )
                )
            await asyncio.gather(*confirmations)
        for event in events:
            _count(event)

    async def republish(
        self,
        topic: Topic,
        key: bytes | None,
        value: bytes | None,
        headers: Sequence[tuple[str, bytes]],
    ) -> None:
        """Send a record unchanged, and wait until the broker has confirmed it.

        Raises as `publish` does.
        """
        with _map_errors():
            await self._producer.send_and_wait(
                topic.name, key=key, value=value, headers=list(headers)
            )


@contextmanager
def _map_errors() -> Iterator[None]:
    """Turn Kafka's errors into those that callers act on."""
    try:
        yield
    except MessageSizeTooLargeError as error:
        raise EventTooLarge(str(error)) from error
    except KafkaError as error:
        if not error.retriable:
            raise
        raise DependencyDown("kafka", repr(error)) from error


def _count(event: Event) -> None:
    outcome = getattr(event, "outcome", None)
    reason = getattr(outcome, "reason", None) or getattr(event, "reason", None)
    EVENTS.labels(event.TYPE, getattr(outcome, "state", ""), reason or "").inc()
