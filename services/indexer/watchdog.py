"""Ends analysts' transactions that last too long, and puts their role right again.

No transaction may block a schema change forever, and no session lock out the others.
"""

import asyncio
from datetime import timedelta

import structlog

from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.loops import every

log = structlog.get_logger()

_RESTORE = "SELECT restored FROM ingest.restore_analyst()"
_END = "SELECT pid, ended FROM ingest.end_long_transactions($1, $2)"


class Watchdog:
    """Looks every `analyst_look_seconds`. Several do no harm: what one has ended the others do not see."""

    def __init__(self, settings: IndexerSettings, store: Store) -> None:
        self._settings = settings
        self._store = store

    async def run(self, stop: asyncio.Event) -> None:
        """Check until `stop` is set. While the database is down there is nothing to end."""
        await every(self._settings.analyst_look_seconds, self.look, stop=stop)

    async def look(self) -> None:
        """Cancel and end what is too old, and restore the role. Raises DependencyDown."""
        longest = timedelta(seconds=self._settings.analyst_seconds)
        grace = timedelta(seconds=self._settings.analyst_grace_seconds)
        async with self._store.transaction() as transaction:
            for row in await transaction.fetch(_END, longest, grace):
                log.warning("analyst ended", pid=row["pid"], ended=row["ended"])
            for row in await transaction.fetch(_RESTORE):
                log.warning("role analyst restored", restored=row["restored"])
