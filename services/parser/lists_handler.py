"""Turns a request for a notice's lists into the lists, read together with its attachments."""

from collections.abc import Sequence
from datetime import UTC, datetime

from services.parser.contents import Contents
from services.parser.reading import known_of
from services.parser.version import PARSER_VERSION
from services.parser.workers import Page, ParseWorkers
from shared.attachment import Lists
from shared.blobs import Blobs
from shared.delivery.publisher import Publication
from shared.errors import GaveUp
from shared.events import IN_EVENT_BYTES, Done, ListsRead, ListsRequested, NoticeBlob, Skipped
from shared.topics import LISTS_READ


class ReadLists:
    """Handler of `lists.requested`."""

    def __init__(self, blobs: Blobs, workers: ParseWorkers, contents: Contents) -> None:
        self._blobs = blobs
        self._workers = workers
        self._contents = contents

    async def __call__(self, asked: ListsRequested) -> Sequence[Publication]:
        """One `lists.read`, also where they cannot be read: skipped, with the reason.

        Raises BlobMissing for a body that is not in the blob store, and DependencyDown.
        """
        read = ListsRead(
            requested=asked,
            parser_version=PARSER_VERSION,
            outcome=Done(),
            read_at=datetime.now(UTC),
        )
        body = await self._blobs.get_body(asked.body.sha256)
        page = Page(body, asked.capture.url, dict(known_of(asked.capture, asked.body)))
        files = [(one.url, await self._contents.of(one.sha256)) for one in asked.attachments]
        try:
            data = await self._workers.read_lists(page, files)
        except GaveUp as refused:
            outcome = Skipped(reason=refused.reason, detail=refused.detail)
            return [Publication(LISTS_READ, read.model_copy(update={"outcome": outcome}))]
        if len(data) <= IN_EVENT_BYTES:
            lists: dict[str, object] = {"lists": Lists.model_validate_json(data)}
        else:
            sha256 = await self._blobs.put_parsed(data)
            lists = {"lists_blob": NoticeBlob(sha256=sha256, size=len(data))}
        return [Publication(LISTS_READ, read.model_copy(update=lists))]
