"""Fixtures: real Kafka and Postgres, started once per session, and a fresh database per test."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from deploy.init.migrate import migrate
from deploy.init.roles import grant_roles
from deploy.local.connections import Connections
from deploy.local.stack import local_servers
from shared.database_url import with_parts
from shared.passwords import ROLES, Role
from testing.kafka_login import set_password
from testing.waiting import LIMIT_SECONDS

POSTGRES_SETTINGS = {
    # Nothing of a test outlives the machine.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # The smallest allowed value, so that a test can exhaust it.
    "max_notify_queue_pages": "64",
}
_TEMPLATE = "migrated"
# Roles belong to the server: who sets other ones locks out all tests that come after.
ROLE_PASSWORDS = dict.fromkeys(ROLES, "of all roles")
_numbers = count(1)


@contextmanager
def started_servers() -> Iterator[Connections]:
    """Servers on a folder of their own, to whose broker `kafka_login.logged_in` has the password."""
    with TemporaryDirectory(prefix="mofcom-") as name:
        folder = Path(name)
        set_password(folder)
        with local_servers(folder, postgres_settings=POSTGRES_SETTINGS) as connections:
            yield connections


def run_init(connections: Connections, **settings: str) -> None:
    """Run the init job, which makes topics, tables, roles and users."""
    subprocess.run(
        [sys.executable, "-m", "deploy.init"],
        env={**os.environ, **connections.init_environment(), **settings},
        check=True,
        timeout=LIMIT_SECONDS,
    )


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """An empty data folder. Not pytest's own: root's Postgres, another user, may not enter that."""
    with TemporaryDirectory(prefix="mofcom-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def servers() -> Iterator[Connections]:
    """Kafka without topics, Postgres with an empty database; shared by all tests."""
    with started_servers() as connections:
        yield connections


@pytest.fixture
def kafka_bootstrap(servers: Connections) -> str:
    """The broker's address. Topics of tests need names of their own."""
    return servers.kafka_bootstrap_servers


@pytest.fixture(scope="session")
def migrated_template(servers: Connections) -> str:
    """The name of a database on which all migrations ran; nobody may connect to it."""

    async def make() -> None:
        await _administer(servers.database_url, f"CREATE DATABASE {_TEMPLATE}")
        url = _database(servers.database_url, _TEMPLATE)
        await migrate(url, lock_timeout=5)
        assert await grant_roles(url, ROLE_PASSWORDS) == []

    asyncio.run(make())
    return _TEMPLATE


@pytest.fixture
async def database_url(servers: Connections, migrated_template: str) -> AsyncIterator[str]:
    """A database of this test's own, with all migrations and roles, as its owner."""
    async with fresh_database(servers, migrated_template) as url:
        yield url


@pytest.fixture
async def empty_database_url(servers: Connections) -> AsyncIterator[str]:
    """A database of this test's own with nothing in it."""
    async with fresh_database(servers, "template1") as url:
        yield url


def as_role(url: str, role: Role) -> str:
    """A database of `database_url`'s, as one of the roles that the init job makes."""
    return with_parts(url, user=role, password=ROLE_PASSWORDS[role])


@asynccontextmanager
async def fresh_database(servers: Connections, template: str) -> AsyncIterator[str]:
    """A copy of a database of these servers, which goes in the end; its address, as its owner."""
    name = f"test_{next(_numbers)}"
    # Copying files is cheaper than writing their pages into the log, where nothing is flushed.
    copy = f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"
    await _administer(servers.database_url, copy)
    yield _database(servers.database_url, name)
    await _administer(servers.database_url, f"DROP DATABASE {name} WITH (FORCE)")


async def _administer(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def _database(url: str, name: str) -> str:
    return with_parts(url, database=name)
