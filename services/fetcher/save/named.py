"""The notices that a list page of the ministry names."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from services.fetcher.addresses import in_scope
from services.fetcher.watch.watch_list import Watched
from shared.identity import url_key

# A notice stands in a folder or file of its year; navigation and further lists do not:
# /zcfb/blgg/art/2025/art_1.html, /article/b/c/201801/20180102697123.shtml, but /zcfb/blgg/index_2.html.
_OF_A_YEAR = re.compile(r"/[^/]*(?:19|20)\d\d[^?]*$")
# No list has so many.
_MOST = 500


def named(text: str, url: str, watched: Sequence[Watched]) -> Iterator[str]:
    """The addresses of notices under `watched` to which the page `text` at `url` links, each once."""
    keys = [url_key(entry.url) for entry in watched if entry.match != "exact"]
    seen = {url_key(url)}
    for link in LexborHTMLParser(text).css("a[href]"):
        address = _absolute(url, link.attributes.get("href") or "")
        if address is None or not _OF_A_YEAR.search(urlsplit(address).path):
            continue
        key = url_key(address)
        if key not in seen and any(_is_below(key, each) for each in keys):
            seen.add(key)
            yield address
        if len(seen) > _MOST:
            return


def _absolute(page: str, href: str) -> str | None:
    try:
        address = urljoin(page, href.strip()).partition("#")[0]
        return address if in_scope(address) else None
    except ValueError:
        return None


def _is_below(key: str, entry: str) -> bool:
    return key.startswith(entry if entry.endswith("/") else f"{entry}/")
