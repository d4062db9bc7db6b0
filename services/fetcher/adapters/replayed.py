"""Pages of a web archive saved in a WARC file: the captures that they are."""

import re
from dataclasses import dataclass

from services.fetcher.addresses import in_scope
from services.fetcher.addresses.archived import original_of
from services.fetcher.archive.replay import CaptureRef, memento_datetime, served
from services.fetcher.archive.reply import Reply
from shared.identity import url_key

_TIMED = re.compile(
    r"/(?P<time>\d{14})(?P<mode>[a-z]{2}_)?/+(?:https?(?::|%3A)|[\w.-]+/)", re.IGNORECASE
)
# What the Wayback Machine and pywb put into pages that they show.
_REWRITTEN = re.compile(
    rb"wombat|bundle-playback|WAYBACK TOOLBAR|FILE ARCHIVED ON|web-static\.archive\.org"
    rb"|/web/\d{14}(?:[a-z]{2}_)?/https?:",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_REPLAY = re.compile(
    r"(?P<prefix>https?://[^/?#\s]+/(?:[^?#\s]*?/)?)\d{14}(?:[a-z]{2}_)?/", re.IGNORECASE
)
_TEXT = ("text/", "application/xhtml", "application/xml", "application/javascript")


@dataclass(frozen=True, slots=True)
class Replayed:
    """The capture that an archive showed; `rewritten`: not as it was captured, with other links."""

    ref: CaptureRef
    rewritten: bool


def replayed(url: str, reply: Reply) -> Replayed | None:
    """The capture in a page of a web archive; None if it is none, but a message of the archive's own.

    Only ``id_`` shows a page as it was captured; a page in another mode is taken as it is if nothing in it
    is the archive's. `url` is what the page was saved as.
    """
    original = original_of(url).url
    timed = _TIMED.search(url)
    if timed is None or not in_scope(original):
        return None
    moment = memento_datetime(reply.header("memento-datetime"))
    # A redirect to another time, an exclusion, an outage; a saved page may lack its headers.
    if moment is None and reply.status != 200:
        return None
    ref = served(CaptureRef(timed["time"], original), moment, reply.all("link"))
    text = (reply.header("content-type") or "text/").lower().startswith(_TEXT)
    own = (timed["mode"] or "").lower() == "id_"
    return Replayed(ref, text and not own and bool(_REWRITTEN.search(reply.body)))


def copied_at(source: str | None, url: str) -> str | None:
    """The time of a capture of `url` that a program has copied from a web archive's address `source`, which it
    names as WARC-Source-URI; None if it does not.

    cdx_toolkit has the site's own Date as WARC-Date or, where the site sent none, the time of copying
    (https://github.com/cocrawler/cdx_toolkit/blob/main/cdx_toolkit/warc.py).
    """
    if source is None or not is_replay(source):
        return None
    original, time, _ = original_of(source)
    same = url_key(original) == url_key(url)
    return time if same and time is not None and len(time) == 14 else None


def is_own_message(reply: Reply) -> bool:
    """Whether what was copied from a web archive is no capture of it: cdx_toolkit keeps the archive's headers
    under ``X-Archive-``, and Memento-Datetime is not among them. (``X-Archive-Orig-`` are the site's.)
    """
    names = [name.lower() for name, _ in reply.headers]
    kept = any(re.match(r"x-archive-(?!orig-)", name) for name in names)
    return kept and reply.header("x-archive-memento-datetime") is None


def archive_of(address: str | None) -> str | None:
    """The archive that an address is in: what stands before the time of a capture, else scheme and host.

    >>> archive_of("https://web.archive.org/web/20240101000000id_/http://www.mofcom.gov.cn/")
    'https://web.archive.org/web/'
    >>> archive_of("https://data.commoncrawl.org/crawl-data/CC-MAIN-2024-10/warc/CC-MAIN-1.warc.gz")
    'https://data.commoncrawl.org'
    """
    if replay := _REPLAY.match(address or ""):
        return replay["prefix"]
    found = _ORIGIN.match(address or "")
    return found[0].lower() if found else None


def is_replay(url: str) -> bool:
    """Whether an address outside of the site is that of a page of the site in a web archive."""
    return not in_scope(url) and bool(_TIMED.search(url)) and in_scope(original_of(url).url)
