"""A page that breaks the limits ends its worker and is a dead letter; the next one is read."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from services.parser import workers as module
from services.parser.parse import NotText, parse
from services.parser.workers import Page, ParseWorkers
from shared.errors import GaveUp
from shared.notice import Notice
from testing.waiting import LIMIT_SECONDS

URL = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml"
PAGE = (
    '<h1 id="artitle">商务部令2018年第6号</h1><div id="zoom" class="artCon">现予公布</div>'.encode()
)


MEMORY_BYTES = 512 * 1024 * 1024

Is = Callable[[Page], bool]


def slow(body: bytes, url: str, **known: Any) -> Notice:
    while True:
        pass


def greedy(body: bytes, url: str, **known: Any) -> Notice:
    memory = [bytes(50_000_000) for _ in range(100)]
    raise AssertionError(len(memory))


def crashing(body: bytes, url: str, **known: Any) -> Notice:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def frozen_once(body: bytes, url: str, **known: Any) -> Notice:
    _ended_once(Path(url), lambda: time.sleep(60))
    return parse(body, URL, **known)


def killed_once(body: bytes, url: str, **known: Any) -> Notice:
    _ended_once(Path(url), lambda: os.kill(os.getpid(), signal.SIGKILL))
    return parse(body, URL, **known)


def by_address(body: bytes, url: str, **known: Any) -> Notice:
    """What the address says of a page, else it is read."""
    hostile = {"slow": slow, "greedy": greedy, "crashing": crashing}.get(url.rpartition("/")[2])
    return hostile(body, url) if hostile else parse(body, URL, **known)


def _ended_once(mark: Path, end: Callable[[], None]) -> None:
    if not mark.exists():
        mark.touch()
        end()


@pytest.fixture(scope="module")
def workers() -> Iterator[ParseWorkers]:
    workers = ParseWorkers(1, LIMIT_SECONDS, MEMORY_BYTES)
    workers.start()
    yield workers
    workers.stop()


@pytest.fixture
def impatient(workers: ParseWorkers, monkeypatch: pytest.MonkeyPatch) -> Callable[[Is], None]:
    """Gives pages that are `slow`, and lots with one, a moment: a busy machine may delay the others."""

    def impatient(is_slow: Is) -> None:
        call = workers._processes.call

        async def limited(_: float, function: Any, parse: Any, pages: Page | list[Page]) -> Any:
            page_or_lot = [pages] if isinstance(pages, Page) else pages
            seconds = 0.3 if any(map(is_slow, page_or_lot)) else LIMIT_SECONDS
            return await call(seconds, function, parse, pages)

        monkeypatch.setattr(workers._processes, "call", limited)

    return impatient


# Depending on the moment it starts, or is stopped.
@pytest.mark.parametrize("seconds", [0, 0.05, 0.3])
def test_a_start_ends_when_it_is_stopped(seconds: float) -> None:
    stopped = ParseWorkers(1, LIMIT_SECONDS, MEMORY_BYTES)
    ended = threading.Event()

    def start() -> None:
        with suppress(RuntimeError):
            stopped.start()
        ended.set()

    # A daemon: one that hangs must not keep the test run from its end.
    threading.Thread(target=start, daemon=True).start()
    time.sleep(seconds)
    stopped.stop()
    assert ended.wait(LIMIT_SECONDS)


async def test_a_page_is_read(workers: ParseWorkers) -> None:
    notice = await workers.parse(PAGE, URL, content_type="text/html")
    assert notice.title == "商务部令2018年第6号"


@pytest.mark.parametrize(
    ("function", "reason"), [(slow, "too slow"), (greedy, "worker died"), (crashing, "worker died")]
)
async def test_what_breaks_the_limits_is_given_up_and_the_next_page_read(
    workers: ParseWorkers,
    impatient: Callable[[Is], None],
    monkeypatch: pytest.MonkeyPatch,
    function: object,
    reason: str,
) -> None:
    hostile = f"{URL}?hostile"
    impatient(lambda page: function is slow and page.url == hostile)
    with monkeypatch.context() as patched:
        patched.setattr(module, "parse", function)
        with pytest.raises(GaveUp) as given_up:
            await workers.parse(PAGE, hostile)
    assert given_up.value.reason == reason
    assert (await workers.parse(PAGE, URL)).title


@pytest.mark.parametrize("function", [frozen_once, killed_once])
async def test_a_page_whose_worker_ended_by_no_fault_of_its_own_is_read_by_the_next(
    workers: ParseWorkers,
    impatient: Callable[[Is], None],
    monkeypatch: pytest.MonkeyPatch,
    function: object,
    tmp_path: Path,
) -> None:
    ended = tmp_path / "ended"
    impatient(lambda page: function is frozen_once and not ended.exists())
    monkeypatch.setattr(module, "parse", function)
    notice = await workers.parse(PAGE, str(ended), content_type="text/html")
    assert ended.exists()
    assert notice.title == "商务部令2018年第6号"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("slow", "too slow"), ("greedy", "worker died"), ("crashing", "worker died")],
)
async def test_what_breaks_the_limits_takes_none_of_its_lot_with_it(
    workers: ParseWorkers,
    impatient: Callable[[Is], None],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    reason: str,
) -> None:
    impatient(lambda page: page.url.endswith("/slow"))
    monkeypatch.setattr(module, "parse", by_address)
    names = ["a", "b", "c", name, "d", "e", "f", "g", "h"]
    read = await asyncio.gather(
        *(workers.parse(PAGE, f"http://x/{each}") for each in names), return_exceptions=True
    )
    given_up = read.pop(3)
    assert isinstance(given_up, GaveUp)
    assert given_up.reason == reason
    assert all(isinstance(one, Notice) and one.title for one in read), read


async def test_pages_that_wait_are_handed_over_together_and_each_gets_its_own_answer(
    workers: ParseWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = [PAGE.replace(b"2018", b"%d" % (1990 + n)) for n in range(30)]
    bodies[17] = b"%PDF-1.4"
    bodies[23] = b"<div>" * 1_001
    handed: list[int] = []
    call = workers._processes.call

    async def counted(seconds: float, function: Any, parse: Any, pages: Any) -> Any:
        handed.append(len(pages) if isinstance(pages, list) else 1)
        return await call(seconds, function, parse, pages)

    monkeypatch.setattr(workers._processes, "call", counted)
    read = await asyncio.gather(
        *(workers.parse(body, URL) for body in bodies), return_exceptions=True
    )
    assert isinstance(read[17], NotText)
    assert isinstance(read[23], GaveUp)
    titles = {n: one.title for n, one in enumerate(read) if isinstance(one, Notice)}
    assert titles == {n: f"商务部令{1990 + n}年第6号" for n in range(30) if n not in (17, 23)}
    # The first ones found a worker free; the others came together.
    assert sum(handed) == 30
    assert len(handed) <= 8


async def test_what_is_no_text_is_not_given_up_but_refused(workers: ParseWorkers) -> None:
    with pytest.raises(NotText, match="a PDF file"):
        await workers.parse(b"%PDF-1.4", URL)


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"<p>" + b"x" * 5_000_000, "too large"), (b"<div>" * 1_001, "too deep")],
)
async def test_what_no_real_page_is_has_its_own_reason(
    workers: ParseWorkers, body: bytes, reason: str
) -> None:
    with pytest.raises(GaveUp) as given_up:
        await workers.parse(body, URL)
    assert given_up.value.reason == reason
