"""`mofcom reconcile`: what was lost on its way, asked for again now."""

import asyncio
from collections.abc import Sequence

import asyncpg
import typer
from aiokafka.errors import KafkaError

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, database_dsn, pipeline_settings
from services.indexer.again import WHAT_IS_LOST, next_attempts
from shared.delivery.dependency import DependencyDown
from shared.delivery.publisher import Publisher
from shared.settings import Settings

_CONNECT_SECONDS = 10

# All there are, however often they were lost.
_MOST = 2**31


def reconcile() -> None:
    """Ask again for what was lost on its way, as the indexer does by itself. Prints what it was.

    What waits in a backlog is not lost. Nothing is printed, and nothing asked, when nothing is.
    """
    try:
        dsn, settings = database_dsn(CliSettings(), "ingest"), pipeline_settings()
        lost = asyncio.run(_ask(dsn, settings))
    except NothingRuns as nothing:
        fail(str(nothing))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        fail(f"the database does not answer ({error}): is the pipeline running?")
    except (KafkaError, DependencyDown) as error:
        fail(f"Kafka does not answer ({error!r}): is the pipeline running?")
    for row in lost:
        typer.echo(f"{row['kind']} {row['id']} {row['address']}, since {row['since']:%F %T}")


async def _ask(dsn: str, settings: Settings) -> Sequence["asyncpg.Record"]:
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        lost: Sequence[asyncpg.Record] = await database.fetch(WHAT_IS_LOST, _MOST, _MOST)
    finally:
        await database.close()
    if lost:
        async with Publisher(settings, "cli") as publisher:
            await publisher.publish(next_attempts(lost))
    return lost
