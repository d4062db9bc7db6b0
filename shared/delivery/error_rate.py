"""A limit on unknown errors: when most messages fail, the service itself is broken.

Without it, a wrong setting or a bad release would send everything to ``dead-letter``.
"""

from collections import deque
from collections.abc import Iterable

_WINDOW = 100


class ErrorRate:
    """Counts unknown errors among the last 100 messages."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._last: deque[bool] = deque(maxlen=_WINDOW)

    def saw(self, *, unknown_error: bool) -> None:
        """Count one message."""
        self._last.append(unknown_error)

    def after(self, unknown_errors: Iterable[bool]) -> "ErrorRate":
        """A copy that has counted these messages too."""
        later = ErrorRate(self._limit)
        later._last.extend([*self._last, *unknown_errors])
        return later

    @property
    def exceeded(self) -> str | None:
        """Why the service must stop; None while below the limit."""
        errors = sum(self._last)
        if errors <= self._limit:
            return None
        return (
            f"{errors} of the last {len(self._last)} messages failed for unknown reasons: "
            "look at the last dead letters, fix the cause, restart the service"
        )
