"""A server of somebody else's: whoever owns the database is no superuser, from the first run on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from deploy.init.migrate import migrate
from deploy.init.roles import grant_roles
from deploy.local import postgres
from deploy.local.leftovers import Record
from deploy.local.ports import any_port
from deploy.local.processes import Supervisor
from services.fetcher.store.connection import Store as FetcherStore
from services.fetcher.store.leases import Leases
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from services.indexer.watchdog import Watchdog
from shared.database_url import with_parts
from shared.passwords import ROLES
from testing.indexer.events import notice
from testing.servers import POSTGRES_SETTINGS
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import read, unit

PASSWORD = "of the test's own"
PASSWORDS = dict.fromkeys(ROLES, PASSWORD)


@pytest.fixture
def administrator_url() -> Iterator[str]:
    """A new server without roles, as whoever runs it reaches it."""
    with TemporaryDirectory(prefix="mofcom-") as name:
        folder, port = Path(name), any_port()
        supervisor = Supervisor(Record(folder / "pids"))
        try:
            postgres.start(
                supervisor,
                folder / "postgres",
                port,
                PASSWORD,
                new_password=False,
                settings=POSTGRES_SETTINGS,
            )
            yield postgres.url(port, PASSWORD)
        finally:
            supervisor.stop()


@pytest.fixture
async def administrator(administrator_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(administrator_url)
    yield connection
    await connection.close()


async def owned(administrator: asyncpg.Connection, administrator_url: str, rights: str) -> str:
    """The address of a database for its owner `tenant`, who has these rights."""
    await administrator.execute(f"CREATE ROLE tenant LOGIN {rights} PASSWORD $${PASSWORD}$$")
    await administrator.execute("CREATE DATABASE notices OWNER tenant")
    return with_parts(administrator_url, user="tenant", password=PASSWORD, database="notices")


def as_role(url: str, role: str) -> str:
    return with_parts(url, user=role, password=PASSWORD)


async def work(url: str) -> None:
    """What the services do, each in its role, and what an analyst asks."""
    store = Store(as_role(url, "indexer"), timeout_seconds=LIMIT_SECONDS)
    await store.start()
    async with store.transaction() as transaction:
        assert await transaction.write_units([unit(read(notice()))]) == []
    settings = IndexerSettings(database_url=as_role(url, "indexer"))
    await Watchdog(settings, store).look()
    await store.stop()
    fetcher = FetcherStore(as_role(url, "fetcher"))
    await fetcher.start()
    assert await Leases(fetcher).take("one", 60)
    await fetcher.stop()
    for role in ("analyst", "operator"):
        connection = await asyncpg.connect(as_role(url, role))
        assert await connection.fetchval("SELECT count(*) FROM notices") == 1
        assert await connection.fetch("SELECT * FROM search_notices('公告')") is not None
        await connection.close()


async def test_an_owner_that_may_create_roles_needs_nobody_else(
    administrator: asyncpg.Connection, administrator_url: str
) -> None:
    url = await owned(administrator, administrator_url, "CREATEROLE")
    await migrate(url, lock_timeout=5)
    first = await grant_roles(url, PASSWORDS)
    assert await grant_roles(url, PASSWORDS) == first
    assert await migrate(url, lock_timeout=5) == []
    assert [line.partition(":")[0] for line in first] == [
        "analyst can change its own password",
        "temp_file_limit of analyst is left to the server",
        "nothing ends long transactions of roles that are members of analyst",
        "advisory locks, large objects, WAL messages and the end of sessions are left to everybody",
    ]
    await work(url)


async def test_an_owner_that_may_not_create_roles_uses_those_that_are_there(
    administrator: asyncpg.Connection, administrator_url: str
) -> None:
    url = await owned(administrator, administrator_url, "")
    await migrate(url, lock_timeout=5)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="CREATEROLE") as refused:
        await grant_roles(url, PASSWORDS)
    assert ", ".join(ROLES) in str(refused.value)
    for role in ROLES:
        await administrator.execute(f"CREATE ROLE {role} LOGIN PASSWORD $${PASSWORD}$$")
    warnings = await grant_roles(url, PASSWORDS)
    assert warnings[0].startswith(
        f"the passwords of {', '.join(ROLES)} are left as they are: tenant "
    )
    assert "the settings and the limit of connections of analyst are left" in warnings[1]
    await work(url)
