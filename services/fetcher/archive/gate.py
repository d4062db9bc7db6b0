"""One gate in front of the archive: when the archive says stop, everything stops."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import time
from typing import NoReturn

import structlog

from shared.errors import DependencyDown

log = structlog.get_logger()

NAME = "archive"


@dataclass(frozen=True, slots=True)
class Pause:
    """The last incident, kept across restarts: the gate is closed until `until` (epoch seconds).

    `seconds` is the pause that the next incident doubles; `over` if the archive has answered since.
    """

    until: float
    seconds: float
    why: str
    over: bool = False


class Gate:
    """Closed for a while after an incident; then a single request probes.

    Throttling, refused connections and outages are the same event: a client that keeps asking is
    refused for an hour, then for two (docs/archive.md#rate-limits). Each further incident
    doubles the pause, from `shortest_seconds` up to `longest_seconds`, until `calm_seconds` pass
    without one.
    """

    def __init__(
        self,
        shortest_seconds: float,
        longest_seconds: float,
        calm_seconds: float,
        failures: int,
        clock: Callable[[], float] = time,
    ) -> None:
        self._shortest = shortest_seconds
        self._longest = longest_seconds
        self._calm = calm_seconds
        self._failures = failures
        self._clock = clock
        self._probing = False
        self._failed = 0
        self.pause: Pause | None = None

    def check(self) -> None:
        """Raise DependencyDown while the gate is closed."""
        pause = self.pause
        if pause is None or pause.over:
            return
        left = pause.until - self._clock()
        if left > 0:
            raise DependencyDown(NAME, f"{pause.why}; asked again in {left:.0f} s")
        if self._probing:
            raise DependencyDown(NAME, f"{pause.why}; one request is probing")

    def seconds_left(self) -> float:
        """How long it stays closed; 0 if it is open or may be probed."""
        pause = self.pause
        if pause is None or pause.over:
            return 0.0
        return max(0.0, pause.until - self._clock())

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Around one request: raises DependencyDown while the gate is closed."""
        self.check()
        probe = self._closed()
        self._probing = probe
        try:
            yield
        finally:
            if probe:
                self._probing = False

    def answered(self) -> None:
        """The archive answered normally: all requests may go on."""
        self._failed = 0
        pause = self.pause
        if pause is not None and not pause.over and self._clock() >= pause.until:
            self.pause = replace(pause, over=True)
            log.info("the archive answers again")

    def failed(self, why: str) -> None:
        """A request failed; several failures in a row are an incident.

        A single failure concerns only the item requested, unless it was the probe. Raises
        DependencyDown when it closes the gate.
        """
        self._failed += 1
        if self._closed() or self._failed >= self._failures:
            self.incident(why if self._closed() else f"{self._failed} failures in a row: {why}")

    def incident(self, why: str, retry_after: float | None = None) -> NoReturn:
        """Close the gate and raise DependencyDown.

        Requests in flight when the gate closed belong to the same incident.
        """
        self._failed = 0
        now = self._clock()
        last = self.pause
        if last is not None and now < last.until:
            self.pause = replace(last, until=max(last.until, now + (retry_after or 0.0)))
            raise DependencyDown(NAME, why)
        repeated = last is not None and now < last.until + self._calm
        seconds = min(last.seconds * 2 if last and repeated else self._shortest, self._longest)
        self.pause = Pause(now + max(seconds, retry_after or 0.0), seconds, why)
        log.warning("requests to the archive paused", why=why, seconds=self.pause.until - now)
        raise DependencyDown(NAME, why)

    def _closed(self) -> bool:
        return self.pause is not None and not self.pause.over
