"""`mofcom reconcile`: what was lost on its way, asked for again now."""

import asyncio
from collections.abc import Sequence

import asyncpg
import typer

from services.cli.answering import answering
from services.cli.settings import CliSettings, database_dsn, pipeline_settings
from services.indexer.again import WHAT_IS_LOST, next_attempts
from shared.delivery.publisher import KafkaPublisher
from shared.settings import Settings

_CONNECT_SECONDS = 10

# All there are, however often they were lost.
_MOST = 2**31


def reconcile() -> None:
    """Ask again for what was lost on its way, as the indexer does by itself. Prints what it was.

    What waits in a backlog is not lost. Nothing is printed, and nothing asked, when nothing is.
    """
    with answering():
        dsn, settings = database_dsn(CliSettings(), "ingest"), pipeline_settings()
        lost = asyncio.run(_ask(dsn, settings))
    for row in lost:
        typer.echo(f"{row['kind']} {row['id']} {row['address']}, since {row['since']:%F %T}")


async def _ask(dsn: str, settings: Settings) -> Sequence["asyncpg.Record"]:
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        lost: Sequence[asyncpg.Record] = await database.fetch(WHAT_IS_LOST, _MOST, _MOST)
    finally:
        await database.close()
    if lost:
        async with KafkaPublisher(settings, "cli") as publisher:
            await publisher.publish(next_attempts(lost))
    return lost
