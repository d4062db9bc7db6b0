"""Changes to the fetcher's store that otherwise take time to pass."""

from services.fetcher.store.connection import Store


async def expire_lease(store: Store) -> None:
    """Expire the lease, whoever holds it."""
    async with store.connection() as connection:
        await connection.execute("UPDATE fetcher.lease SET until = now() - interval '1 second'")


async def give_lease(store: Store, holder: str) -> None:
    """Expire the lease, and give it to `holder` for a minute."""
    async with store.connection() as connection:
        await connection.execute(
            "UPDATE fetcher.lease SET holder = $1, until = now() + interval '1 minute'", holder
        )
