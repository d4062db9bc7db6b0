"""A manual clock: it stands still until a test advances it."""


class Clock:
    """Replaces ``time.time`` or ``time.monotonic``."""

    def __init__(self, now: float = 1_795_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def move(self, seconds: float) -> None:
        """Advance the clock."""
        self.now += seconds
