"""Every fault mixed into many captures; ``python -m bench.fetch mixed`` has a longer run."""

from pathlib import Path

from testing.fetcher.mixed import ILL, MIB, RATE, fault_of, mixed_run
from testing.fetcher.outcomes import CAPTURES, REDIRECTS

COUNT = 1000


def test_every_fault_of_a_capture_is_in_the_mix() -> None:
    assert {fault_of(n) for n in range(COUNT)} >= {*CAPTURES, *REDIRECTS, *ILL}


def test_every_capture_ends_in_one_right_outcome(tmp_path: Path) -> None:
    run = mixed_run(tmp_path, COUNT)
    assert run.faults > COUNT / 10
    assert run.asked > COUNT
    # What a busy machine holds up arrives together.
    assert run.busiest <= RATE * (1.1 + run.held_up)
    assert run.memory[-1] - run.memory[0] < 10 * MIB
