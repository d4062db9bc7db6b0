"""What every command says of a pipeline that is not there, or a part of it that does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from aiokafka.errors import KafkaError
from obstore.exceptions import BaseError

from services.cli.fail import fail
from services.cli.settings import NothingRuns
from shared.errors import BlobMissing, DependencyDown


@contextmanager
def answering(stores: str = "the database") -> Iterator[None]:
    """Around what asks the pipeline: prints one line and exits 1 when it cannot be asked.

    `stores` are what it may be that is not Kafka.
    """
    try:
        yield
    except NothingRuns as nothing:
        fail(str(nothing))
    except (OSError, asyncpg.PostgresError, BaseError) as error:
        fail(f"{stores} does not answer ({error}): is the pipeline running?")
    except DependencyDown as down:
        fail(f"{down.name} does not answer ({down.why}): is the pipeline running?")
    except BlobMissing as missing:
        fail(f"{missing}: is MOFCOM_BLOB_URL the pipeline's blob store?")
    except KafkaError as error:
        fail(f"Kafka does not answer ({error!r}): is the pipeline running?")
