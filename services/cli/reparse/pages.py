"""Reads stored pages and attachments again: those that the present parser reads otherwise go through the pipeline again."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from typing import NamedTuple

import asyncpg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from services.cli.ask_again import ask_again
from services.cli.reparse.attachments import Attachments
from services.cli.reparse.changes import Changes
from services.cli.reparse.unchanged import Readers, Reading
from services.cli.settings import from_environment
from services.cli.stored import StoredKey, stored_events
from services.parser.settings import ParserSettings
from services.parser.version import PARSER_VERSION
from shared.blobs import Blobs
from shared.database import connect
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
    WHERE capture_id = ANY ($1) AND parser_version >= $2
"""
_KNOWN = """
    SELECT r.capture_id, asked.request_id, c.body_sha256, r.digest
    FROM unnest($1::text[], $2::text[]) AS asked (capture_id, request_id)
    JOIN ingest.reading AS r USING (capture_id)
    JOIN ingest.capture AS c USING (capture_id)
    WHERE r.digest IS NOT NULL
"""
# Not if another reading has been stored meanwhile.
_READ_ALIKE = """
    UPDATE ingest.reading AS r SET parser_version = $3
    FROM unnest($1::text[], $2::text[]) AS alike (capture_id, digest)
    WHERE (r.capture_id, r.digest) = (alike.capture_id, alike.digest) AND r.parser_version < $3
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
    """Read stored pages and attachments again; returns how many were not read, and prints on `console` which fields changed.

    A page that is read as it was gets the parser's version. Any other is published again, and waited for; so are
    attachments, and behind them the notices that list something in them.
    `chosen` are the parser version, the number's key, issuer, first day of issue and layout to look for,
    None for any. Raises asyncpg's, Kafka's and the blob store's errors.
    """
    database = await connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        async with KafkaPublisher(settings, "cli") as publisher:
            left = await _reparse(database, publisher, settings, chosen, console, stalled_seconds)

            async def wait(query: str, names: Sequence[str]) -> int:
                return await _wait(database, query, names, chosen[0], stalled_seconds)

            ocr = from_environment(ParserSettings).parse_ocr
            blobs = Blobs(settings.blob_url)
            attachments = Attachments(database, publisher, blobs, chosen, wait, ocr=ocr)
            return left + await attachments.read_again(console)
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
    readers = Readers(from_environment(ParserSettings), blobs)
    with closing(readers), Progress(*columns, console=console) as progress:
        bar = progress.add_task("reading", total=(total := len(rows)))
        waiting: deque[_Lot] = deque()

        async def settle() -> None:
            nonlocal left, settled
            lot = waiting.popleft()
            done = settled - left + len(lot.captures)
            unread = await _wait(
                database,
                _LEFT,
                lot.captures,
                chosen[0],
                stalled_seconds,
                lambda left: progress.update(bar, completed=done - left),
            )
            left += unread
            settled += len(lot.captures)
            changes.count(lot.before, await database.fetch(_READINGS, lot.captures, chosen[0]))

        for at in range(0, len(rows), _AT_ONCE):
            some: list[StoredKey] = [tuple(row) for row in rows[at : at + _AT_ONCE]]
            alike = await _read_alike(database, readers, some)
            changes.pages += len(alike)
            settled += len(alike)
            progress.update(bar, completed=settled - left)
            some = [capture for capture in some if capture[0] not in alike]
            if not some:
                continue
            events = (await stored_events(blobs, some)).whole
            if lost := [capture for capture in some if capture not in events]:
                asked += await ask_again(database, publisher, [request for _, request in lost])
                progress.update(bar, total=(total := total - len(lost)))
            captures = [capture_id for capture_id, _ in events]
            waiting.append(_Lot(captures, await database.fetch(_READINGS, captures, 0)))
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


async def _read_alike(
    database: "asyncpg.Connection", readers: Readers, captures: Sequence[StoredKey]
) -> set[str]:
    """The captures that are read as they were: their readings have the parser's version now."""
    rows = await database.fetch(_KNOWN, *map(list, zip(*captures, strict=True)))
    alike = await readers.unchanged([Reading(*row) for row in rows])
    captured, digests = [each.capture_id for each in alike], [each.digest for each in alike]
    async with database.transaction():
        # Rows that the indexer may be writing as well, in another order.
        await database.execute("SELECT ingest.one_writer()")
        await database.execute(_READ_ALIKE, captured, digests, PARSER_VERSION)
    return set(captured)


async def _wait(
    database: "asyncpg.Connection",
    query: str,
    names: Sequence[str],
    version: int,
    stalled_seconds: float,
    say: Callable[[int], None] = lambda _: None,
) -> int:
    """Return when `query` counts none of these, or none was read for too long: then how many were not.

    `say` is called with how many are left, at each look.
    """
    loop = asyncio.get_running_loop()
    before, moved = len(names), loop.time()

    async def unread() -> int | None:
        nonlocal before, moved
        left: int = await database.fetchval(query, names, version)
        say(left)
        if left < before:
            before, moved = left, loop.time()
        return left if not left or loop.time() - moved > stalled_seconds else None

    return await until_result(_LOOK_SECONDS, unread)
