"""Turns a fetched capture into a parsed notice, or into what an attachment contains."""

from collections.abc import Sequence
from datetime import UTC, datetime

from services.parser.contents import Contents
from services.parser.follow import requests_of
from services.parser.limits import NotText
from services.parser.reading import known_of, outcome_of
from services.parser.version import PARSER_VERSION
from services.parser.workers import ParseWorkers
from shared.attachment import AttachmentContent
from shared.blobs import Blobs
from shared.delivery.publisher import Publication, Publisher
from shared.events import (
    IN_EVENT_BYTES,
    AttachmentRead,
    Body,
    Capture,
    CaptureFetched,
    Done,
    NoticeBlob,
    NoticeParsed,
    Outcome,
    Skipped,
)
from shared.notice import Notice
from shared.topics import ATTACHMENT_READ, NOTICE_PARSED, topic_of

# How firewalls of government sites answer programs: forbidden, Ruishu's 412, Jiasule's 521.
_FIREWALL = frozenset({403, 412, 521})


class ParseCapture:
    """Handler of `capture.fetched`: parses the body and publishes the notice, or what the attachment contains."""

    def __init__(
        self, blobs: Blobs, workers: ParseWorkers, contents: Contents, publisher: Publisher
    ) -> None:
        self._blobs = blobs
        self._workers = workers
        self._contents = contents
        self._publisher = publisher

    async def __call__(self, fetched: CaptureFetched) -> Sequence[Publication]:
        """One `notice.parsed` or `attachment.read` for every body; a response without one already has its outcome.

        The captures that the page refers to are requested first, and their requests confirmed: once
        a page has an outcome, nothing is left to request. Raises GaveUp for a page that cannot be
        parsed, BlobMissing if the body is not in the blob store, and DependencyDown.
        """
        if fetched.body is None or fetched.capture is None:
            return []
        refused = _refused(fetched.capture.status)
        if fetched.request.kind == "attachment":
            read = await self._attachment(fetched, fetched.body, refused)
            return [Publication(ATTACHMENT_READ, read)]
        if refused is not None:
            return [Publication(NOTICE_PARSED, _parsed(fetched, refused))]
        body = await self._blobs.get_body(fetched.body.sha256)
        parsed = await self._read(fetched, fetched.capture, fetched.body, body)
        return [Publication(NOTICE_PARSED, parsed)]

    async def _attachment(
        self, fetched: CaptureFetched, body: Body, refused: Skipped | None
    ) -> AttachmentRead:
        content, outcome = None, refused
        if refused is None:
            data = await self._contents.of(body.sha256)
            content = AttachmentContent.model_validate_json(data)
            if content.state != "read":
                outcome = Skipped(reason=content.state, detail=content.reason)
            elif len(data) > IN_EVENT_BYTES:
                content = None
        return AttachmentRead(
            fetched=fetched,
            parser_version=PARSER_VERSION,
            ocr=self._contents.ocr,
            outcome=outcome or Done(),
            content=content,
            read_at=datetime.now(UTC),
        )

    async def _read(
        self, fetched: CaptureFetched, capture: Capture, described: Body, body: bytes
    ) -> NoticeParsed:
        try:
            notice = await self._workers.parse(body, capture.url, **known_of(capture, described))
        except NotText as refused:
            return _parsed(fetched, Skipped(reason=refused.reason, detail=str(refused)))
        await self._ask(fetched, notice)
        return await self._with_notice(fetched, notice)

    async def _ask(self, fetched: CaptureFetched, notice: Notice) -> None:
        publications = [
            Publication(topic_of(request), request) for request in requests_of(fetched, notice)
        ]
        if publications:
            await self._publisher.publish(publications)

    async def _with_notice(self, fetched: CaptureFetched, notice: Notice) -> NoticeParsed:
        parsed = _parsed(fetched, outcome_of(notice))
        data = notice.model_dump_json().encode()
        if len(data) <= IN_EVENT_BYTES:
            return parsed.model_copy(update={"notice": notice})
        pointer = NoticeBlob(sha256=await self._blobs.put_parsed(data), size=len(data))
        return parsed.model_copy(update={"notice_blob": pointer})


def _refused(status: int) -> Skipped | None:
    """Why a capture of this status is not read; None if it is."""
    if status < 400:
        return None
    reason = "blocked" if status in _FIREWALL else "error"
    return Skipped(reason=reason, detail=f"archived with status {status}")


def _parsed(fetched: CaptureFetched, outcome: Outcome) -> NoticeParsed:
    return NoticeParsed(
        fetched=fetched,
        parser_version=PARSER_VERSION,
        outcome=outcome,
        parsed_at=datetime.now(UTC),
    )
