"""Health is progress: what a service waits for, and whether it moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic


@dataclass
class Health:
    """Ready when nothing is waited for; live while work that waits moves.

    A dependency that is down makes a service not ready, but live: restarting it would not help.
    """

    stall_seconds: float
    clock: Callable[[], float] = monotonic
    started: bool = False
    _holds: dict[int, tuple[str, str]] = field(default_factory=dict)
    _in_hand: int = 0
    _moved_at: float = 0.0
    _lag: int = 0

    def __post_init__(self) -> None:
        self._moved_at = self.clock()

    @property
    def in_hand(self) -> int:
        """Messages being worked on."""
        return self._in_hand

    @property
    def holds(self) -> int:
        """How many messages and loops wait for a dependency."""
        return len(self._holds)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Counts a message in hand; ending one is progress."""
        if self._in_hand == 0:
            self._moved_at = self.clock()
        self._in_hand += 1
        try:
            yield
        finally:
            self._in_hand -= 1
            self._moved_at = self.clock()

    def hold(self, holder: object, name: str, why: str) -> None:
        """Say that `holder` waits for the dependency `name`."""
        self._holds[id(holder)] = (name, why)

    def release(self, holder: object) -> None:
        """Say that `holder` waits no more."""
        if self._holds.pop(id(holder), None):
            self._moved_at = self.clock()

    def moved(self) -> None:
        """Say that work in hand goes on, though none of it has ended."""
        self._moved_at = self.clock()

    def saw_lag(self, lag: int, moved: bool) -> None:
        """Take note of messages waiting, and whether the committed offsets moved since."""
        if moved or lag == 0:
            self._moved_at = self.clock()
        self._lag = lag

    def why_not_ready(self) -> list[str]:
        """What the service waits for, empty when it is ready."""
        if not self.started:
            return ["starting"]
        return sorted({f"{name}: {why}" for name, why in self._holds.values()})

    def why_not_live(self) -> list[str]:
        """Why a restart would help, empty when it would not."""
        still = self.clock() - self._moved_at
        waiting = self._in_hand or self._lag
        if waiting and not self._holds and still > self.stall_seconds:
            return [f"no progress for {still:.0f} s with work waiting"]
        return []
