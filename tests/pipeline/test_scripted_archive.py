"""The cases of an archive that says what it likes, byte for byte, through the running services.

The archive is other people's (`../shared/data/cases/archive`, whose README says what is right); it is run from a
copy, whose cases a test can change while it runs.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

import asyncpg
import pytest

from deploy.local.ports import any_port
from deploy.local.stack import local_servers
from testing.corpus import shared
from testing.fetcher.pages import SITE
from testing.servers import POSTGRES_SETTINGS
from testing.waiting import LIMIT_SECONDS, until, until_now
from tests.pipeline.conftest import Pipeline

SERVICES = ("fetcher", "parser", "indexer")
# It names its own address in redirects.
PORT_IN_CASES = "18777"
_QUICK = {
    "MOFCOM_ARCHIVE_PAUSE_SECONDS": "1",
    "MOFCOM_ARCHIVE_LONGEST_PAUSE_SECONDS": "2",
    "MOFCOM_FETCH_LONGEST_RETRY_SECONDS": "1",
}

# -- captures -------------------------------------------------------------------------------

READ = [
    "ok",
    "hdr-gbk",
    "hdr-space",
    "hdr-paren",
    "hdr-nul",
    "hdr-ctl",
    "hdr-utf8name",
    "hdr-empty",
    "hdr-nocolon",
    "hdr-fold",
    "hdr-lf",
    "hdr-barecr",
    "hdr-2cl",
    "hdr-clte",
    "hdr-many",
    "hdr-100k",
    "hdr-200k",
    "st-noreason",
    "st-10",
    "st-000",
    "st-206",
    "chunk-upper",
    "te-orig",
    "orig-length",
    "latest404",
    "latest412",
]
NOT_READ = {
    # Two lengths that contradict each other: curl refuses it, too.
    "hdr-2clx": ("dead", "transient"),
    "cutchunk": ("dead", "truncated"),
    "st-gbk": ("skipped", "error"),
    "st-999": ("skipped", "error"),
    "st-204": ("skipped", "shell"),
    "st-304": ("skipped", "shell"),
}

# -- the index: rows that are used, and lines that are counted -------------------------------

USED, COUNTED = (6, 0), (5, 1)
LISTINGS = {
    "c-ok": (3, 0),
    "c-crlf": (3, 0),
    "c-order": (3, 0),
    "c-order2": (20, 0),
    "rv": (3, 0),
    "c-mime": COUNTED,
    "c-nomime": USED,
    "c-mimeempty": USED,
    "c-space": COUNTED,
    "c-digestsplit": (5, 2),
    "c-digesthex": USED,
    "c-digest256": USED,
    "c-digestlower": USED,
    "c-digestlong": USED,
    "c-ts12": COUNTED,
    "c-ts17": COUNTED,
    "c-status0": COUNTED,
    "c-status4": COUNTED,
    "c-len-1": USED,
    "c-long": COUNTED,
    "c-vt": COUNTED,
    "c-latin": (3, 1),
    "c-urlkeyspace": USED,
    "c-ftp": COUNTED,
    "c-dns": COUNTED,
    "c-warcinfo": COUNTED,
    "c-8fields": USED,
    "c-nd": (3, 0),
    "c-noct": (3, 0),
    "c-blankline": (5, 1),
}


NO_INDEX = {
    "c-403auth": "requires authorization",
    "c-401": "Authorization required",
    "c-400": "Invalid query",
    "c-portal": "Login to the network",
    "c-302portal": "10.1.1.1",
    "c-301https": "status 301",
    "c-json": "urlkey",
    "c-empty-html": "status 200",
    "c-notfound": "status 404",
}


class Scripted:
    """The archive as a process; its log has a line for each request."""

    def __init__(self, folder: Path) -> None:
        self.port = any_port()
        self._folder = folder
        self._log = folder / "requests.log"
        for name in ("archive.py", "cases_archive.py"):
            text = (shared("data/cases/archive") / name).read_text()
            (folder / name).write_text(text.replace(PORT_IN_CASES, str(self.port)))

    @contextmanager
    def running(self) -> Iterator[str]:
        process = subprocess.Popen(
            [sys.executable, "archive.py", str(self.port), str(self._log)],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )
        url = f"http://127.0.0.1:{self.port}"
        try:
            until_now(lambda: self._answers(url))
            yield url
        finally:
            process.kill()
            process.wait()

    def targets(self, part: str) -> list[str]:
        lines = self._log.read_text().splitlines()
        return [line.partition(" ")[2] for line in lines if part in line]

    def open_the_way(self, case: str) -> None:
        """What a case blocked is served from now on."""
        cases = self._folder / "cases_archive.py"
        text = cases.read_text()
        assert f'if case == "{case}":' in text
        cases.write_text(
            text.replace(
                f'if case == "{case}":', f'if case == "{case}": return ok()\n    if False:'
            )
        )
        with urlopen(f"http://127.0.0.1:{self.port}/__reload", timeout=LIMIT_SECONDS):
            pass

    def _answers(self, url: str) -> bool:
        try:
            with urlopen(f"{url}/__reload", timeout=LIMIT_SECONDS) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


class Stage:
    def __init__(self, pipeline: Pipeline, archive: Scripted) -> None:
        self.pipeline = pipeline
        self.archive = archive

    async def rows(self, sql: str, *parameters: object) -> list[dict[str, Any]]:
        dsn = self.pipeline.connections.role_settings().dsn_as("analyst")
        connection = await asyncpg.connect(dsn)
        try:
            return [dict(row) for row in await connection.fetch(sql, *parameters)]
        finally:
            await connection.close()

    async def ended(self, case: str, count: int = 1) -> list[dict[str, Any]]:
        """The requests of a case, once so many have their end."""
        found: list[dict[str, Any]] = []

        async def there() -> bool:
            nonlocal found
            found = await self.rows(
                "SELECT * FROM requests WHERE url LIKE $1 AND state IN ('done', 'skipped', 'dead')",
                f"%/article/{case}%",
            )
            return len(found) >= count

        await until(there, lambda: (len(found), *map(self.pipeline.log, SERVICES)))
        return found

    async def expanded(self, address: str) -> dict[str, Any]:
        """An address, once it has its end."""
        found: list[dict[str, Any]] = []

        async def there() -> bool:
            nonlocal found
            found = await self.rows(
                "SELECT * FROM addresses WHERE address = $1 AND state IN ('done', 'skipped', 'dead')",
                address,
            )
            return bool(found)

        await until(there, lambda: self.pipeline.log("fetcher"))
        return found[0]

    def status(self) -> dict[str, Any]:
        said = subprocess.run(
            [sys.executable, "-m", "services.cli", "status", "--json"],
            env={
                **os.environ,
                **self.pipeline.connections.environment(),
                "MOFCOM_SERVICE_URLS": f"fetcher=http://127.0.0.1:{self.pipeline._ports['fetcher']}",
            },
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
        )
        return dict(json.loads(said.stdout))


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    shared("data/cases/archive")
    with TemporaryDirectory(prefix="mofcom-") as name:
        archive = Scripted(Path(name))
        with (
            archive.running() as url,
            local_servers(Path(name) / "data", postgres_settings=POSTGRES_SETTINGS) as connections,
        ):
            pipeline = Pipeline(Path(name), connections, url)
            pipeline.init()
            for service in SERVICES:
                pipeline.start(service, **_QUICK)
            try:
                pipeline.wait_ready(*SERVICES)
                yield Stage(pipeline, archive)
            finally:
                pipeline.stop()


async def test_captures_are_read_that_curl_reads(stage: Stage) -> None:
    cases = [*READ, *NOT_READ]
    await asyncio.to_thread(
        stage.pipeline.add, *(f"{SITE}/article/{case}/1.shtml" for case in cases)
    )
    ends = {case: (await stage.ended(f"{case}/"))[0] for case in cases}
    assert {case: end["state"] for case, end in ends.items() if case in READ} == dict.fromkeys(
        READ, "done"
    )
    assert {case: (ends[case]["state"], ends[case]["reason"]) for case in NOT_READ} == NOT_READ
    for case, status in (("latest404", 404), ("latest412", 412)):
        why = f"the latest capture has status {status}, 20190101000000 is good"
        assert ends[case]["detail"] == why


async def test_a_body_that_was_cut_is_kept_and_flagged(stage: Stage) -> None:
    url = f"{SITE}/article/orig-length/2.shtml"
    await asyncio.to_thread(stage.pipeline.add, url)
    assert [end["state"] for end in await stage.ended("orig-length/2")] == ["done"]
    (page,) = await stage.rows("SELECT * FROM pages WHERE url = $1", url)
    assert any("4000" in str(warning) for warning in page["warnings"]), page
    # The first time, and again.
    assert len(stage.archive.targets(f"id_/{url}")) == 2


async def test_an_odd_row_costs_no_other(stage: Stage) -> None:
    addresses = {case: f"{SITE}/article/{case}/*" for case in LISTINGS}
    await asyncio.to_thread(stage.pipeline.add, *addresses.values())
    for case, address in addresses.items():
        await stage.expanded(address)
        (query,) = await stage.rows(
            "SELECT state, rows, malformed FROM archive_queries WHERE url = $1", address[:-1]
        )
        assert (case, *query.values()) == (case, "complete", *LISTINGS[case])
    asked = sum(rows for rows, _ in LISTINGS.values())
    ends = await stage.ended("", asked + len(READ) + len(NOT_READ) - 1)
    assert {end["state"] for end in ends if f"{SITE}/article/ok/" in end["url"]} == {"done"}


async def test_what_is_no_index_says_so(stage: Stage) -> None:
    addresses = {case: f"{SITE}/article/{case}/*" for case in NO_INDEX}
    await asyncio.to_thread(stage.pipeline.add, *addresses.values())
    for case, address in addresses.items():
        end = await stage.expanded(address)
        assert (case, end["state"], end["reason"]) == (case, "dead", "index failed")
        assert NO_INDEX[case] in end["detail"]


async def test_captures_that_always_fail_hold_up_no_other(stage: Stage) -> None:
    await asyncio.to_thread(stage.pipeline.add, f"{SITE}/article/t2/*")
    ends = await stage.ended("t2/", 90)
    for letter, state in (("a", "done"), ("m", "dead"), ("z", "done")):
        assert [end["state"] for end in ends if f"/t2/{letter}" in end["url"]] == [state] * 30
    # Two at once in each of five attempts, and the probes.
    assert len(stage.archive.targets("id_/http://www.mofcom.gov.cn/article/t2/")) < 60 + 300 * 1.2


@pytest.mark.parametrize("case", ["t3", "t4"])
async def test_a_blocked_way_is_held_and_said_and_loses_nothing(stage: Stage, case: str) -> None:
    # Another process has been served nothing: it knows no capture that comes through.
    stage.pipeline.kill("fetcher")
    stage.pipeline.start("fetcher", **_QUICK)
    stage.pipeline.wait_ready("fetcher")
    said = {"t3": "403 Forbidden", "t4": "Access to this site is blocked by your organisation"}

    async def is_said() -> bool:
        wrong = (await asyncio.to_thread(stage.status))["wrong"]
        return any(line.startswith("archive-blocked") and said[case] in line for line in wrong)

    await asyncio.to_thread(stage.pipeline.add, f"{SITE}/article/{case}/*")
    await until(is_said, lambda: stage.pipeline.log("fetcher"))
    # Ten in a row, what was under way then, and a few probes.
    assert len(stage.archive.targets(f"/article/{case}/")) < 90
    assert not await stage.rows(
        "SELECT FROM requests WHERE url LIKE $1 AND state = 'dead'", f"%/article/{case}/%"
    )
    stage.archive.open_the_way(case)
    ends = await stage.ended(f"{case}/", 90)
    assert [end["state"] for end in ends] == ["done"] * 90
