"""When most messages fail, the work slows down; it never stops."""

import pytest

from shared.delivery.brake import Brake
from shared.errors import DependencyDown
from testing.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock(0.0)


def test_below_the_limit_nothing_waits(clock: Clock) -> None:
    brake = Brake(3, 5.0, clock)
    brake.saw(True, True, True)
    brake.pause()


def test_above_it_one_message_passes_after_each_pause(clock: Clock) -> None:
    brake = Brake(3, 5.0, clock)
    brake.saw(True, True, True, True)
    for _ in range(3):
        with pytest.raises(DependencyDown, match=r"4 of the last 4 messages failed .* slowly"):
            brake.pause()
        clock.now += 4.9
        with pytest.raises(DependencyDown):
            brake.pause()
        clock.now += 0.2
        brake.pause()


def test_messages_that_go_well_end_it(clock: Clock) -> None:
    brake = Brake(3, 5.0, clock)
    brake.saw(True, True, True, True)
    with pytest.raises(DependencyDown):
        brake.pause()
    brake.saw(*[False] * 97)
    brake.pause()
    clock.now += 3600.0
    brake.saw(True, True, True, True)
    with pytest.raises(DependencyDown):
        brake.pause()


def test_a_batch_waits_for_each_of_its_errors_but_not_for_ever(clock: Clock) -> None:
    brake = Brake(3, 5.0, clock)
    with pytest.raises(DependencyDown, match=r"\(a bad release\)"):
        brake.pause([True] * 10, "a bad release")
    clock.now = 49.0
    with pytest.raises(DependencyDown):
        brake.pause([True] * 10)
    clock.now = 50.0
    brake.pause([True] * 10)
    with pytest.raises(DependencyDown):
        brake.pause([True] * 500)
    clock.now += 300.0
    brake.pause([True] * 500)
