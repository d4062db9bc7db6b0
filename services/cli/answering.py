"""What every command says of a pipeline that is not there, or a part of it that does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.cli.fail import fail
from services.cli.settings import NothingRuns

START = "is the pipeline running? Start it with `mofcom up` or `docker compose up`"


@contextmanager
def answering(stores: str = "the database") -> Iterator[None]:
    """Around what asks the pipeline: prints one line and exits 1 when it cannot be asked.

    `stores` are what it may be that is not Kafka.
    """
    try:
        yield
    except NothingRuns as nothing:
        fail(str(nothing))
    except OSError as error:
        fail(f"{stores} does not answer ({error}): {START}")
    except Exception as error:
        # Imported only now: a command that needs none of them must not wait for them.
        from aiokafka.errors import KafkaError
        from asyncpg import PostgresError
        from obstore.exceptions import BaseError

        from shared.errors import BlobMissing, DependencyDown

        if isinstance(error, PostgresError | BaseError):
            fail(f"{stores} does not answer ({error}): {START}")
        if isinstance(error, DependencyDown):
            fail(f"{error.name} does not answer ({error.why}): {START}")
        if isinstance(error, BlobMissing):
            fail(f"{error}: is MOFCOM_BLOB_URL the pipeline's blob store?")
        if isinstance(error, KafkaError):
            fail(f"Kafka does not answer ({error!r}): {START}")
        raise
