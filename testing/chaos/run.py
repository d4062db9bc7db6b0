"""One run: start servers, services and archive, inject faults under load, and judge the result."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from deploy.local.archive.app import create_app
from deploy.local.archive.captures import Captures
from deploy.local.ports import HOST
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.settings import Settings
from shared.topics import CAPTURE_BACKLOG, CAPTURE_REQUESTED
from testing.archive.faults import FaultyArchive
from testing.archive.server import serve
from testing.chaos.captures import Load, load, now_and_then, requested
from testing.chaos.inject import FaultInjector
from testing.chaos.plan import SERVICES, Disaster, Kill
from testing.chaos.proxy import Proxy
from testing.chaos.servers import Servers
from testing.chaos.service_processes import ServiceProcesses
from testing.chaos.verdict import Finding, behind, counted, letters, lost, most_within
from testing.chaos.watch import Watch
from testing.waiting import LIMIT_SECONDS, until

# The production code with waits fit for a test; the budget is one that 2 cores can use up.
BUDGET_PER_SECOND = 100
_CONNECTIONS = 16
QUICK = {
    "MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND": str(BUDGET_PER_SECOND),
    "MOFCOM_ARCHIVE_CONNECTIONS": str(_CONNECTIONS),
    "MOFCOM_ARCHIVE_CDX_PER_MINUTE": "6000",
    "MOFCOM_COMMIT_INTERVAL_SECONDS": "0.2",
    "MOFCOM_SESSION_TIMEOUT_SECONDS": "6",
    "MOFCOM_HOLD_SECONDS": "0.2",
    # Waits of seconds instead of hours: all attempts together must outlast a bad network.
    "MOFCOM_FETCH_RETRY_SECONDS": "0.5",
    "MOFCOM_FETCH_LONGEST_RETRY_SECONDS": "4",
    "MOFCOM_FETCH_ATTEMPTS": "10",
    "MOFCOM_SCHEDULE_SECONDS": "0.2",
    "MOFCOM_RECONCILE_SECONDS": "1",
    "MOFCOM_SEEDS_POLL_SECONDS": "0.5",
    "MOFCOM_ARCHIVE_PAUSE_SECONDS": "0.2",
    "MOFCOM_ARCHIVE_LONGEST_PAUSE_SECONDS": "1",
    "MOFCOM_CALM_SECONDS": "2",
    "MOFCOM_CONNECT_SECONDS": "2",
    "MOFCOM_READ_SECONDS": "4",
    "MOFCOM_ANSWER_SECONDS": "5",
    "MOFCOM_LEASE_SECONDS": "2",
    "MOFCOM_DATABASE_TIMEOUT_SECONDS": "5",
    "MOFCOM_PARSE_WORKERS": "1",
    # Processes share two cores with all the others: a page may wait for its turn.
    "MOFCOM_PARSE_SECONDS": "20",
    "MOFCOM_STOP_SECONDS": "20",
    "MOFCOM_STALL_SECONDS": "40",
    # Rules alone: the model is 70 MB, and an engine takes its time.
    "MOFCOM_TRANSLATE_ENGINES": "none",
}
# Longer than all attempts at one sentence.
_OWN = {"translator": {"MOFCOM_STALL_SECONDS": "900"}}
_AHEAD = 600
_POLL_SECONDS = 0.05
_LOT = 50


@dataclass
class Report:
    """The result of a run. `wrong` is empty if nothing was lost, duplicated or left over."""

    findings: Sequence[Finding]
    wrong: list[str]
    notes: list[str]
    recovery: dict[str, list[float]] = field(default_factory=dict)
    seconds: float = 0.0

    def lines(self) -> list[str]:
        """The report as text."""
        lines = [
            f"{'' if f.right else 'WRONG '}{f.what}: {f.found} (expected {f.expected})"
            for f in self.findings
        ]
        lines += [f"WRONG {text}" for text in self.wrong] + self.notes
        lines.append(f"\n{'seconds to the next outcome after':34}{'n':>4}{'median':>9}{'most':>9}")
        lines += [
            f"{name:34}{len(each):4}{median(each):9.2f}{max(each):9.2f}"
            for name, each in sorted(self.recovery.items())
            if each
        ]
        lines.append(f"\n{self.seconds:.0f} s in all")
        return lines


@dataclass
class Scene:
    """Everything that is running."""

    folder: Path
    servers: Servers
    archive: FaultyArchive
    archive_link: Proxy
    processes: ServiceProcesses
    watch: Watch


@asynccontextmanager
async def scene(
    captures: Load, seed: int, fault_share: float, services: Sequence[str] = SERVICES
) -> AsyncIterator[Scene]:
    """Servers, archive and proxies, with topics and tables created, but none of `services` yet."""
    archive = FaultyArchive(create_app(Captures(captures.captures)))
    if fault_share:
        archive.script(now_and_then(fault_share, seed), endpoint="memento")
    with TemporaryDirectory(prefix="mofcom-") as name, serve(archive) as archive_url:
        folder = Path(name)
        (folder / "seeds").mkdir()
        servers = Servers(folder, services)
        link = Proxy(int(archive_url.rpartition(":")[2]))
        await servers.start_links()
        await link.start()
        try:
            await asyncio.to_thread(servers.start, "kafka", "postgres")
            common = {
                **QUICK,
                "MOFCOM_ARCHIVE_URL": f"http://{HOST}:{link.port}",
                "MOFCOM_SEEDS_DIR": str(folder / "seeds"),
            }
            environment = {
                s: {**common, **_OWN.get(s, {}), **servers.environment(s)} for s in services
            }
            processes = ServiceProcesses(folder, environment)
            await asyncio.to_thread(init, servers)
            yield Scene(folder, servers, archive, link, processes, Watch(servers.database_url))
        finally:
            await asyncio.to_thread(servers.stop)
            await link.stop()
            await servers.stop_links()


async def run(
    captures: int,
    kills: Sequence[Kill],
    disasters: Sequence[Disaster],
    replicas: int,
    seed: int,
    poison_share: float = 0.01,
    fault_share: float = 0.05,
    log: Callable[[str], None] = print,
) -> Report:
    """Inject the planned faults while `captures` go through the pipeline, and judge the result."""
    work = load(captures, poison_share, seed)
    started = time.monotonic()
    async with scene(work, seed, fault_share) as on:
        for service in SERVICES:
            on.processes.scale(service, replicas)
        await on.processes.wait_ready()
        log(f"{replicas} of each service ready after {time.monotonic() - started:.0f} s")
        injector = FaultInjector(on.servers, on.archive_link, on.processes, replicas)
        beside = [asyncio.create_task(on.watch.run()), asyncio.create_task(on.processes.watch())]
        feeding = asyncio.create_task(_feed(on, work, injector, len(kills) + len(disasters)))
        try:
            await asyncio.gather(injector.kill_all(kills), injector.all_disasters(disasters, log))
            log(f"{len(injector.done)} faults; {on.watch.outcomes} outcomes so far")
            late = await _settled(on, feeding, captures)
        finally:
            for task in (feeding, *beside):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await on.processes.stop()
        return await _judged(on, work, injector, late, time.monotonic() - started)


def init(servers: Servers) -> None:
    """Create topics, tables and roles, where they are not there."""
    subprocess.run(
        [sys.executable, "-m", "deploy.init"],
        env={**os.environ, **servers.init_environment()},
        check=True,
        timeout=LIMIT_SECONDS,
    )


async def _feed(on: Scene, work: Load, injector: FaultInjector, faults: int) -> None:
    """Request captures while the faults occur, so that each hits work in flight.

    One in twenty-five is asked for twice, which is to be the same as once.
    """
    publisher = KafkaPublisher(
        Settings(kafka_bootstrap_servers=on.servers.kafka_bootstrap_servers), "chaos"
    )
    await publisher.start()
    try:
        for first in range(0, len(work.captures), _LOT):
            lot = work.captures[first : first + _LOT]
            share = (len(injector.done) + 1) / (faults + 1)
            while first > _AHEAD + min(on.watch.outcomes, len(work.captures) * share):
                await asyncio.sleep(_POLL_SECONDS)
                share = (len(injector.done) + 1) / (faults + 1)
            backlog = first // _LOT % 2 == 1
            topic = CAPTURE_BACKLOG if backlog else CAPTURE_REQUESTED
            await publisher.publish(
                Publication(topic, requested(capture, backlog))
                for capture in (*lot, lot[0], lot[-1])
            )
    finally:
        await publisher.stop()


async def _settled(on: Scene, feeding: asyncio.Task[None], captures: int) -> list[str]:
    """Wait until everything is done; returns what is not when nothing moves any more."""
    left: dict[str, int] = {}

    async def all_read() -> bool:
        bootstrap = on.servers.kafka_bootstrap_servers
        left.update({group: await behind(bootstrap, [group]) for group in SERVICES})
        return not any(left.values())

    try:
        await until(feeding.done, lambda: on.watch.outcomes)
        await until(
            lambda: on.watch.outcomes >= captures,
            lambda: f"{captures - on.watch.outcomes} captures without outcome",
        )
        await until(all_read, lambda: f"messages not committed: {left}")
    except AssertionError as late:
        return [str(late)]
    return []


async def _judged(
    on: Scene, work: Load, injector: FaultInjector, late: list[str], seconds: float
) -> Report:
    findings = await counted(on.servers.database_url, work)
    # A helper notices a moment later that the process which it worked for is gone.
    with suppress(AssertionError):
        await until(lambda: not on.processes.orphans())
    wrong = [*late, *(f"left behind: {text}" for text in on.processes.end_orphans())]
    times = on.archive.archive.times("memento")
    for window in (1.0, 10.0):
        # A slow network lets those that wait in it come together, one for each connection.
        allowed = BUDGET_PER_SECOND * window + _CONNECTIONS
        if (most := most_within(times, window)) > allowed:
            wrong.append(f"{most} requests within {window:g} s, allowed {allowed:g}")
    stopped = [one for one in on.processes.ended if one.asked and one.asked.name == "SIGTERM"]
    # 1: its work waited for a dependency; -SIGTERM: it had not started yet.
    wrong += [f"{e.name} exceeded its grace period" for e in stopped if e.status == -signal.SIGKILL]
    itself = [one for one in on.processes.ended if one.asked is None]
    most = most_within(times, 1.0)
    notes = [
        f"rows of dead letters: {await letters(on.servers.database_url)}",
        f"lost on the way and asked again: {await lost(on.servers.database_url)}",
        f"archive: {len(times)} requests, most in a second {most}, budget {BUDGET_PER_SECOND}",
        f"stopped in order: {len(stopped)}, longest {max((e.seconds for e in stopped), default=0):.1f} s",
        f"with status: {dict(Counter(e.status for e in stopped))}",
        *(f"ended by itself: {e.name} ({e.status})\n{e.last_log}" for e in itself),
    ]
    recovery: dict[str, list[float]] = defaultdict(list)
    for what, at in injector.done:
        after = on.watch.recovered(at)
        if after is not None:
            recovery[what].append(after)
    wrong_findings = [f.what for f in findings if not f.right]
    return Report(findings, wrong + wrong_findings, notes, dict(recovery), seconds)
