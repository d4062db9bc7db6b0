"""``python -m bench.console DATABASE_URL [NOTICES] [USERS]`` on a migrated database: loads what is missing of
so many recombined notices (100,000), and lets so many readers (50) ask one console at once.

A reader asks, reads for a while, and asks again: a search of one of `bench.index.search`, then the page of
something found. The server's own time is what its header Server-Timing says; the time on the processor,
which other work of the machine does not count in, is that of the console's process and of PostgreSQL's. At
the end all ask without reading, which shows how many pages a second one console makes. On Linux, with the
server on the same machine.
"""

import asyncio
import os
import re
import statistics
import sys
import time
from collections import defaultdict
from itertools import cycle
from random import Random
from typing import NamedTuple
from urllib.parse import quote

import asyncpg
import httpx
import psutil

from bench.index.search import KINDS, load
from testing.console import console, until_ready

_READING_SECONDS = 5.0
_SECONDS, _BUSY_SECONDS = 60.0, 20.0
_KEYS = "SELECT notice_key FROM ingest.notice ORDER BY md5(notice_key) LIMIT 2000"
_WORDS = [words for kind in KINDS.values() for words in kind]


class Answer(NamedTuple):
    """Milliseconds by the server and on the client's clock, and the bytes of the page and on the wire."""

    server: float
    clock: float
    size: int
    sent: int


class Spent(NamedTuple):
    """Seconds on the processor: of the console, and of PostgreSQL with all its processes."""

    console: float
    postgres: float


async def main(url: str, notices: int, users: int) -> None:
    """Print what was measured."""
    await load(url, notices)
    connection = await asyncpg.connect(url)
    await connection.execute("VACUUM ANALYZE")
    keys = [row["notice_key"] for row in await connection.fetch(_KEYS)]
    postmaster = psutil.Process(await connection.fetchval("SELECT pg_backend_pid()")).parent()
    assert postmaster  # noqa: S101
    with console(url) as started:
        address, process = started.address, psutil.Process(started.pid)
        await until_ready(address)
        await _run(address, keys, users, _READING_SECONDS, 5.0)  # The first of each kind is cold.
        for reading, seconds in ((_READING_SECONDS, _SECONDS), (0.0, _BUSY_SECONDS)):
            before = _spent(process, postmaster)
            answers = await _run(address, keys, users, reading, seconds)
            after = _spent(process, postmaster)
            _report(answers, users, reading, seconds, before, after)
    await connection.close()


async def _run(
    address: str, keys: list[str], users: int, reading: float, seconds: float
) -> dict[str, list[Answer]]:
    answers: dict[str, list[Answer]] = defaultdict(list)
    # Made once: of each reader it would take so long that all ask at the same moment.
    certificates = httpx.create_ssl_context()
    until = time.monotonic() + seconds

    async def reader(number: int) -> None:
        random = Random(number)  # noqa: S311
        words = cycle(random.sample(_WORDS, len(_WORDS)))
        async with httpx.AsyncClient(base_url=address, timeout=60, verify=certificates) as client:
            await asyncio.sleep(random.uniform(0, reading))
            while time.monotonic() < until:
                for name, path in (
                    ("/search", f"/search?q={quote(next(words))}"),
                    ("/n/KEY", f"/n/{quote(random.choice(keys), safe='')}"),
                ):
                    answers[name].append(await _ask(client, path))
                    await asyncio.sleep(random.uniform(0, 2 * reading))

    await asyncio.gather(*(reader(number) for number in range(users)))
    return answers


async def _ask(client: httpx.AsyncClient, path: str) -> Answer:
    began = time.perf_counter()
    answer = await client.get(path)
    clock = 1000 * (time.perf_counter() - began)
    answer.raise_for_status()
    server = re.search(r"dur=([\d.]+)", answer.headers["server-timing"])
    assert server  # noqa: S101
    return Answer(float(server[1]), clock, len(answer.content), answer.num_bytes_downloaded)


def _spent(console: psutil.Process, postmaster: psutil.Process) -> Spent:
    def seconds(process: psutil.Process) -> float:
        times = process.cpu_times()
        return float(times.user + times.system)

    # Of those that have ended, the postmaster knows.
    ended = postmaster.cpu_times()
    others = sum(seconds(one) for one in postmaster.children())
    postgres = seconds(postmaster) + ended.children_user + ended.children_system + others
    return Spent(seconds(console), postgres)


def _report(
    answers: dict[str, list[Answer]],
    users: int,
    reading: float,
    seconds: float,
    before: Spent,
    after: Spent,
) -> None:
    pages = sum(map(len, answers.values()))
    print(
        f"\n{users} readers, {reading:g} s to read a page: {pages} pages, {pages / seconds:.0f} a second; "
        f"ms on the processor a page: console {1000 * (after.console - before.console) / pages:.1f}, "
        f"PostgreSQL {1000 * (after.postgres - before.postgres) / pages:.1f}; "
        f"load {os.getloadavg()[0]:.0f}"
    )
    print(
        f"{'':10}{'server, ms: median':>20}{'95 %':>8}{'most':>8}{'clock 95 %':>12}{'kB, most':>10}{'sent':>8}"
    )
    for name, some in answers.items():
        server = sorted(one.server for one in some)
        clock = sorted(one.clock for one in some)
        at = int(0.95 * len(some))
        print(
            f"{name:10}{statistics.median(server):20.1f}{server[at]:8.1f}{server[-1]:8.1f}{clock[at]:12.1f}"
            f"{max(one.size for one in some) / 1000:10.0f}{max(one.sent for one in some) / 1000:8.0f}"
        )


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[2:]]
    asyncio.run(main(sys.argv[1], *(given + [100_000, 50][len(given) :])))
