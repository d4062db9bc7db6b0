"""Asks the database's questions, as the role `analyst`."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

import asyncpg

from services.console.feeds.entries import changed_at
from shared.database import connect
from shared.questions import Answer, Question, UnknownQuestion, answer, decode_json, questions

_CONNECT_SECONDS = 5.0


class Database:
    """A few connections that only read, opened on demand.

    Methods raise asyncpg's errors and OSError; `services.console.problems` says what they mean.
    """

    def __init__(self, dsn: str, connections: int, statement_seconds: float) -> None:
        self._dsn = dsn
        self._connections = connections
        self._seconds = statement_seconds
        # A day without a zone is a day in China. Of a transaction: behind a pooler the next one may run
        # in another session.
        self._settings = (
            "SET LOCAL TimeZone = 'Asia/Shanghai'; "
            f"SET LOCAL statement_timeout = {int(statement_seconds * 1000)}"
        )
        self._questions: dict[str, Question] = {}

    async def start(self) -> None:
        """Make the pool; connects to nothing yet."""
        self._pool = await asyncpg.create_pool(
            self._dsn,
            connect=connect,
            min_size=0,
            max_size=self._connections,
            timeout=_CONNECT_SECONDS,
            init=decode_json,
            reset=_nothing_to_reset,
        )

    async def stop(self) -> None:
        """Close all connections."""
        await self._pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """A transaction that only reads, waited for as long as a statement may take."""
        acquired = self._pool.acquire(timeout=self._seconds)
        async with acquired as connection, connection.transaction(readonly=True):
            await connection.execute(self._settings)
            yield connection

    async def look(self) -> None:
        """Return if the database answers."""
        async with self.connection():
            pass

    async def questions(self) -> Mapping[str, Question]:
        """The questions that there are, by name; asked for once."""
        if not self._questions:
            async with self.connection() as connection:
                self._questions = await questions(connection)
        return self._questions

    async def ask(
        self, name: str, asked: Mapping[str, str], within: asyncpg.Connection | None = None
    ) -> Answer:
        """The answer to a question, in a transaction of its own or `within` that of a connection.

        Raises UnknownQuestion too.
        """
        known = await self.questions()
        if name not in known:
            raise UnknownQuestion(f"no question {name!r}: {', '.join(known)}")
        if within is not None:
            return await answer(within, known[name], asked)
        async with self.connection() as connection:
            return await answer(connection, known[name], asked)

    async def changed_at(self, answer: Answer) -> dict[str, datetime]:
        """When the notices that an answer names last changed, by key."""
        async with self.connection() as connection:
            return await changed_at(connection, answer)


async def _nothing_to_reset(_: asyncpg.Connection) -> None:
    """In place of asyncpg's own: settings and locks end with their transaction."""
