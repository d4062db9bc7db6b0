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

_FOURTEEN = re.compile(r"[0-9]{14}")
_PLAYED = re.compile(r"/web/(?P<timestamp>\d{1,14})(?:[a-z]{2}_)?/(?P<url>.+)", re.DOTALL)
_FOLDED = re.compile(r"(https?):/(?=[^/])", re.IGNORECASE)
_ORIGINAL = re.compile(r"<([^>]*)>\s*;[^,]*?\brel=\"?[^\",;]*\boriginal\b", re.IGNORECASE)
# What a request's target may hold as it is. Percent signs too: encodings are passed on untouched.
_SAFE = "!\"$%&'()*+,-./:;=?@[\\]^_`{|}~"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the archive: a timestamp of 1 to 14 digits and an original URL."""

    timestamp: str
    url: str


def target(spot: Spot) -> str:
    """Path and query of the raw capture at `spot`, ASCII, below the archive's own address."""
    return f"/web/{spot.timestamp}id_/{quote(spot.url, safe=_SAFE)}"


def spot_of(url: str, timestamp: str | None, asked_at: datetime) -> Spot:
    """Where a request looks; the latest capture is the one nearest to when it was asked."""
    return Spot(timestamp or asked_at.astimezone(UTC).strftime("%Y%m%d%H%M%S"), url)


def inside(location: str, archive: str) -> Spot | None:
    """The spot that a Location leads to, None when it leads anywhere but to a capture here.

    `archive` is the archive's address from the settings. Absolute, ``//host`` and path-only forms
    come; the scheme makes no difference, since only the spot is taken and asked of `archive`.
    """
    home = urlsplit(archive)
    try:
        there = urlsplit(urljoin(f"{archive}/", location.strip()))
        if there.netloc.lower() != home.netloc.lower():
            return None
    except ValueError:
        return None
    path = there.path.removeprefix(home.path)
    played = _PLAYED.fullmatch(path + (f"?{there.query}" if there.query else ""))
    if played is None:
        return None
    return Spot(played["timestamp"], _FOLDED.sub(r"\1://", played["url"], count=1))


def behind(location: str, archive: str, at: Spot) -> Spot | None:
    """The spot that an archived redirect at `at` leads to.

    The archive rewrites such Locations to itself, other replay servers hand out the live address:
    that one is never contacted, but looked up here at the same time. None when there is none.
    """
    if found := inside(location, archive):
        return found
    try:
        url = urljoin(at.url, location.strip())
        if urlsplit(url).scheme.lower() not in ("http", "https") or not urlsplit(url).netloc:
            return None
    except ValueError:
        return None
    return Spot(at.timestamp, url)


def memento_datetime(value: str | None) -> str | None:
    """The 14 digits of a Memento-Datetime header, None without a valid one."""
    try:
        moment = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def served(spot: Spot, memento_time: str | None, links: str) -> Spot:
    """What was served for `spot`: by Memento-Datetime, and by ``rel="original"`` in Link.

    The index has timestamps that are no dates (a stray 00); replay finds them, and its header
    can only give the nearest date, so such a timestamp stays what was asked.
    """
    timestamp = memento_time or spot.timestamp
    if len(spot.timestamp) == 14 and moment_of(spot.timestamp) is None:
        timestamp = spot.timestamp
    found = _ORIGINAL.search(links)
    url = found[1].strip() if found else spot.url
    # Seen percent-encoded once more than the address that was asked (edgi wayback #99).
    if url != spot.url and unquote(url) in (spot.url, unquote(spot.url)):
        url = spot.url
    return Spot(timestamp, url)


def moment_of(timestamp: str) -> datetime | None:
    """The time of a timestamp of 14 digits, None when it is no date."""
    if not _FOURTEEN.fullmatch(timestamp):
        return None
    try:
        # In ISO 8601's basic format; strptime takes ten times as long.
        return datetime.fromisoformat(f"{timestamp[:8]}T{timestamp[8:]}Z")
    except ValueError:
        return None


def looped(spots: Sequence[Spot]) -> bool:
    """Whether the last of the `spots` visited was visited before."""
    return spots[-1] in spots[:-1]
