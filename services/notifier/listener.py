"""Hears when the database has changed."""

import asyncio
from collections.abc import Callable, Sequence

import asyncpg
import structlog

from shared.database import connect, is_pooled
from shared.postgres_errors import DATABASE_ERRORS

log = structlog.get_logger()

CHANNEL = "changes"


class Listener:
    """Calls each of `heard` when the indexer has committed changes, and after each connection.

    Whoever is called looks now and then all the same: what is said while nobody listens is lost, and a
    pooler that lends sessions for a transaction keeps it from us.
    """

    def __init__(self, dsn: str, heard: Sequence[Callable[[], None]], retry_seconds: float) -> None:
        self._dsn = dsn
        self._heard = heard
        self._seconds = retry_seconds

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                await self._listen()
            except DATABASE_ERRORS as error:
                # The loops that read say for what they wait.
                log.debug("not listening", why=repr(error))
            await asyncio.sleep(self._seconds)

    async def _listen(self) -> None:
        connection = await connect(self._dsn)
        ended = asyncio.Event()
        try:
            if await is_pooled(connection):
                await asyncio.Event().wait()
            connection.add_termination_listener(lambda _: ended.set())
            await connection.add_listener(CHANNEL, self._hear)
            self._call()
            await ended.wait()
        finally:
            connection.terminate()

    def _hear(self, _: asyncpg.Connection, __: int, ___: str, ____: str) -> None:
        self._call()

    def _call(self) -> None:
        for one in self._heard:
            one()
