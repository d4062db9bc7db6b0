"""`POST /captures`: a WARC file, every capture of MOFCOM in it through the pipeline.

It goes to the fetcher, not around it: only the fetcher publishes what was fetched, and remembers
what is held. The archive is not asked, so any replica will do.
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
"""Fetches a capture from a source, stores and publishes it; returns once Kafka has confirmed.

Raises DependencyDown.
"""


class Taken(BaseModel):
    """How many captures a file held: by how they ended, and those of other sites."""

    done: int = 0
    skipped: int = 0
    retry: int = 0
    elsewhere: int = 0


def create_captures_router(settings: FetcherSettings, take: Take) -> APIRouter:
    """The route that `mofcom add FILE.warc.gz` posts to."""
    router = APIRouter()

    @router.post(
        "/captures",
        summary="Take in a WARC file; answers once Kafka has everything.",
        responses={
            413: {"description": "The file is too large."},
            422: {"description": "It is no WARC, or breaks off; what stood before is taken."},
            503: {"description": "Something is away; sending the file again does no harm."},
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
