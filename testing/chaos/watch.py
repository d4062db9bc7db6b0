"""How many captures have their outcome over time, which gives the time of recovery."""

import asyncio
import time
from bisect import bisect_left
from dataclasses import dataclass, field

import asyncpg

_EVERY_SECONDS = 0.1
_ENDED = "SELECT count(*) FROM requests WHERE state IN ('done', 'skipped', 'dead')"


@dataclass
class Watch:
    """Counts outcomes ten times a second, past the proxies; while Postgres is away it waits."""

    database_url: str
    outcomes: int = 0
    _samples: list[tuple[float, int]] = field(default_factory=list)

    async def run(self) -> None:
        """Count until cancelled."""
        connection = None
        while True:
            try:
                if connection is None:
                    connection = await asyncpg.connect(self.database_url, timeout=2)
                self.outcomes = await connection.fetchval(_ENDED, timeout=2)
                self._samples.append((time.monotonic(), self.outcomes))
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                if connection is not None:
                    connection.terminate()
                connection = None
            await asyncio.sleep(_EVERY_SECONDS)

    def recovered(self, since: float) -> float | None:
        """Seconds from `since` to the next outcome; None when there was none any more."""
        first = bisect_left(self._samples, (since, 0))
        if first == len(self._samples):
            return None
        before = self._samples[first - 1][1] if first else 0
        for at, outcomes in self._samples[first:]:
            if outcomes > before:
                return at - since
        return None
