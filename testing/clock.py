"""A clock that a test holds: it stands still until it is moved."""


class Clock:
    """Given in place of ``time.time`` or ``time.monotonic``."""

    def __init__(self, now: float = 1_795_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def move(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self.now += seconds
