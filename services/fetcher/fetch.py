"""Fetches one capture: from a request to the archive's answer."""

from datetime import UTC, datetime, timedelta

import structlog

from services.fetcher.adapters.source import Source
from services.fetcher.archive.answers import Asked
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback
from services.fetcher.attempts import retry_at
from services.fetcher.settings import FetcherSettings
from services.fetcher.sidecar import FILE, Sidecar
from shared.blobs import Blobs
from shared.charset import decode, is_text
from shared.errors import GaveUp
from shared.events import (
    Answer,
    Body,
    Capture,
    CaptureFetched,
    CaptureRequested,
    Done,
    Outcome,
    RetryAt,
    Skipped,
)
from shared.identity import capture_id

log = structlog.get_logger()

_WITH_BODY = frozenset({Answer.MEMENTO, Answer.SUBSTITUTE, Answer.ARCHIVED_REDIRECT})
_RETRY_AT_ONCE = frozenset({Answer.TRANSIENT, Answer.TRUNCATED})


class FetchCapture:
    """Fetches a capture from a source."""

    def __init__(self, source: Source, blobs: Blobs, settings: FetcherSettings) -> None:
        self._source = source
        self._blobs = blobs
        self._settings = settings

    async def __call__(self, request: CaptureRequested) -> CaptureFetched:
        """Fetch a capture, store its body and sidecar, and return the event.

        Raises GaveUp when it has failed too often, DependencyDown while requests to the archive are
        paused or the blob store is down.
        """
        window = timedelta(hours=self._settings.window_hours) if request.listed else None
        digest = request.listed.digest if request.listed else None
        asked = Asked(request.url, request.timestamp, window, digest)
        priority = Priority.BACKLOG if request.backlog else Priority.LIVE
        playback = await self._source.play(asked, request.asked_at, priority)
        if playback.verdict.answer in _RETRY_AT_ONCE or playback.declared_size is not None:
            playback = await self._source.play(asked, request.asked_at, priority)
        fetched = await self._fetched(request, playback)
        log.info(
            "fetched",
            url=request.url,
            asked=request.timestamp,
            answer=fetched.answer.value,
            outcome=fetched.outcome.state,
            why=playback.verdict.why,
        )
        return fetched

    async def _fetched(self, request: CaptureRequested, playback: Playback) -> CaptureFetched:
        verdict = playback.verdict
        fetched = CaptureFetched(
            request=request,
            answer=verdict.answer,
            outcome=self._outcome(request, playback),
            capture=_capture(request, playback),
            fetched_at=datetime.now(UTC),
        )
        if not isinstance(fetched.outcome, Done):
            return fetched
        return await self._stored(fetched, playback)

    def _outcome(self, request: CaptureRequested, playback: Playback) -> Outcome:
        answer, why = playback.verdict.answer, playback.verdict.why
        if playback.oversize:
            return Skipped(reason="too large", detail=playback.oversize)
        if answer in _WITH_BODY and playback.body is not None:
            return Done(detail=None if answer is Answer.MEMENTO else why)
        if answer is Answer.UNPLAYABLE:
            return self._unplayable(request, why)
        if answer in _RETRY_AT_ONCE:
            return self._retried(request, answer, why)
        return Skipped(reason=answer.value, detail=why)

    def _unplayable(self, request: CaptureRequested, why: str) -> Outcome:
        """A capture may return to replay after days; if it never does, it is skipped, not dead."""
        if request.attempt >= self._settings.fetch_attempts:
            return Skipped(reason=Answer.UNPLAYABLE.value, detail=why)
        wait = timedelta(seconds=self._settings.unplayable_retry_seconds)
        return RetryAt(at=datetime.now(UTC) + wait, reason=Answer.UNPLAYABLE.value, detail=why)

    def _retried(self, request: CaptureRequested, answer: Answer, why: str) -> Outcome:
        if request.attempt >= self._settings.fetch_attempts:
            raise GaveUp(answer.value, f"{request.attempt} attempts, at last: {why}")
        at = retry_at(
            datetime.now(UTC),
            request.attempt,
            self._settings.fetch_retry_seconds,
            self._settings.fetch_longest_retry_seconds,
        )
        return RetryAt(at=at, reason=answer.value, detail=why)

    async def _stored(self, fetched: CaptureFetched, playback: Playback) -> CaptureFetched:
        """Store body and sidecar, before any event points to them."""
        body, reply, capture = playback.body, playback.reply, fetched.capture
        if body is None or reply is None or capture is None:
            raise AssertionError("a memento has a body")
        content_type = reply.header("content-type") or reply.header("x-archive-orig-content-type")
        content_type = content_type and content_type.replace("\0", "")
        untyped = fetched.request.kind == "page"
        decoded = decode(body, content_type) if is_text(content_type, untyped=untyped) else None
        pointer = Body(
            sha256=await self._blobs.put_body(body),
            size=len(body),
            content_type=content_type,
            charset=decoded.charset if decoded else None,
            replaced=decoded.replaced if decoded else None,
            declared_size=playback.declared_size,
        )
        fetched = fetched.model_copy(update={"body": pointer})
        sidecar = Sidecar(
            fetched=fetched,
            archive=capture.archive or FILE,
            visited=playback.targets,
            status=reply.status,
            headers=reply.headers,
            codings=playback.codings,
        )
        request_id = fetched.request.request_id
        await self._blobs.put_sidecar(capture.capture_id, request_id, sidecar)
        return fetched


def _capture(request: CaptureRequested, playback: Playback) -> Capture | None:
    reply, served = playback.reply, playback.served
    if reply is None or served is None:
        return None
    listed = request.listed
    same = listed and (listed.timestamp, listed.original) == (served.timestamp, served.url)
    return Capture(
        capture_id=capture_id(served.url, served.timestamp),
        url=served.url,
        timestamp=served.timestamp,
        status=reply.status,
        digest=listed.digest if listed and same else None,
        archive=playback.archive,
    )
