"""How often one address may ask."""

from collections.abc import Callable
from time import monotonic

_MINUTE = 60.0


class Allowance:
    """Counts the requests of each address in the current minute."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._most = per_minute
        self._clock = clock
        self._began = clock()
        self._asked: dict[str, int] = {}

    def seconds_to_wait(self, address: str) -> float:
        """0 if the address may ask now, which counts; else how long until it may."""
        now = self._clock()
        if now - self._began >= _MINUTE:
            # Forgets all addresses at once: no more are remembered than ask in a minute.
            self._began, self._asked = now, {}
        asked = self._asked.get(address, 0)
        if asked >= self._most:
            return self._began + _MINUTE - now
        self._asked[address] = asked + 1
        return 0.0
