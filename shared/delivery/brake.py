"""Slows a service down when most messages fail for unknown reasons: the service itself is broken.

Without it, a wrong setting or a bad release would send everything to ``dead-letter`` in a minute.
It never stops the work: whoever sends a hundred messages that the code stumbles over must not be
able to hold those of others for good.
"""

from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic

from shared.errors import DependencyDown

_WINDOW = 100
_LONGEST_SECONDS = 300.0


class Brake:
    """Counts unknown errors among the last 100 messages; above `limit` it asks for pauses."""

    def __init__(
        self, limit: int, pause_seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self._limit = limit
        self._pause = pause_seconds
        self._clock = clock
        self._last: deque[bool] = deque(maxlen=_WINDOW)
        self._until: float | None = None

    def saw(self, *unknown_errors: bool) -> None:
        """Count messages that are done: whether each failed for an unknown reason."""
        self._last.extend(unknown_errors)

    def pause(self, upcoming: Sequence[bool] = (), last_error: str = "") -> None:
        """Return when the next message, or those of `upcoming`, may be settled.

        Raises DependencyDown during the pause, which is as long as there are errors in `upcoming`,
        up to five minutes; retried after it, the messages pass.
        """
        errors = sum(seen := deque([*self._last, *upcoming], maxlen=_WINDOW))
        if errors <= self._limit:
            self._until = None
            return
        now = self._clock()
        if self._until is None:
            self._until = now + min(self._pause * max(1, sum(upcoming)), _LONGEST_SECONDS)
        if now < self._until:
            raise DependencyDown(
                "brake",
                f"{errors} of the last {len(seen)} messages failed for unknown reasons"
                f"{last_error and f' ({last_error})'}, so it goes on slowly: look at the last dead "
                "letters, fix the cause, and replay them",
            )
        self._until = None
