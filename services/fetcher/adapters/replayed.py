"""Pages of a web archive saved in a WARC file: the captures that they are."""

import re
from dataclasses import dataclass

from services.fetcher.addresses import in_scope
from services.fetcher.addresses.archived import original_of
from services.fetcher.archive.replay import CaptureRef, memento_datetime, served
from services.fetcher.archive.reply import Reply

_TIMED = re.compile(
    r"/(?P<time>\d{14})(?P<mode>[a-z]{2}_)?/+(?:https?(?::|%3A)|[\w.-]+/)", re.IGNORECASE
)
# What the Wayback Machine and pywb put into pages that they show.
_REWRITTEN = re.compile(
    rb"wombat|bundle-playback|WAYBACK TOOLBAR|FILE ARCHIVED ON|web-static\.archive\.org"
    rb"|/web/\d{14}(?:[a-z]{2}_)?/https?:",
    re.IGNORECASE,
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
    original, _ = original_of(url)
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


def is_replay(url: str) -> bool:
    """Whether an address outside of the site is that of a page of the site in a web archive."""
    return not in_scope(url) and bool(_TIMED.search(url)) and in_scope(original_of(url).url)
