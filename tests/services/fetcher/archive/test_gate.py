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
    return Gate("archive", 60.0, 600.0, 300.0, 3600.0, 3, clock)


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
    with pytest.raises(DependencyDown, match="429; asked again at 1970-01-01 00:17:40 UTC"):
        gate.check()
    assert closed_for(gate, clock) == 60


def test_retry_after_counts_when_it_is_longer(gate: Gate, clock: Clock) -> None:
    incident(gate, 90)
    assert closed_for(gate, clock) == 90


def test_retry_after_is_never_longer_than_the_longest_pause(gate: Gate, clock: Clock) -> None:
    incident(gate, 99_999_999_999)
    assert closed_for(gate, clock) == 600


def test_a_clock_that_was_ahead_does_not_keep_it_closed(gate: Gate, clock: Clock) -> None:
    clock.now += 1e9
    incident(gate)
    clock.now -= 1e9
    assert gate.seconds_left() == 0
    assert gate.check()


def test_answers_that_were_under_way_are_the_same_incident(gate: Gate, clock: Clock) -> None:
    incident(gate)
    clock.now += 10
    incident(gate, 5)
    gate.answered()
    with pytest.raises(DependencyDown):
        gate.check()
    clock.now += 100
    assert gate.check()
    gate.opened()
    incident(gate)
    assert closed_for(gate, clock) == 120


def test_after_the_pause_one_request_probes(gate: Gate, clock: Clock) -> None:
    incident(gate)
    clock.now += 60
    assert gate.check()
    with gate.probing():
        with pytest.raises(DependencyDown, match="one request is probing"):
            gate.check()
        gate.opened()
    assert not gate.check()


def test_a_probe_that_is_cancelled_lets_another_go(gate: Gate, clock: Clock) -> None:
    incident(gate)
    clock.now += 60
    with pytest.raises(KeyboardInterrupt), gate.probing():
        raise KeyboardInterrupt
    assert gate.check()


def test_each_further_incident_doubles_the_pause_up_to_the_longest(
    gate: Gate, clock: Clock
) -> None:
    pauses = []
    for _ in range(6):
        incident(gate)
        pauses.append(closed_for(gate, clock))
    assert pauses == [60, 120, 240, 480, 600, 600]


def test_an_outage_is_probed_more_often_than_a_ban(gate: Gate, clock: Clock) -> None:
    pauses = []
    for _ in range(5):
        with pytest.raises(DependencyDown, match="archive: 403"):
            gate.outage("403")
        pauses.append(closed_for(gate, clock))
    assert pauses == [60, 120, 240, 300, 300]


def test_an_answer_does_not_make_it_forget_but_calm_does(gate: Gate, clock: Clock) -> None:
    incident(gate)
    closed_for(gate, clock)
    gate.opened()
    clock.now += 3000
    incident(gate)
    assert closed_for(gate, clock) == 120
    clock.now += 3601
    incident(gate)
    assert closed_for(gate, clock) == 60


def test_failures_in_a_row_ask_for_a_probe_single_ones_do_not(gate: Gate) -> None:
    for _ in range(10):
        assert not gate.failed()
        assert not gate.failed()
        gate.answered()
    assert [gate.failed() for _ in range(4)] == [False, False, True, True]
    with gate.probing():
        assert not gate.failed()
        gate.opened()
    gate.check()
    assert not gate.failed()
