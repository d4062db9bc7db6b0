"""The original URL, and the time, inside an address of a web archive."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from services.fetcher.addresses.named import Named
from shared.site import SITE, is_of_site

_HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:/*)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost)(?::\d+)?(?=[/?#]|$)",
    re.IGNORECASE,
)
_VIEW_SOURCE = re.compile(r"^view-source:", re.IGNORECASE)
# The time that archives put before the original URL, with a mode such as id_ or if_ behind it, or a * for
# a list of captures; archive.today has `newest`, timemaps have their form.
_TIME = r"(?P<time>[0-9*]+|\d{4}-\d\d-\d\d)(?:[a-z]{2}_)*"
_TIMED = re.compile(rf"{_TIME}/+(?P<url>.+)", re.IGNORECASE)
# web.archive.org/web/, /save/, wayback.archive-it.org/1234/, archive.ph/newest/, webarchive.loc.gov/all/,
# arquivo.pt/wayback/, www.webarchive.org.uk/wayback/archive/, timetravel.mementoweb.org/memento/.
_BEHIND_HOST = re.compile(
    rf"(?:/(?:\d{{1,6}}|all|wayback|archive|memento|noFrame|replay|[a-z]{{1,3}}))*?"
    rf"(?P<known>/(?:web|save|memento|wayback|archive|newest|oldest|latest|timegate)"
    rf"(?:/(?:timemap(?:/(?:link|json|cdx))?|_embed|[a-z]{{2}}_))?)?/"
    rf"(?:{_TIME}/+)?(?P<url>(?:(?P<scheme>https?(?::|%3A))|(?:[a-z0-9_*-]+\.)*{re.escape(SITE)}).*)",
    re.IGNORECASE,
)
# An archive at any path: webarchive.nla.gov.au/awa/, my-pywb.example/my-collection/; archive.today dates
# captures as 2023.01.13-054024.
_ANY_PATH = re.compile(
    rf"/(?:[^?#]*/)?(?P<time>\d{{4}}(?:\d\d){{0,5}}|\d{{4}}\.\d\d\.\d\d-\d{{6}})(?:[a-z]{{2}}_)*/+"
    rf"(?P<url>(?:https?(?::|%3A)/|(?:[a-z0-9_-]+\.)*{re.escape(SITE)}(?=[:/?#]|$)).*)",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"https?(?:%3A)", re.IGNORECASE)


def original_of(address: str) -> Named:
    """The original URL in an address of a web archive, of its index (``?url=``), or with only a time
    before it; an address that is none of these as it is. Of archives inside archives the innermost.
    """
    found = Named(_VIEW_SOURCE.sub("", address))
    while inner := _inner(found.url):
        found = Named(inner.url, inner.time or found.time, inner.host or found.host)
    return found


def _inner(address: str) -> Named | None:
    if timed := _TIMED.fullmatch(address):
        return Named(_decoded(timed["url"]), timed["time"].replace("-", ""))
    host = _HOST.match(address)
    # If a MOFCOM page's own path contains /web/, it is that page.
    if host is None or is_of_site(host["host"]):
        return None
    behind = _BEHIND_HOST.fullmatch(address, host.end())
    # (http://example.com/mofcom.gov.cn is a page of example.com.)
    if behind and (behind["known"] or behind["time"] or behind["scheme"]):
        time = behind["time"]
        time = time.replace("-", "") if time else None
        return Named(_decoded(behind["url"]), time, host["host"].lower())
    if any_path := _ANY_PATH.fullmatch(address, host.end()):
        time = re.sub(r"\D", "", any_path["time"])
        return Named(_decoded(any_path["url"]), time, host["host"].lower())
    asked = _asked(address)
    return asked and asked._replace(host=host["host"].lower())


def _asked(address: str) -> Named | None:
    """What a question names: /wayback/available?url=URL&timestamp=2019, the CDX index, a cache."""
    try:
        query = parse_qs(urlsplit(address).query)
    except ValueError:
        return None
    for name in ("url", "q"):
        for value in query.get(name, ()):
            url = value.removeprefix("cache:")
            if SITE in url.lower():
                prefix = query.get("matchType", [""])[0] in ("prefix", "host") and url[-1] != "*"
                time = query.get("timestamp") or _common(query)
                return Named(f"{url}*" if prefix else url, time[0] if time else None)
    return None


def _common(query: dict[str, list[str]]) -> list[str] | None:
    """The time that a range of the index lies in (``from=2019&to=2019``)."""
    start, end = query.get("from", [""])[0], query.get("to", [""])[0]
    return [start] if start and start == end else None


def _decoded(url: str) -> str:
    """An original URL that is percent-encoded as a whole, ``http%3A%2F%2F``, as it was."""
    return unquote(url) if _ENCODED.match(url) else url
