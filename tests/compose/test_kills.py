"""The compose stack while each of its containers is killed, stopped and frozen.

Captures come as lines in files under seeds/, a lot before each blow, so that it falls on work in
hand. The settings are the usual ones but for waits of minutes, which are seconds here.
"""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
import stamina

from deploy.local.archive.captures import Capture
from seeds.make_warc import build
from testing.chaos.captures import Load, load
from testing.chaos.run import Report
from testing.chaos.verdict import counted, letters, lost
from testing.chaos.watch import Watch
from testing.waiting import until
from tests.compose.stack import LASTING, Compose, docker, engine_answers

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1200)]

SEED = 1
LOT = 40
REPLICAS = {"parser": 3, "indexer": 2}
FROZEN_SECONDS = 15.0
GRACE_SECONDS = 45
KILLED = 137

OVERRIDE = """
services:
  archive:
    volumes: ["{seeds}:/seeds:ro"]
  fetcher:
    volumes: ["{seeds}:/seeds:ro"]
    environment:
      # Five attempts, over 75 s.
      MOFCOM_FETCH_RETRY_SECONDS: "5"
      MOFCOM_ARCHIVE_PAUSE_SECONDS: "0.05"
"""


def kill(container: str, seconds: float) -> None:
    docker("kill", container)
    time.sleep(seconds / 5)
    docker("start", container)


def stop(container: str, seconds: float) -> None:
    docker("stop", "--time", str(GRACE_SECONDS), container)
    status = int(docker("inspect", "--format", "{{.State.ExitCode}}", container))
    docker("start", container)
    assert status != KILLED, f"outstayed its grace: {docker('logs', container)[-3000:]}"


# An engine on an old kernel interface fails to freeze a container whose processes come and go.
@stamina.retry(on=AssertionError, attempts=5)
def pause(container: str) -> None:
    docker("pause", container)


def freeze(container: str, seconds: float) -> None:
    pause(container)
    time.sleep(seconds)
    docker("unpause", container)


BLOWS = {"killed": kill, "stopped": stop, "frozen": freeze}
Blow = tuple[str, str, int, float]
"""How, which service, which of its containers, for how many seconds."""


def planned(seed: int) -> Sequence[Blow]:
    """Every service's containers in each way; of those with replicas, one drawn each time."""
    draw = random.Random(seed)
    plan = [
        (how, service, draw.randrange(REPLICAS.get(service, 1)), draw.uniform(1, FROZEN_SECONDS))
        for how, service in product(BLOWS, LASTING)
    ]
    draw.shuffle(plan)
    return plan


def write_seeds(captures: Sequence[Capture], folder: Path) -> None:
    """The archive's file, as the bundled one is made from pages."""
    pages = folder.with_name("pages")
    pages.mkdir()
    lines = []
    for number, capture in enumerate(captures):
        (pages / f"{number}.html").write_bytes(capture.body)
        lines += ["[[capture]]", f'url = "{capture.original}"', f'file = "{number}.html"']
        lines += [f'timestamp = "{capture.timestamp}"']
    (pages / "captures.toml").write_text("\n".join(lines))
    folder.mkdir()
    (folder / "demo.warc.gz").write_bytes(build(pages))


def ask(captures: Sequence[Capture], file: Path) -> None:
    """One in ten stands there twice, which is to be the same as once."""
    lines = [f"{capture.timestamp}/{capture.original}" for capture in captures]
    new = file.with_suffix(".new")
    new.write_text("\n".join([*lines, *lines[::10]]) + "\n")
    new.rename(file)


@pytest.fixture(scope="module")
def work() -> Load:
    return load(LOT * len(planned(SEED)), poison_share=0.01, seed=SEED)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, work: Load) -> Path:
    folder = tmp_path_factory.mktemp("kills") / "seeds"
    # Made by root or whoever runs this, read by the containers' user.
    for each in (folder.parent, *folder.parent.parents[:2]):
        each.chmod(0o755)
    write_seeds(work.captures, folder)
    return folder


@pytest.fixture(scope="module")
def compose(seeds: Path) -> Iterator[Compose]:
    if not engine_answers():
        pytest.skip("no Docker engine answers")
    override = seeds.with_name("kills.yml")
    override.write_text(OVERRIDE.format(seeds=seeds))
    compose = Compose("kills", override)
    scales = [word for name, number in REPLICAS.items() for word in ("--scale", f"{name}={number}")]
    try:
        compose("build")
        compose("up", "-d", *scales)
        yield compose
    finally:
        compose.end()


async def test_nothing_is_lost_and_nothing_is_duplicated(
    compose: Compose, work: Load, seeds: Path
) -> None:
    await asyncio.to_thread(compose.wait_healthy)
    database_url = await asyncio.to_thread(compose.connection)
    watch = Watch(database_url)
    watching = asyncio.create_task(watch.run())
    started = time.monotonic()
    done: list[tuple[str, float]] = []
    try:
        for number, (how, service, which, seconds) in enumerate(planned(SEED)):
            ask(work.captures[number * LOT :][:LOT], seeds / f"{number:02}.txt")
            # The blow falls at a moment drawn, wherever the lot is then.
            await asyncio.sleep(1 + seconds / 5)
            containers = await asyncio.to_thread(compose.containers, service)
            print(f"{service} {how}, {seconds:.0f} s; {watch.outcomes} outcomes so far", flush=True)
            await asyncio.to_thread(BLOWS[how], sorted(containers)[which], seconds)
            done.append((f"{service} {how}", time.monotonic()))
        await asyncio.to_thread(compose.wait_healthy)
        await until(
            lambda: watch.outcomes >= len(work.captures),
            lambda: (watch.outcomes, compose("logs", "--tail", "40")),
        )
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    recovery = defaultdict(list)
    for what, at in done:
        if (after := watch.recovered(at)) is not None:
            recovery[what].append(after)
    report = Report(
        await counted(database_url, work),
        [],
        [
            f"rows of dead letters: {await letters(database_url)}",
            f"lost on the way and asked again: {await lost(database_url)}",
        ],
        dict(recovery),
        time.monotonic() - started,
    )
    print("\n".join(report.lines()))
    assert [finding for finding in report.findings if not finding.right] == []
