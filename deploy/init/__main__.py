"""`python -m deploy.init`: makes topics and tables, waiting for Kafka and Postgres to come up."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import asyncpg
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError

from deploy.init.migrate import EndsTransaction, NewerDatabase, migrate
from deploy.init.migrations import BadMigrations
from deploy.init.roles import grant_roles
from deploy.init.settings import InitSettings
from deploy.init.topics import WrongPartitions, create_topics
from shared.settings import load
from shared.topics import TOPICS, with_partitions

_PAUSE_SECONDS = 0.5

_TO_WAIT_FOR = (
    OSError,
    asyncpg.CannotConnectNowError,
    asyncpg.PostgresConnectionError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
)
_TO_REPORT = (
    OSError,
    KafkaError,
    WrongPartitions,
    BadMigrations,
    NewerDatabase,
    EndsTransaction,
    asyncpg.PostgresError,
    DBAPIError,
)

T = TypeVar("T")


async def initialise(settings: InitSettings) -> None:
    """Make what is missing, and say what that was. Raises what the two parts raise."""
    dsn = settings.dsn()
    made = await _insist(
        f"Kafka at {settings.kafka_bootstrap_servers}",
        lambda: create_topics(
            settings, with_partitions(settings.partitions), settings.replication_factor
        ),
    )
    print(f"topics: {_list(made)} made, {len(TOPICS) - len(made)} were there", flush=True)
    ran = await _insist("Postgres", lambda: migrate(dsn, settings.lock_timeout_seconds))
    print(f"migrations: {_list(ran)} run", flush=True)
    analyst = _password(settings.analyst_password_file)
    ingest = _password(settings.ingest_password_file)
    warnings = await _insist(
        "Postgres", lambda: grant_roles(dsn, analyst_password=analyst, ingest_password=ingest)
    )
    for warning in warnings:
        print(f"roles: {warning}", flush=True)


async def _insist(what: str, action: Callable[[], Awaitable[T]]) -> T:
    """Repeat `action` until what it needs is up; says what it waits for, once for each reason."""
    said = ""
    while True:
        try:
            return await action()
        except (*_TO_WAIT_FOR, KafkaError) as error:
            if isinstance(error, KafkaError) and not error.retriable:
                raise
            reason = f"waiting for {what}: {error or type(error).__name__}"
            if reason != said:
                print(reason, flush=True)
                said = reason
        await asyncio.sleep(_PAUSE_SECONDS)


def _password(file: Path | None) -> str | None:
    return None if file is None else file.read_text().strip()


def _list(names: list[str]) -> str:
    return ", ".join(names) or "none"


async def _main(settings: InitSettings) -> int:
    try:
        async with asyncio.timeout(settings.init_seconds):
            await initialise(settings)
    except TimeoutError:
        print(f"gave up after {settings.init_seconds:g} s", file=sys.stderr)
        return 1
    except _TO_REPORT as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    # What aiokafka would log of a broker that is not up yet is said above, once.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    sys.exit(asyncio.run(_main(load(InitSettings))))
