"""What the watch list would fetch, counted without asking for any of it."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from services.fetcher.addresses import in_scope
from services.fetcher.archive.listing import Lister, ListingFailed, begin
from services.fetcher.archive.pace import Priority
from services.fetcher.memory.holdings import Holdings
from services.fetcher.settings import FetcherSettings
from services.fetcher.watch.slices import Slice, due
from services.fetcher.watch.watch_list import FILE, BadWatchList, read_watch_list
from shared.delivery.dependency import DependencyDown


class Part(BaseModel):
    """A part of the count: how many captures the index lists and how many of them are not held.

    By host, year of capture. `of` is how many parts there are in all, `problem` why this one is
    not complete; `per_second` is the rate at which captures may be asked for.
    """

    number: int
    of: int
    slice: str
    listed: dict[str, dict[str, int]]
    to_fetch: dict[str, dict[str, int]]
    per_second: float
    problem: str | None = None


def create_discover_router(
    settings: FetcherSettings, lister: Lister, holdings: Holdings
) -> APIRouter:
    """The route that `mofcom discover --dry-run` asks."""
    router = APIRouter()

    @router.get("/discover", summary="Count what the watch list would fetch; a JSON line a part.")
    async def discover() -> StreamingResponse:
        parts = count(settings, lister, holdings, datetime.now(UTC))
        lines = (part.model_dump_json() + "\n" async for part in parts)
        return StreamingResponse(lines, media_type="application/x-ndjson")

    return router


async def count(
    settings: FetcherSettings, lister: Lister, holdings: Holdings, now: datetime
) -> AsyncIterator[Part]:
    """Ask the index for all of the past; a part for each question.

    Ends with a part that has a `problem` when the watch list is wrong, or while the archive is not
    to be asked by this fetcher.
    """
    try:
        watched = read_watch_list((settings.seeds_dir / FILE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadWatchList) as error:
        yield _part(settings, 0, 0, FILE, Counter(), Counter(), f"{FILE}: {error}")
        return
    # The newest days are part of the last quarter.
    slices = [each for each in due(watched, {}, now, settings) if each.query.until]
    for number, each in enumerate(slices, start=1):
        listed, wanted = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        problem = None
        try:
            problem = await _count(each, lister, holdings, now, listed, wanted)
        except ListingFailed as failed:
            problem = str(failed)
        except DependencyDown as down:
            yield _part(settings, number, len(slices), each.name, listed, wanted, str(down))
            return
        yield _part(settings, number, len(slices), each.name, listed, wanted, problem)


async def _count(
    asked: Slice,
    lister: Lister,
    holdings: Holdings,
    now: datetime,
    listed: Counter[tuple[str, str]],
    wanted: Counter[tuple[str, str]],
) -> str | None:
    cursor = begin(asked.query, now)
    while not cursor.ended:
        cursor, rows = await lister.next_page(cursor, Priority.BACKLOG)
        within = [row for row in rows if in_scope(row.original)]
        held = await holdings.held([(row.original, row.timestamp) for row in within])
        for row in within:
            place = (urlsplit(row.original).hostname or "", row.timestamp[:4])
            listed[place] += 1
            wanted[place] += (row.original, row.timestamp) not in held
    return cursor.partial


def _part(
    settings: FetcherSettings,
    number: int,
    of: int,
    name: str,
    listed: Counter[tuple[str, str]],
    wanted: Counter[tuple[str, str]],
    problem: str | None,
) -> Part:
    return Part(
        number=number,
        of=of,
        slice=name,
        listed=_by_host(listed.items()),
        to_fetch=_by_host(wanted.items()),
        per_second=settings.mementos_per_second,
        problem=problem,
    )


def _by_host(counts: Iterable[tuple[tuple[str, str], int]]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for (host, year), number in counts:
        table.setdefault(host, {})[year] = number
    return table
