"""The background lane: `translation.requested`, one at a time, when an engine is there.

A plain aiokafka reader in a group of its own, not a second Faust agent: a lane that waits for days
would fill Faust's buffers and hold up the live one (shared.service.faust_worker).
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from services.translator.engines.engine import Engine
from services.translator.priority import Priority
from services.translator.settings import TranslatorSettings
from shared.delivery.agents import Settler
from shared.delivery.message import from_aiokafka
from shared.kafka import client_options
from shared.topics import TRANSLATION_REQUESTED

log = structlog.get_logger()

GROUP = "translator-background"
# The lane may wait for a model as long as it takes (the largest that Kafka's protocol holds).
_MAX_POLL_MS = 2**31 - 1


class Background:
    """Reads what is to be translated again; commits what is settled."""

    def __init__(
        self,
        settings: TranslatorSettings,
        engines: Sequence[Engine],
        settle: Settler,
        priority: Priority,
    ) -> None:
        self._settings = settings
        self._engines = engines
        self._settle = settle
        self._priority = priority
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Join the group and begin. Raises KafkaError when no broker answers."""
        session_ms = round(self._settings.session_timeout_seconds * 1000)
        self._kafka = AIOKafkaConsumer(
            TRANSLATION_REQUESTED.name,
            **client_options(self._settings),
            group_id=GROUP,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=session_ms,
            heartbeat_interval_ms=session_ms // 5,
            max_poll_interval_ms=_MAX_POLL_MS,
        )
        try:
            await self._kafka.start()
        except BaseException:
            await self._kafka.stop()
            raise
        self._running = asyncio.create_task(self._run())

    async def ended(self) -> None:
        """Return never, raise what ended the lane."""
        if self._running:
            await asyncio.shield(self._running)

    async def stop(self) -> None:
        """Leave the group; what is in hand is read again at the next start."""
        if self._running is None:
            return
        self._running.cancel()
        with suppress(asyncio.CancelledError, KafkaError):
            await self._running
        await self._kafka.stop()

    async def _run(self) -> None:
        while True:
            await self._engine_there()
            try:
                wait_ms = round(self._settings.background_poll_seconds * 1000)
                records = await self._kafka.getmany(timeout_ms=wait_ms, max_records=1)
                for partition, some in records.items():
                    for record in some:
                        await self._one(partition, record)
            except KafkaError as error:
                if not error.retriable:
                    raise
                log.warning("background waits", waiting_for="kafka", why=repr(error))
                await asyncio.sleep(self._settings.hold_seconds)

    async def _engine_there(self) -> None:
        """Return when any engine can translate: before that nothing is taken in hand."""
        said: str | None = None
        while True:
            states = [(engine.name, await engine.health()) for engine in self._engines]
            if any(why is None for _, why in states):
                return
            why = "; ".join(f"{name}: {why}" for name, why in states) or "no engine is set"
            if why != said:
                log.info("background waits", waiting_for="engine", why=why)
                said = why
            await asyncio.sleep(self._settings.engine_look_seconds)

    async def _one(self, partition: TopicPartition, record: ConsumerRecord) -> None:
        await self._priority.before_background_call()
        await self._settle(from_aiokafka(record))
        try:
            await self._kafka.commit({partition: record.offset + 1})
        except (CommitFailedError, IllegalStateError) as error:
            # The partition has gone to another, which translates it again, to the same.
            log.warning("commit refused", why=repr(error))
