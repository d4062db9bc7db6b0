"""The whole pipeline on stores that others run: blobs in S3, Postgres behind pgbouncer where there is one."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from deploy.local.archive.app import create_app
from deploy.local.archive.captures import Captures, read_warc
from deploy.local.stack import SERVICES, local_servers
from services.cli.rebuild.counts import count
from shared.database_url import with_parts
from testing.archive.server import serve
from testing.pgbouncer import PROGRAM, pgbouncer
from testing.s3 import s3_server
from testing.servers import POSTGRES_SETTINGS
from testing.waiting import LIMIT_SECONDS, until
from tests.pipeline.conftest import BUNDLED, Pipeline

ADDRESSES = [
    line
    for line in BUNDLED.with_name("demo.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
ENDED = """
    SELECT count(*) FROM requests WHERE state IN ('done', 'skipped', 'dead')
    HAVING count(*) > 0 AND NOT EXISTS (
        SELECT FROM requests WHERE state NOT IN ('done', 'skipped', 'dead'))
"""


class Managed(Pipeline):
    """`direct_url` is the database without the pooler."""

    direct_url = ""


@pytest.fixture
def managed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Managed]:
    with ExitStack() as running:
        folder = Path(running.enter_context(TemporaryDirectory(prefix="mofcom-")))
        servers = local_servers(folder / "data", postgres_settings=POSTGRES_SETTINGS)
        connections = running.enter_context(servers)
        s3 = running.enter_context(s3_server())
        # English by rules alone: no model is fetched.
        for name, value in (s3.environment | {"MOFCOM_TRANSLATE_ENGINES": "none"}).items():
            monkeypatch.setenv(name, value)
        direct_url, url = connections.database_url, connections.database_url
        if PROGRAM is not None:
            passwords = connections.role_settings().role_passwords()
            url = running.enter_context(pgbouncer(direct_url, passwords, pool_size=5))
        connections = replace(
            connections, database_url=url, blob_url=s3.environment["MOFCOM_BLOB_URL"]
        )
        archive = create_app(Captures(read_warc(BUNDLED)))
        pipeline = Managed(folder, connections, running.enter_context(serve(archive)))
        pipeline.direct_url = direct_url
        running.callback(pipeline.stop)
        pipeline.init()
        yield pipeline


async def start(managed: Managed) -> None:
    for service in SERVICES:
        managed.start(service)
    await asyncio.to_thread(managed.wait_ready, *SERVICES)


async def ended(managed: Managed) -> Mapping[str, int]:
    """What the tables hold once everything has its outcome."""
    connection = await asyncpg.connect(managed.direct_url)
    try:
        looked = partial(connection.fetchval, ENDED)

        async def all_ended() -> bool:
            return bool(await looked())

        await until(all_ended, lambda: [*map(managed.log, SERVICES)])
        counts = await count(connection)
        # The translator may still be at work.
        return {what: n for what, n in counts.items() if what != "translations"}
    finally:
        await connection.close()


async def mofcom(managed: Managed, *arguments: str) -> str:
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "services.cli", *arguments],
        env=os.environ | managed.connections.environment(),
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


async def lose_the_database(managed: Managed) -> None:
    await asyncio.to_thread(managed.stop)
    name = managed.direct_url.rpartition("/")[2]
    server = await asyncpg.connect(with_parts(managed.direct_url, database="postgres"))
    await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await server.execute(f"CREATE DATABASE {name}")
    await server.close()
    await asyncio.to_thread(managed.init)


async def test_pages_go_through_come_back_and_go_out(managed: Managed, tmp_path: Path) -> None:
    await start(managed)
    await asyncio.to_thread(managed.add, *ADDRESSES)
    before = await ended(managed)
    assert before["notices"] > 5
    warc = tmp_path / "captures.warc.gz"
    assert "bodies are missing" not in await mofcom(
        managed, "export", "--format", "warc", "--output", str(warc)
    )
    assert warc.stat().st_size > 10_000
    await lose_the_database(managed)
    await start(managed)
    await mofcom(managed, "rebuild")
    assert await ended(managed) == before
    notices = tmp_path / "notices.csv"
    await mofcom(managed, "export", "notices", "--output", str(notices))
    assert len(notices.read_text().splitlines()) > before["notices"]
