"""Whether all requests have an outcome."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import asyncpg

from shared.offsets import Offsets
from shared.topics import TOPICS


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress: `soon` counts work without an outcome, `later` work with a distant retry."""

    ended: int
    soon: int
    later: int
    finished: bool


class Ledger:
    """Asks the ledger, and Kafka for what the ledger has not read yet."""

    def __init__(
        self, database: "asyncpg.Connection", offsets: Offsets, addresses: Iterable[str]
    ) -> None:
        """`addresses` are ids that must be in the ledger, whether or not it has them yet."""
        self._database = database
        self._offsets = offsets
        self._addresses = list(addresses)

    async def progress(self, later_seconds: float) -> Progress:
        """`later_seconds`: retries due after that are not waited for."""
        row = await self._database.fetchrow(_PROGRESS, self._addresses, later_seconds)
        # The offsets are read after the row, as `pipeline_open` requires: then nothing can
        # be under way that neither shows.
        read = json.loads(row["next_offsets"])
        ends = (
            {} if row["soon"] else await self._offsets.ends(await self._offsets.partitions(TOPICS))
        )
        unread = any(end > read.get(f"{tp.topic}/{tp.partition}", 0) for tp, end in ends.items())
        return Progress(
            ended=row["ended"],
            soon=row["soon"],
            later=row["later"],
            finished=not row["soon"] and not unread,
        )


_PROGRESS = """
    SELECT
        (SELECT coalesce(sum(rows), 0) FROM pipeline_status
         WHERE state IN ('done', 'skipped', 'dead'))::bigint AS ended,
        o.addresses + o.requests - l.later + m.missing AS soon,
        l.later,
        o.next_offsets::text
    FROM pipeline_open AS o,
        LATERAL (
            SELECT count(*) AS later FROM ingest.ledger
            WHERE state = 'retry' AND next_attempt_at > now() + make_interval(secs => $2)
        ) AS l,
        LATERAL (
            SELECT count(*) AS missing FROM unnest($1::text[]) AS wanted (id)
            WHERE NOT EXISTS (
                SELECT FROM ingest.ledger WHERE kind = 'address' AND ledger.id = wanted.id
            )
        ) AS m
"""
