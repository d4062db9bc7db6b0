"""A Faust app set up to lose nothing, as a worker of `shared.service.run`."""

import asyncio
from pathlib import Path
from tempfile import gettempdir

import faust
import structlog
from faust.auth import Credentials, SASLCredentials, SSLCredentials
from faust.types import TP, AppT, TopicT
from yarl import URL

from shared.delivery.agents import InHand
from shared.health import Health
from shared.kafka import sasl_password, ssl_context
from shared.settings import KafkaSettings, Settings
from shared.topics import Topic

log = structlog.get_logger()

_LOOK_SECONDS = 0.1
# Then all that is left to wait for is a commit, and whoever ends while the work is shared out anew
# waits for it for ever: it comes again.
_COMMIT_SECONDS = 3.0
_NEVER_SECONDS = 10 * 365 * 86_400.0


def faust_app(name: str, settings: Settings) -> AppT:
    """The app of consumer group `name`, with the settings that were measured to be safe.

    Values travel as raw bytes: what Faust cannot decode it acknowledges and drops. Topics belong
    to the init job, so none is declared and no leader topic made. `stream_wait_empty` stays on:
    without it a SIGTERM loses the message in flight. Records are taken in small lots: a lot that
    does not fit into the buffer of its own topic blocks the delivery of all others, and after a
    restart in front of a long backlog a live message waited for minutes. A wait is no reason to
    leave the group, however long: with its buffers full Faust asks for no more records, and once
    out for that it neither asks again nor comes back. Whoever stands still fails /live.
    """
    return faust.App(
        name,
        broker_credentials=_credentials(settings),
        broker=[URL(f"kafka://{server}") for server in settings.kafka_bootstrap_servers.split(",")],
        broker_commit_interval=settings.commit_interval_seconds,
        broker_session_timeout=settings.session_timeout_seconds,
        broker_heartbeat_interval=settings.session_timeout_seconds / 5,
        broker_max_poll_interval=_NEVER_SECONDS,
        broker_max_poll_records=32,
        consumer_auto_offset_reset="earliest",
        key_serializer="raw",
        value_serializer="raw",
        processing_guarantee="at_least_once",
        producer_request_timeout=60.0,
        stream_buffer_maxsize=256,
        stream_wait_empty=True,
        topic_allow_declare=False,
        topic_disable_leader=True,
        # No tables are used, yet Faust makes the folder; the image's root is read-only.
        store="memory://",
        datadir=str(Path(gettempdir()) / f"mofcom-{name}"),
        autodiscover=False,
        web_enabled=False,
    )


def _credentials(settings: KafkaSettings) -> Credentials | None:
    context = ssl_context(settings)
    if "sasl" in settings.kafka_security_protocol:
        return SASLCredentials(
            username=settings.kafka_sasl_username,
            password=sasl_password(settings),
            mechanism=settings.kafka_sasl_mechanism,
            ssl_context=context,
        )
    return SSLCredentials(context) if context else None


def raw_topic(app: AppT, topic: Topic) -> TopicT:
    """`topic` with keys and values as the bytes that they are."""
    return app.topic(
        topic.name,
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
    )


class FaustWorker:
    """Starts, awaits and stops a Faust app inside a program that is not Faust's.

    `hand` is for the app's agents.
    """

    def __init__(self, app: AppT, health: Health, settings: Settings) -> None:
        self.hand = InHand()
        self._app = app
        self._health = health
        self._finish_seconds = settings.stop_seconds / 4

    async def start(self) -> None:
        """Start the app on the running event loop."""
        await self._app.start()
        self._app.consumer.wait_empty = self._wait_empty  # type: ignore[method-assign]

    def owns(self, topic: Topic) -> bool:
        """Whether this process is the one that Kafka has given `topic`'s first partition to."""
        if not self._app.started:
            return False
        return TP(topic.name, 0) in self._app.consumer.assignment()

    async def ended(self) -> None:
        """Return when the app has stopped, raise what crashed it."""
        await self._app.wait_until_stopped()
        if self._app.crash_reason is not None:
            raise self._app.crash_reason

    async def stop(self) -> None:
        """Stop the app; agents finish what they have in hand."""
        await self._app.stop()

    async def _wait_empty(self) -> None:
        """Wait until nothing is in hand, before the end and when work is shared out anew.

        What is held for a dependency, or takes too long, is let go of. Faust alone waits for it for
        ever, and swallows being cancelled; meanwhile Kafka takes this replica for lost, and the one
        that is given its work finds it still at it.
        """
        loop, consumer = asyncio.get_running_loop(), self._app.consumer
        deadline = loop.time() + self._finish_seconds
        in_hand = loop.time()
        waiting = asyncio.create_task(type(consumer).wait_empty(consumer))
        while not waiting.done():
            unacknowledged = consumer._unacked_messages  # type: ignore[attr-defined]
            if loop.time() > deadline or self._health.holds:
                self.hand.let_go(self._app.consumer_generation_id)
                # Faust waits until nothing is here; what it commits it reads from elsewhere.
                unacknowledged.clear()
            if unacknowledged:
                in_hand = loop.time()
            if loop.time() > in_hand + _COMMIT_SECONDS:
                log.warning("the last commit has no answer: what it was for comes again")
                waiting.cancel()
                return
            await asyncio.wait({waiting}, timeout=_LOOK_SECONDS)
        await waiting
