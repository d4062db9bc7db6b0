"""Notices what has another status than before: by what came in, and by time alone."""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from services.notifier.store import Store
from shared.chinese.dates import in_china, midnight

log = structlog.get_logger()

# Numbers are given in the order of commits.
_ONE_WRITER = "LOCK TABLE notifier.status IN SHARE ROW EXCLUSIVE MODE"
_COMPARE = """
    WITH present AS MATERIALIZED (
        SELECT n.notice_key AS subject, n.notice_key, NULL::jsonb AS entry, n.status, n.until, n.by_notice_key
        FROM notices_in_force($1) AS n
        UNION ALL
        SELECT * FROM (
            SELECT DISTINCT ON (1)
                e.entry::text AS subject, e.notice_key, e.entry - 'since', e.status, e.until, e.by_notice_key
            FROM (
                SELECT l.*, jsonb_build_object('list', l.list, 'name_zh', l.name_zh, 'name_latin', l.name_latin,
                    'since', l.since) AS entry
                FROM listed_entities_on($2) AS l
            ) AS e
            ORDER BY 1, e.status
        ) AS entries
    ), changed AS (
        UPDATE notifier.status AS s SET
            notice_key = p.notice_key, status = p.status, until = p.until, by_notice_key = p.by_notice_key
        FROM present AS p
        WHERE p.subject = s.subject
            AND (s.status, s.until, s.by_notice_key, s.notice_key)
                IS DISTINCT FROM (p.status, p.until, p.by_notice_key, p.notice_key)
        RETURNING WITH (OLD AS was, NEW AS became)
            became.notice_key, became.entry, was.status AS old_status, became.status, was.until AS old_until,
            became.until, became.by_notice_key
    ), came AS (
        INSERT INTO notifier.status (subject, notice_key, entry, status, until, by_notice_key)
        SELECT p.subject, p.notice_key, p.entry, p.status, p.until, p.by_notice_key FROM present AS p
        WHERE NOT EXISTS (SELECT FROM notifier.status AS s WHERE s.subject = p.subject)
    ), went AS (
        DELETE FROM notifier.status AS s
        WHERE NOT EXISTS (SELECT FROM present AS p WHERE p.subject = s.subject)
        RETURNING s.notice_key, s.entry, s.status
    )
    INSERT INTO notifier.status_change (notice_key, entry, old_status, status, until, by_notice_key, at)
    SELECT c.* FROM (
        SELECT notice_key, entry, old_status, status, until, by_notice_key, $1 AS at FROM changed
        WHERE (old_status, old_until) IS DISTINCT FROM (status, until)
        UNION ALL
        -- What is not held any more is in the log of changes; an entry that its list has lost is not.
        SELECT w.notice_key, w.entry, w.status, 'removed', NULL, NULL, $1 FROM went AS w
        WHERE w.entry IS NOT NULL AND EXISTS (SELECT FROM pages AS p WHERE p.notice_key = w.notice_key)
            -- One that is listed anew, or whose day or one name is read otherwise, is on its list under another subject.
            AND NOT EXISTS (
                SELECT FROM present AS p WHERE p.entry IS NOT NULL
                    AND p.entry->>'list' = w.entry->>'list' AND p.entry->>'name_zh' = w.entry->>'name_zh')
            AND NOT EXISTS (
                SELECT FROM present AS p WHERE p.entry IS NOT NULL
                    AND p.entry->>'list' = w.entry->>'list' AND p.entry->>'name_latin' = w.entry->>'name_latin')
    ) AS c
    ORDER BY c.notice_key, c.entry::text
    RETURNING sequence
"""
# The first instant at which time changes something; days begin at midnight in China.
_NEXT = """
    SELECT least(h.since, h.until, (SELECT min(n.applies_from) FROM pages AS n WHERE n.applies_from > $1)) AS at
    FROM (
        SELECT min(since) FILTER (WHERE since > $1) AS since, min(until) FILTER (WHERE until > $1) AS until
        FROM status_history
    ) AS h
"""
_NEWEST = "SELECT coalesce(max(sequence), 0) AS newest FROM changes"


class Statuses:
    """Compares all statuses with those before, when something came in and when time may change one."""

    def __init__(self, store: Store, rest_factor: float) -> None:
        """After a comparison it rests so many times as long as that took."""
        self._store = store
        self._rest = rest_factor
        self._seen = -1
        self._next = datetime.min.replace(tzinfo=UTC)
        self._rests_until = 0.0

    async def look(self, now: datetime) -> float:
        """Compare if there is a reason to; returns the seconds until there is one by time.

        Raises DependencyDown.
        """
        clock = asyncio.get_running_loop().time
        async with self._store.transaction() as transaction:
            newest = await transaction.fetchval(_NEWEST)
        if newest != self._seen or now >= self._next:
            if (rest := self._rests_until - clock()) > 0:
                return rest
            began = clock()
            changed = await self.compare(now)
            self._seen = newest
            self._rests_until = clock() + self._rest * (clock() - began)
            if changed:
                log.info("statuses changed", number=changed)
        return max(0.0, (self._next - now).total_seconds())

    async def compare(self, now: datetime) -> int:
        """Compare, and write down what is another one; returns how many are. Raises DependencyDown."""
        today = in_china(now).date()
        async with self._store.transaction() as transaction:
            await transaction.execute(_ONE_WRITER)
            changed = await transaction.fetch(_COMPARE, now, today)
            first = await transaction.fetchval(_NEXT, now)
        tomorrow = midnight(today + timedelta(days=1))
        self._next = min(tomorrow, first or tomorrow)
        return len(changed)
