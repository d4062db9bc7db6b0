"""Every fault mixed into many captures; ``python -m bench.fetch mixed`` has a longer run."""

from pathlib import Path

from testing.fetcher.mixed import ILL, INDEX_RATE, MIB, RATE, fault_of, mixed_run
from testing.fetcher.odd_rows import ODD_ROWS, odd_row_of
from testing.fetcher.outcomes import CAPTURES, REDIRECTS

COUNT = 1000


def test_every_fault_of_a_capture_is_in_the_mix() -> None:
    assert {fault_of(n) for n in range(COUNT)} >= {*CAPTURES, *REDIRECTS, *ILL}


def test_every_odd_row_of_the_index_is_in_the_mix() -> None:
    # Neither redirects nor what was never archived is listed.
    assert {odd_row_of(n) for n in range(COUNT) if n % 10 > 1} >= {*ODD_ROWS}


def test_every_capture_ends_in_one_right_outcome(tmp_path: Path) -> None:
    run = mixed_run(tmp_path, COUNT)
    assert run.faults > COUNT / 10
    assert run.asked > COUNT
    assert run.odd > COUNT / 10
    # What a busy machine holds up arrives together.
    assert run.busiest <= RATE * (1.1 + run.held_up)
    assert run.busiest_index <= INDEX_RATE * (1.1 + run.held_up)
    assert run.memory[-1] - run.memory[0] < 10 * MIB
