"""Many captures with every known fault of the archive among them: each must have its outcome.

The archive is a process of its own, so that what this one holds in memory is the fetcher's.
"""

import asyncio
import hashlib
import multiprocessing
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import NamedTuple

import psutil

from deploy.local.archive.answer import Answer as Honest
from deploy.local.archive.app import Request, compressed, create_app
from deploy.local.archive.captures import Capture, Captures
from services.fetcher.archive.cdx import Query
from services.fetcher.archive.client import Client
from services.fetcher.archive.gate import Pause
from services.fetcher.archive.listing import Lister, ListingFailed, begin
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from shared.blobs import Blobs
from shared.errors import DependencyDown, GaveUp
from shared.events import Answer, CaptureFetched, CaptureRequested, CdxRow, RetryAt, Skipped
from testing.archive.faults import FAULTS, FaultyArchive, Wire
from testing.archive.server import serve
from testing.fetcher.odd_rows import ODD_ROWS, odd_row_of
from testing.fetcher.outcomes import CAPTURES, ENDLESS, INDEX, REDIRECTS
from testing.fetcher.pages import AT, BODY, SITE, STAMP, request
from testing.fetcher.stage import Impatient, UncontestedLease, settings

SHARE = 0.2
RATE = 400
MIB = 1024 * 1024
_IN_HAND = 28

# Gone when it is asked again; the others answer so every time.
_PASSING = [
    name
    for name, (_, outcome, _) in CAPTURES.items()
    if outcome in ("archive", "retry") and name != "neighbour days away"
]
# Codings that are broken or were not asked for: the page is the same in the end.
_SAME_BODY = [
    name for name in CAPTURES if "gzip" in name or "brotli" in name or "odd header" in name
]
# What the index plays for one of five of its pages; it is asked again.
_OF_INDEX = [
    name for name, ends in INDEX.items() if ends == "transient" or name.startswith("odd header")
]
_PAGE_ROWS = 50
INDEX_RATE = 100


# A capture that fails each time it is asked for, and becomes a dead letter.
ILL = {f"always {name}": name for name in ("503", "reset", "dropped", "truncated")}


class Ending(NamedTuple):
    """How a capture ended: class of answer, ``done`` or the reason, sha256 of the body; one that was given up
    has none of them but ``dead``.
    """

    answer: Answer | None
    outcome: str
    sha256: str | None


@dataclass(frozen=True)
class MixedRun:
    """The result of a run: requests that the archive counted, the most of them in a second, for how
    many seconds the machine held up the archive at most, and the bytes that this process held, from
    the tenth of the captures on. `busiest_index` is the most requests to its index in a second, `odd` the
    pages whose row in it is odd.
    """

    asked: int
    busiest: int
    busiest_index: int
    odd: int
    held_up: float
    faults: int
    memory: list[int]


def mixed_run(folder: Path, captures: int) -> MixedRun:
    """Fetch so many captures. Raises AssertionError if one has a wrong outcome."""
    with _archive(captures) as (url, connection):
        ended, memory = asyncio.run(_fetched(folder, url, captures))
        connection.send("how often")
        times: list[float]
        index_times: list[float]
        held_up: float
        times, index_times, held_up = connection.recv()
    assert sorted(ended) == list(range(captures))
    wrong = {n: (fault_of(n), got) for n, got in ended.items() if not _right(n, got)}
    assert wrong == {}, wrong
    faults = sum(fault_of(n) is not None for n in ended)
    odd = sum(odd_row_of(n) is not None for n in ended)
    return MixedRun(
        len(times), _busiest(times), _busiest(index_times), odd, held_up, faults, memory
    )


def _busiest(times: list[float]) -> int:
    """The most of these times, in order, that lie within a second."""
    return max(bisect_left(times, at + 1) - n for n, at in enumerate(times))


def fault_of(number: int) -> str | None:
    """The fault that the archive plays for a page, None for four of five."""
    # Of the first thousand pages from here on each fault has one, which a test sees to.
    chance = Random(1_451_015 + number)
    if chance.random() >= SHARE:
        return None
    # What a redirect leads to is whole in the end.
    fitting = {0: _PASSING, 1: [*_PASSING, *REDIRECTS], 2: _PASSING}.get(
        number % 10, [*CAPTURES, *ILL]
    )
    return chance.choice(fitting)


def _page(number: int) -> Capture | None:
    """One of ten was never archived, one is a redirect to the next, the others are pages."""
    if number % 10 == 0:
        return None
    if number % 10 == 1:
        moved = (("Location", _url(number + 1)),)
        return Capture(_url(number), STAMP, b"", status=301, headers=moved)
    return Capture(_url(number), STAMP, BODY + b"%d" % number)


def _right(number: int, got: Ending) -> bool:
    fault = fault_of(number)
    page = _page(number)
    if page is None:
        return (got.answer, got.outcome) == (Answer.NEVER_ARCHIVED, "never archived")
    if page.status == 301:
        leads_to = _page(number + 1)
        return got == Ending(Answer.ARCHIVED_REDIRECT, "done", _sha256(leads_to))
    if fault is None or fault in _PASSING or fault in _SAME_BODY:
        return got == Ending(Answer.MEMENTO, "done", _sha256(page))
    if fault in ILL:
        return got == Ending(None, "dead", None)
    answer, outcome, _ = CAPTURES[fault]
    # It is asked again for weeks before that is its end.
    expected = "unplayable" if fault == "neighbour days away" else outcome
    return (got.answer, got.outcome) == (answer, expected)


async def _fetched(folder: Path, url: str, captures: int) -> tuple[dict[int, Ending], list[int]]:
    ours = settings(
        folder,
        url,
        archive_mementos_per_second=RATE,
        archive_cdx_per_minute=INDEX_RATE * 60,
        archive_pause_seconds=0.05,
        archive_longest_pause_seconds=0.1,
    )
    client = Client(ours, UncontestedLease(), _kept)
    client._http = Impatient(ours, lambda target: _fault_at(target)[1] in ENDLESS, [])
    fetch_one = FetchCapture(Player(client, ours.body_bytes), Blobs(ours.blob_url), ours)
    ended: dict[int, Ending] = {}
    memory: list[int] = []
    rows = await _listed(Lister(client, _PAGE_ROWS, captures, ours.body_bytes))
    assert set(rows) == {
        n for n in range(captures + 1) if (page := _page(n)) and page.status == 200
    }

    async def fetch(number: int) -> None:
        """As Settle and the ledger do it, without the waits."""
        asked: CaptureRequested = request(_url(number), STAMP, listed=True)
        if number in rows:
            asked = asked.model_copy(update={"listed": rows[number]})
        while True:
            try:
                fetched = await fetch_one(asked)
            except DependencyDown:
                await asyncio.sleep(0.02)
                continue
            except GaveUp:
                ended[number] = Ending(None, "dead", None)
                return
            if not isinstance(fetched.outcome, RetryAt):
                assert number not in ended
                ended[number] = _ending(fetched)
                return
            asked = asked.model_copy(update={"attempt": asked.attempt + 1})

    numbers = iter(range(captures))

    async def work() -> None:
        for number in numbers:
            await fetch(number)
            if number % (captures // 10) == 0 and number:
                memory.append(psutil.Process().memory_info().rss)

    await asyncio.gather(*(work() for _ in range(_IN_HAND)))
    await client.close()
    return ended, memory


async def _listed(lister: Lister) -> dict[int, CdxRow]:
    """All that the index lists, by number, as the watch and the ledger ask for it, without the waits."""
    cursor = begin(Query(f"{SITE}/p/", "prefix"), AT)
    found: dict[int, CdxRow] = {}
    while not cursor.ended:
        try:
            cursor, rows = await lister.next_page(cursor, Priority.BACKLOG)
        except (ListingFailed, DependencyDown):
            await asyncio.sleep(0.02)
            continue
        for row in rows:
            number = int(row.original.rpartition("/")[2].partition(".")[0])
            assert number not in found
            found[number] = row
    assert cursor.partial is None
    # More often where the second at which a page ended is asked for again.
    assert cursor.odd >= sum(ODD_ROWS[odd].passed_over for n in found if (odd := odd_row_of(n)))
    return found


def _ending(fetched: CaptureFetched) -> Ending:
    outcome = fetched.outcome
    said = outcome.reason if isinstance(outcome, Skipped) else "done"
    return Ending(fetched.answer, said, fetched.body.sha256 if fetched.body else None)


@contextmanager
def _archive(captures: int) -> Iterator[tuple[str, Connection]]:
    spawned = multiprocessing.get_context("spawn")
    ours, theirs = spawned.Pipe()
    process = spawned.Process(target=_serve, args=(captures, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.terminate()
        process.join()


def _serve(captures: int, connection: Connection) -> None:
    """The archive's process: sends its address, then, on request, the times of all requests."""
    plays = Counter[int]()
    chance = Random(captures)

    def of_index(honest: Honest, asked: Request) -> Wire:
        lines = [sent for line in honest.body.splitlines() for sent in _sent(line)]
        odd = replace(honest, body=b"".join(line + b"\n" for line in lines))
        if chance.random() < SHARE:
            return FAULTS[chance.choice(_OF_INDEX)](odd, asked)
        return Wire(compressed(odd, asked))

    def mixed(honest: Honest, asked: Request) -> Wire:
        if asked.endpoint == "cdx":
            return of_index(honest, asked)
        number, fault = _fault_at(asked.target)
        plays[number] += 1
        if fault is None or (fault in _PASSING and plays[number] > 1):
            return Wire(compressed(honest, asked))
        return FAULTS[ILL.get(fault, fault)](honest, asked)

    pages = (page for n in range(captures + 1) if (page := _page(n)))
    archive = FaultyArchive(create_app(Captures(pages)))
    archive.script(mixed)
    with serve(archive) as url:
        connection.send(url)
        connection.recv()
        connection.send(
            (archive.archive.times("memento"), archive.archive.times("cdx"), archive.held_up)
        )


async def _kept(pause: Pause) -> None:
    return


def _sent(line: bytes) -> Sequence[bytes]:
    """What is sent for a line of the index: a page's row may be odd."""
    fields = line.decode().split(" ")
    if len(fields) == 1:
        return (line,)
    odd = odd_row_of(int(fields[2].rpartition("/")[2].partition(".")[0]))
    return ODD_ROWS[odd].lines(fields) if odd else (line,)


def _url(number: int) -> str:
    return f"{SITE}/p/{number}.html"


def _fault_at(target: str) -> tuple[int, str | None]:
    """Number and fault of the page that a target names; a probe may ask for the site's front page."""
    number = target.rpartition("/")[2].partition(".")[0]
    return (int(number), fault_of(int(number))) if number.isdecimal() else (-1, None)


def _sha256(page: Capture | None) -> str:
    assert page
    return hashlib.sha256(page.body).hexdigest()
