"""Publishes stored pages again, so that the current parser parses them in place."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import asyncpg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from services.cli.ask_again import ask_again
from services.cli.reparse.changes import Changes
from services.cli.stored import stored_events
from shared.blobs import Blobs
from shared.delivery.publisher import KafkaPublisher, Publication, Publisher
from shared.loops import until_result
from shared.settings import Settings
from shared.topics import CAPTURE_FETCHED

_CONNECT_SECONDS = 10
_AT_ONCE = 500
_LOOK_SECONDS = 0.5
# Without any progress for so long the parser does not run, or runs in an older version.
_STALLED_SECONDS = 60.0

Chosen = tuple[int, str | None, str | None, date | None, str | None]

# Pages that have been parsed leave the list, so that an interrupted run can continue.
_OLD = """
    SELECT DISTINCT ON (r.capture_id) r.capture_id, s.request_id
    FROM ingest.reading AS r
    JOIN ingest.capture AS c USING (capture_id)
    JOIN ingest.served AS s USING (capture_id)
    WHERE r.parser_version < $1 AND c.kind = 'page' AND c.body_sha256 IS NOT NULL
        AND ($2::text IS NULL OR r.notice_key = $2)
        AND ($3::text IS NULL OR $3 = ANY (r.issuers))
        AND ($4::date IS NULL OR r.issued_on >= $4)
        AND ($5::text IS NULL OR r.layout = $5)
    ORDER BY r.capture_id, s.request_id
"""
_READINGS = """
    SELECT capture_id, notice, md5(body_text) AS text FROM ingest.reading
    WHERE capture_id = ANY ($1)
"""
_LEFT = """
    SELECT count(*) FROM ingest.reading WHERE capture_id = ANY ($1) AND parser_version < $2
"""


class _Lot(NamedTuple):
    """Captures that were published, and how they were read before."""

    captures: list[str]
    before: "list[asyncpg.Record]"


async def reparse_all(
    dsn: str,
    settings: Settings,
    chosen: Chosen,
    console: Console,
    stalled_seconds: float = _STALLED_SECONDS,
) -> int:
    """Publish stored pages again and wait until they are parsed; returns how many were not, and prints on
    `console` which fields changed.

    `chosen` are the parser version, the number's key, issuer, first day of issue and layout to look for,
    None for any. Raises asyncpg's, Kafka's and the blob store's errors.
    """
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        async with KafkaPublisher(settings, "cli") as publisher:
            return await _reparse(database, publisher, settings, chosen, console, stalled_seconds)
    finally:
        await database.close()


async def _reparse(
    database: "asyncpg.Connection",
    publisher: Publisher,
    settings: Settings,
    chosen: Chosen,
    console: Console,
    stalled_seconds: float,
) -> int:
    rows = await database.fetch(_OLD, *chosen)
    if not rows:
        console.print(
            f"nothing to read again: no page chosen was read by a parser before version {chosen[0]}"
        )
        return 0
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    left = settled = asked = 0
    changes = Changes()
    blobs = Blobs(settings.blob_url)
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("reading", total=(total := len(rows)))
        waiting: deque[_Lot] = deque()

        async def settle() -> None:
            nonlocal left, settled
            lot = waiting.popleft()
            unread = await _wait(
                database, lot.captures, stalled_seconds, chosen[0], progress, bar, settled - left
            )
            left += unread
            settled += len(lot.captures)
            changes.count(lot.before, await database.fetch(_READINGS, lot.captures))

        for at in range(0, len(rows), _AT_ONCE):
            some = [tuple(row) for row in rows[at : at + _AT_ONCE]]
            events = (await stored_events(blobs, some)).whole
            if lost := [capture for capture in some if capture not in events]:
                asked += await ask_again(database, publisher, [request for _, request in lost])
                progress.update(bar, total=(total := total - len(lost)))
            captures = [capture_id for capture_id, _ in events]
            waiting.append(_Lot(captures, await database.fetch(_READINGS, captures)))
            await publisher.publish(
                Publication(CAPTURE_FETCHED, event) for event in events.values()
            )
            # The next lot is there before the parser has read this one.
            if len(waiting) > 1:
                await settle()
        while waiting:
            await settle()
    console.print(str(changes), highlight=False)
    if total < len(rows):
        console.print(
            f"{len(rows) - total} pages passed over, whose bodies or sidecars the blob store has lost; "
            f"{asked} of them are requested from the archive again",
            highlight=False,
        )
    return left


async def _wait(
    database: "asyncpg.Connection",
    captures: Sequence[str],
    stalled_seconds: float,
    version: int,
    progress: Progress,
    bar: Any,
    done: int,
) -> int:
    """Return when all `captures` are read, or none was for too long: then how many were not."""
    loop = asyncio.get_running_loop()
    before, moved = len(captures), loop.time()

    async def unread() -> int | None:
        nonlocal before, moved
        left: int = await database.fetchval(_LEFT, captures, version)
        progress.update(bar, completed=done + len(captures) - left)
        if left < before:
            before, moved = left, loop.time()
        return left if not left or loop.time() - moved > stalled_seconds else None

    return await until_result(_LOOK_SECONDS, unread)
