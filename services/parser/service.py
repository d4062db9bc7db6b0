"""The parser as a service: reads `capture.fetched`, publishes `notice.parsed`."""

import asyncio
from collections.abc import Collection, Sequence, Set

from aiokafka import TopicPartition
from starlette.types import ASGIApp

from services.parser.handler import ParseCapture
from services.parser.settings import ParserSettings
from services.parser.workers import ParseWorkers
from shared.blobs import Blobs
from shared.delivery.agents import Stream, in_batches
from shared.delivery.publisher import KafkaPublisher
from shared.delivery.settle import Settle
from shared.events import CaptureFetched
from shared.health import Health
from shared.service.faust_worker import FaustWorker, faust_app, raw_topic
from shared.topics import CAPTURE_FETCHED, Topic

NAME = "parser"


class Parser:
    """A worker of `shared.service.run`."""

    topics: Sequence[Topic] = (CAPTURE_FETCHED,)
    http: ASGIApp | None = None

    def __init__(self, settings: ParserSettings, health: Health) -> None:
        self._publisher = KafkaPublisher(settings, NAME)
        self._workers = ParseWorkers(
            settings.parse_workers, settings.parse_seconds, settings.parse_memory_bytes
        )
        settle = Settle(
            NAME,
            CaptureFetched,
            ParseCapture(Blobs(settings.blob_url), self._workers, self._publisher),
            self._publisher,
            health,
            settings,
        )
        app = faust_app(NAME, settings)
        self._faust = FaustWorker(app, health, settings)

        async def parse(stream: Stream) -> None:
            await in_batches(
                stream,
                settle,
                settings.parse_batch,
                settings.parse_batch_seconds,
                self._faust.in_flight,
            )

        app.agent(raw_topic(app, CAPTURE_FETCHED), name="parse")(parse)

    async def start(self) -> None:
        await asyncio.to_thread(self._workers.start)
        await self._publisher.start()
        await self._faust.start()

    def assigned(self) -> Set[TopicPartition]:
        return self._faust.assigned()

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        await self._faust.read_again(partitions)

    async def ended(self) -> None:
        await self._faust.ended()

    async def stop(self) -> None:
        await self._faust.stop()
        await self._publisher.stop()
        await asyncio.to_thread(self._workers.stop)
