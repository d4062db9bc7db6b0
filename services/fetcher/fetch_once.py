"""Fetches a capture only if it is not stored yet."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import structlog
from pydantic import ValidationError

from services.fetcher.sidecar import FILE, Sidecar
from services.fetcher.store.stored_captures import Answered, StoredCapture, StoredCaptures
from shared.archives import WAYBACK_MACHINE
from shared.blobs import Blobs
from shared.delivery.publisher import Publication
from shared.errors import BlobMissing, GaveUp
from shared.events import Answer, Capture, CaptureFetched, CaptureRequested, Done
from shared.identity import capture_id
from shared.topics import CAPTURE_FETCHED

log = structlog.get_logger()

Fetch = Callable[[CaptureRequested], Awaitable[CaptureFetched]]


class FetchOnce:
    """Handler of `capture.requested`, `capture.backlog` and `capture.elsewhere`: one `capture.fetched` for each.

    Checks the store before it asks `archive` through `fetch`, and records the result before it is
    published. So a redelivered or repeated request ends as it did the first time, and a listed
    capture of the same page with the same digest shares the body of the stored one.
    """

    def __init__(
        self,
        fetch: Fetch,
        stored_captures: StoredCaptures,
        blobs: Blobs,
        archive: str | None = WAYBACK_MACHINE,
    ) -> None:
        self._fetch = fetch
        self._stored_captures = stored_captures
        self._blobs = blobs
        self._archive = archive

    async def __call__(self, request: CaptureRequested) -> Sequence[Publication]:
        """Raises what `fetch` raises, and DependencyDown while Postgres is down."""
        stored = await self._stored_captures.find(request)
        if stored is not None and await self._is_lost(request, stored):
            stored = None
        if stored is None:
            try:
                fetched = await self._fetch(request)
            except GaveUp:
                await self._stored_captures.record_failure(request)
                raise
        elif stored.answered:
            fetched = _fetched(request, stored.capture, stored, stored.answered)
        else:
            fetched = await self._recorded(request, stored)
        await self._stored_captures.record(fetched)
        return [Publication(CAPTURE_FETCHED, fetched)]

    async def _is_lost(self, request: CaptureRequested, stored: StoredCapture) -> bool:
        """Whether the blob store has lost its body, or this request's sidecar; then that is recorded."""
        name = stored.capture.capture_id
        try:
            await self._blobs.get_body(stored.body.sha256)
        except BlobMissing as lost:
            await self._stored_captures.forget_body(name)
            log.warning("a body is lost, fetched again", url=request.url, why=str(lost))
            return True
        if stored.answered is None:
            return False
        try:
            Sidecar.model_validate_json(await self._blobs.get_sidecar(name, request.request_id))
        except (BlobMissing, ValidationError) as lost:
            await self._stored_captures.forget_answer(request.request_id)
            log.warning("a sidecar is lost, fetched again", url=request.url, why=str(lost))
            return True
        return False

    async def _recorded(self, request: CaptureRequested, stored: StoredCapture) -> CaptureFetched:
        """Record a capture that need not be fetched, with its sidecar."""
        capture = self._named(request, stored.capture)
        as_asked = Answered(Answer.MEMENTO, datetime.now(UTC), None)
        fetched = _fetched(request, capture, stored, as_asked)
        sidecar = Sidecar(
            fetched=fetched,
            archive=capture.archive or FILE,
            visited=(),
            status=capture.status,
            headers=(),
            codings=(),
            same_as=stored.capture.capture_id,
        )
        await self._blobs.put_sidecar(capture.capture_id, request.request_id, sidecar)
        log.info(
            "already stored",
            url=request.url,
            asked=request.timestamp,
            as_of=stored.capture.timestamp,
        )
        return fetched

    def _named(self, request: CaptureRequested, stored: Capture) -> Capture:
        """The requested capture, which is the stored one or has the same digest."""
        timestamp = request.timestamp or stored.timestamp
        if (request.url, timestamp) == (stored.url, stored.timestamp):
            return stored
        return stored.model_copy(
            update={
                "capture_id": capture_id(request.url, timestamp),
                "url": request.url,
                "timestamp": timestamp,
                "archive": self._archive,
            }
        )


def _fetched(
    request: CaptureRequested, capture: Capture, stored: StoredCapture, answered: Answered
) -> CaptureFetched:
    return CaptureFetched(
        request=request,
        answer=answered.answer,
        outcome=Done(detail=answered.detail),
        capture=capture,
        body=stored.body,
        fetched_at=answered.at,
    )
