"""A Faust app configured to lose no message, as a worker of `shared.service.run`."""

import asyncio
import atexit
from collections.abc import Collection, Set
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import faust
import structlog
from aiokafka import TopicPartition
from faust.assignor import PartitionAssignor
from faust.auth import Credentials, OAuthCredentials, SASLCredentials, SSLCredentials
from faust.types import AppT, TopicT
from faust.types.tuples import TP
from faust.types.tuples import Message as FaustMessage
from yarl import URL

from shared.delivery.agents import InFlight
from shared.errors import TopicMadeAgain
from shared.health import Health
from shared.kafka import METADATA_MAX_AGE_MS, sasl_password, ssl_context, tokens
from shared.service.faust_transport import be_patient
from shared.settings import KafkaSettings, Settings
from shared.topics import Topic

log = structlog.get_logger()

_POLL_SECONDS = 0.1
# After this long only a commit is outstanding. A member that stops during a rebalance would wait for
# it for ever; without it the messages are redelivered.
_COMMIT_SECONDS = 3.0
_NEVER_SECONDS = 10 * 365 * 86_400.0


def faust_app(
    name: str, settings: Settings, assignor: type[PartitionAssignor] = PartitionAssignor
) -> AppT:
    """The app of consumer group `name`, with settings that were measured to be safe.

    Values are raw bytes: Faust acknowledges and drops what it cannot decode. The init job owns the
    topics, so none is declared and no leader topic created. `stream_wait_empty` stays on: without
    it a SIGTERM loses the message in flight. Polls are small: records that do not fit into their own
    topic's buffer block the delivery of all topics, and after a restart with a long backlog a live
    message waited for minutes. The poll interval is practically unlimited: with full buffers Faust
    stops polling, and once the broker has evicted it for that, it neither polls nor rejoins. A
    service that makes no progress ends instead. `assignor` shares the partitions out among replicas.
    """
    app = faust.App(
        name,
        broker_credentials=_credentials(settings),
        broker=[URL(f"kafka://{server}") for server in settings.kafka_bootstrap_servers.split(",")],
        broker_commit_interval=settings.commit_interval_seconds,
        broker_session_timeout=settings.session_timeout_seconds,
        broker_heartbeat_interval=settings.session_timeout_seconds / 5,
        broker_max_poll_interval=_NEVER_SECONDS,
        broker_max_poll_records=32,
        consumer_metadata_max_age_ms=METADATA_MAX_AGE_MS,
        consumer_auto_offset_reset="earliest",
        key_serializer="raw",
        value_serializer="raw",
        processing_guarantee="at_least_once",
        producer_request_timeout=60.0,
        stream_buffer_maxsize=256,
        stream_wait_empty=True,
        topic_allow_declare=False,
        topic_disable_leader=True,
        # No tables are used, yet Faust creates the folder; the image's root is read-only.
        store="memory://",
        datadir=_own_folder(),
        autodiscover=False,
        PartitionAssignor=assignor,
        web_enabled=False,
    )
    be_patient(app)
    return app


def _own_folder() -> str:
    """A new one, which is gone when the process ends: a name that can be guessed may be somebody's link."""
    folder = mkdtemp(prefix="mofcom-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


def _credentials(settings: KafkaSettings) -> Credentials | None:
    context = ssl_context(settings)
    if "sasl" in settings.kafka_security_protocol and (provider := tokens(settings)):
        return OAuthCredentials(oauth_cb=provider, ssl_context=context)
    if "sasl" in settings.kafka_security_protocol:
        return SASLCredentials(
            username=settings.kafka_sasl_username,
            password=sasl_password(settings),
            mechanism=settings.kafka_sasl_mechanism,
            ssl_context=context,
        )
    return SSLCredentials(context) if context else None


def raw_topic(app: AppT, topic: Topic) -> TopicT:
    """`topic` with keys and values as raw bytes."""
    return app.topic(
        topic.name,
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
    )


class FaustWorker:
    """Starts, awaits and stops a Faust app inside another asyncio program.

    `in_flight` is for the app's agents.
    """

    def __init__(self, app: AppT, health: Health, settings: Settings) -> None:
        self.in_flight = InFlight()
        self._app = app
        self._made_again = set[TopicPartition]()
        # Partitions with records from before what was committed here, and the offsets of these records.
        self._from_before: asyncio.Queue[tuple[TP, int]] = asyncio.Queue()
        self._health = health
        self._finish_seconds = settings.stop_seconds / 4

    async def start(self) -> None:
        """Start the app on the running event loop."""
        await self._app.start()
        self._app.consumer.wait_empty = self._wait_empty  # type: ignore[method-assign]
        self._app.consumer.ack = self._ack  # type: ignore[method-assign]
        self._app.consumer._to_message = self._to_message  # type: ignore[attr-defined]

    def assigned(self) -> Set[TopicPartition]:
        """The partitions that are assigned to this process."""
        if not self._app.started:
            return set()
        return {TopicPartition(*tp) for tp in self._app.consumer.assignment()}

    def owns(self, topic: Topic) -> bool:
        """Whether `topic`'s first partition is assigned to this process."""
        return TopicPartition(topic.name, 0) in self.assigned()

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        """Have these read from their beginning when the service has been started again.

        Faust would drop what comes at an offset that it has read. Raises TopicMadeAgain.
        """
        consumer = self._app.consumer
        again = {TP(tp.topic, tp.partition) for tp in partitions}
        self._made_again |= again
        for tp in again:
            consumer._acked.pop(tp, None)  # type: ignore[attr-defined]
            consumer._acked_index.pop(tp, None)  # type: ignore[attr-defined]
        await consumer._commit(dict.fromkeys(again, 0))  # type: ignore[attr-defined]
        raise TopicMadeAgain(", ".join(sorted({tp.topic for tp in again})))

    async def ended(self) -> None:
        """Return when the app has stopped; raise what crashed it, and TopicMadeAgain."""
        parts = {
            asyncio.ensure_future(self._app.wait_until_stopped()),
            asyncio.ensure_future(self._read_what_begins_again()),
        }
        try:
            done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            for part in done:
                part.result()
        finally:
            for part in parts:
                part.cancel()
        if self._app.crash_reason is not None:
            raise self._app.crash_reason

    async def stop(self) -> None:
        """Stop the app; agents finish their messages in flight."""
        await self._app.stop()

    async def _read_what_begins_again(self) -> None:
        """Raise TopicMadeAgain when a record is from before the offset that Kafka has, too.

        Faust counts a commit that Kafka refused in a rebalance. Of a topic that is deleted Kafka
        forgets the offset.
        """
        while True:
            tp, offset = await self._from_before.get()
            committed = await self._app.consumer.committed(tp)  # type: ignore[attr-defined]
            if committed is None or offset < committed:
                log.warning("a topic was made again", partition=f"{tp.topic}/{tp.partition}")
                await self.read_again({TopicPartition(tp.topic, tp.partition)})

    def _to_message(self, tp: TP, record: Any) -> FaustMessage:
        """A record as Faust's message. One from before the committed offset may be of another log."""
        consumer = self._app.consumer
        committed = consumer._committed_offset.get(tp)  # type: ignore[attr-defined]
        if committed is not None and record.offset < committed:
            self._from_before.put_nowait((tp, record.offset))
        message: FaustMessage = type(consumer)._to_message(consumer, tp, record)  # type: ignore[attr-defined]
        return message

    def _ack(self, message: FaustMessage) -> bool:
        """Acknowledge a message of the present generation; whether that was new.

        One of an earlier generation is read again by whoever has its partition now, be it this
        process. Acknowledged, it would be committed as done. Nor is one of a topic that is no more.
        """
        consumer = self._app.consumer
        is_past = message.generation_id != self._app.consumer_generation_id
        if is_past or message.tp in self._made_again:
            consumer._unacked_messages.discard(message)  # type: ignore[attr-defined]
            return False
        return type(consumer).ack(consumer, message)

    async def _wait_empty(self) -> None:
        """Wait until nothing is in flight, before the end and in a rebalance.

        What is held for a dependency, or takes too long, is abandoned. Faust alone would wait for it
        for ever and ignore cancellation; meanwhile Kafka would declare this member dead, and two
        members would process the same messages.
        """
        loop, consumer = asyncio.get_running_loop(), self._app.consumer
        deadline = loop.time() + self._finish_seconds
        in_flight = loop.time()
        # Not the app's own: Faust's thread may have set the next one already.
        generations = {message.generation_id for message in consumer._unacked_messages}  # type: ignore[attr-defined]
        waiting = asyncio.create_task(type(consumer).wait_empty(consumer))
        while not waiting.done():
            unacknowledged = consumer._unacked_messages  # type: ignore[attr-defined]
            if loop.time() > deadline or self._health.holds:
                self.in_flight.abandon(generations)
                # Faust waits until this is empty; it does not use it for commits.
                unacknowledged.clear()
            if unacknowledged:
                in_flight = loop.time()
            if loop.time() > in_flight + _COMMIT_SECONDS:
                log.warning("the last commit was not confirmed: its messages will be redelivered")
                waiting.cancel()
                return
            await asyncio.wait({waiting}, timeout=_POLL_SECONDS)
        await waiting
