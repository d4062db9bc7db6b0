"""URLs of captures in the archive, and what replay's headers say about the capture served.

Always ``id_`` (the bytes as captured); redirects are followed only inside the archive; the headers
alone say what was really served (docs/archive.md#mementos).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote, urljoin, urlsplit

from shared.identity import has_key, is_capture_time, moment

_PLAYED = re.compile(r"(?P<timestamp>\d{1,14})(?:[a-z]{2}_)?/(?P<url>.+)", re.DOTALL)
_FOLDED = re.compile(r"(https?):/(?=[^/])", re.IGNORECASE)
_ORIGINAL = re.compile(r"<([^>]*)>\s*;[^,]*?\brel=\"?[^\",;]*\boriginal\b", re.IGNORECASE)
# What a request's target may hold as it is. Percent signs too: encodings are passed on untouched.
_SAFE = "!\"$%&'()*+,-./:;=?@[\\]^_`{|}~"


@dataclass(frozen=True, slots=True)
class CaptureRef:
    """Identifies a capture in replay: a timestamp of 1 to 14 digits and an original URL."""

    timestamp: str
    url: str


def target(ref: CaptureRef, path: str) -> str:
    """Path and query of the raw capture `ref`, ASCII, below the archive's own URL; `path` is that of replay."""
    return f"{path}{ref.timestamp}id_/{quote(ref.url, safe=_SAFE)}"


def capture_ref(url: str, timestamp: str | None, asked_at: datetime) -> CaptureRef:
    """The capture to request; the latest is the one nearest to the time of the request."""
    return CaptureRef(timestamp or asked_at.astimezone(UTC).strftime("%Y%m%d%H%M%S"), url)


def parse_location(location: str, prefix: str) -> CaptureRef | None:
    """The capture that a Location header names; None if it is not a capture in this archive.

    `prefix` is the address of replay, ``https://web.archive.org/web/``. A Location may be absolute,
    ``//host`` or a path; its scheme is irrelevant, since captures are always requested from one place.
    """
    home = urlsplit(prefix)
    try:
        there = urlsplit(urljoin(prefix, location.strip()))
        if there.netloc.lower() != home.netloc.lower():
            return None
    except ValueError:
        return None
    if not there.path.startswith(home.path):
        return None
    path = there.path.removeprefix(home.path)
    played = _PLAYED.fullmatch(path + (f"?{there.query}" if there.query else ""))
    if played is None:
        return None
    return CaptureRef(played["timestamp"], _FOLDED.sub(r"\1://", played["url"], count=1))


def redirect_target(location: str, at: CaptureRef) -> CaptureRef | None:
    """The capture that a redirect of the site's own, archived at `at`, leads to; None if there is none.

    pywb returns the live URL, as the site sent it. That is never contacted, but requested from the archive
    at the same timestamp.
    """
    try:
        url = urljoin(at.url, location.strip())
        if urlsplit(url).scheme.lower() not in ("http", "https") or not urlsplit(url).netloc:
            return None
    except ValueError:
        return None
    return CaptureRef(at.timestamp, url)


def memento_datetime(value: str | None) -> str | None:
    """The timestamp (14 digits) of a Memento-Datetime header; None without a valid one."""
    try:
        sent = parsedate_to_datetime(value or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # strftime writes the year 999 with three digits.
    return f"{sent:%Y%m%d%H%M%S}".zfill(14)


def served(ref: CaptureRef, memento_time: str | None, links: str) -> CaptureRef:
    """The capture served for `ref`, from Memento-Datetime and ``rel="original"`` in Link.

    Some timestamps in the index are not valid dates (a stray 00). Replay finds them, but its header
    can only name the nearest date, so such a timestamp stays as requested.
    """
    timestamp = memento_time or ref.timestamp
    if parse_timestamp(ref.timestamp) is None and is_capture_time(ref.timestamp):
        timestamp = ref.timestamp
    found = _ORIGINAL.search(links)
    url = found[1].strip() if found else ref.url
    if not has_key(url):
        url = ref.url
    # Seen with one more level of percent-encoding than the URL requested
    # (https://github.com/edgi-govdata-archiving/wayback/issues/99).
    if url != ref.url and unquote(url) in (ref.url, unquote(ref.url)):
        url = ref.url
    return CaptureRef(timestamp, url)


def parse_timestamp(timestamp: str) -> datetime | None:
    """The time of a timestamp of 14 digits; None if it is not a valid date."""
    try:
        return moment(timestamp)
    except ValueError:
        return None


def is_loop(refs: Sequence[CaptureRef]) -> bool:
    """Whether the last of the captures visited was visited before."""
    return refs[-1] in refs[:-1]
