"""`docker compose up`, for real, fetching from the bundled captures.

Run by `make test-compose`, in this order: each test goes on with the stack that the last one left.
"""

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from deploy.local.ports import any_port

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
FILES = ("-f", "docker-compose.yml", "-f", "deploy/docker/bundled.yml")
OURS = ("fetcher", "parser", "indexer", "translator", "archive")
LASTING = (*OURS, "postgres", "kafka")
SEED = "20230113054024/http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml"
PAGE = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_c251beb9e73ea47d5284751025ac995c.html"

SERVICE_ROLES = (
    "SELECT DISTINCT usename FROM pg_stat_activity "
    "WHERE application_name = '' AND client_addr IS NOT NULL AND usename <> 'analyst'"
)


class Compose:
    """The stack under a name, on ports and volumes of its own."""

    def __init__(self) -> None:
        self._environment = {
            **os.environ,
            "COMPOSE_PROJECT_NAME": f"mofcom-test-{os.getpid()}",
            "MOFCOM_POSTGRES_PORT": str(any_port()),
            "MOFCOM_FETCHER_PORT": str(any_port()),
        }

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            ["docker", "compose", *FILES, *arguments],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr[-3000:]}"
        return done.stdout

    def health(self) -> dict[str, str]:
        rows = [json.loads(line) for line in self("ps", "--format", "json").splitlines()]
        return {row["Service"]: row["Health"] for row in rows if row["Service"] in LASTING}

    def wait_healthy(self, seconds: float = 120) -> float:
        started = time.monotonic()
        while (state := self.health()) != dict.fromkeys(LASTING, "healthy"):
            assert time.monotonic() - started < seconds, (state, self("logs", "--tail", "20"))
            time.sleep(0.5)
        return time.monotonic() - started

    def connection(self) -> str:
        return self("run", "--rm", "cli", "connection").strip()

    def query(self, sql: str, *parameters: object) -> list[Any]:
        async def ask() -> list[Any]:
            database = await asyncpg.connect(self.connection())
            try:
                return list(await database.fetch(sql, *parameters))
            finally:
                await database.close()

        return asyncio.run(ask())

    def wait_for(self, sql: str, *parameters: object, seconds: float = 60) -> list[Any]:
        """The rows of a query, once it has any, from a Postgres that may still be starting."""
        started = time.monotonic()
        while True:
            with suppress(OSError, asyncpg.PostgresError):
                if rows := self.query(sql, *parameters):
                    return rows
            assert time.monotonic() - started < seconds, (sql, self("logs", "--tail", "40"))
            time.sleep(0.5)

    def inspect(self, service: str) -> dict[str, Any]:
        container = self("ps", "-aq", service).strip()
        answer = subprocess.run(
            ["docker", "inspect", container], capture_output=True, text=True, check=True
        )
        return dict(json.loads(answer.stdout)[0])


@pytest.fixture(scope="module")
def compose() -> Iterator[Compose]:
    compose = Compose()
    try:
        compose("build")
        compose("up", "-d")
        yield compose
    finally:
        compose("down", "-v", "--timeout", "20")


def everything_done(compose: Compose) -> list[Any]:
    return compose.wait_for(
        "SELECT FROM pipeline_open WHERE addresses = 0 AND requests = 0 "
        "AND (SELECT count(*) FROM addresses) > 20"
    )


def test_all_services_become_healthy(compose: Compose) -> None:
    print(f"healthy after {compose.wait_healthy():.0f} s")


def test_the_seed_record_arrives(compose: Compose) -> None:
    (row,) = compose.wait_for(
        "SELECT * FROM records WHERE input_url = $1 AND resulting_text IS NOT NULL", SEED
    )
    assert row["title"] == "商务部等14部门办公厅（室）关于公布内外贸一体化试点地区名单的通知"
    assert row["resulting_text"].startswith("商办建函〔2022〕318号 各省、自治区、直辖市")
    assert row["resulting_text"].endswith("9.新疆维吾尔自治区")
    assert "/web/20230111174105/http://www.mofcom.gov.cn/" in row["returned_url"]
    everything_done(compose)


@pytest.mark.parametrize("service", OURS)
def test_the_containers_can_do_no_more_than_they_need(compose: Compose, service: str) -> None:
    container = compose.inspect(service)
    host = container["HostConfig"]
    assert container["Config"]["User"] == "mofcom"
    assert host["ReadonlyRootfs"]
    assert host["CapDrop"] == ["ALL"]
    assert not host["CapAdd"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    bound = [port for ports in host["PortBindings"].values() for port in ports]
    assert all(port["HostIp"] == "127.0.0.1" for port in bound)


def test_analysts_and_services_have_roles_of_their_own(compose: Compose) -> None:
    assert compose.connection().startswith("postgresql://analyst:")
    assert compose("run", "--rm", "cli", "psql", "-c", "SELECT user", "--", "-At") == "analyst\n"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        compose.query("SELECT * FROM ingest.notice")
    roles = compose("exec", "-T", "postgres", "psql", "-U", "mofcom", "-Atc", SERVICE_ROLES)
    assert roles == "ingest\n"


def test_a_backup_is_made(compose: Compose) -> None:
    said = compose("run", "--rm", "cli", "backup", "/var/lib/mofcom/backups/one")
    assert "/var/lib/mofcom/backups/one/database.dump: " in said
    assert "blobs copied" in said


def test_the_password_stands_in_no_container_description(compose: Compose) -> None:
    password = compose.connection().split("@")[0].rpartition(":")[2]
    assert len(password) > 20
    for service in (*LASTING, "init", "secrets"):
        assert password not in json.dumps(compose.inspect(service))


def test_restarting_each_container_loses_nothing(compose: Compose) -> None:
    before = compose.query("SELECT state, count(*) FROM requests GROUP BY state ORDER BY state")
    for number, service in enumerate(LASTING):
        asked = f"{20230101 + number}/{PAGE}"
        compose("run", "--rm", "cli", "add", asked)
        # With the page on its way.
        compose("restart", "--timeout", "45", service)
        compose.wait_for(
            "SELECT FROM records WHERE input_url = $1 AND resulting_text IS NOT NULL", asked
        )
        compose.wait_healthy()
    after = compose.query("SELECT state, count(*) FROM requests GROUP BY state ORDER BY state")
    added = {row["state"]: row["count"] for row in after}
    added["done"] -= len(LASTING)
    assert added == {row["state"]: row["count"] for row in before}


def test_down_and_up_loses_nothing_and_asks_nothing_again(compose: Compose) -> None:
    state = "SELECT request_id, state, attempt, updated_at FROM requests ORDER BY request_id"
    notices = "SELECT * FROM notices ORDER BY url_key"
    everything_done(compose)
    before = compose.query(state), compose.query(notices), compose.connection()
    compose("down", "--timeout", "45")
    compose("up", "-d")
    compose.wait_healthy()
    time.sleep(3)
    assert (compose.query(state), compose.query(notices), compose.connection()) == before
