"""Whether all requests have an outcome, and all pages their English."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import asyncpg

from services.cli.unread import committed, count_unread
from shared.errors import DependencyDown
from shared.offsets import Offsets


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
        finished = False
        # The coordinator of the groups may still be coming up.
        with suppress(DependencyDown):
            if not row["soon"]:
                # What was committed is asked before the row, and the ends after it, as `pipeline_open`
                # requires: then nothing can be under way that neither shows.
                handled = await committed(self._offsets)
                row = await self._database.fetchrow(_PROGRESS, self._addresses, later_seconds)
                read = json.loads(row["next_offsets"])
                unread = await count_unread(self._offsets, handled, read)
                finished = not row["soon"] and not unread
        return Progress(
            ended=row["ended"],
            soon=row["soon"],
            later=row["later"],
            finished=finished,
        )


_PROGRESS = """
    SELECT
        (SELECT coalesce(sum(rows), 0) FROM pipeline_status
         WHERE state IN ('done', 'skipped', 'dead'))::bigint AS ended,
        o.addresses + o.requests + o.lists - l.later + m.missing AS soon,
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
