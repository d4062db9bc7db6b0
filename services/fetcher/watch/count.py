"""Counts what the watch list would fetch, without fetching it."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from services.fetcher.addresses import in_scope
from services.fetcher.archive.listing import Lister, ListingFailed, begin
from services.fetcher.archive.pace import Priority
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.stored_captures import StoredCaptures
from services.fetcher.watch.slices import due, first_day
from services.fetcher.watch.watch_list import FILE, BadWatchList, read_watch_list
from shared.errors import DependencyDown
from shared.events import CdxRow

Named = tuple[str, str]
"""A capture by its URL and timestamp."""


class Line(BaseModel):
    """Captures of a host in a year: how many are listed, and how many are not stored."""

    host: str
    year: str
    listed: int
    to_fetch: int


class Part(BaseModel):
    """A part of the count: what one page of the index adds to it.

    It belongs to query `number` of `of`, whose name is `slice`; `since` is the first day queried,
    `per_second` the rate at which captures may be fetched. `problem` says why the query was not
    answered completely.
    """

    number: int = 0
    of: int = 0
    slice: str = FILE
    since: date
    per_second: float
    lines: tuple[Line, ...] = ()
    problem: str | None = None


def create_discover_router(
    settings: FetcherSettings, lister: Lister, stored_captures: StoredCaptures
) -> APIRouter:
    """The route of `mofcom discover --dry-run`."""
    router = APIRouter()

    @router.get("/discover", summary="Count what the watch list would fetch, as JSON lines.")
    async def discover() -> StreamingResponse:
        parts = count(settings, lister, stored_captures, datetime.now(UTC))
        lines = (part.model_dump_json() + "\n" async for part in parts)
        return StreamingResponse(lines, media_type="application/x-ndjson")

    return router


async def count(
    settings: FetcherSettings, lister: Lister, stored_captures: StoredCaptures, now: datetime
) -> AsyncIterator[Part]:
    """Query the index for all of the past; yields a part for each page.

    A capture covered by two entries of the watch list counts once. Ends with a part that has a
    `problem` if the watch list is invalid, or this fetcher may not use the archive now.
    """
    since = first_day(settings.watch_since, now.date())
    part = Part(since=since, per_second=settings.archive_mementos_per_second)
    try:
        watched = read_watch_list(settings.seeds_dir)
    except BadWatchList as error:
        yield part.model_copy(update={"problem": str(error)})
        return
    # The newest days are part of the last quarter.
    slices = [each for each in due(watched, {}, now, settings) if each.query.until]
    quarter, counted = None, set[Named]()
    for number, each in enumerate(slices, start=1):
        part = part.model_copy(update={"number": number, "of": len(slices), "slice": each.name})
        # All entries of a quarter are queried before the next quarter: only one need be remembered.
        if each.query.until != quarter:
            quarter, counted = each.query.until, set()
        cursor = begin(each.query, now)
        try:
            while not cursor.ended:
                cursor, rows = await lister.next_page(cursor, Priority.BACKLOG)
                new = _named(rows) - counted
                counted |= new
                lines = _lines(new, await stored_captures.stored([*new]))
                yield part.model_copy(update={"lines": lines, "problem": cursor.partial})
        except ListingFailed as failed:
            yield part.model_copy(update={"problem": str(failed)})
        except DependencyDown as down:
            yield part.model_copy(update={"problem": str(down)})
            return


def _named(rows: Iterable[CdxRow]) -> set[Named]:
    return {(row.original, row.timestamp) for row in rows if in_scope(row.original)}


def _lines(listed: set[Named], stored: set[Named]) -> tuple[Line, ...]:
    """The captures by host and year."""
    pages, wanted = (
        Counter(map(_host_and_year, listed)),
        Counter(map(_host_and_year, listed - stored)),
    )
    return tuple(
        Line(host=host, year=year, listed=number, to_fetch=wanted[host, year])
        for (host, year), number in pages.items()
    )


def _host_and_year(capture: Named) -> tuple[str, str]:
    url, timestamp = capture
    return urlsplit(url).hostname or "", timestamp[:4]
