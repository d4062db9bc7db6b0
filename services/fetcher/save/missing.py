"""Remembers what the archive said that it lacks."""

from collections.abc import Sequence
from datetime import UTC, datetime

from services.fetcher.addresses import in_scope
from services.fetcher.store.saves import Missing, Saves
from shared.delivery.publisher import Publication
from shared.delivery.settle import Handler
from shared.events import Answer, CaptureFetched, CaptureRequested
from shared.identity import url_key


class NoteMissing:
    """A handler around `handler`, of requests for captures.

    Whoever asked (a list page, a notice that links to a file, a person): what was never archived is
    remembered, to be put to Save Page Now.
    """

    def __init__(self, handler: Handler[CaptureRequested], saves: Saves) -> None:
        self._handler = handler
        self._saves = saves

    async def __call__(self, request: CaptureRequested) -> Sequence[Publication]:
        """Raises what the handler raises, and DependencyDown while Postgres is down."""
        publications = await self._handler(request)
        for publication in publications:
            event = publication.event
            if (
                isinstance(event, CaptureFetched)
                and event.answer is Answer.NEVER_ARCHIVED
                and in_scope(request.url)
            ):
                missing = Missing(url_key(request.url), request.url, request.kind)
                await self._saves.add(missing, datetime.now(UTC))
        return publications
