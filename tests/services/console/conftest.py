"""The console's app on a database with the bundled pages."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.console.access import Login
from services.console.allowance import Allowance
from services.console.app import create_app
from services.console.database import Database
from testing.servers import as_role
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import connection, write
from tests.database.questions.conftest import bundled

__all__ = ["bundled", "connection", "write"]

HOST = "http://127.0.0.1:18480"


@pytest.fixture
async def analyst_url(bundled: asyncpg.Connection, database_url: str) -> str:
    """The database with the bundled pages, as the role that the console has."""
    return as_role(database_url, "analyst")


@pytest.fixture
async def database(analyst_url: str) -> Database:
    return Database(analyst_url, connections=2, statement_seconds=LIMIT_SECONDS)


@pytest.fixture
def app(database: Database) -> FastAPI:
    return create_app(database, Login(), Allowance(per_minute=10_000))


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Asks the app in this process."""
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HOST)
