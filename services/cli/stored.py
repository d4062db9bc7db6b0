"""The events of stored captures, from their sidecars."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from services.fetcher.sidecar import Sidecar
from shared.blobs import Blobs
from shared.errors import BlobMissing
from shared.events import CaptureFetched

log = structlog.get_logger()

_READERS = 64

StoredKey = tuple[str, str]
"""A capture's id, and that of the request that it was stored for."""


@dataclass(frozen=True, slots=True)
class StoredEvents:
    """Events by capture and request: of those whose body is stored, and of those whose body is lost."""

    whole: dict[StoredKey, CaptureFetched]
    without_body: dict[StoredKey, CaptureFetched]


async def stored_events(blobs: Blobs, captures: Sequence[StoredKey]) -> StoredEvents:
    """The event that was published when each was fetched.

    Captures whose sidecar is lost, or is none, are in neither. Raises DependencyDown.
    """
    reading = asyncio.Semaphore(_READERS)
    found = StoredEvents({}, {})

    async def read(capture: StoredKey) -> None:
        async with reading:
            try:
                sidecar = Sidecar.model_validate_json(await blobs.get_sidecar(*capture))
            except BlobMissing:
                return
            except ValidationError as error:
                log.error("a sidecar cannot be read", capture_id=capture[0], why=str(error))
                return
            body = sidecar.fetched.body
            stored = body is not None and await blobs.has_body(body.sha256)
            (found.whole if stored else found.without_body)[capture] = sidecar.fetched

    await asyncio.gather(*map(read, captures))
    return found
