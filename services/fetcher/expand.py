"""From an address that somebody gave to the captures it asks for."""

from collections.abc import Sequence
from datetime import UTC, datetime

import structlog

from services.fetcher.addresses import (
    Address,
    NotAnAddress,
    capture_requested,
    in_scope,
    parse_address,
)
from services.fetcher.archive.cdx import Query
from services.fetcher.archive.listing import Cursor, Lister, ListingFailed, begin
from services.fetcher.archive.pace import Priority
from services.fetcher.attempts import retry_at
from services.fetcher.settings import FetcherSettings
from shared.delivery.gave_up import GaveUp
from shared.delivery.publisher import Publication, Publisher
from shared.events import (
    AddressExpanded,
    AddressRequested,
    Answer,
    CaptureRequested,
    CdxRow,
    Done,
    Outcome,
    RetryAt,
    Skipped,
)
from shared.identity import request_id
from shared.service.health import Health
from shared.topics import ADDRESS_EXPANDED, CAPTURE_BACKLOG, CAPTURE_REQUESTED

log = structlog.get_logger()


class ExpandAddress:
    """Handler of `address.requested`: publishes the requests, then how many there were.

    A capture goes to the live topic, what a prefix lists to the backlog: it is of the past and may
    be without end.
    """

    def __init__(
        self, lister: Lister, publisher: Publisher, settings: FetcherSettings, health: Health
    ) -> None:
        self._lister = lister
        self._publisher = publisher
        self._settings = settings
        self._health = health
        # A listing that was interrupted (a page failed, the archive is left alone) goes on where
        # it was when its address comes again.
        self._begun: dict[str, tuple[Cursor, int]] = {}

    async def __call__(self, requested: AddressRequested) -> Sequence[Publication]:
        """One `address.expanded`, after Kafka has confirmed all requests.

        Raises GaveUp when the index has failed as often as it may, DependencyDown.
        """
        try:
            address = parse_address(requested.address)
        except NotAnAddress as refused:
            return _expanded(requested, 0, Skipped(reason="refused", detail=str(refused)))
        if not address.prefix:
            request = capture_requested(address, requested)
            await self._publisher.publish([Publication(CAPTURE_REQUESTED, request)])
            return _expanded(requested, 1, Done())
        try:
            requests = await self._list(address, requested)
        except ListingFailed as failed:
            return _expanded(requested, 0, self._after(failed, requested))
        if requests == 0:
            detail = "the archive's index lists no capture with status 200"
            return _expanded(requested, 0, Skipped(reason="never archived", detail=detail))
        return _expanded(requested, requests, Done())

    async def _list(self, address: Address, requested: AddressRequested) -> int:
        """Publish a request for each capture that the index lists, page by page."""
        name = requested.address_id
        query = Query(address.url, "prefix", since=address.timestamp, until=address.timestamp)
        cursor, published = self._begun.get(name) or (begin(query, requested.asked_at), 0)
        while not cursor.ended:
            cursor, rows = await self._lister.next_page(cursor, Priority.LIVE)
            requests = [_listed(row, requested) for row in rows if in_scope(row.original)]
            await self._publisher.publish(
                Publication(CAPTURE_BACKLOG, request) for request in requests
            )
            published += len(requests)
            self._begun[name] = cursor, published
            self._health.moved()
            log.info(
                "listed",
                address=address.text,
                requests=published,
                no_page=cursor.odd + cursor.rows - published,
                pages=cursor.pages,
            )
        del self._begun[name]
        if cursor.partial:
            raise ListingFailed(Answer.TRANSIENT, cursor.partial)
        return published

    def _after(self, failed: ListingFailed, requested: AddressRequested) -> Outcome:
        if failed.answer in (Answer.EXCLUDED, Answer.ROBOTS):
            return Skipped(reason=failed.answer.value, detail=failed.why)
        if requested.attempt >= self._settings.attempts:
            self._begun.pop(requested.address_id, None)
            detail = f"{requested.attempt} attempts, at last: {failed.why}"
            raise GaveUp("index failed", detail) from failed
        at = retry_at(
            datetime.now(UTC),
            requested.attempt,
            self._settings.retry_seconds,
            self._settings.longest_retry_seconds,
        )
        return RetryAt(at=at, reason=failed.answer.value, detail=failed.why)


def _listed(row: CdxRow, requested: AddressRequested) -> CaptureRequested:
    asked_on = requested.asked_at.date()
    return CaptureRequested(
        request_id=request_id(row.original, row.timestamp, asked_on),
        address_id=requested.address_id,
        url=row.original,
        timestamp=row.timestamp,
        listed=row,
        asked_at=requested.asked_at,
        asked_on=asked_on,
        backlog=True,
    )


def _expanded(
    requested: AddressRequested, requests: int, outcome: Outcome
) -> Sequence[Publication]:
    expanded = AddressExpanded(address=requested, requests=requests, outcome=outcome)
    return [Publication(ADDRESS_EXPANDED, expanded)]
