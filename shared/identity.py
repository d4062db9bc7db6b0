"""Stable identifiers: URL keys, and the ids of addresses, requests and captures.

Every id is the sha256 of the fields that identify the object, never random, so that processing is
idempotent.
"""

import hashlib
import re
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urlsplit

from shared.archives import WAYBACK_MACHINE

_DEFAULT_PORT = {"http": 80, "https": 443}
_FOURTEEN = re.compile(r"[0-9]{14}")
_WWW = re.compile(r"^www\d*\.")
_SESSION_IN_PATH = re.compile(r";jsessionid=[0-9a-z.]{24,}(?=$|\?)", re.IGNORECASE)
_SESSION_IN_QUERY = re.compile(
    r"^(?:jsessionid=[0-9a-z.]{32}|phpsessid=[0-9a-z]{32}|sid=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}|cfid=\d+|cftoken=\d+)$"
)
# What an already canonical key may hold as it is; everything else is percent-encoded.
_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"


@lru_cache(maxsize=4096)  # the same URL is looked up many times while its page is processed
def url_key(url: str) -> str:
    """The key that all forms of a URL share, like CDX's ``urlkey`` (a SURT).

    Scheme, case, ``www.``, default port, user, fragment, session ids, a trailing slash and the
    order of query parameters make no difference; the host is reversed:
    ``http://www.mofcom.gov.cn/Article/`` is ``cn,gov,mofcom)/article``. The rules are those of
    the archive's own canonicalizer (docs/archive.md#the-cdx-index); a test compares the two on
    recorded pairs.

    Raises ValueError when `url` has no host or a port that is not a number.
    """
    if "://" not in url:
        url = "http://" + url
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ValueError(f"no host in {url!r}")
    host = _WWW.sub("", host)
    key = ",".join(reversed(host.split(".")))
    if parts.port is not None and parts.port != _DEFAULT_PORT.get(parts.scheme):
        key += f":{parts.port}"
    path = _SESSION_IN_PATH.sub("", _plain(parts.path))
    path = _without_dots(path).rstrip("/") or "/"
    query = "&".join(sorted(p for p in _plain(parts.query).split("&") if not _is_session(p)))
    return f"{key}){path}" + (f"?{query}" if query else "")


def has_key(url: str) -> bool:
    """Whether a URL has a key, and can be stored."""
    try:
        url_key(url)
    except ValueError:
        return False
    return "\0" not in url


def address_id(address: str, asked_on: date | None, origin: str = "") -> str:
    """Id of an address as it was added.

    The same address added on another day (`asked_on`) is a new one; a line of a seeds file is added
    once for ever, so it has no day, but the `origin` ("seeds").
    """
    return _sha256("address", address, asked_on.isoformat() if asked_on else "", origin)


def request_id(
    url: str, timestamp: str | None, asked_on: date, archive: str = WAYBACK_MACHINE
) -> str:
    """Id of a request: URL key, requested timestamp (or ``latest`` with its day), original URL, and the
    archive that is asked where it is another than the Wayback Machine.

    `timestamp` is 1 to 14 digits as given, None for the latest capture.
    """
    asked = timestamp or f"latest {asked_on.isoformat()}"
    elsewhere = [] if archive == WAYBACK_MACHINE else [archive]
    return _sha256("request", url_key(url), asked, url, *elsewhere)


def capture_id(url: str, timestamp: str) -> str:
    """Id of a capture: URL key, served timestamp (14 digits), served original URL.

    These are what identifies a capture in replay; digest and archive are attributes. What two archives have
    of the same second is one capture: archives give each other their files.
    """
    return _sha256("capture", url_key(url), timestamp, url)


def captured_at(timestamp: str) -> datetime:
    """The time of a capture's timestamp, 14 digits in UTC. Raises ValueError for what is none.

    A few in the archive have a stray 00 for month or day, which moves what follows: 20000800241623
    is 16:23 on 24 August 2000 (https://github.com/edgi-govdata-archiving/wayback/issues/83).
    """
    for place in (4, 6):
        if timestamp[place : place + 2] == "00" and len(timestamp) == 14:
            timestamp = f"{timestamp[:place]}{timestamp[place + 2 :]}00"
    return moment(timestamp)


def is_capture_time(timestamp: str) -> bool:
    """Whether `captured_at` knows the time."""
    try:
        captured_at(timestamp)
    except ValueError:
        return False
    return True


def moment(timestamp: str) -> datetime:
    """The time of 14 digits, in UTC. Raises ValueError for what is none."""
    if not _FOURTEEN.fullmatch(timestamp):
        raise ValueError(f"{timestamp[:40]!r} is no timestamp of 14 digits")
    # In ISO 8601's basic format; strptime takes ten times as long.
    return datetime.fromisoformat(f"{timestamp[:8]}T{timestamp[8:]}Z")


def event_id(*parts: str) -> str:
    """Id of an event, from its subject, its stage and its attempt or version."""
    return _sha256("event", *parts)


def _sha256(*parts: str) -> str:
    # Separated by NUL, which no part can contain, so that different lists never collide.
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _plain(text: str) -> str:
    """Percent-decoded until nothing changes, encoded once, lower case."""
    raw = text.encode("utf-8", "surrogatepass")
    while (decoded := unquote_to_bytes(raw)) != raw:
        raw = decoded
    return quote(raw, safe=_SAFE).lower()


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if kept:
                kept.pop()
        elif segment not in (".", ""):
            kept.append(segment)
    return "/" + "/".join(kept)


def _is_session(parameter: str) -> bool:
    return bool(_SESSION_IN_QUERY.match(parameter))
