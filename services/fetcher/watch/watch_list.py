"""`watch.toml`: which pages are watched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from services.fetcher.addresses import NotAnAddress, parse_address
from shared.toml_text import NotToml, parse_toml

FILE = "watch.toml"

_MATCHES: dict[str, Literal["exact", "prefix", "host"]] = {
    "pages": "exact",
    "prefixes": "prefix",
    "hosts": "host",
}


class BadWatchList(ValueError):
    """An invalid watch list; the message says where and why."""


class Watched(NamedTuple):
    """An entry of the watch list: a page, all URLs with a prefix, or a host."""

    url: str
    match: Literal["exact", "prefix", "host"]

    @property
    def name(self) -> str:
        """As logs and the memory call it."""
        return f"{self.match} {self.url}"


def read_watch_list(folder: Path) -> tuple[Watched, ...]:
    """The entries of the watch list in `folder`. Raises BadWatchList, also if there is no file."""
    try:
        text = (folder / FILE).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadWatchList(str(error)) from None
    return parse_watch_list(text)


def parse_watch_list(text: str) -> tuple[Watched, ...]:
    """The distinct entries of a watch list, in the order given.

    `pages`, `prefixes` and `hosts` are arrays of addresses. Raises BadWatchList if the text is not
    TOML, has another key, or an entry is not of mofcom.gov.cn.
    """
    try:
        lists = parse_toml(text)
    except NotToml as error:
        raise BadWatchList(str(error)) from None
    if unknown := sorted(set(lists) - set(_MATCHES)):
        raise BadWatchList(f"{unknown[0]!r} is not one of {', '.join(_MATCHES)}")
    return tuple(dict.fromkeys(_entries(lists)))


def _entries(lists: dict[str, Any]) -> Iterator[Watched]:
    for name, match in _MATCHES.items():
        entries = lists.get(name, [])
        if not isinstance(entries, list):
            raise BadWatchList(f"{name} is not an array of addresses")
        for number, entry in enumerate(entries, start=1):
            where = f"{name}, entry {number} ({entry!r})"
            try:
                address = parse_address(entry) if isinstance(entry, str) else None
            except NotAnAddress as refused:
                raise BadWatchList(f"{where}: {refused}") from None
            if address is None or address.prefix or address.timestamp:
                raise BadWatchList(f"{where}: give an address without * and timestamp")
            yield Watched(address.url, match)
