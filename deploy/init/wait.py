"""Waiting for Kafka and Postgres: as long as it takes, and saying for what."""

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
    # Of a server that starts, stops, or has no place left.
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    # Of a cluster whose brokers have not all come up, which aiokafka counts as final.
    BrokerNotAvailableError,
    InvalidReplicationFactorError,
)

T = TypeVar("T")


async def until_done(
    what: str, action: Callable[[], Awaitable[T]], *, remind_seconds: float = _REMIND_SECONDS
) -> T:
    """Repeat `action` until what it needs is up.

    Prints what it waits for, once for each reason, and every `remind_seconds` that it still waits,
    also while `action` itself does. Raises what is not a matter of waiting, such as a wrong
    password.
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
