"""A console on the bundled pages and hostile ones, for all tests of a module."""

from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import httpx
import pytest_asyncio

from deploy.local.connections import Connections
from shared.notice import Attachment
from shared.topics import CAPTURE_FETCHED
from testing.console import console, until_ready
from testing.indexer.events import dead, notice
from testing.servers import as_role, fresh_database
from tests.database.conftest import read, write_events
from tests.database.questions.conftest import bundled_pages

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE_KEY = "商务部2026-9"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(servers: Connections, migrated_template: str) -> AsyncIterator[str]:
    """Its address."""
    async with fresh_database(servers, migrated_template) as url:
        connection = await asyncpg.connect(url)
        hostile = notice(
            document_number="商务部公告2026年第9号",
            title=HOSTILE,
            issuers=("商务部",),
            issued_on=date(2026, 1, 5),
            body_text=f"{HOSTILE}\n二",
            attachments=(Attachment(name=HOSTILE, url="javascript:alert(3)", type="doc"),),
        )
        failed = dead(CAPTURE_FETCHED, reason=HOSTILE)
        await write_events(connection, [*bundled_pages(), read(hostile), failed])
        await connection.close()
        with console(as_role(url, "analyst")) as started:
            await until_ready(started.address)
            yield started.address


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(site: str) -> AsyncIterator[httpx.AsyncClient]:
    """Asks it."""
    async with httpx.AsyncClient(base_url=site) as client:
        yield client
