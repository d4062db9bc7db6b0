"""Expands an address into requests for captures."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog

from services.fetcher.addresses import (
    NotAnAddress,
    capture_requested,
    in_scope,
    listed_requested,
    parse_address,
)
from services.fetcher.archive.cdx import Query
from services.fetcher.archive.listing import Lister, ListingFailed
from services.fetcher.archive.pace import Priority
from services.fetcher.attempts import retry_at
from services.fetcher.elsewhere import archive_for
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.listings import Listing, Listings
from shared.delivery.publisher import Publication, Publisher
from shared.errors import DependencyDown, GaveUp
from shared.events import (
    AddressExpanded,
    AddressRequested,
    Answer,
    Done,
    Outcome,
    RetryAt,
    Skipped,
)
from shared.health import Health
from shared.topics import ADDRESS_EXPANDED, topic_of

log = structlog.get_logger()


class ExpandAddress:
    """Handler of `address.requested`: publishes the requests, then how many there were.

    A single capture goes to the live topic. The captures of a prefix go to the backlog: they are of
    the past, and may be very many. `elsewhere` lists the other archive.
    """

    def __init__(
        self,
        lister: Lister,
        listings: Listings,
        publisher: Publisher,
        settings: FetcherSettings,
        health: Health,
        elsewhere: Lister | None = None,
    ) -> None:
        self._lister = lister
        self._elsewhere = elsewhere
        self._listings = listings
        self._publisher = publisher
        self._settings = settings
        self._health = health

    async def __call__(self, requested: AddressRequested) -> Sequence[Publication]:
        """One `address.expanded`, after Kafka has confirmed all requests.

        Raises GaveUp when the index has failed too often, and DependencyDown.
        """
        try:
            address = parse_address(requested.address)
        except NotAnAddress as refused:
            return _expanded(requested, 0, Skipped(reason="refused", detail=str(refused)))
        archive = archive_for(address, self._settings)
        if not address.prefix:
            request = capture_requested(address, requested, archive)
            await self._publisher.publish([Publication(topic_of(request), request)])
            return _expanded(requested, 1, Done())
        lister = self._lister
        if self._elsewhere is not None and archive == self._elsewhere.archive.prefix:
            lister = self._elsewhere
        query = Query(address.url, "prefix", since=address.timestamp, until=address.timestamp)
        # One that was interrupted (a page failed, the archive is paused, the process ended) resumes.
        listing = await self._listings.open(
            requested.address_id, query, requested.asked_at, lister.archive.prefix
        )
        try:
            listing = await self._list(lister, listing, requested)
        except DependencyDown as down:
            if lister is self._lister or down.name != lister.archive.name:
                raise
            # Held here it would stand in the way of what the Wayback Machine is asked.
            return _expanded(requested, 0, self._later(down), partial=True)
        except ListingFailed as failed:
            outcome = await self._after(failed, listing, requested)
            return _expanded(requested, 0, outcome, partial=True)
        if listing.cursor.partial:
            circled = ListingFailed(Answer.TRANSIENT, listing.cursor.partial)
            outcome = await self._after(circled, listing, requested)
            return _expanded(requested, listing.rows, outcome, listing.malformed, partial=True)
        if listing.rows == 0:
            detail = "the archive's index lists no capture with status 200"
            if listing.malformed:
                detail += f", and {listing.malformed} lines that are no captures of a page"
            outcome = Skipped(reason="never archived", detail=detail)
            return _expanded(requested, 0, outcome, listing.malformed)
        return _expanded(requested, listing.rows, Done(), listing.malformed)

    def _later(self, down: DependencyDown) -> RetryAt:
        wait = timedelta(seconds=self._settings.archive_pause_seconds)
        return RetryAt(at=datetime.now(UTC) + wait, reason=down.name, detail=down.why)

    async def _list(self, lister: Lister, listing: Listing, requested: AddressRequested) -> Listing:
        """Publish a request for each capture that the index lists, page by page."""
        while not listing.cursor.ended:
            cursor, rows = await lister.next_page(listing.cursor, Priority.LIVE)
            requests = [
                listed_requested(
                    row,
                    requested.asked_at,
                    lister.archive.prefix,
                    address_id=requested.address_id,
                    backlog=True,
                )
                for row in rows
                if in_scope(row.original)
            ]
            await self._publisher.publish(Publication(topic_of(each), each) for each in requests)
            listing = await self._listings.advance(
                listing, cursor, rows, datetime.now(UTC), requested=True
            )
            self._health.moved()
            log.info(
                "listed",
                address=requested.address,
                requests=listing.rows,
                no_page=listing.malformed,
                pages=cursor.pages,
            )
        return listing

    async def _after(
        self, failed: ListingFailed, listing: Listing, requested: AddressRequested
    ) -> Outcome:
        if failed.answer in (Answer.EXCLUDED, Answer.ROBOTS):
            await self._listings.fail(listing, str(failed), datetime.now(UTC))
            return Skipped(reason=failed.answer.value, detail=failed.why)
        if requested.attempt >= self._settings.fetch_attempts:
            await self._listings.fail(listing, str(failed), datetime.now(UTC))
            detail = f"{requested.attempt} attempts, at last: {failed.why}"
            raise GaveUp("index failed", detail) from failed
        at = retry_at(
            datetime.now(UTC),
            requested.attempt,
            self._settings.fetch_retry_seconds,
            self._settings.fetch_longest_retry_seconds,
        )
        return RetryAt(at=at, reason=failed.answer.value, detail=failed.why)


def _expanded(
    requested: AddressRequested,
    requests: int,
    outcome: Outcome,
    odd_rows: int = 0,
    *,
    partial: bool = False,
) -> Sequence[Publication]:
    expanded = AddressExpanded(
        address=requested, requests=requests, odd_rows=odd_rows, partial=partial, outcome=outcome
    )
    return [Publication(ADDRESS_EXPANDED, expanded)]
