"""Each store lost alone, and what one command brings back: the drills of docs/operating.md."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import asyncpg
import pytest

from services.cli.rebuild.counts import count
from testing.chaos.run import init
from testing.chaos.servers import Server
from testing.waiting import LIMIT_SECONDS, until
from tests.chaos.stage import Stage
from tests.chaos.stage import stage as staged

CAPTURES = 40
# From seeds: three captures, one address that was never archived, one prefix of two captures.
ADDRESSES = 5
NEVER = "http://www.mofcom.gov.cn/article/never/200001/20000100000000.shtml"

_SERVERS: Mapping[str, Server] = {"kafka": "kafka", "postgres": "postgres"}

_WHOLE = """
    SELECT true
    WHERE (SELECT count(*) FROM requests WHERE state IN ('done', 'skipped', 'dead')) >= $1
        AND (SELECT count(*) FROM addresses WHERE state IN ('done', 'skipped', 'dead')) = $2
        AND NOT EXISTS (SELECT FROM requests WHERE state NOT IN ('done', 'skipped', 'dead'))
        AND (SELECT count(*) FROM ingest.translation) = (SELECT count(*) FROM pages)
"""

SERVICES = ("fetcher", "parser", "indexer", "translator")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A pipeline of its own for each drill, which has fetched something of every kind."""
    async with staged(SERVICES) as ready:
        captures = [ready.capture() for _ in range(CAPTURES)]
        await ready.ask(*captures)
        listed = [ready.capture() for _ in range(3)]
        prefix = ready.capture().original[: -len(".shtml")]
        lines = [*(one.original for one in listed), NEVER, f"{prefix}*"]
        (ready.on.folder / "seeds" / "list.txt").write_text("\n".join(lines))
        await ready.wait(_WHOLE, CAPTURES + ADDRESSES, ADDRESSES)
        yield ready


async def counted(stage: Stage) -> Mapping[str, int]:
    connection = await asyncpg.connect(stage.on.servers.database_url)
    try:
        return await count(connection)
    finally:
        await connection.close()


async def lose(stage: Stage, *stores: str) -> None:
    """As an operator would meet it: all is stopped, a folder is gone, all is started."""
    for service in SERVICES:
        await stage.end(service)
    for store in stores:
        server = _SERVERS.get(store)
        if server:
            await asyncio.to_thread(stage.on.servers.end, server)
        shutil.rmtree(stage.on.folder / store)
        if server:
            await asyncio.to_thread(stage.on.servers.start, server)
    await asyncio.to_thread(init, stage.on.servers)
    for service in SERVICES:
        stage.on.processes.start(service)
    await stage.on.processes.wait_ready()


async def rebuild(stage: Stage) -> "subprocess.CompletedProcess[str]":
    """`mofcom rebuild`, as an operator calls it."""
    environment = {**os.environ, **stage.on.servers.init_environment()}
    environment |= {"MOFCOM_BLOB_URL": stage.on.servers.blob_url}
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "services.cli", "rebuild"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    print(done.stdout, done.stderr)
    return done


def bodies(stage: Stage) -> list[str]:
    """The bodies that the blob store holds."""
    return sorted(
        path.name for path in Path(stage.on.folder, "blobs", "bodies").rglob("*") if path.is_file()
    )


@pytest.mark.parametrize("stores", [("kafka",), ("postgres",), ("postgres", "kafka")])
async def test_database_and_broker_come_back_without_the_archive(
    stage: Stage, stores: tuple[str, ...]
) -> None:
    before = await counted(stage)
    asked = len(stage.on.archive.archive.requests)
    await lose(stage, *stores)
    done = await rebuild(stage)
    assert done.returncode == 0, done.stderr
    assert await counted(stage) == before
    # Lists of the index are asked for again by whoever asks; captures are not.
    mementos = [one.target for one in list(stage.on.archive.archive.requests)[asked:]]
    assert not [target for target in mementos if "cdx" not in target]
    # And it goes on.
    (request,) = await stage.ask(stage.capture())
    assert (await stage.ended(request))["state"] == "done"


async def test_bodies_are_fetched_again(stage: Stage) -> None:
    before, whole = await counted(stage), bodies(stage)
    await lose(stage, "blobs")
    assert bodies(stage) == []
    done = await rebuild(stage)
    assert done.returncode == 0, done.stderr
    assert "requested from the archive again" in done.stdout
    await until(lambda: bodies(stage) == whole)
    await stage.wait(_WHOLE, CAPTURES + ADDRESSES, ADDRESSES)
    assert await counted(stage) == before
    # Now there is nothing left to do.
    assert "requested from the archive again" not in (await rebuild(stage)).stdout
