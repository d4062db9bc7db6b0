"""A service that dies at one point of its work: ``python -m tests.chaos.crashing SERVICE POINT MARK``.

The service is the real one; only the step named is followed or preceded by SIGKILL, once: the file
MARK says that it has happened.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from services.indexer.store import Transaction
from services.parser.workers import ParseWorkers
from shared.delivery.consumer import Consumer
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.durable_files import DurableFiles
from shared.topics import CAPTURE_FETCHED, DEAD_LETTER
from testing.service import run
from testing.waiting import until


class Once:
    """Whether it is still to happen; asking takes note that it does."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def may_go_on(self) -> bool:
        """Whether what waits at its point may go on: the test has removed the file."""
        return not self._mark.exists()

    def now(self) -> bool:
        """True the first time."""
        if self._mark.exists():
            return False
        self._mark.touch()
        return True


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def half_written(once: Once) -> None:
    """Die while a body is being written: half of it stands under a name of the store's own."""
    write_all = DurableFiles._write_all

    def half(self: DurableFiles, files: Sequence[tuple[str, bytes]]) -> None:
        for path, data in files:
            if path.startswith("bodies/") and once.now():
                unfinished = self._folder / f"{path}#1"
                unfinished.parent.mkdir(parents=True, exist_ok=True)
                unfinished.write_bytes(data[: len(data) // 2])
                _die()
        write_all(self, files)

    DurableFiles._write_all = half  # type: ignore[method-assign]


def before_publishing(once: Once) -> None:
    """Die when the body is stored and nothing points to it."""
    publish = KafkaPublisher.publish

    async def dying(self: KafkaPublisher, publications: Iterable[Publication]) -> None:
        publications = list(publications)
        if _ends_a_message(publications) and once.now():
            _die()
        await publish(self, publications)

    KafkaPublisher.publish = dying  # type: ignore[method-assign]


def before_acknowledging(once: Once) -> None:
    """Die when Kafka has confirmed what came of a message, and that is not acknowledged."""
    publish = KafkaPublisher.publish

    async def dying(self: KafkaPublisher, publications: Iterable[Publication]) -> None:
        publications = list(publications)
        await publish(self, publications)
        if _ends_a_message(publications) and once.now():
            _die()

    KafkaPublisher.publish = dying  # type: ignore[method-assign]


def while_parsing(once: Once) -> None:
    """Die when a worker has a page in hand."""
    parse = ParseWorkers.parse

    async def dying(self: ParseWorkers, *page: Any, **known: Any) -> Any:
        parsing = asyncio.ensure_future(parse(self, *page, **known))
        if once.now():
            await asyncio.sleep(0)
            _die()
        return await parsing

    ParseWorkers.parse = dying  # type: ignore[method-assign]


def before_commit(once: Once) -> None:
    """Die with rows written in a transaction that is still open."""
    write = Transaction.write_units

    async def dying(self: Transaction, units: Any) -> Any:
        refused = await write(self, units)
        if units and once.now():
            _die()
        return refused

    Transaction.write_units = dying  # type: ignore[method-assign]


def before_offsets(once: Once) -> None:
    """Die when Postgres has committed, and Kafka does not know of it."""
    commit = Consumer._commit

    async def dying(self: Consumer, offsets: Any) -> None:
        # Not when it says where it begins to read.
        if self._settled and once.now():
            _die()
        await commit(self, offsets)

    Consumer._commit = dying  # type: ignore[method-assign]


def slow_batch(once: Once) -> None:
    """Keep one batch in its transaction until MARK is removed, and all later ones going."""
    kept = list[object]()
    write = Transaction.write_units

    async def slow(self: Transaction, units: Any) -> Any:
        refused = await write(self, units)
        if units and not kept and once.now():
            kept.append(units)
            await until(once.may_go_on)
        return refused

    Transaction.write_units = slow  # type: ignore[method-assign]


POINTS: dict[str, Callable[[Once], None]] = {
    point.__name__: point
    for point in (
        half_written,
        before_publishing,
        before_acknowledging,
        while_parsing,
        before_commit,
        before_offsets,
        slow_batch,
    )
}


def _ends_a_message(publications: Iterable[Publication]) -> bool:
    return any(publication.topic in (CAPTURE_FETCHED, DEAD_LETTER) for publication in publications)


if __name__ == "__main__":
    service, point, mark = sys.argv[1:]
    POINTS[point](Once(Path(mark)))
    run(service)
