"""The translator as a service: reads `notice.parsed`, publishes `notice.translated`."""

import asyncio
from collections.abc import Collection, Sequence, Set
from contextlib import AsyncExitStack

from aiokafka import TopicPartition
from starlette.types import ASGIApp

from services.translator.background import Background
from services.translator.cache import BlobAnswers
from services.translator.engine_chain import EngineChain
from services.translator.engines.build import build_engines
from services.translator.glossary import glossary
from services.translator.handler import TranslateParsed, TranslateRequested
from services.translator.priority import Priority
from services.translator.routes import engines_app
from services.translator.settings import TranslatorSettings
from services.translator.translate import Translate
from shared.blobs import Blobs
from shared.delivery.agents import Stream, in_batches
from shared.delivery.consumer import Consumer
from shared.delivery.publisher import KafkaPublisher
from shared.delivery.settle import Settle
from shared.events import NoticeParsed, TranslationRequested
from shared.health import Health
from shared.kafka import require_topics
from shared.service.faust_worker import FaustWorker, faust_app, raw_topic
from shared.topics import (
    NOTICE_PARSED,
    NOTICE_TRANSLATED,
    TRANSLATION_REQUESTED,
    TRANSLATOR_BACKGROUND,
    Topic,
)

NAME = "translator"


class Translator:
    """A worker of `shared.service.run`.

    Only the live topic is watched for progress: that the background waits for an engine is no
    fault, and the service is ready without one.
    """

    topics: Sequence[Topic] = (NOTICE_PARSED,)

    def __init__(self, settings: TranslatorSettings, health: Health) -> None:
        self._settings = settings
        self._publisher = KafkaPublisher(settings, NAME)
        self._engines = build_engines(settings)
        self.http: ASGIApp | None = engines_app(self._engines)
        priority = Priority(health)
        blobs = Blobs(settings.blob_url)
        chain = EngineChain(self._engines, BlobAnswers(blobs))
        translate = Translate(chain, glossary(), settings.translate_sentences_max)
        settle = Settle(
            NAME,
            NoticeParsed,
            TranslateParsed(blobs, translate, priority),
            self._publisher,
            health,
            settings,
        )
        requested = Settle(
            NAME,
            TranslationRequested,
            TranslateRequested(
                blobs,
                translate,
                priority,
                settings.engine_look_seconds,
                settings.engine_pause_max_seconds,
            ),
            self._publisher,
            health,
            settings,
        )
        self._background = Consumer(
            settings,
            TRANSLATOR_BACKGROUND,
            (TRANSLATION_REQUESTED,),
            Background(self._engines, requested, priority, settings.engine_look_seconds, health),
            health,
            batch=1,
            cancels=True,
        )
        app = faust_app(NAME, settings)
        self._faust = FaustWorker(app, health, settings)

        async def translated(stream: Stream) -> None:
            await in_batches(
                stream,
                settle,
                settings.translate_batch,
                settings.translate_batch_seconds,
                self._faust.in_flight,
            )

        app.agent(raw_topic(app, NOTICE_PARSED), name="translate")(translated)
        self._started = AsyncExitStack()

    async def start(self) -> None:
        await require_topics(self._settings, (NOTICE_TRANSLATED, TRANSLATION_REQUESTED))
        async with AsyncExitStack() as started:
            for engine in self._engines:
                await engine.start()
            for part in (self._publisher, self._faust, self._background):
                await part.start()
                started.push_async_callback(part.stop)
            self._started = started.pop_all()

    def assigned(self) -> Set[TopicPartition]:
        return self._faust.assigned()

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        await self._faust.read_again(partitions)

    async def ended(self) -> None:
        ending = {
            asyncio.create_task(self._faust.ended()),
            asyncio.create_task(self._background.ended()),
        }
        try:
            done, _ = await asyncio.wait(ending, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in ending:
                task.cancel()
        for task in done:
            task.result()

    async def stop(self) -> None:
        await self._started.aclose()
        for engine in self._engines:
            await engine.close()
