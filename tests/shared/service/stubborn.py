"""A service whose start cannot be cancelled: ``python -m tests.shared.service.stubborn``."""

import asyncio
from collections.abc import Collection, Sequence, Set
from contextlib import suppress

from aiokafka import TopicPartition
from starlette.types import ASGIApp

from shared.service import run
from shared.settings import Settings
from shared.topics import Topic


class Stubborn:
    """Starts for ever, as Faust does while no broker answers."""

    topics: Sequence[Topic] = ()
    http: ASGIApp | None = None

    async def start(self) -> None:
        print("starting", flush=True)
        while True:
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()

    def assigned(self) -> Set[TopicPartition]:
        return set()

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        raise AssertionError("never started")

    async def ended(self) -> None:
        raise AssertionError("never started")

    async def stop(self) -> None:
        return None


async def _there(*_: object) -> None:
    return None


if __name__ == "__main__":
    run.require_topics = _there  # type: ignore[attr-defined,assignment]
    run.run("stubborn", Settings(http_port=0, stop_seconds=0.5), lambda health: Stubborn())
