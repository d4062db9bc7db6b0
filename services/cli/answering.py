"""The message of every command when the pipeline, or a part of it, does not answer."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError

from services.cli.fail import fail
from services.cli.settings import NothingRuns

START = "is the pipeline running? Start it with `mofcom up` or `docker compose up`"


def no_fetcher(url: str, error: Exception) -> str:
    """The message that no fetcher answers at `url`."""
    reason = error.reason if isinstance(error, URLError) else error
    # Python's own text begins with the number of the error.
    refused = isinstance(reason, ConnectionRefusedError)
    return f"no fetcher answers at {url} ({'connection refused' if refused else reason}): {START}"


@contextmanager
def answering(stores: str = "the database") -> Iterator[None]:
    """Around what asks the pipeline: prints one line and exits 1 when it cannot be asked.

    `stores` are what it may be that is not Kafka.
    """
    # Kafka's client logs an unreachable broker repeatedly; the message below is enough.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    try:
        yield
    except NothingRuns as nothing:
        fail(str(nothing))
    except ConnectionRefusedError:
        # asyncio's own text has the address as Python writes a tuple.
        fail(f"{stores} does not answer (connection refused): {START}")
    except OSError as error:
        fail(f"{stores} does not answer ({error}): {START}")
    except Exception as error:
        # Imported only now: a command that needs none of them must not wait for them.
        from aiokafka.errors import KafkaConnectionError, KafkaError
        from asyncpg import PostgresError
        from obstore.exceptions import BaseError

        from shared.errors import BlobMissing, DependencyDown

        if isinstance(error, PostgresError | BaseError):
            fail(f"{stores} does not answer ({error}): {START}")
        kafka = error.__cause__ if isinstance(error, DependencyDown) else error
        if isinstance(kafka, KafkaError):
            # The client's own text has its list of brokers as Python writes it.
            away = isinstance(kafka, KafkaConnectionError)
            why = "no broker can be reached" if away else str(kafka)
            fail(f"Kafka does not answer ({why}): {START}")
        if isinstance(error, DependencyDown):
            fail(f"{error.name} does not answer ({error.why}): {START}")
        if isinstance(error, BlobMissing):
            fail(f"{error}: is MOFCOM_BLOB_URL the pipeline's blob store?")
        raise
