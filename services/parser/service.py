"""The parser as a service: what it reads in captures, and in a notice together with its attachments."""

import asyncio
from collections.abc import Collection, Sequence, Set

from aiokafka import TopicPartition
from starlette.types import ASGIApp

from services.parser.attachment_workers import AttachmentWorkers
from services.parser.contents import Contents
from services.parser.handler import ParseCapture
from services.parser.lists_handler import ReadLists
from services.parser.settings import ParserSettings
from services.parser.workers import ParseWorkers
from shared.blobs import Blobs
from shared.delivery.agents import Stream, in_window
from shared.delivery.publisher import KafkaPublisher
from shared.delivery.settle import Settle
from shared.events import CaptureFetched, ListsRequested
from shared.health import Health
from shared.service.faust_worker import FaustWorker, faust_app, raw_topic
from shared.topics import CAPTURE_FETCHED, LISTS_REQUESTED, READ_BY, Topic

NAME = "parser"


class Parser:
    """A worker of `shared.service.run`."""

    topics: Sequence[Topic] = READ_BY[NAME]
    http: ASGIApp | None = None

    def __init__(self, settings: ParserSettings, health: Health) -> None:
        self._publisher = KafkaPublisher(settings, NAME)
        self._workers = ParseWorkers(
            settings.parse_workers, settings.parse_seconds, settings.parse_memory_bytes
        )
        self._attachments = AttachmentWorkers(settings.attachment_workers, ocr=settings.parse_ocr)
        blobs = Blobs(settings.blob_url)
        contents = Contents(blobs, self._attachments)
        settle = Settle(
            NAME,
            CaptureFetched,
            ParseCapture(blobs, self._workers, contents, self._publisher),
            self._publisher,
            health,
            settings,
        )
        lists = Settle(
            NAME,
            ListsRequested,
            ReadLists(blobs, self._workers, contents),
            self._publisher,
            health,
            settings,
        )
        app = faust_app(NAME, settings)
        self._faust = FaustWorker(app, health, settings)

        async def parse(stream: Stream) -> None:
            # Not in batches: an attachment of 700 pages must not keep pages waiting.
            await in_window(stream, settle, settings.parse_window, self._faust.in_flight)

        async def read_lists(stream: Stream) -> None:
            await in_window(stream, lists, settings.lists_window, self._faust.in_flight)

        app.agent(raw_topic(app, CAPTURE_FETCHED), name="parse")(parse)
        app.agent(raw_topic(app, LISTS_REQUESTED), name="read_lists")(read_lists)

    async def start(self) -> None:
        await asyncio.to_thread(self._workers.start)
        await asyncio.to_thread(self._attachments.start)
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
        await asyncio.to_thread(self._attachments.stop)
