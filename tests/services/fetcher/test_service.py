"""The fetcher as a program, on real Kafka and Postgres: `python -m services.fetcher`."""

import json
import os
import signal
import subprocess
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import asyncpg
import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from deploy.local.archive.app import create_app
from deploy.local.archive.captures import Capture, Captures
from deploy.local.connections import Connections
from deploy.local.ports import any_port
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.envelope import decode
from shared.events import CaptureFetched, CaptureRequested, Done
from shared.settings import Settings
from shared.topics import (
    CAPTURE_BACKLOG,
    CAPTURE_FETCHED,
    CAPTURE_REQUESTED,
    READ_BY,
    Topic,
)
from testing.archive.faults import FaultyArchive, throttled
from testing.archive.save_page_now import KEYS, SavePageNow
from testing.archive.server import serve
from testing.chaos.verdict import behind
from testing.fetcher.pages import BODY, SITE, STAMP, request
from testing.fetcher.stage import Stage, staged
from testing.kafka import commit, records
from testing.kafka_login import options
from testing.servers import run_init, started_servers
from testing.waiting import LIMIT_SECONDS, until

SESSION_SECONDS = 6.0

RATE, CDX_RATE = 10, 2
# More than a test takes at that rate, also on a busy machine.
WORK = 1500
AT_RATE = {
    "MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND": str(RATE),
    "MOFCOM_ARCHIVE_CDX_PER_MINUTE": str(CDX_RATE * 60),
    "MOFCOM_CDX_PAGE_ROWS": "1",
}


@contextmanager
def initialised() -> Iterator[Connections]:
    """Kafka and Postgres with all that the init job makes."""
    with started_servers() as connections:
        run_init(connections)
        yield connections


@pytest.fixture(scope="module")
def servers_of_its_own() -> Iterator[Connections]:
    """Servers of this module's own: the topics have fixed names, and the group remembers."""
    with initialised() as connections:
        yield connections


@pytest.fixture
def new_servers() -> Iterator[Connections]:
    """Servers that no other test has asked for anything."""
    with initialised() as connections:
        yield connections


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """An archive with 400 pages."""
    pages = (Capture(f"{SITE}/p/{n}.html", STAMP, BODY + b"%d" % n) for n in range(400))
    with staged(tmp_path, *pages) as ready:
        yield ready


class Program:
    """A fetcher that runs as a process."""

    def __init__(self, connections: Connections, stage: Stage, **settings: str) -> None:
        self._port = any_port()
        (stage.folder / "seeds").mkdir(exist_ok=True)
        self._environment = {
            **os.environ,
            **connections.service_environment("fetcher"),
            "MOFCOM_ARCHIVE_URL": stage.url,
            "MOFCOM_HTTP_PORT": str(self._port),
            "MOFCOM_BLOB_URL": f"file://{stage.folder}/blobs",
            "MOFCOM_SEEDS_DIR": str(stage.folder / "seeds"),
            "MOFCOM_SESSION_TIMEOUT_SECONDS": str(SESSION_SECONDS),
            "MOFCOM_HOLD_SECONDS": "0.2",
            "MOFCOM_LEASE_SECONDS": "3",
            "MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND": "50",
            **settings,
        }
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "testing.service", "fetcher"], env=self._environment
        )

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        return self._process.wait(timeout=LIMIT_SECONDS)

    def post(self, *addresses: str) -> None:
        body = json.dumps({"addresses": addresses}).encode()
        json_type = {"Content-Type": "application/json"}
        with urlopen(Request(f"http://127.0.0.1:{self._port}/requests", body, json_type)) as answer:
            assert answer.status == 202

    @property
    def ready(self) -> bool:
        return self._answer("/ready") is not None

    @property
    def live(self) -> bool:
        return self._answer("/live") is not None

    def problems(self) -> str:
        """What /ready says while it is not ready."""
        try:
            self._ask("/ready")
        except HTTPError as error:
            return error.read().decode()
        except OSError:
            pass
        return ""

    def published(self) -> float:
        """How many events it has published."""
        lines = (self._answer("/metrics") or "").splitlines()
        counts = [line for line in lines if line.startswith("mofcom_events_published_total{")]
        return sum(float(line.rpartition(" ")[2]) for line in counts)

    def _answer(self, path: str) -> str | None:
        try:
            return self._ask(path)
        except OSError:
            return None

    def _ask(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self._port}{path}", timeout=LIMIT_SECONDS) as answer:
            return str(answer.read().decode())


@contextmanager
def fetcher(connections: Connections, stage: Stage, **settings: str) -> Iterator[Program]:
    program = Program(connections, stage, **settings)
    try:
        yield program
    finally:
        program.stop()


async def ask(connections: Connections, topic: Topic, requests: list[CaptureRequested]) -> None:
    settings = Settings(kafka_bootstrap_servers=connections.kafka_bootstrap_servers)
    publisher = KafkaPublisher(settings, "test")
    await publisher.start()
    await publisher.publish(Publication(topic, each) for each in requests)
    await publisher.stop()


async def all_fetched(connections: Connections) -> list[CaptureFetched]:
    """Every `capture.fetched` in the topic by now."""
    found = await records(connections.kafka_bootstrap_servers, CAPTURE_FETCHED)
    return [decode(CaptureFetched, one.value, one.headers) for one in found]


def pages(*numbers: int, stamp: str = STAMP) -> list[CaptureRequested]:
    return [request(f"{SITE}/p/{n}.html", stamp) for n in numbers]


def asked_for(stage: Stage, ending: str) -> bool:
    return any(target.endswith(ending) for target in stage.targets)


def busiest_second(times: list[float]) -> int:
    """The most requests within any second."""
    return max((bisect_left(times, at + 1) - n for n, at in enumerate(times)), default=0)


async def drained(connections: Connections, stage: Stage) -> None:
    """Leave nothing to the next test: all that was asked for has its end."""
    fast = {"MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND": "2000", "MOFCOM_ARCHIVE_CDX_PER_MINUTE": "60000"}

    async def all_read() -> bool:
        return await behind(connections.kafka_bootstrap_servers, ["fetcher"]) == 0

    with fetcher(connections, stage, **fast) as program:
        await until(lambda: program.ready)
        await until(all_read)


async def pause_ends(connections: Connections) -> None:
    """The hour is over for which the archive is left alone."""
    connection = await asyncpg.connect(connections.database_url)
    await connection.execute("UPDATE fetcher.pause SET until = now()")
    await connection.close()


async def three_at_work(
    running: ExitStack, connections: Connections, stage: Stage, name: str
) -> list[Program]:
    """Three replicas, before work for both budgets that lasts for longer than a test."""
    three = [running.enter_context(fetcher(connections, stage, **AT_RATE)) for _ in range(3)]
    await until(lambda: all(program.ready for program in three))
    await ask(
        connections, CAPTURE_REQUESTED, [request(f"{SITE}/{name}/{n}.html") for n in range(WORK)]
    )
    three[0].post(f"{SITE}/p/*")
    await until(lambda: len(stage.targets) > 30)
    return three


async def at_work(programs: list[Program]) -> Program:
    """The one of them that publishes captures."""
    before = [program.published() for program in programs]

    def grown() -> list[Program]:
        both = zip(programs, before, strict=True)
        return [program for program, count in both if program.published() > count + 5]

    await until(lambda: grown() != [])
    return grown()[0]


async def more_asked(stage: Stage, number: int) -> None:
    """The archive is asked so many times more, by whichever of them."""
    before = len(stage.targets)
    await until(lambda: len(stage.targets) >= before + number)


async def members_become(connections: Connections, number: int) -> None:
    """Kafka has shared the work out among so many."""
    admin = AIOKafkaAdminClient(**options(connections.kafka_bootstrap_servers))

    async def stable() -> bool:
        (answer,) = await admin.describe_consumer_groups(["fetcher"])
        group = answer.to_object()["groups"][0]
        return (group["state"], len(group["members"])) == ("Stable", number)

    await admin.start()
    try:
        await until(stable)
    finally:
        await admin.close()


async def offsets_lost(connections: Connections) -> None:
    """Kafka forgets how far the fetcher has read: it reads from the beginning."""
    beginnings = {TopicPartition(topic.name, 0): 0 for topic in READ_BY["fetcher"]}
    await commit(connections.kafka_bootstrap_servers, "fetcher", beginnings)


async def assert_none_lost(connections: Connections, name: str) -> None:
    """Every request of `three_at_work` has an end."""
    ended = {fetched.request.url for fetched in await all_fetched(connections)}
    assert ended >= {f"{SITE}/{name}/{n}.html" for n in range(WORK)}
    connection = await asyncpg.connect(connections.database_url)
    listings = "SELECT * FROM fetcher.listing WHERE state = 'running'"
    assert await connection.fetch(listings) == [], "its address was acknowledged in between"
    await connection.close()


def assert_budgets_kept(stage: Stage) -> None:
    """By the archive's own counter, both, in any second of the whole test."""
    archive = stage.faults.archive
    for times, rate in ((archive.times("memento"), RATE), (archive.times("cdx"), CDX_RATE)):
        assert len(times) > rate
        # The fence posts count on both ends of the second, and requests may arrive a little late.
        assert busiest_second(times) <= rate * (1 + stage.faults.held_up) + 2


async def test_a_kill_in_the_middle_loses_no_request(
    servers_of_its_own: Connections, stage: Stage
) -> None:
    asked = pages(*range(200))

    async def all_came() -> bool:
        came = {fetched.request.request_id for fetched in await all_fetched(servers_of_its_own)}
        return came >= {each.request_id for each in asked}

    with fetcher(servers_of_its_own, stage) as program:
        await ask(servers_of_its_own, CAPTURE_REQUESTED, asked)
        await until(lambda: len(stage.targets) > 60)
        program.kill()
        program.start()
        await until(all_came)
    came = await all_fetched(servers_of_its_own)
    count = Counter(fetched.request.request_id for fetched in came)
    assert all(fetched.outcome == Done() for fetched in came)
    assert len({fetched.id for fetched in came}) == len(count)
    # What was in flight or not yet committed comes again, not everything.
    assert sum(count.values()) < 300


async def test_a_live_capture_passes_a_backlog_also_after_a_restart(
    servers_of_its_own: Connections, stage: Stage
) -> None:
    backlog = [
        each.model_copy(update={"backlog": True})
        for each in (request(f"{SITE}/old/{n}.html") for n in range(WORK))
    ]
    await ask(servers_of_its_own, CAPTURE_BACKLOG, backlog)
    with fetcher(servers_of_its_own, stage, **AT_RATE) as program:
        for name in ("live-1", "live-2"):
            await until(lambda: program.ready and len(stage.targets) > 20)
            program.post(f"{SITE}/{name}.html")
            await until(partial(asked_for, stage, f"/{name}.html"))
            assert not asked_for(stage, f"/old/{WORK - 1}.html")
            program.stop()
            stage.faults.archive.requests.clear()
            program.start()
    await drained(servers_of_its_own, stage)


async def test_of_three_one_works_and_the_budget_holds_through_kill_and_freeze(
    servers_of_its_own: Connections, stage: Stage
) -> None:
    with ExitStack() as running:
        three = await three_at_work(running, servers_of_its_own, stage, "q")
        frozen = await at_work(three)
        frozen.send(signal.SIGSTOP)
        await more_asked(stage, 20)
        frozen.send(signal.SIGCONT)
        await more_asked(stage, 30)
        # Kafka may have given the work back to the one that was frozen.
        killed = await at_work(three)
        killed.kill()
        await more_asked(stage, 30)
        killed.start()
        assert_budgets_kept(stage)
    await drained(servers_of_its_own, stage)
    await assert_none_lost(servers_of_its_own, "q")


async def test_of_three_one_works_and_the_budget_is_kept_while_they_start_and_stop(
    servers_of_its_own: Connections, stage: Stage
) -> None:
    with ExitStack() as running:
        three = await three_at_work(running, servers_of_its_own, stage, "r")
        # A fourth joins: Kafka takes the work from all and gives it to one of them.
        fourth = running.enter_context(fetcher(servers_of_its_own, stage, **AT_RATE))
        await until(lambda: fourth.ready)
        await members_become(servers_of_its_own, 4)
        await more_asked(stage, 20)
        # The one at work goes in order.
        leaving = await at_work([*three, fourth])
        assert leaving.stop() == 0
        await more_asked(stage, 20)
        await members_become(servers_of_its_own, 3)
        # It is back before the others have settled, and whoever has the work goes.
        leaving.start()
        leaving_too = await at_work([*three, fourth])
        assert leaving_too.stop() == 0
        await more_asked(stage, 20)
        assert_budgets_kept(stage)
    await drained(servers_of_its_own, stage)
    await assert_none_lost(servers_of_its_own, "r")


async def test_throttling_is_remembered_by_the_next_process(
    servers_of_its_own: Connections, stage: Stage
) -> None:
    stage.faults.script(throttled(), times=1)
    # Slow enough that the answer is there before the next request goes out.
    settings = {"MOFCOM_ARCHIVE_PAUSE_SECONDS": "3600", "MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND": "2"}
    with fetcher(servers_of_its_own, stage, **settings) as program:
        await ask(servers_of_its_own, CAPTURE_REQUESTED, pages(*range(20), stamp="2019"))
        await until(lambda: "asked again at" in program.problems())
        # What is held is left, not waited for.
        assert program.stop() == 0
        program.start()
        await until(lambda: "asked again at" in program.problems())
        program.kill()
        assert len(stage.targets) == 1
        await pause_ends(servers_of_its_own)
        program.start()
        await until(lambda: len(stage.targets) >= 20)


async def test_when_kafka_loses_its_offsets_nothing_is_fetched_again(
    new_servers: Connections, stage: Stage
) -> None:
    never = [request(f"{SITE}/never/{n}.html") for n in range(20)]
    stage.faults.script("503", url="/failing/")
    failing = [request(f"{SITE}/failing/{n}.html") for n in range(4)]
    dead = [each.model_copy(update={"attempt": 5}) for each in failing[:2]]
    asked = [*never, *failing[2:], *dead, *pages(300, 301)]

    async def all_read() -> bool:
        return await behind(new_servers.kafka_bootstrap_servers, ["fetcher"]) == 0

    await ask(new_servers, CAPTURE_REQUESTED, asked)
    with fetcher(new_servers, stage) as program:
        await until(lambda: program.ready)
        program.post(f"{SITE}/p/39*")
        await until(lambda: asked_for(stage, "/p/399.html"))
        await until(all_read)
    came = await all_fetched(new_servers)
    stage.faults.archive.requests.clear()
    await offsets_lost(new_servers)
    with fetcher(new_servers, stage) as program:
        await until(lambda: program.ready)
        await until(all_read)
    assert stage.targets == []
    repeated = await all_fetched(new_servers)
    assert len(repeated) > len(came)
    assert {fetched.id for fetched in repeated} == {fetched.id for fetched in came}


async def test_it_finds_what_nobody_asked_for_when_it_watches(
    servers_of_its_own: Connections, stage: Stage
) -> None:
    (stage.folder / "seeds").mkdir()
    (stage.folder / "seeds" / "watch.toml").write_text(f'prefixes = ["{SITE}/watched/"]')
    stamp = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y%m%d%H%M%S")
    url = f"{SITE}/watched/new.html"
    stage.faults.archive.captures.add(Capture(url, stamp, BODY))
    # A page that is gone, asked for without a time: what was there before.
    gone = f"{SITE}/gone.html"
    for status, day in ((200, "20190101000000"), (404, "20260801000000")):
        stage.faults.archive.captures.add(Capture(gone, day, BODY, status=status))
    await ask(servers_of_its_own, CAPTURE_REQUESTED, [request(gone, None)])

    async def came_in() -> bool:
        return {url, gone} <= {f.request.url for f in await all_fetched(servers_of_its_own)}

    settings = {"MOFCOM_WATCH": "true", "MOFCOM_ARCHIVE_CDX_PER_MINUTE": "600"}
    with fetcher(servers_of_its_own, stage, **settings):
        await until(came_in)
    came = [f for f in await all_fetched(servers_of_its_own) if f.request.url == url]
    assert [(f.outcome, f.request.backlog) for f in came] == [(Done(), False)]
    (before,) = [f for f in await all_fetched(servers_of_its_own) if f.request.url == gone]
    assert before.capture
    assert before.capture.timestamp == "20190101000000"


async def test_it_stops_in_order_before_it_has_begun(
    servers_of_its_own: Connections, stage: Stage
) -> None:
    nobody = {"MOFCOM_KAFKA_BOOTSTRAP_SERVERS": f"127.0.0.1:{any_port()}"}
    program = Program(servers_of_its_own, stage, **nobody)
    await until(lambda: program.live)
    assert not program.ready
    assert program.stop() == 0


async def test_with_keys_it_has_captured_what_a_list_names_and_the_archive_lacks(
    servers_of_its_own: Connections, tmp_path: Path
) -> None:
    lacked, at = f"{SITE}/zcfb/blgg/art/2025/art_1.html", f"{SITE}/zcfb/"
    links = f'<a href="{lacked}">公告</a>'.encode()
    spn = SavePageNow(FaultyArchive(create_app(Captures([Capture(at, STAMP, links)]))))
    (tmp_path / "keys").write_text(KEYS)
    (tmp_path / "seeds").mkdir()
    watch = f'pages = ["{at}"]\nprefixes = ["{SITE}/zcfb/blgg/"]\n'
    (tmp_path / "seeds" / "watch.toml").write_text(watch)
    with (
        serve(spn) as url,
        fetcher(
            servers_of_its_own,
            Stage(spn.archive, url, tmp_path),
            MOFCOM_SAVE_KEY_FILE=str(tmp_path / "keys"),
            MOFCOM_SAVE_LISTS_SECONDS="0.2",
            MOFCOM_SAVE_POLL_SECONDS="0.2",
            MOFCOM_SAVE_SETTLE_SECONDS="0",
        ) as program,
    ):
        await until(lambda: program.ready)
        program.post(f"{STAMP}/{at}")

        async def fetched() -> bool:
            ended = await all_fetched(servers_of_its_own)
            return any(f.request.url == lacked and f.body is not None for f in ended)

        await until(fetched)
    assert [form["url"] for form in spn.posts] == [[lacked]]
