"""A limit on unknown errors: when most messages fail, it is the service that is broken.

Without it a wrong setting or a bad release would send everything to ``dead-letter``.
"""

from collections import deque
from collections.abc import Iterable


class ErrorRate:
    """Counts unknown errors among the last `window` messages."""

    def __init__(self, limit: int, window: int = 100) -> None:
        self._limit = limit
        self._last: deque[bool] = deque(maxlen=window)

    def saw(self, *, unknown_error: bool) -> None:
        """Take note of how a message ended."""
        self._last.append(unknown_error)

    def after(self, unknown_errors: Iterable[bool]) -> "ErrorRate":
        """What it would be after these messages too; itself is as it was."""
        later = ErrorRate(self._limit)
        later._last = deque([*self._last, *unknown_errors], maxlen=self._last.maxlen)
        return later

    @property
    def exceeded(self) -> str | None:
        """Why the service must stop, None while it need not."""
        errors = sum(self._last)
        if errors <= self._limit:
            return None
        return (
            f"{errors} of the last {len(self._last)} messages failed for unknown reasons: "
            "look at the last dead letters, mend what is wrong, restart"
        )
