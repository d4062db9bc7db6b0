"""The fetcher's memory in Postgres, as time would change it."""

from services.fetcher.memory.connection import Memory


async def expire_lease(memory: Memory) -> None:
    """Let the lease run out, whoever holds it."""
    async with memory.connection() as connection:
        await connection.execute("UPDATE fetcher.lease SET until = now() - interval '1 second'")


async def give_lease(memory: Memory, holder: str) -> None:
    """Let it have run out, and `holder` have it for a minute."""
    async with memory.connection() as connection:
        await connection.execute(
            "UPDATE fetcher.lease SET holder = $1, until = now() + interval '1 minute'", holder
        )
