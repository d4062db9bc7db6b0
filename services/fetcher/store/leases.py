"""The lease to use the archive: which fetcher holds it."""

from services.fetcher.store.connection import Store

_TAKE = """
INSERT INTO fetcher.lease (holder, until)
SELECT $1, now() + make_interval(secs => $2)
WHERE NOT EXISTS (SELECT FROM fetcher.restoration WHERE ended_at IS NULL)
ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until < now()
RETURNING holder
"""
_END = """
UPDATE fetcher.lease SET until = now() WHERE holder = $1
"""


class Leases:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def take(self, holder: str, seconds: float) -> bool:
        """Take or renew the lease; False while another holds it, or the memory is being restored."""
        async with self._store.connection() as connection:
            return await connection.fetchval(_TAKE, holder, seconds) is not None

    async def end(self, holder: str) -> None:
        """Release it, if it is held."""
        async with self._store.connection() as connection:
            await connection.execute(_END, holder)
