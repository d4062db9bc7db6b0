"""Addresses: the forms in which people name a page, a capture or a prefix."""

from services.fetcher.addresses.address import Address, in_scope, parse_address
from services.fetcher.addresses.errors import NotAnAddress
from services.fetcher.addresses.requests import (
    address_requested,
    capture_requested,
    ledger_id,
    seed_requested,
)
from services.fetcher.addresses.timestamps import check_timestamp

__all__ = [
    "Address",
    "NotAnAddress",
    "address_requested",
    "capture_requested",
    "check_timestamp",
    "in_scope",
    "ledger_id",
    "parse_address",
    "seed_requested",
]
