"""`POST /captures`: sends every MOFCOM capture of a WARC file through the pipeline.

The fetcher does this, since it alone publishes `capture.fetched` and records what is stored. The
archive is not needed, so any replica will do.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import BinaryIO

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel

from services.fetcher.adapters.source import Source
from services.fetcher.adapters.warc import NotWarc, WarcCapture, read_captures
from services.fetcher.addresses import in_scope
from services.fetcher.kinds import kind_of
from services.fetcher.settings import FetcherSettings
from shared.errors import DependencyDown
from shared.events import CaptureFetched, CaptureRequested
from shared.identity import request_id

_AT_ONCE = 16

Take = Callable[[CaptureRequested, Source], Awaitable[CaptureFetched]]
"""Takes a capture from a source, stores and publishes it; returns once Kafka has confirmed.

Raises DependencyDown.
"""


class Taken(BaseModel):
    """How many captures a file had: by outcome, and those of other sites (`elsewhere`)."""

    done: int = 0
    skipped: int = 0
    retry: int = 0
    elsewhere: int = 0


def create_captures_router(settings: FetcherSettings, take: Take) -> APIRouter:
    """The route that `mofcom add FILE.warc.gz` posts to."""
    router = APIRouter()

    @router.post(
        "/captures",
        summary="Ingest a WARC file; answers once Kafka has everything.",
        responses={
            413: {"description": "The file is too large."},
            422: {"description": "Not a WARC, or truncated; captures before that are ingested."},
            503: {"description": "A dependency is down; sending the file again is safe."},
        },
    )
    async def take_in(request: Request) -> Taken:
        with tempfile.TemporaryFile() as file:
            size = 0
            async for part in request.stream():
                size += len(part)
                if size > settings.warc_bytes:
                    raise HTTPException(413, f"the file is larger than {settings.warc_bytes} bytes")
                file.write(part)
            file.seek(0)
            try:
                return await _taken(file, settings, take)
            except NotWarc as error:
                raise HTTPException(422, f"not a whole WARC file: {error}") from error
            except DependencyDown as down:
                raise HTTPException(503, f"{down}; send the file again") from down

    return router


async def _taken(file: BinaryIO, settings: FetcherSettings, take: Take) -> Taken:
    now = datetime.now(UTC)
    counts = Counter[str]()
    records = read_captures(file, settings.body_bytes)
    found = True
    while found:
        batch = await asyncio.to_thread(_next, records)
        found = bool(batch)
        ours = [each for each in batch if in_scope(each.row.original)]
        counts["elsewhere"] += len(batch) - len(ours)
        taken = await asyncio.gather(*(take(_request(each, now), each) for each in ours))
        counts.update(each.outcome.state for each in taken)
    return Taken(**counts)


def _next(records: Iterator[WarcCapture]) -> list[WarcCapture]:
    return list(islice(records, _AT_ONCE))


def _request(captured: WarcCapture, now: datetime) -> CaptureRequested:
    row = captured.row
    return CaptureRequested(
        request_id=request_id(row.original, row.timestamp, now.date()),
        url=row.original,
        timestamp=row.timestamp,
        kind=kind_of(row),
        listed=row,
        asked_at=now,
        asked_on=now.date(),
    )
