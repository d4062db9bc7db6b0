"""What to ask the CDX index next: the watch list cut into narrow queries.

Wide queries time out, and captures appear late and in the past (docs/archive.md#completeness).
So each entry is queried for the newest days every day, and for each past quarter of a year from
time to time.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from services.fetcher.archive.cdx import Query
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.listings import Past
from services.fetcher.watch.watch_list import Watched
from shared.archives import WAYBACK_MACHINE

_FIRST = date(1996, 1, 1)


class Slice(NamedTuple):
    """One query: an entry of the watch list, and a time span."""

    name: str
    query: Query


def first_day(since: str, today: date) -> date:
    """The first day for `MOFCOM_WATCH_SINCE`: ``all``, ``90d``, ``2y``, ``2020``, ``20200131``.

    A day that the month does not have becomes its last day.
    """
    if since == "all":
        return _FIRST
    number = int(since[:-1]) if since[-1] in "dy" else 0
    if since.endswith("d"):
        return max(_FIRST, today - timedelta(days=number))
    if since.endswith("y"):
        return max(_FIRST, today - timedelta(days=round(number * 365.25)))
    year, month = int(since[:4]), int(since[4:6] or 1)
    return date(year, month, min(int(since[6:] or 1), monthrange(year, month)[1]))


def quarters(first: date, last: date) -> Iterator[tuple[str, str]]:
    """First and last day (``YYYYMMDD``) of each quarter, from that of `last` back to `first`."""
    year, quarter = last.year, (last.month - 1) // 3
    while (year, quarter) >= (first.year, (first.month - 1) // 3):
        begins = date(year, quarter * 3 + 1, 1)
        following = date(year + (quarter == 3), (quarter + 1) % 4 * 3 + 1, 1)
        ends = following - timedelta(days=1)
        yield f"{max(begins, first):%Y%m%d}", f"{ends:%Y%m%d}"
        year, quarter = (year, quarter - 1) if quarter else (year - 1, 3)


def live_since(now: datetime, settings: FetcherSettings) -> str:
    """The timestamp (14 digits) from which captures count as new, not as the past."""
    return _day(now - timedelta(days=settings.watch_overlap_days)) + "000000"


def due(
    watched: Sequence[Watched],
    past: Mapping[str, Past],
    now: datetime,
    settings: FetcherSettings,
    archive: str = WAYBACK_MACHINE,
) -> Iterator[Slice]:
    """The queries to the index of `archive` that are due, in order.

    First the newest days; then the past, quarter by quarter from the newest, all entries for each.
    """
    place = "" if archive == WAYBACK_MACHINE else f" in {archive}"
    for entry in watched:
        name = f"watch new {entry.name}{place}"
        last = past.get(name, Past(None, None))
        if _is_due(last, now, timedelta(hours=settings.watch_hours), settings):
            # Overlaps the last complete query: captures appear late.
            after = min(last.complete or now, now)
            since = _day(after - timedelta(days=settings.watch_overlap_days))
            yield Slice(name, Query(entry.url, entry.match, since))
    first = first_day(settings.watch_since, now.date())
    for since, until in quarters(first, now.date()):
        for entry in watched:
            # Named by its end: the start of the first quarter moves with each day.
            name = f"watch past {entry.name} until {until}{place}"
            last = past.get(name, Past(None, None))
            if _is_due(last, now, timedelta(days=settings.watch_sweep_days), settings):
                query = Query(entry.url, entry.match, since, until)
                yield Slice(name, query)


def _is_due(last: Past, now: datetime, every: timedelta, settings: FetcherSettings) -> bool:
    if last.complete and now - last.complete < every:
        return False
    retry = timedelta(seconds=settings.watch_again_seconds)
    return last.partial is None or now - last.partial >= retry


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d")
