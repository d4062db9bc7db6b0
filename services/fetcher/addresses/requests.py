"""The events that ask for an address, and the ids under which they are known."""

from datetime import datetime

from services.fetcher.addresses.address import Address
from shared.archives import WAYBACK_MACHINE
from shared.events import AddressRequested, CaptureRequested
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
    asked_on = requested.asked_at.date()
    return CaptureRequested(
        request_id=request_id(address.url, address.timestamp, asked_on, archive),
        address_id=requested.address_id,
        url=address.url,
        timestamp=address.timestamp,
        asked_at=requested.asked_at,
        asked_on=asked_on,
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
