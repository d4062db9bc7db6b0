"""The events of stored captures, from their sidecars."""

import asyncio
from collections.abc import Sequence

import structlog
from pydantic import ValidationError

from services.fetcher.sidecar import Sidecar
from shared.blobs import Blobs
from shared.errors import BlobMissing
from shared.events import CaptureFetched

log = structlog.get_logger()

_READERS = 64

Stored = tuple[str, str]
"""A capture's id, and that of the request that it was stored for."""


async def stored_events(blobs: Blobs, captures: Sequence[Stored]) -> dict[Stored, CaptureFetched]:
    """The event that was published when each was fetched.

    Captures whose sidecar or body the blob store does not have, or whose sidecar is none, are left
    out. Raises DependencyDown.
    """
    reading = asyncio.Semaphore(_READERS)

    async def event(capture: Stored) -> CaptureFetched | None:
        async with reading:
            try:
                sidecar = Sidecar.model_validate_json(await blobs.get_sidecar(*capture))
            except BlobMissing:
                return None
            except ValidationError as error:
                log.error("a sidecar cannot be read", capture_id=capture[0], why=str(error))
                return None
            body = sidecar.fetched.body
            return sidecar.fetched if body and await blobs.has_body(body.sha256) else None

    found = await asyncio.gather(*map(event, captures))
    return {
        capture: event for capture, event in zip(captures, found, strict=True) if event is not None
    }
