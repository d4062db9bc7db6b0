"""How often one address may ask."""

from services.console.allowance import Allowance
from testing.clock import Clock


def test_an_address_waits_for_the_next_minute_and_another_one_does_not() -> None:
    clock = Clock()
    allowance = Allowance(2, clock)
    clock.move(15)
    assert [allowance.seconds_to_wait("a") for _ in range(3)] == [0, 0, 45]
    assert allowance.seconds_to_wait("b") == 0
    clock.move(45)
    assert allowance.seconds_to_wait("a") == 0
