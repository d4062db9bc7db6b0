"""Asks database, broker and blob store for what `shared.troubles` judges."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

from aiokafka import TopicPartition

from shared.blobs import Blobs, folder_of
from shared.offsets import Offsets
from shared.topics import READ_BY
from shared.troubles.facts import Facts, First, Pause, Reader

Fetch = Callable[..., Awaitable[Any]]
"""Runs a query with its parameters, and returns the rows."""

_BODIES = 20
_BEHIND_ALL = "g"  # ids are hexadecimal

_QUICK = """
    SELECT
        (SELECT count(*) FROM pipeline_gap) AS gap,
        (SELECT count(DISTINCT subject) FROM dead_letters WHERE handled IS NULL) AS dead_letters
"""
_RESTORING = "SELECT parts FROM fetcher.restoration WHERE ended_at IS NULL"
_PAUSES = """
    SELECT archive AS of, until, why FROM fetcher.pause WHERE NOT "over"
    UNION ALL
    SELECT 'save', until, why FROM fetcher.save_pause
    WHERE until > now() AND until < now() + INTERVAL '25 hours'
"""
_REFUSED_SEEDS = """
    SELECT count(*) OVER () AS number, file || ':' || line_number || ' ' || reason AS first
    FROM refused_seeds ORDER BY file, line_number LIMIT 1
"""
# Columns of the watch list of which the last listing broke off, and none was complete since.
_PARTIAL = """
    SELECT count(*) OVER () AS number, asked_for || ': ' || why AS first
    FROM (
        SELECT DISTINCT ON (asked_for) asked_for, state, why FROM fetcher.listing
        WHERE asked_for LIKE 'watch %' AND ended_at IS NOT NULL
        ORDER BY asked_for, ended_at DESC
    ) AS last
    WHERE state = 'partial' ORDER BY asked_for LIMIT 1
"""
# What alerts cannot send, the file of alerts first.
_ALERTS = """
    SELECT alert, coalesce(alert || ': ', '') || target || ': ' || error AS first FROM alert_troubles
    WHERE disabled_at IS NOT NULL ORDER BY alert IS NOT NULL, alert, target
"""
# Ten minutes: longer than a page needs from the blob store to its row.
_BETWEEN = """
    SELECT count(*) FROM fetcher.answered AS a
    LEFT JOIN ingest.served AS s ON s.request_id = a.request_id
    LEFT JOIN ingest.reading AS r ON r.capture_id = a.capture_id
    LEFT JOIN ingest.ledger AS l ON l.kind = 'request' AND l.id = a.request_id
    WHERE a.fetched_at < now() - INTERVAL '10 minutes' AND l.state IS DISTINCT FROM 'dead'
        AND (s.request_id IS NULL OR r.capture_id IS NULL AND l.state IN ('done', 'skipped'))
        AND NOT EXISTS (
            SELECT FROM ingest.capture AS c
            WHERE c.capture_id = a.capture_id AND c.kind = 'attachment' AND l.stage >= 6)
"""
_WITHOUT_ENGLISH = """
    SELECT count(*) FROM ingest.reading AS r
    LEFT JOIN ingest.translation AS t USING (capture_id)
    WHERE r.outcome = 'done' AND coalesce(t.state, 'pending') = 'pending'
        AND coalesce(t.translated_at, r.parsed_at) < now() - INTERVAL '1 hour'
"""
_OUTDATED = """
    SELECT count(*) FROM ingest.reading
    WHERE parser_version < coalesce($1, (SELECT max(parser_version) FROM ingest.reading))
"""
_SOME_BODIES = """
    SELECT body_sha256 FROM fetcher.capture
    WHERE held_at IS NOT NULL AND capture_id >= $1 AND capture_id < $2
    ORDER BY capture_id LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """A consumer group: its members, the messages that it has not read, where it has committed."""

    members: int
    lag: int
    committed: Mapping[TopicPartition, int]

    @property
    def reader(self) -> Reader:
        """Without the offsets."""
        return Reader(self.members, self.lag)


async def look_at_readers(offsets: Offsets) -> dict[str, Progress]:
    """All services' groups. Raises DependencyDown."""
    found = {}
    for name, topics in READ_BY.items():
        partitions = await offsets.partitions(topics)
        committed = await offsets.committed(name, partitions)
        lag = sum((await offsets.behind(committed)).values())
        found[name] = Progress(await offsets.members(name), lag, committed)
    return found


async def look_at_views(facts: Facts, fetch: Fetch) -> Facts:
    """`facts` with what the views for analysts say. Raises what `fetch` raises."""
    (quick,) = await fetch(_QUICK)
    alerts = await fetch(_ALERTS)
    targets = [row["first"] for row in alerts if row["alert"] is not None]
    return replace(
        facts,
        alerts=next((row["first"] for row in alerts if row["alert"] is None), ""),
        disabled_targets=First(len(targets), targets[0]) if targets else None,
        gap=quick["gap"],
        dead_letters=quick["dead_letters"],
        refused_seeds=_first(await fetch(_REFUSED_SEEDS)),
    )


async def look_at_state(facts: Facts, fetch: Fetch) -> Facts:
    """`facts` with what a few rows say, of tables too. Raises what `fetch` raises."""
    pauses = {row["of"]: Pause(row["until"], row["why"]) for row in await fetch(_PAUSES)}
    restoring = await fetch(_RESTORING)
    return replace(
        await look_at_views(facts, fetch),
        restoring=restoring[0]["parts"] if restoring else None,
        pause=pauses.pop("archive", None),
        save_pause=pauses.pop("save", None),
        other_pauses=pauses,
        partial=_first(await fetch(_PARTIAL)),
    )


async def look_at_rows(
    facts: Facts, fetch: Fetch, blob_url: str, parser_version: int | None = None
) -> Facts:
    """`facts` with what takes seconds in a large database: to be asked once a minute.

    `parser_version` is the program's; None for the newest that has read anything. Raises what `fetch`
    raises, and DependencyDown.
    """
    start = token_hex(32)
    some = list(await fetch(_SOME_BODIES, start, _BEHIND_ALL, _BODIES))
    some += await fetch(_SOME_BODIES, "", start, _BODIES - len(some))
    blobs = Blobs(blob_url)
    there = await asyncio.gather(*(blobs.has_body(row["body_sha256"]) for row in some))
    return replace(
        facts,
        between=await _number(fetch, _BETWEEN),
        without_english=await _number(fetch, _WITHOUT_ENGLISH),
        outdated=await _number(fetch, _OUTDATED, parser_version),
        bodies=(there.count(False), len(there)),
        disk=_disk(blob_url),
    )


def _disk(blob_url: str) -> tuple[int, int] | None:
    folder = folder_of(blob_url)
    if folder is None or not folder.exists():
        return None
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


async def _number(fetch: Fetch, sql: str, *parameters: object) -> int:
    ((number,),) = await fetch(sql, *parameters)
    return int(number)


def _first(rows: Any) -> First | None:
    return First(rows[0]["number"], rows[0]["first"]) if rows else None
