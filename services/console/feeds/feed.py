"""A feed and its entries, whatever format they are written in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """What a reader shows as one item.

    `id` stays the same for ever, also under another host name; `updated` moves only when there is
    something new to read. `html` is markup that is safe; all else is plain text.
    """

    id: str
    title: str
    updated: datetime
    link: str | None
    html: str
    archived_url: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries, the newest first. `home` is the page that shows the same, `next_page` where older ones are."""

    id: str
    title: str
    subtitle: str
    address: str
    home: str
    updated: datetime
    entries: Sequence[Entry]
    next_page: str | None = None
