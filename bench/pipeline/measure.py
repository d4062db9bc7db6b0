"""Runs captures through the pipeline, a service at a time and all together, and measures."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench.pipeline.cpu import cpu_seconds
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.settings import Settings
from shared.topics import CAPTURE_REQUESTED
from testing.chaos.captures import Load, load, requested
from testing.chaos.plan import SERVICES
from testing.chaos.run import Scene, scene
from testing.chaos.verdict import behind, counted

# As the services run by themselves, but for the archive's budget, which would be the limit.
_UNLIMITED = {
    "MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND": "5000",
    "MOFCOM_PARSE_WORKERS": str(os.cpu_count() or 1),
    "MOFCOM_COMMIT_INTERVAL_SECONDS": "1",
    "MOFCOM_SCHEDULE_SECONDS": "1",
    "MOFCOM_RECONCILE_SECONDS": "30",
}
SERVERS = ("kafka", "postgres")
_LOOK_SECONDS = 0.05
_MOST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Alone:
    """CPU seconds that a service spends on a capture when nothing else runs."""

    service: str
    cpu: float


@dataclass(frozen=True, slots=True)
class Together:
    """All at once: captures a second, CPU seconds a capture by process, what was wrong."""

    parsers: int
    per_second: float
    cpu: dict[str, float]
    wrong: Sequence[str]


async def alone(captures: int) -> list[Alone]:
    """Each service on what the one before it has left, with the others stopped."""
    work = load(captures, 0.0, seed=0)
    async with _scene(work) as on:
        # The work begins before a service says that it is ready: what it spends on starting is
        # measured while there is none.
        idle = {service: await _spent(on, service) for service in SERVICES}
        await _ask(on, work)
        return [
            Alone(service, (await _spent(on, service) - idle[service]) / captures)
            for service in SERVICES
        ]


async def _spent(on: Scene, service: str) -> float:
    """CPU seconds of a service from its start until it has done all that there is."""
    replica = on.processes.start(service, 1, **_UNLIMITED)
    await on.processes.wait_ready(replica.name)
    await _until_done(on, service)
    spent = cpu_seconds(replica.process.pid)
    on.processes.terminate(replica.name)
    await on.processes.wait_ended(replica.name)
    return spent


async def together(captures: int, parsers: int) -> Together:
    """Everything at once, with so many replicas of the parser."""
    work = load(captures, 0.0, seed=0)
    async with _scene(work) as on:
        for service in SERVICES:
            for number in range(1, (parsers if service == "parser" else 1) + 1):
                on.processes.start(service, number, **_UNLIMITED)
        await on.processes.wait_ready()
        pids = {name: one.process.pid for name, one in on.processes.replicas.items()}
        pids |= {name: on.servers.pid(name) for name in SERVERS}
        before = {name: cpu_seconds(pid) for name, pid in pids.items()}
        watching = asyncio.create_task(on.watch.run())
        started = time.monotonic()
        try:
            await _ask(on, work)
            async with asyncio.timeout(_MOST_SECONDS):
                while on.watch.outcomes < captures:  # noqa: ASYNC110
                    await asyncio.sleep(_LOOK_SECONDS)
            seconds = time.monotonic() - started
            cpu = {name: (cpu_seconds(pid) - before[name]) / captures for name, pid in pids.items()}
        finally:
            watching.cancel()
        findings = await counted(on.servers.database_url, work)
        wrong = [f"{f.what}: {f.found}, expected {f.expected}" for f in findings if not f.right]
        return Together(parsers, captures / seconds, cpu, wrong)


@asynccontextmanager
async def _scene(work: Load) -> AsyncIterator[Scene]:
    async with scene(work, seed=0, fault_share=0.0) as on:
        try:
            yield on
        finally:
            await on.processes.stop()


async def _ask(on: Scene, work: Load) -> None:
    settings = Settings(kafka_bootstrap_servers=on.servers.kafka_bootstrap_servers)
    publisher = KafkaPublisher(settings, "bench")
    await publisher.start()
    try:
        await publisher.publish(
            Publication(CAPTURE_REQUESTED, requested(capture, backlog=False))
            for capture in work.captures
        )
    finally:
        await publisher.stop()


async def _until_done(on: Scene, service: str) -> None:
    async with asyncio.timeout(_MOST_SECONDS):
        while await behind(on.servers.kafka_bootstrap_servers, [service]):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)
