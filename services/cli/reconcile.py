"""`mofcom reconcile`: requests again, at once, what was lost in transit."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from services.cli.answering import answering
from services.cli.settings import cli_settings, database_dsn, pipeline_settings

if TYPE_CHECKING:
    import asyncpg

    from shared.settings import Settings

_CONNECT_SECONDS = 10

# All there are, however often they were lost.
_MOST = 2**31


def reconcile() -> None:
    """Request again what was lost in transit, and list it.

    The indexer does so by itself every half minute. What waits in a backlog is not lost.
    """
    with answering():
        dsn, settings = database_dsn(cli_settings(), "operator"), pipeline_settings()
        lost = asyncio.run(_ask(dsn, settings))
    for row in lost:
        typer.echo(f"{row['kind']} {row['id']} {row['address']}, since {row['since']:%F %T %Z}")
    kinds = Counter(row["kind"] for row in lost).most_common()
    counts = ", ".join(f"{kind} {count}" for kind, count in kinds)
    typer.echo(f"requested again: {counts}" if counts else "nothing was lost")


async def _ask(dsn: str, settings: "Settings") -> Sequence["asyncpg.Record"]:
    from services.indexer.retries import LOST_WORK, next_attempts
    from shared.database import connect
    from shared.delivery.publisher import KafkaPublisher

    database = await connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        lost: Sequence[asyncpg.Record] = await database.fetch(LOST_WORK, _MOST, _MOST)
    finally:
        await database.close()
    if lost:
        async with KafkaPublisher(settings, "cli") as publisher:
            await publisher.publish(next_attempts(lost))
    return lost
