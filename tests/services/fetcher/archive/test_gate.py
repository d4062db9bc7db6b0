"""The gate before the archive."""

import pytest

from services.fetcher.archive.gate import Gate
from shared.errors import DependencyDown


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate(60.0, 600.0, 3600.0, 3, clock)


def incident(gate: Gate, retry_after: float | None = None) -> None:
    with pytest.raises(DependencyDown, match="archive"):
        gate.incident("429", retry_after)


def closed_for(gate: Gate, clock: Clock) -> float:
    """Seconds until a request passes; leaves the clock there."""
    begun = clock.now
    while True:
        try:
            gate.check()
        except DependencyDown:
            clock.now += 1
        else:
            return clock.now - begun


def test_open_until_an_incident_then_closed_for_the_pause(gate: Gate, clock: Clock) -> None:
    gate.check()
    incident(gate)
    with pytest.raises(DependencyDown, match="429; asked again in 60 s"):
        gate.check()
    assert closed_for(gate, clock) == 60


def test_retry_after_counts_when_it_is_longer(gate: Gate, clock: Clock) -> None:
    incident(gate, 90)
    assert closed_for(gate, clock) == 90


def test_answers_that_were_under_way_are_the_same_incident(gate: Gate, clock: Clock) -> None:
    incident(gate)
    clock.now += 10
    incident(gate, 5)
    gate.answered()
    with pytest.raises(DependencyDown):
        gate.check()
    clock.now += 100
    gate.check()
    gate.answered()
    incident(gate)
    assert closed_for(gate, clock) == 120


def test_after_the_pause_one_request_goes_first(gate: Gate, clock: Clock) -> None:
    incident(gate)
    clock.now += 60
    with gate.passing():
        with pytest.raises(DependencyDown, match="one request is probing"), gate.passing():
            pass
        gate.answered()
    with gate.passing(), gate.passing():
        pass


def test_a_probe_that_is_cancelled_lets_another_go(gate: Gate, clock: Clock) -> None:
    incident(gate)
    clock.now += 60
    with pytest.raises(KeyboardInterrupt), gate.passing():
        raise KeyboardInterrupt
    with gate.passing():
        pass


def test_each_further_incident_doubles_the_pause_up_to_the_longest(
    gate: Gate, clock: Clock
) -> None:
    pauses = []
    for _ in range(6):
        with gate.passing():
            incident(gate)
        pauses.append(closed_for(gate, clock))
    assert pauses == [60, 120, 240, 480, 600, 600]


def test_an_answer_does_not_make_it_forget_but_calm_does(gate: Gate, clock: Clock) -> None:
    incident(gate)
    closed_for(gate, clock)
    with gate.passing():
        gate.answered()
    clock.now += 3000
    incident(gate)
    assert closed_for(gate, clock) == 120
    clock.now += 3601
    incident(gate)
    assert closed_for(gate, clock) == 60


def test_failures_in_a_row_are_an_incident_single_ones_are_not(gate: Gate, clock: Clock) -> None:
    for _ in range(10):
        gate.failed("reset")
        gate.failed("reset")
        gate.answered()
    gate.failed("reset")
    gate.failed("reset")
    with pytest.raises(DependencyDown, match="3 failures in a row: reset"):
        gate.failed("reset")
    closed_for(gate, clock)
    with gate.passing(), pytest.raises(DependencyDown):
        gate.failed("reset")
