"""The health of a service: which dependencies it waits for, and whether it makes progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic


@dataclass
class Health:
    """Ready while no dependency is down; live while pending work makes progress.

    A dependency that is down makes a service not ready, but live: a restart would not help.
    """

    stall_seconds: float
    clock: Callable[[], float] = monotonic
    started: bool = False
    # Codes of shared.troubles that this service has found besides what it waits for.
    troubles: frozenset[str] = frozenset()
    _holds: dict[int, tuple[str, str]] = field(default_factory=dict)
    _in_flight: int = 0
    _moved_at: float = 0.0
    _lag: int = 0

    def __post_init__(self) -> None:
        self._moved_at = self.clock()

    @property
    def in_flight(self) -> int:
        """Messages being processed."""
        return self._in_flight

    @property
    def holds(self) -> int:
        """How many messages and loops wait for a dependency."""
        return len(self._holds)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count a message in flight; finishing one is progress."""
        if self._in_flight == 0:
            self._moved_at = self.clock()
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            self._moved_at = self.clock()

    def hold(self, holder: object, name: str, why: str) -> None:
        """Report that `holder` waits for the dependency `name`."""
        self._holds[id(holder)] = (name, why)

    def release(self, holder: object) -> None:
        """Report that `holder` no longer waits."""
        if self._holds.pop(id(holder), None):
            self._moved_at = self.clock()

    def moved(self) -> None:
        """Report progress in long work that has not ended yet."""
        self._moved_at = self.clock()

    def saw_lag(self, lag: int, moved: bool) -> None:
        """Report the group's lag in messages, and whether its committed offsets moved."""
        if moved or lag == 0:
            self._moved_at = self.clock()
        self._lag = lag

    def waits_for(self) -> set[tuple[str, str]]:
        """The dependencies waited for, each with the reason."""
        return set(self._holds.values())

    def why_not_ready(self) -> list[str]:
        """What the service waits for; empty when it is ready."""
        if not self.started:
            return ["starting"]
        return sorted(f"{name}: {why}" for name, why in self.waits_for())

    def why_not_live(self) -> list[str]:
        """Why a restart would help; empty when it would not."""
        still = self.clock() - self._moved_at
        waiting = self._in_flight or self._lag
        if waiting and not self._holds and still > self.stall_seconds:
            return [f"no progress for {still:.0f} s with work waiting"]
        return []
