"""Addresses: the forms in which people name a page, a capture or a prefix."""

from services.fetcher.addresses.address import Address, in_scope, parse_address
from services.fetcher.addresses.errors import NotAnAddress
from services.fetcher.addresses.requests import (
    address_requested,
    capture_requested,
    ledger_id,
    listed_requested,
    request_for,
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
    "listed_requested",
    "parse_address",
    "request_for",
    "seed_requested",
]
