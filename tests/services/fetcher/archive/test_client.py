"""One request, one answer, over a real socket."""

import asyncio
import socket
from contextlib import suppress

import pytest

from services.fetcher.archive.answers import Verdict
from services.fetcher.archive.client import Client
from services.fetcher.archive.landmarks import Landmarks
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.reply import NoReply, Reply
from services.fetcher.archive.wayback import WaybackMachine
from services.fetcher.settings import FetcherSettings
from shared.errors import DependencyDown
from shared.events import Answer
from shared.version import __version__
from testing.clock import Clock
from testing.fetcher.pages import BODY, PAGE, STAMP
from testing.fetcher.stage import Stage, settings
from testing.waiting import turns

TARGET = f"/web/{STAMP}id_/{PAGE}"


def judge(reply: Reply | NoReply) -> Verdict:
    if isinstance(reply, NoReply):
        away = reply.why == "refused"
        return Verdict(Answer.THROTTLED if away else Answer.TRANSIENT, reply.why)
    if reply.status == 429:
        return Verdict(Answer.THROTTLED, "as told")
    failing = reply.header("memento-datetime") is None
    return Verdict(Answer.TRANSIENT if failing else Answer.MEMENTO, f"status {reply.status}")


async def get(client: Client, target: str = TARGET) -> Reply | NoReply:
    reply, _ = await client.get(target, client.memento_pace, Priority.LIVE, judge)
    return reply


async def test_an_answer_is_returned_as_it_was_sent(stage: Stage) -> None:
    stage.faults.script("unasked brotli")
    async with stage.client() as client:
        reply = await get(client)
    assert isinstance(reply, Reply)
    assert (reply.status, reply.ending) == (200, "whole")
    assert reply.header("content-encoding") == "br"
    assert reply.body != BODY
    assert reply.header("memento-datetime") == "Tue, 01 Jan 2019 00:00:00 GMT"


async def test_the_target_is_sent_as_given(stage: Stage) -> None:
    odd = f"/web/{STAMP}id_/http://www.mofcom.gov.cn//a/../b/./%e5%95%86%2F?x=%20[|]&y=//"
    async with stage.client(archive_contact="https://example.org/about") as client:
        await get(client, odd)
    (sent,) = stage.faults.archive.requests
    assert sent.target == odd
    about = "+https://example.org/about"
    assert sent.headers["user-agent"] == f"mofcom-notices/{__version__} ({about})"
    assert "cookie" not in sent.headers


@pytest.mark.parametrize(
    ("fault", "ending"),
    [("truncated", "short"), ("reset", "broken"), ("empty", "whole"), ("false gzip", "whole")],
)
async def test_how_a_body_ends(stage: Stage, fault: str, ending: str) -> None:
    stage.faults.script(fault)
    async with stage.client() as client:
        reply = await get(client)
    assert isinstance(reply, Reply)
    assert (reply.status, reply.ending) == (200, ending)


async def test_no_answer_in_time_is_no_reply(stage: Stage) -> None:
    stage.faults.script("silent")
    async with stage.client(impatient=lambda target: True) as client:
        reply = await get(client)
    assert isinstance(reply, NoReply)
    assert reply.why == "too slow"


async def test_a_body_that_drips_is_ended(stage: Stage) -> None:
    stage.faults.script("drip")
    # Each of its pieces is read in time, and the answer as a whole is not.
    async with stage.client(answer_seconds=1.0) as client:
        # A busy machine may not even have the head in time.
        while not isinstance(reply := await get(client), Reply):
            assert reply.why == "too slow"
    assert reply.ending == "too slow"


async def test_a_body_above_the_limit_is_not_read_further(stage: Stage) -> None:
    async with stage.client(download_bytes=10) as client:
        reply = await get(client)
    assert isinstance(reply, Reply)
    assert reply.ending == "too large"
    assert len(reply.body) <= 10


async def test_throttling_stops_everything_until_one_probe_succeeds(stage: Stage) -> None:
    stage.faults.script("429", nth=1)
    stage.clock = clock = Clock()
    async with stage.client(archive_pause_seconds=60) as client:
        with pytest.raises(DependencyDown, match="archive: as told"):
            await get(client)
        with pytest.raises(DependencyDown, match="asked again at"):
            await get(client)
        assert len(stage.targets) == 1
        clock.move(60)
        answers = await asyncio.gather(*(get(client) for _ in range(5)), return_exceptions=True)
        # The probe, then the one that sent it.
        assert len(stage.targets) == 3
        assert stage.targets[1].endswith("id_/http://www.mofcom.gov.cn/")
        assert sum(isinstance(answer, Reply) for answer in answers) == 1
        await asyncio.gather(*(get(client) for _ in range(5)))
    assert len(stage.targets) == 8
    assert [pause.over for pause in stage.pauses] == [False, True]
    assert stage.pauses[0].seconds == 60


async def test_a_refused_connection_is_throttling(stage: Stage) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = Client(settings(stage.folder, f"http://127.0.0.1:{port}"), stage, stage.kept)
    with pytest.raises(DependencyDown, match="archive: refused"):
        await get(client)
    await client.close()


async def test_throttled_then_refused_then_back(stage: Stage) -> None:
    """Whoever goes on asking is shut out for longer each time: each pause is kept to its end."""
    clock = Clock()
    contacts: list[float] = []
    answers = {
        True: b"HTTP/1.1 429 Too Many\r\n",
        False: b"HTTP/1.1 200 OK\r\nmemento-datetime: Tue, 01 Jan 2019 00:00:00 GMT\r\n",
    }

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        contacts.append(clock())
        end = b"content-length: 0\r\nconnection: close\r\n\r\n"
        writer.write(answers[len(contacts) == 1] + end)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    paused = settings(stage.folder, f"http://127.0.0.1:{port}", archive_pause_seconds=60)
    client = Client(paused, stage, stage.kept, clock)
    with pytest.raises(DependencyDown, match="archive: as told"):
        await get(client)
    server.close()
    await server.wait_closed()
    clock.move(60)
    with pytest.raises(DependencyDown, match="archive: connection refused"):
        await get(client)
    server = await asyncio.start_server(answer, "127.0.0.1", port)
    while len(contacts) == 1:
        with suppress(DependencyDown):
            await get(client)
        clock.move(10)
    await client.close()
    server.close()
    assert [(pause.seconds, pause.over) for pause in stage.pauses] == [
        (60, False),
        (120, False),
        (120, True),
    ]
    # 429; then the probe, and the request that sent it.
    assert contacts == [stage.pauses[0].until - 60, *[stage.pauses[1].until] * 2]


@pytest.mark.parametrize("fault", ["reset", "dropped", "503", "silent"])
async def test_when_the_probe_fails_too_the_gate_closes(stage: Stage, fault: str) -> None:
    stage.faults.script(fault)
    async with stage.client(
        impatient=lambda target: fault == "silent", failures=3, archive_pause_seconds=60
    ) as client:
        await get(client)
        await get(client)
        with pytest.raises(DependencyDown, match="failures in a row"):
            await get(client)
        with pytest.raises(DependencyDown, match="asked again at"):
            await get(client)
    assert len(stage.asked) == 4


@pytest.mark.parametrize("fault", ["reset", "dropped", "503", "silent"])
async def test_captures_that_always_fail_close_nothing_while_others_are_served(
    stage: Stage, fault: str
) -> None:
    failing = PAGE.replace("a.shtml", "failing.shtml")
    stage.faults.script(fault, url=failing)
    async with stage.client(
        impatient=lambda target: fault == "silent" and failing in target, failures=3
    ) as client:
        for _ in range(10):
            await get(client, f"/web/{STAMP}id_/{failing}")
        assert isinstance(await get(client), Reply)
    assert stage.pauses == []
    # A probe after each three.
    assert len(stage.asked) == 10 + 3 + 1


async def test_failures_between_answers_are_not_in_a_row(stage: Stage) -> None:
    failing = PAGE.replace("a.shtml", "failing.shtml")
    stage.faults.script("503", url=failing)
    async with stage.client(failures=3) as client:
        for _ in range(5):
            await get(client, f"/web/{STAMP}id_/{failing}")
            await get(client, f"/web/{STAMP}id_/{failing}")
            await get(client)
    assert len(stage.targets) == 15


def test_a_capture_that_is_served_repeatedly_is_one_landmark() -> None:
    landmarks = Landmarks(WaybackMachine(FetcherSettings()))
    for _ in range(3):
        landmarks.note(TARGET)
    assert [landmarks.next() == TARGET for _ in range(4)] == [True, False, True, False]


async def test_the_probe_is_what_was_served_last_and_each_time_another(stage: Stage) -> None:
    async with stage.client(failures=1) as client:
        await get(client)
        stage.faults.script("503", url=f"{PAGE}?failing")
        for _ in range(4):
            await get(client, f"{TARGET}?failing")
    probes = [target for target in stage.targets[1:] if not target.endswith("?failing")]
    assert probes[0] == probes[2] == TARGET
    assert probes[1].endswith("/http://www.mofcom.gov.cn/")
    assert probes[3].endswith("/http://www.mofcom.gov.cn/")


async def test_a_slow_index_is_no_incident(stage: Stage) -> None:
    stage.faults.script("504")
    async with stage.client(failures=2) as client:
        for _ in range(5):
            await client.get("/cdx/search/cdx?url=x", client.cdx_pace, Priority.LIVE, judge)
    assert len(stage.targets) == 5


async def test_the_pace_is_kept_whatever_is_asked_at_once(stage: Stage) -> None:
    async with stage.client(archive_mementos_per_second=50) as client:
        await asyncio.gather(*(get(client) for _ in range(15)))
    times = stage.faults.archive.times("memento")
    assert len(times) == 15
    # A busy machine may hold up the first; without a pace all come in a tenth of that.
    assert times[-1] - times[0] > 14 / 50 / 2


async def test_a_standby_fetcher_requests_nothing(stage: Stage) -> None:
    async with stage.client(archive_mementos_per_second=2) as client:
        waiting = asyncio.create_task(get(client))
        await turns()
        stage.standing_by = True
        with pytest.raises(DependencyDown, match="lost the lease"):
            await waiting
        with pytest.raises(DependencyDown, match="standing by"):
            await get(client)
    assert stage.targets == []


async def test_what_save_page_now_refuses_by_itself_closes_nothing_for_captures(
    stage: Stage,
) -> None:
    stage.faults.script("429", url="/save")
    async with stage.client(save_requests_per_second=1000) as client:
        reply = await client.save("POST", "/save", "LOW a:b", b"url=x")
        assert isinstance(reply, Reply)
        assert reply.status == 429
        await get(client)
    (asked, _) = stage.faults.archive.requests
    assert (asked.method, asked.target) == ("POST", "/save")
    assert asked.headers["authorization"] == "LOW a:b"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.headers["content-length"] == "5"


async def test_a_refused_connection_of_save_page_now_closes_the_gate(stage: Stage) -> None:
    client = Client(settings(stage.folder), stage, stage.kept)
    with pytest.raises(DependencyDown, match="refused"):
        await client.save("GET", "/save/status/user", "LOW a:b")
    assert client.gate.seconds_left() > 0
    stage.standing_by = True
    with pytest.raises(DependencyDown, match="standing by"):
        await client.save("GET", "/save/status/user", "LOW a:b")
    await client.close()
