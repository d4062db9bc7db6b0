"""Parses addresses: the forms in which people name a page, a capture or a prefix."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from services.fetcher.addresses.archived import original_of
from services.fetcher.addresses.errors import NotAnAddress
from services.fetcher.addresses.pasted import find_address
from services.fetcher.addresses.timestamps import check_timestamp
from shared.site import LONGEST_ADDRESS, SITE, is_of_site

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):/*(?=[^/])", re.IGNORECASE)
_UNWANTED = re.compile(r"[\s\x00-\x1f\x7f\N{REPLACEMENT CHARACTER}]")
# Files that people name where an address is expected.
_FILE = re.compile(
    r"[^?#]*\.(?:txt|csv|tsv|json|warc|warc\.gz|warc\.zst|wacz|arc|arc\.gz|cdxj?)", re.IGNORECASE
)
_IS_FILE = "is a file: give its path on this machine to mofcom add"
_PATH = re.compile(r"/(?!/)|[a-z]:[\\/]|~|\.{1,2}/", re.IGNORECASE)
_ARCHIVE = re.compile(
    r"(?:^|[.-])(?:archive\.(?:org|ph|is|today|li|vn|md|fo)|arquivo\.pt|archive-it\.org|waybackmachine\.org)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed address.

    `text` is the address as given, without what stood round it in its line. `url` is the original
    URL with its scheme, percent-encoding unchanged; for a `prefix` it is the part before the ``*``.
    `timestamp` has 1 to 14 digits; None means the latest capture, for a prefix all captures. `host` is that
    of the web archive in whose address it was given, if any.
    """

    text: str
    url: str
    timestamp: str | None = None
    prefix: bool = False
    host: str | None = None

    @property
    def read_as(self) -> str:
        """The address in its plainest form: ``[TIMESTAMP/]URL[*]``."""
        return f"{self.timestamp + '/' if self.timestamp else ''}{self.url}{'*' * self.prefix}"


def parse_address(text: str) -> Address:
    """Read an address in any form that people use.

    A URL in a web archive, with or without a mode (``id_``), whose host is ignored;
    ``TIMESTAMP/URL``; a URL with or without a scheme, alone or in a line (`find_address`). A trailing
    ``*`` asks for every capture whose URL starts this way; ``2023/URL*`` limits it to captures of 2023.

    Raises NotAnAddress if it is none of these, or not a page of mofcom.gov.cn.
    """
    if len(text) > LONGEST_ADDRESS:
        raise NotAnAddress(f"longer than {LONGEST_ADDRESS} characters: give the address of a page")
    pasted = find_address(text)
    if not pasted.url:
        raise NotAnAddress("empty: give the address of a page")
    url, time, host = original_of(pasted.url)
    if found := _UNWANTED.search(pasted.url) or _UNWANTED.search(url):
        raise NotAnAddress(f"contains {found[0]!r}: give one address per line, percent-encoded")
    timestamp = time or pasted.time
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
    _check_pattern(url)
    original = _original(url)
    given = f"{timestamp}/{pasted.url}" if pasted.time and not time else pasted.url
    return Address(given, original, timestamp or None, prefix, host)


def in_scope(url: str) -> bool:
    """Whether an original URL is a page of mofcom.gov.cn or a sub-domain, over http or https."""
    if len(url) > LONGEST_ADDRESS or _UNWANTED.search(url):
        return False
    try:
        return _original(url) == url.partition("#")[0]
    except NotAnAddress:
        return False


def _check_pattern(url: str) -> None:
    """Raise NotAnAddress for a pattern that the archive's index does not know."""
    host = _SCHEME.sub("", url).partition("/")[0]
    if "*" in host and host.lower().endswith(SITE):
        raise NotAnAddress(
            f"asks for all sub-domains: give each with a * behind it, e.g. www.{SITE}/*"
        )
    if "*" in url:
        raise NotAnAddress("has a * inside: only one * counts, at the end, for all that begins so")
    if found := re.search(r"[{}<>]|\[\w-\w+\]", url):
        raise NotAnAddress(f"contains {found[0]!r}, which no URL does: write each address out")


def _original(url: str) -> str:
    """The original URL with a scheme and without fragment."""
    if _PATH.match(url) and _FILE.fullmatch(url):
        raise NotAnAddress(_IS_FILE)
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
    if is_of_site(host):
        return url
    if is_of_site(host.rstrip(".")):
        return url.replace(host, host.rstrip("."), 1)
    raise NotAnAddress(_why_elsewhere(url, host))


def _why_elsewhere(url: str, host: str) -> str:
    """What to say of an address that leads to no page of the site."""
    if host.lower().endswith(f".{SITE}"):
        return f"host {host!r} is not a host name: check how it is written"
    if _FILE.fullmatch(url):
        return _IS_FILE
    if "." not in host.strip("."):
        return f"is not an address: give the address of a page, e.g. http://www.{SITE}/"
    if _ARCHIVE.search(host):
        return f"is an address of {host} with no page of {SITE} in it: give the page's own address"
    return f"is a page of {host}, which is not {SITE} or a sub-domain of it: only these are fetched"
