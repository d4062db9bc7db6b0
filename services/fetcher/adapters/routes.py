"""`POST /captures`: sends every MOFCOM capture of a WARC file through the pipeline.

The fetcher does this, since it alone publishes `capture.fetched` and records what is stored. The
archive is not needed, so any replica will do.
"""

import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from time import monotonic

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

from services.fetcher.adapters.source import Source
from services.fetcher.adapters.warc import NotWarc, WarcCapture, WarcFile
from services.fetcher.addresses import listed_requested
from services.fetcher.settings import FetcherSettings
from shared.errors import DependencyDown, GaveUp
from shared.events import CaptureFetched, CaptureRequested, RetryAt, Skipped

# Captures under way together, which share round trips and flushes; fewer if their bodies are large.
_AT_ONCE = 64
_BYTES_AT_ONCE = 32 * 1024 * 1024
_LINES = "application/x-ndjson"
_SECONDS_BETWEEN_LINES = 1.0

Take = Callable[[CaptureRequested, Source], Awaitable[CaptureFetched]]
"""Takes a capture from a source, stores and publishes it; returns once Kafka has confirmed.

Raises DependencyDown, and GaveUp for a capture that cannot be read and is not to be tried again.
"""


class Taken(BaseModel):
    """What became of a file: its records, and its captures by outcome.

    `elsewhere` are captures of other sites; `passed_over` records that should be captures and cannot be
    read as such. `reasons` counts those not done, by outcome and reason; `damage` says what of the
    file could not be read, and how often.
    """

    records: int = 0
    done: int = 0
    skipped: int = 0
    retry: int = 0
    failed: int = 0
    passed_over: int = 0
    elsewhere: int = 0
    reasons: dict[str, dict[str, int]] = {}
    damage: dict[str, int] = {}


def create_captures_router(settings: FetcherSettings, take: Take) -> APIRouter:
    """The route that `mofcom add FILE.warc.gz` posts to.

    It answers with one `Taken`; to a client that accepts application/x-ndjson with a line of it about once
    a second while the captures are taken, or a last line with `detail` if a dependency is down.
    """
    router = APIRouter()

    @router.post(
        "/captures",
        summary="Ingest a WARC, ARC or WACZ file; answers once Kafka has everything.",
        response_model=Taken,
        responses={
            413: {"description": "The file is too large."},
            422: {"description": "No WARC, ARC or WACZ file; says what it is, and what is read."},
            503: {"description": "A dependency is down; sending the file again is safe."},
        },
    )
    async def take_in(request: Request) -> Response:
        with ExitStack() as stack:
            file = stack.enter_context(tempfile.TemporaryFile())
            size = 0
            async for part in request.stream():
                size += len(part)
                if size > settings.warc_bytes:
                    raise HTTPException(413, f"the file is larger than {settings.warc_bytes} bytes")
                file.write(part)
            try:
                warc = await asyncio.to_thread(
                    WarcFile, file, settings.body_bytes, datetime.now(UTC)
                )
            except NotWarc as error:
                raise HTTPException(422, f"not a WARC file: {error}") from error
            if _LINES in request.headers.get("accept", ""):
                return StreamingResponse(_lines(warc, take, stack.pop_all()), media_type=_LINES)
            try:
                async for taken in _taken(warc, take):
                    whole = taken
            except DependencyDown as down:
                raise HTTPException(503, f"{down}; send the file again") from down
            return JSONResponse(whole.model_dump())

    return router


async def _lines(warc: WarcFile, take: Take, files: ExitStack) -> AsyncIterator[str]:
    """What became of the file so far, about once a second; the last line is the answer."""
    with files:
        said = monotonic()
        try:
            async for taken in _taken(warc, take):
                if monotonic() - said >= _SECONDS_BETWEEN_LINES:
                    said = monotonic()
                    yield f"{taken.model_dump_json()}\n"
            yield f"{taken.model_dump_json()}\n"
        except DependencyDown as down:
            yield f"{json.dumps({'detail': f'{down}; send the file again'})}\n"


async def _taken(warc: WarcFile, take: Take) -> AsyncIterator[Taken]:
    """What became of the file's captures so far; the last one is of all."""
    now = datetime.now(UTC)
    states = Counter[str]()
    reasons: dict[str, Counter[str]] = {"passed_over": warc.passed_over} if warc.passed_over else {}
    captures = warc.captures()
    more = True
    while more:
        batch = await asyncio.to_thread(_some, captures)
        more = bool(batch)
        ends = await asyncio.gather(
            *(_end(take, listed_requested(each.row, now), each) for each in batch)
        )
        for state, reason in ends:
            states[state] += 1
            if reason:
                reasons.setdefault(state, Counter())[reason] += 1
        yield Taken(
            records=warc.records,
            passed_over=warc.passed_over.total(),
            elsewhere=warc.elsewhere,
            reasons={state: dict(counts) for state, counts in reasons.items()},
            damage=dict(warc.damage),
            **states,
        )


def _some(captures: Iterator[WarcCapture]) -> list[WarcCapture]:
    """The next captures, as many as go at once; none at the end."""
    some: list[WarcCapture] = []
    size = 0
    for captured in captures:
        some.append(captured)
        size += len(captured.playback.body or b"")
        if len(some) == _AT_ONCE or size >= _BYTES_AT_ONCE:
            break
    return some


async def _end(take: Take, request: CaptureRequested, captured: WarcCapture) -> tuple[str, str]:
    """How a capture ended, and why it is not done."""
    try:
        outcome = (await take(request, captured)).outcome
    except GaveUp as error:
        return "failed", str(error)
    match outcome:
        case Skipped():
            return outcome.state, outcome.reason
        case RetryAt():
            return outcome.state, outcome.detail or outcome.reason
    return outcome.state, ""
