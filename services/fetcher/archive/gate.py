"""One gate in front of the archive: when the archive says stop, everything stops."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import time
from typing import NoReturn

import structlog

from shared.errors import DependencyDown

log = structlog.get_logger()


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
    """Closed for a while after an incident; then a probe decides whether it opens.

    Throttling and refused connections are one kind of incident: a client that keeps asking is refused
    for an hour, then for two (docs/archive.md#rate-limits). Each further incident doubles the pause,
    from `shortest_seconds` up to `longest_seconds`, until `calm_seconds` pass without one.

    `failures` in a row are not yet an incident, since captures that always fail stand side by side in
    the index: a probe tells whether it is they or the archive, or the way to it. Such a pause lasts at
    most `outage_seconds`: to probe costs one request.
    """

    def __init__(
        self,
        name: str,
        shortest_seconds: float,
        longest_seconds: float,
        outage_seconds: float,
        calm_seconds: float,
        failures: int,
        clock: Callable[[], float] = time,
    ) -> None:
        self._name = name
        self._shortest = shortest_seconds
        self._longest = longest_seconds
        self._outage = min(outage_seconds, longest_seconds)
        self._calm = calm_seconds
        self._failures = failures
        self._clock = clock
        self._probing = False
        self._failed = 0
        self.pause: Pause | None = None

    def check(self) -> bool:
        """Raise DependencyDown while the gate is closed. True if the caller has to probe first."""
        pause = self.pause
        if pause is None or pause.over:
            return False
        if left := self.seconds_left():
            # The same for all that wait, so that they are one line of logs and status.
            then = datetime.fromtimestamp(self._clock() + left, UTC)
            raise DependencyDown(self._name, f"{pause.why}; asked again at {then:%F %T} UTC")
        if self._probing:
            raise DependencyDown(self._name, f"{pause.why}; one request is probing")
        return True

    def seconds_left(self) -> float:
        """How long it stays closed; 0 if it is open or may be probed."""
        pause = self.pause
        if pause is None or pause.over:
            return 0.0
        left = max(0.0, pause.until - self._clock())
        # More than any pause lasts: the clock was ahead when the gate closed.
        return left if left <= self._longest else 0.0

    @contextmanager
    def probing(self) -> Iterator[None]:
        """Around the probe."""
        self._probing = True
        try:
            yield
        finally:
            self._probing = False

    def answered(self) -> None:
        """An answer as the archive gives it: what failed before it did not fail in a row."""
        self._failed = 0

    def failed(self) -> bool:
        """A request failed, which concerns only the item requested. True if so many failed in a row
        that the caller has to probe.
        """
        self._failed += 1
        return self._failed >= self._failures and not self._probing

    def opened(self) -> None:
        """The probe was answered: all requests may go on."""
        self._failed = 0
        if self.pause is not None and not self.pause.over:
            self.pause = replace(self.pause, over=True)
            log.info("the archive answers again", archive=self._name)

    def outage(self, why: str) -> NoReturn:
        """The probe failed too: close the gate and raise DependencyDown."""
        self._close(why, 0.0, self._outage)

    def incident(self, why: str, retry_after: float | None = None) -> NoReturn:
        """The archive told us to stop: close the gate and raise DependencyDown.

        Requests in flight when the gate closed belong to the same incident.
        """
        self._close(why, min(retry_after or 0.0, self._longest), self._longest)

    def _close(self, why: str, at_least: float, longest: float) -> NoReturn:
        self._failed = 0
        now = self._clock()
        last = self.pause
        if last is not None and self.seconds_left():
            self.pause = replace(last, until=max(last.until, now + at_least))
            raise DependencyDown(self._name, why)
        repeated = last is not None and now < last.until + self._calm
        seconds = min(last.seconds * 2 if last and repeated else self._shortest, longest)
        self.pause = Pause(now + max(seconds, at_least), seconds, why)
        log.warning(
            "requests to the archive paused",
            archive=self._name,
            why=why,
            seconds=self.pause.until - now,
        )
        raise DependencyDown(self._name, why)
