"""`python -m deploy.init`: creates topics and tables, and waits until Kafka and Postgres are up.

`python -m deploy.init acls` prints what each service needs of a Kafka whose ACLs somebody else sets.
"""

import asyncio
import logging
import sys

import asyncpg
from aiokafka.errors import KafkaError

from deploy.init.errors import SchemaError
from deploy.init.kafka_access import acls, grant_access
from deploy.init.migrate import replace, run_tables
from deploy.init.roles import grant_roles
from deploy.init.settings import InitSettings
from deploy.init.topics import create_topics
from deploy.init.wait import until_done
from shared.settings import load
from shared.topics import TOPICS, with_partitions

_TO_REPORT = (OSError, KafkaError, SchemaError, asyncpg.PostgresError)


async def initialise(settings: InitSettings) -> None:
    """Create what is missing, and print what that was. Raises what the parts raise."""
    dsn, patience = settings.dsn(), settings.lock_timeout_seconds
    created = await until_done(
        f"Kafka at {settings.kafka_bootstrap_servers}",
        lambda: create_topics(
            settings, with_partitions(settings.kafka_partitions), settings.kafka_replication_factor
        ),
    )
    print(f"topics: {_list(created)} created, {len(TOPICS) - len(created)} existed", flush=True)
    if users := settings.kafka_passwords():
        await until_done("Kafka", lambda: grant_access(settings, users))
    ran = await until_done("Postgres", lambda: run_tables(dsn, patience))
    print(f"tables: {_list(ran)} run", flush=True)
    replaced = await until_done("Postgres", lambda: replace(dsn, patience))
    print(f"functions and views: {'replaced' if replaced else 'unchanged'}", flush=True)
    passwords = settings.role_passwords()
    warnings = await until_done("Postgres", lambda: grant_roles(dsn, passwords))
    for warning in warnings:
        print(f"roles: {warning}", flush=True)


def _list(names: list[str]) -> str:
    return ", ".join(names) or "none"


async def _main(settings: InitSettings) -> int:
    try:
        await initialise(settings)
    except _TO_REPORT as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["acls"]:
        print(*acls(), sep="\n")
        sys.exit(0)
    # That a broker is not up yet is printed once; aiokafka would log it repeatedly.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    sys.exit(asyncio.run(_main(load(InitSettings))))
