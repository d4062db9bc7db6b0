"""Parses addresses: the forms in which people name a page, a capture or a prefix."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from shared.events import AddressRequested, CaptureRequested
from shared.identity import address_id, request_id
from shared.site import LONGEST_ADDRESS, SITE, is_of_site

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):/*(?=[^/])", re.IGNORECASE)
# The path of an address in an archive: /web/TIMESTAMP/URL, with a mode such as id_ or if_ behind
# the timestamp, a * for a list of captures, or neither for the latest.
_ARCHIVED = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:/*)?(?P<host>[^/?#]+)/web/(?P<rest>(?:[0-9*]+(?:[a-z]{2}_)?/)?.+)",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?P<timestamp>[0-9*]+)(?:[a-z]{2}_)?/(?P<url>.+)")
_UNWANTED = re.compile(r"[\s\x00-\x1f\x7f\N{REPLACEMENT CHARACTER}]")
# Two digits each behind the year. The archive's own index has timestamps with a stray 00 for month
# or day, which moves what follows: 20000800241623.
_HIGHEST = ((4, "12", "month"), (6, "31", "day"))


class NotAnAddress(ValueError):
    """Not an address of a MOFCOM page; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed address.

    `text` is the address as given. `url` is the original URL with its scheme, percent-encoding
    unchanged; for a `prefix` it is the part before the ``*``. `timestamp` has 1 to 14 digits; None
    means the latest capture, for a prefix all captures.
    """

    text: str
    url: str
    timestamp: str | None = None
    prefix: bool = False


def parse_address(text: str) -> Address:
    """Read an address in any form that people use.

    A URL in a web archive, with or without a mode (``id_``), whose host is ignored;
    ``TIMESTAMP/URL``; a URL with or without a scheme. A trailing ``*`` asks for every capture
    whose URL starts this way; ``2023/URL*`` limits it to captures of 2023.

    Raises NotAnAddress if it is none of these, or not a page of mofcom.gov.cn.
    """
    text = text.strip()
    if not text:
        raise NotAnAddress("empty: give the address of a page")
    if len(text) > LONGEST_ADDRESS:
        raise NotAnAddress(f"longer than {LONGEST_ADDRESS} characters: give the address of a page")
    if found := _UNWANTED.search(text):
        raise NotAnAddress(f"contains {found[0]!r}: give one address per line, percent-encoded")
    timestamp, url = _split(text)
    prefix = url.endswith("*")
    if prefix:
        url = url[:-1]
    elif timestamp is not None and "*" in timestamp:
        raise NotAnAddress(
            "is the archive's calendar: give a timestamp, or * at the end for every capture"
        )
    timestamp = timestamp.replace("*", "") if timestamp else None
    if timestamp:
        check_timestamp(timestamp)
    return Address(text, _original(url), timestamp or None, prefix)


def in_scope(url: str) -> bool:
    """Whether an original URL is a page of mofcom.gov.cn or a sub-domain, over http or https."""
    if len(url) > LONGEST_ADDRESS or _UNWANTED.search(url):
        return False
    try:
        return _original(url) == url.partition("#")[0]
    except NotAnAddress:
        return False


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


def capture_requested(address: Address, requested: AddressRequested) -> CaptureRequested:
    """The one request of an address without ``*``."""
    asked_on = requested.asked_at.date()
    return CaptureRequested(
        request_id=request_id(address.url, address.timestamp, asked_on),
        address_id=requested.address_id,
        url=address.url,
        timestamp=address.timestamp,
        asked_at=requested.asked_at,
        asked_on=asked_on,
    )


def ledger_id(address: Address, requested: AddressRequested) -> str:
    """The id under which the ledger tracks an address.

    It is the id of its request, or for a prefix, whose requests are known only after reading the
    CDX index, the id of the address.
    """
    if address.prefix:
        return requested.address_id
    return capture_requested(address, requested).request_id


def _split(text: str) -> tuple[str | None, str]:
    """Timestamp (digits and ``*``) and the rest."""
    archived = _ARCHIVED.fullmatch(text)
    # If a MOFCOM page's own path contains /web/, it is that page.
    if archived and not is_of_site(archived["host"].partition(":")[0]):
        text = archived["rest"]
    dated = _DATED.fullmatch(text)
    return (dated["timestamp"], dated["url"]) if dated else (None, text)


def check_timestamp(timestamp: str) -> None:
    """Raise NotAnAddress for what is no timestamp of a capture: 1 to 14 digits of a time."""
    if not (timestamp.isascii() and timestamp.isdigit()):
        raise NotAnAddress(f"timestamp {timestamp!r} is not of digits: write YYYYMMDDhhmmss")
    if len(timestamp) > 14:
        raise NotAnAddress(f"timestamp {timestamp} has more than 14 digits: YYYYMMDDhhmmss")
    for start, highest, name in _HIGHEST:
        part = timestamp[start : start + 2]
        if len(part) == 2 and part > highest:
            raise NotAnAddress(f"timestamp {timestamp} has {name} {part}: write YYYYMMDDhhmmss")


def _original(url: str) -> str:
    """The original URL with a scheme and without fragment."""
    scheme = _SCHEME.match(url)
    # `host:8080/page` looks like a scheme too.
    if scheme and not is_of_site(scheme[1]):
        if scheme[1].lower() not in ("http", "https"):
            raise NotAnAddress(f"{scheme[1]}: is not http or https")
        # The archive and mail programs collapse the two slashes into one.
        url = f"{scheme[1]}://{url[scheme.end() :]}"
    else:
        url = f"http://{url}"
    url = url.partition("#")[0]
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise NotAnAddress(f"is not a valid URL: {error}") from None
    if "@" in parts.netloc:
        raise NotAnAddress("names a user before the host: leave it out")
    host = parts.netloc.partition(":")[0]
    # Of `http://` alone the scheme is left where a host would be.
    if host.lower() in ("", "http", "https"):
        raise NotAnAddress(f"has no host: give the whole address, e.g. http://www.{SITE}/")
    if not is_of_site(host):
        raise NotAnAddress(f"host {host!r} is not {SITE} or a sub-domain of it")
    return url
