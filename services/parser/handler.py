"""From a capture fetched to a notice parsed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from services.parser.parse import PARSER_VERSION
from services.parser.workers import ParseWorkers
from shared.blobs import Blobs
from shared.delivery.publisher import Publication
from shared.events import CaptureFetched, Done, NoticeBlob, NoticeParsed, Outcome, Skipped
from shared.notice import Notice, PageKind
from shared.topics import NOTICE_PARSED

# Above this a notice goes to the blob store and its event holds a pointer (issue 3).
_IN_EVENT_BYTES = 512 * 1024

_HAS_TEXT: frozenset[PageKind] = frozenset({"notice", "news", "interview", "interpretation", "law"})


class ParseCapture:
    """Handler of `capture.fetched`: reads the body and publishes what it says."""

    def __init__(self, blobs: Blobs, workers: ParseWorkers) -> None:
        self._blobs = blobs
        self._workers = workers

    async def __call__(self, fetched: CaptureFetched) -> Sequence[Publication]:
        """One `notice.parsed` for every body; an answer without one has its outcome already.

        Raises GaveUp for a page that cannot be read, BlobMissing for a body that is not there.
        """
        if fetched.body is None or fetched.capture is None:
            return []
        if fetched.request.kind == "attachment":
            parsed = _parsed(fetched, Skipped(reason="attachment"))
        elif fetched.capture.status >= 400:
            detail = f"archived with status {fetched.capture.status}"
            parsed = _parsed(fetched, Skipped(reason="error", detail=detail))
        else:
            body = await self._blobs.get_body(fetched.body.sha256)
            notice = await self._workers.parse(body, fetched.capture.url, fetched.body.content_type)
            parsed = await self._with_notice(fetched, notice)
        return [Publication(NOTICE_PARSED, parsed)]

    async def _with_notice(self, fetched: CaptureFetched, notice: Notice) -> NoticeParsed:
        parsed = _parsed(fetched, outcome_of(notice))
        data = notice.model_dump_json().encode()
        if len(data) <= _IN_EVENT_BYTES:
            return parsed.model_copy(update={"notice": notice})
        pointer = NoticeBlob(sha256=await self._blobs.put_parsed(data), size=len(data))
        return parsed.model_copy(update={"notice_blob": pointer})


def outcome_of(notice: Notice) -> Outcome:
    """Done when the page holds a text of its own, else skipped with the page's kind."""
    if notice.page_kind in _HAS_TEXT:
        return Done()
    return Skipped(reason=notice.page_kind, detail=notice.redirect_to)


def _parsed(fetched: CaptureFetched, outcome: Outcome) -> NoticeParsed:
    return NoticeParsed(
        fetched=fetched,
        parser_version=PARSER_VERSION,
        outcome=outcome,
        parsed_at=datetime.now(UTC),
    )
