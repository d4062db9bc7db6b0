"""The events that ask for an address, and the ids under which they are known."""

from datetime import datetime

from services.fetcher.addresses.address import Address
from services.fetcher.kinds import Kind, kind_of
from shared.archives import WAYBACK_MACHINE
from shared.events import AddressRequested, CaptureRequested, CdxRow
from shared.identity import address_id, request_id


def address_requested(address: Address, origin: str, asked_at: datetime) -> AddressRequested:
    """The event for an address added by a person (`origin` is ``cli`` or ``http``).

    Adding it again on the same day (UTC) yields the same event, on another day a new one.
    """
    return AddressRequested(
        address_id=address_id(address.text, asked_at.date()),
        address=address.text,
        origin=origin,
        asked_at=asked_at,
    )


def seed_requested(
    address: Address, file: str, line_number: int, asked_at: datetime
) -> AddressRequested:
    """The event for a line of a seeds file, which is added once for ever."""
    return AddressRequested(
        address_id=address_id(address.text, None, "seeds"),
        address=address.text,
        origin=f"{file}:{line_number}",
        asked_at=asked_at,
    )


def capture_requested(
    address: Address, requested: AddressRequested, archive: str = WAYBACK_MACHINE
) -> CaptureRequested:
    """The one request of an address without ``*``; `archive` is the one to ask."""
    return request_for(
        address.url,
        address.timestamp,
        requested.asked_at,
        archive,
        address_id=requested.address_id,
    )


def listed_requested(
    row: CdxRow,
    asked_at: datetime,
    archive: str = WAYBACK_MACHINE,
    *,
    address_id: str | None = None,
    backlog: bool = False,
) -> CaptureRequested:
    """The request for a capture that the index of `archive`, or a WARC file, lists."""
    return request_for(
        row.original,
        row.timestamp,
        asked_at,
        archive,
        listed=row,
        address_id=address_id,
        backlog=backlog,
    )


def request_for(
    url: str,
    timestamp: str | None,
    asked_at: datetime,
    archive: str = WAYBACK_MACHINE,
    *,
    kind: Kind | None = None,
    listed: CdxRow | None = None,
    address_id: str | None = None,
    backlog: bool = False,
) -> CaptureRequested:
    """A request for a capture: of the same archive and day it is the same request.

    Without a `kind` it is that of the `listed` row, or of the address: one that ends in .pdf is an attachment.
    """
    asked_on = asked_at.date()
    return CaptureRequested(
        request_id=request_id(url, timestamp, asked_on, archive),
        address_id=address_id,
        url=url,
        timestamp=timestamp,
        kind=kind or kind_of(listed or CdxRow(urlkey="", timestamp="", original=url)),
        listed=listed,
        asked_at=asked_at,
        asked_on=asked_on,
        backlog=backlog,
        archive=archive,
    )


def ledger_id(address: Address, requested: AddressRequested, archive: str = WAYBACK_MACHINE) -> str:
    """The id under which the ledger tracks an address.

    It is the id of its request, or for a prefix, whose requests are known only after reading the
    CDX index, the id of the address.
    """
    if address.prefix:
        return requested.address_id
    return capture_requested(address, requested, archive).request_id
