"""A call has so much of a processor, however long that takes by the clock."""

import re
import time
from collections.abc import Iterator

import pytest

from shared.limited_processes import LimitedProcesses

MEMORY_BYTES = 512 * 1024 * 1024
SECONDS = 0.3


def waiting(seconds: float) -> str:
    """As on a machine that has much else to do."""
    time.sleep(seconds)
    return "done"


def computing() -> None:
    while True:
        pass


def in_a_library() -> None:
    # Which runs no Python meanwhile, and so would see no exception either.
    re.match(r"(a+)+$", "a" * 64 + "b")


@pytest.fixture(scope="module")
def processes() -> Iterator[LimitedProcesses]:
    processes = LimitedProcesses(1, MEMORY_BYTES, [__name__])
    processes.start()
    yield processes
    processes.stop()


async def test_one_that_waits_longer_than_it_may_compute_is_not_ended(
    processes: LimitedProcesses,
) -> None:
    assert await processes.call(SECONDS, waiting, 3 * SECONDS) == "done"


@pytest.mark.parametrize("function", [computing, in_a_library])
async def test_one_that_computes_longer_is_ended_and_the_next_is_done(
    processes: LimitedProcesses, function: object
) -> None:
    with pytest.raises(TimeoutError, match=r"0\.3 s of a processor"):
        await processes.call(SECONDS, function)  # type: ignore[arg-type]
    assert await processes.call(SECONDS, waiting, 0) == "done"


async def test_one_that_does_nothing_at_all_is_ended_too(processes: LimitedProcesses) -> None:
    with pytest.raises(TimeoutError):
        await processes.call(0.05, waiting, 3600)


async def test_what_a_call_has_used_does_not_count_for_the_next(
    processes: LimitedProcesses,
) -> None:
    for _ in range(4):
        await processes.call(SECONDS, _compute, 0.15)


def _compute(seconds: float) -> None:
    ends = time.process_time() + seconds
    while time.process_time() < ends:
        pass
