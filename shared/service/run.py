"""Runs a service: its consumer and its HTTP app in one asyncio program, with orderly shutdown."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Collection, Sequence, Set
from contextlib import suppress
from typing import Protocol

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from prometheus_client import REGISTRY
from starlette.types import ASGIApp

from shared.errors import DependencyDown, Stalled, TopicsMissing
from shared.health import Health
from shared.kafka import require_topics
from shared.loops import every, while_down
from shared.metrics import HOLDS, IN_FLIGHT
from shared.service.http import create_app
from shared.service.lag import LagWatch
from shared.service.logs import configure
from shared.service.server import Server
from shared.service.slow_clients import open_as_many_files_as_allowed
from shared.service.spans import start_spans
from shared.service.trouble_metric import TroubleMetric
from shared.settings import Settings
from shared.topics import Topic

log = structlog.get_logger()

# A service that stalls has stood still for minutes.
_LOOK_SECONDS = 5.0


class Worker(Protocol):
    """What a service does between its start and its end."""

    topics: Sequence[Topic]
    """The topics it reads; a service that reads none has no lag."""
    http: ASGIApp | None
    """An HTTP app of its own, beside /live, /ready and /metrics."""

    async def start(self) -> None:
        """Start. Raises DependencyDown or KafkaError while a dependency is not up yet."""

    def assigned(self) -> Set[TopicPartition]:
        """The partitions that Kafka has assigned to it."""

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        """Read these from their beginning: their topics were deleted and made again.

        May raise TopicMadeAgain, to be started again.
        """

    async def ended(self) -> None:
        """Return or raise if the work ends by itself, which it should not."""

    async def stop(self) -> None:
        """Finish the messages in flight and release everything."""


def run(name: str, settings: Settings, build: Callable[[Health], Worker]) -> None:
    """Run the service `name` until SIGTERM or SIGINT; exits 1 when it ends by itself."""
    configure(name, settings.log_format)
    open_as_many_files_as_allowed()
    sys.exit(asyncio.run(_run(name, settings, build)))


async def _run(name: str, settings: Settings, build: Callable[[Health], Worker]) -> int:
    health = Health(settings.stall_seconds)
    stop_spans = start_spans(name)
    IN_FLIGHT.set_function(lambda: health.in_flight)
    HOLDS.set_function(lambda: health.holds)
    REGISTRY.register(TroubleMetric(health))
    worker = build(health)
    app = create_app(health, worker.http, settings.tokens())
    server = Server(app, settings.http_host, settings.http_port)
    stop_requested = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop_requested.set)

    serving = asyncio.create_task(server.serve())
    working = asyncio.create_task(_work(name, settings, worker, health))
    stopping = asyncio.create_task(stop_requested.wait())
    await asyncio.wait({serving, working, stopping}, return_when=asyncio.FIRST_COMPLETED)

    status = 0
    if not stop_requested.is_set():
        status = 1
        error = _error(working) or _error(serving)
        log.error("ended by itself", why=repr(error), exc_info=error)
    health.started = False
    finishing = asyncio.create_task(_finish(working, worker))
    await asyncio.wait({finishing}, timeout=settings.stop_seconds)
    if not finishing.done():
        # Nothing unfinished was acknowledged: it is redelivered at the next start. Cancelling would
        # mean waiting again, for libraries that ignore it.
        log.error("work in flight did not finish in time", seconds=settings.stop_seconds)
        os._exit(1)
    if error := _error(finishing):
        log.error("error while stopping", why=repr(error), exc_info=error)
        status = 1
    stop_spans()
    server.end()
    with suppress(asyncio.CancelledError):
        await serving
    log.info("stopped")
    return status


async def _finish(working: "asyncio.Task[None]", worker: Worker) -> None:
    # A start in progress ignores cancellation too, as Faust's does while no broker answers.
    working.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await working
    await worker.stop()


async def _work(name: str, settings: Settings, worker: Worker, health: Health) -> None:
    await waited_for(
        "kafka", lambda: require_topics(settings, worker.topics), health, settings.hold_seconds
    )
    await waited_for("dependencies", worker.start, health, settings.hold_seconds)
    health.started = True
    log.info("started", topics=[topic.name for topic in worker.topics])
    # None should end: whichever does has failed.
    parts = {asyncio.create_task(worker.ended()), asyncio.create_task(until_stalled(health))}
    if worker.topics:
        lag = LagWatch(settings, name, worker.topics, worker.assigned, health, worker.read_again)
        parts.add(asyncio.create_task(lag.run()))
    try:
        ended, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        for part in ended:
            part.result()
    finally:
        for part in parts:
            part.cancel()


async def until_stalled(health: Health) -> None:
    """Raise Stalled once only a restart would help: whatever runs a service starts it again.

    Docker restarts what has ended, and not what is unhealthy.
    """

    async def look() -> None:
        if why := health.why_not_live():
            raise Stalled("; ".join(why))

    await every(_LOOK_SECONDS, look)


async def waited_for(
    name: str, step: Callable[[], Awaitable[None]], health: Health, hold_seconds: float
) -> None:
    """Run `step`, and retry it while a dependency is down."""

    async def tried() -> None:
        try:
            await step()
        except (KafkaError, OSError, TopicsMissing) as error:
            raise DependencyDown(name, repr(error)) from error

    await while_down(tried, health, hold_seconds)


def _error(task: "asyncio.Task[None]") -> BaseException | None:
    return task.exception() if task.done() and not task.cancelled() else None
