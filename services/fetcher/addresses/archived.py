"""The original URL, and the time, inside an address of a web archive."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote

from services.fetcher.addresses.named import Named
from shared.site import SITE, is_of_site

_HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:/*)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost)(?::\d+)?(?=[/?#]|$)",
    re.IGNORECASE,
)
_VIEW_SOURCE = re.compile(r"^view-source:", re.IGNORECASE)
# A link in a page that the archive shows: /web/20230113054024/http://….
_RELATIVE = re.compile(r"^/?(?=web/[\d*]+(?:[a-z]{2}_)?/)", re.IGNORECASE)
# The time that archives put before the original URL, with a mode such as id_ or if_ behind it, or a * for
# a list of captures; archive.today dates captures as 2023.01.13-054024.
_TIME = r"(?P<time>[0-9*]+|\d{4}-\d\d-\d\d|\d{4}\.\d\d\.\d\d-\d{6})(?:[a-z]{2}_)*"
_TIMED = re.compile(rf"{_TIME}/+(?P<url>.+)", re.IGNORECASE)
# web.archive.org/web/, /save/, /web/changes/, wayback.archive-it.org/1234/, archive.ph/newest/,
# arquivo.pt/noFrame/replay/, webarchive.nla.gov.au/awa/, my-pywb.example/my-collection/.
_BEHIND_HOST = re.compile(
    rf"(?:/[\w.-]*)*?"
    rf"(?P<known>/(?:web|save|memento|wayback|archive|newest|oldest|latest|timegate)"
    rf"(?:/(?:timemap(?:/(?:link|json|cdx))?|_embed|[a-z]{{2}}_))?)?/"
    rf"(?:{_TIME}/+)?(?P<url>(?:(?P<scheme>https?(?::|%3A))|(?:[a-z0-9_*-]+\.)*{re.escape(SITE)}).*)",
    re.IGNORECASE,
)
# megalodon.jp/2023-0113-1440-24/www.mofcom.gov.cn/a.shtml: to the second, in Japan.
_MEGALODON = re.compile(r"/(?P<time>\d{4}-\d{4}-\d{4}-\d\d)/(?P<url>.+)")
# www-mofcom-gov-cn.translate.goog/a.shtml?_x_tr_sl=auto: a hyphen of the host is two.
_TRANSLATED = re.compile(r"(?P<name>[a-z0-9-]+)\.translate\.goog", re.IGNORECASE)
# Google's cache: q=cache:http://…, or with a key of its own, q=cache:abc123:http://….
_CACHED = re.compile(r"^cache:(?:[\w-]{6,20}:)?(?=\w)")
_SCHEME = re.compile(r"https?:/+", re.IGNORECASE)
_COLON = re.compile(r"^(https?)%3A", re.IGNORECASE)
_ENCODED = re.compile(r"%(?:3A|2F)", re.IGNORECASE)


def original_of(address: str) -> Named:
    """The original URL in an address of a web archive, of its index (``?url=``), or with only a time
    before it; an address that is none of these as it is. Of archives inside archives the innermost.
    """
    found = Named(_RELATIVE.sub("web.archive.org/", _VIEW_SOURCE.sub("", address)))
    while inner := _inner(found.url):
        found = Named(inner.url, inner.time or found.time, inner.host or found.host)
    return found


def _inner(address: str) -> Named | None:
    if timed := _TIMED.fullmatch(address):
        return Named(_decoded(timed["url"]), _digits(timed["time"]))
    at = _HOST.match(address)
    # If a MOFCOM page's own path contains /web/, it is that page.
    if at is None or is_of_site(at["host"]):
        return None
    host = at["host"].lower()
    if translated := _TRANSLATED.fullmatch(host):
        return _untranslated(translated["name"], address[at.end() :])
    if host == "megalodon.jp" and (shown := _MEGALODON.fullmatch(address, at.end())):
        return Named(shown["url"], _from_japan(shown["time"]), host)
    behind = _BEHIND_HOST.fullmatch(address, at.end())
    # (http://example.com/mofcom.gov.cn is a page of example.com.)
    if behind and (behind["known"] or behind["time"] or behind["scheme"]):
        return Named(_decoded(behind["url"]), behind["time"] and _digits(behind["time"]), host)
    asked = _asked(address)
    return asked and asked._replace(host=host)


def _digits(time: str) -> str:
    """``2023.01.13-054024`` as 20230113054024; a ``*`` stays."""
    return re.sub(r"[.-]", "", time)


def _from_japan(time: str) -> str | None:
    try:
        moment = datetime.strptime(f"{time}+0900", "%Y-%m%d-%H%M-%S%z").astimezone(UTC)
    except ValueError:
        return None
    return moment.strftime("%Y%m%d%H%M%S")


def _untranslated(name: str, rest: str) -> Named:
    host = re.sub(r"(?<!-)-(?!-)", ".", name).replace("--", "-")
    path, _, query = rest.partition("#")[0].partition("?")
    query = "&".join(one for one in query.split("&") if not one.startswith("_x_tr_"))
    return Named(f"{host}{path}{'?' if query else ''}{query}")


def _asked(address: str) -> Named | None:
    """What a question names: /wayback/available?url=URL&timestamp=2019, the CDX index, a cache, a
    translator, a redirect of a chat program (``?target=http://…``).
    """
    pairs = address.partition("#")[0].partition("?")[2].split("&")
    query = {name: value for name, _, value in (pair.partition("=") for pair in reversed(pairs))}
    for name, value in query.items():
        cached = _CACHED.match(value)
        # The words searched for follow.
        url = _decoded(value[cached.end() :].partition("+")[0] if cached else value)
        if SITE in url.lower() and (name in ("url", "q") or _SCHEME.match(url)):
            time = query.get("timestamp") or _common(query)
            return Named(_matched(url, query.get("matchType", "")), time or None)
    return None


def _matched(url: str, match_type: str) -> str:
    """The pattern that a question to the index means by `match_type`
    (https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server#url-match-scope).
    """
    bare = url.rstrip("*")
    host = _SCHEME.sub("", bare).partition("/")[0]
    patterns = {"prefix": f"{bare}*", "host": f"{host}/*", "domain": f"*.{host}/*"}
    return patterns.get(match_type, url)


def _common(query: dict[str, str]) -> str | None:
    """The time that a range of the index lies in (``from=2019&to=2019``)."""
    start = query.get("from")
    return start if start and start == query.get("to") else None


def _decoded(url: str) -> str:
    """An original URL that is percent-encoded as a whole, ``http%3A%2F%2F``, as it was."""
    if "/" in url:
        return _COLON.sub(r"\1:", url)
    return unquote(url) if _ENCODED.search(url) else url
