"""Waits for Kafka and Postgres as long as it takes, and prints what for."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

import asyncpg
from aiokafka.errors import BrokerNotAvailableError, InvalidReplicationFactorError, KafkaError

from deploy.init.errors import InUse

_PAUSE_SECONDS = 0.5
_REMIND_SECONDS = 60.0

_TO_WAIT_FOR = (
    OSError,
    InUse,
    # Postgres is starting, stopping, or has no connection slot left.
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    # Not all brokers of a cluster are up yet; aiokafka treats that as final.
    BrokerNotAvailableError,
    InvalidReplicationFactorError,
)

T = TypeVar("T")


async def until_done(
    what: str, action: Callable[[], Awaitable[T]], *, remind_seconds: float = _REMIND_SECONDS
) -> T:
    """Repeat `action` until its dependency is up.

    Prints what it waits for, once per reason, and a reminder every `remind_seconds`, also while
    `action` itself is waiting. Raises errors that waiting does not cure, such as a wrong password.
    """
    reason = ""

    async def remind() -> None:
        for n in count(1):
            await asyncio.sleep(remind_seconds)
            print(f"still waiting for {what} after {n * remind_seconds:g} s{reason}", flush=True)

    reminder = asyncio.create_task(remind())
    try:
        while True:
            try:
                return await action()
            except (*_TO_WAIT_FOR, KafkaError) as error:
                if isinstance(error, KafkaError) and not (
                    error.retriable or isinstance(error, _TO_WAIT_FOR)
                ):
                    raise
                if reason != (reason := f": {error or type(error).__name__}"):
                    print(f"waiting for {what}{reason}", flush=True)
            await asyncio.sleep(_PAUSE_SECONDS)
    finally:
        reminder.cancel()
