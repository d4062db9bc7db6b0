"""Reads the logs for an alert, and writes down what it has to report: in one transaction, so that nothing is
missed and nothing is written twice, whenever the notifier is killed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

import asyncpg

from services.notifier import fitting
from services.notifier.alerts_file import Alert
from services.notifier.changes import LOGS, Found, Log, to_report
from services.notifier.messages import said
from services.notifier.metrics import MATCHES
from services.notifier.store import Store
from services.notifier.targets.target import Target
from shared.questions import plain

_ALERT = "SELECT began_at, began_after FROM notifier.alert WHERE name = $1"
_CURSOR = "SELECT sequence FROM notifier.cursor WHERE reader = $1 AND log = $2 FOR UPDATE"
_READ = {
    "changes": """
        SELECT sequence, notice_key, page_kind, kind, fields, at FROM changes
        WHERE sequence > $1 ORDER BY sequence LIMIT $2
    """,
    "statuses": """
        SELECT sequence, notice_key, entry, old_status, status, until, by_notice_key, at
        FROM notifier.status_change WHERE sequence > $1 ORDER BY sequence LIMIT $2
    """,
}
_MOVE = "UPDATE notifier.cursor SET sequence = $3 WHERE reader = $1 AND log = $2"
_REPORTED = (
    "SELECT DISTINCT notice_key FROM notifier.match WHERE alert = $1 AND notice_key = ANY ($2)"
)
_LATE = """
    SELECT DISTINCT notice_key FROM changes
    WHERE notice_key = ANY ($1) AND kind = 'added' AND sequence > $2
"""
_FACTS = """
    SELECT p.notice_key, p.page_kind, p.document_number, p.title, p.title_en, p.issued_on, p.archived_url,
        s.status, s.until
    FROM pages AS p
    LEFT JOIN LATERAL (
        SELECT i.status, i.until FROM notices_in_force(now()) AS i WHERE i.notice_key = p.notice_key OFFSET 0
    ) AS s ON true
    WHERE p.notice_key = ANY ($1)
"""
# Of the newest wording; a page has no more differences that anybody reads.
_DIFFERENCES = """
    SELECT old, new, quote, url FROM (
        SELECT d.*, max(d.seen_on) OVER () AS newest FROM diff($1) AS d WHERE d.found
    ) AS d
    WHERE seen_on = newest ORDER BY url, place LIMIT 200
"""
_MATCH = """
    INSERT INTO notifier.match (alert, log, sequence, id, notice_key, content, told)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (alert, log, sequence) DO NOTHING
"""
_DELIVERY = """
    INSERT INTO notifier.delivery (alert, target, id, items) VALUES ($1, $2, $3, $4)
    ON CONFLICT (alert, target, id) DO NOTHING
"""
_DUE = (
    "SELECT coalesce(digest_at <= $2, true) AS due FROM notifier.alert WHERE name = $1 FOR UPDATE"
)
_UNSENT = """
    UPDATE notifier.match SET told = true WHERE alert = $1 AND NOT told
    RETURNING id, content, matched_at, log, sequence
"""
_NEXT_DIGEST = "UPDATE notifier.alert SET digest_at = $2 WHERE name = $1"

# Of a digest; more of them are sent where there is more.
_ITEMS = 200


class Matching:
    """The step from logs to messages."""

    def __init__(self, store: Store, batch: int, console_url: str | None) -> None:
        self._store = store
        self._batch = batch
        self._console_url = console_url

    async def read(self, alert: Alert, targets: Sequence[Target]) -> bool:
        """Take in what both logs have more; whether there may be more yet. Raises DependencyDown."""
        full = False
        for log in LOGS:
            async with self._store.transaction() as transaction:
                cursor = await transaction.fetchval(_CURSOR, alert.name, log)
                if cursor is None:
                    # Another notifier has read a file without it.
                    continue
                rows = await transaction.fetch(_READ[log], cursor, self._batch)
                if not rows:
                    continue
                begun = await transaction.fetchrow(_ALERT, alert.name)
                keys = sorted({row["notice_key"] for row in rows})
                parties = await fitting.parties(transaction, alert, keys)
                fits = await fitting.fitting(transaction, alert, keys, parties)
                if log == "changes":
                    reported = await _keys(transaction, _REPORTED, alert.name, keys)
                    late = await _keys(transaction, _LATE, keys, begun["began_after"])
                    found = to_report(rows, fits, reported, late)
                else:
                    found = await _statuses(transaction, alert, rows, fits, parties)
                items = await self._items(transaction, alert, found, begun["began_at"])
                await _write(transaction, alert, found, items, targets)
                await transaction.execute(_MOVE, alert.name, log, rows[-1]["sequence"])
                full = full or len(rows) == self._batch
            MATCHES.inc(len(found))
        return full

    async def digest(
        self, alert: Alert, targets: Sequence[Target], now: datetime, following: datetime | None
    ) -> None:
        """Make the digest of an alert, if it is due; `following` is when the next one is.

        Of an alert that is sent at once, which has none, it has what was found while it had digests.
        Raises DependencyDown.
        """
        async with self._store.transaction() as transaction:
            if not await transaction.fetchval(_DUE, alert.name, now):
                return
            rows = await transaction.fetch(_UNSENT, alert.name)
            rows.sort(key=lambda row: (row["matched_at"], row["log"], row["sequence"]))
            for start in range(0, len(rows), _ITEMS):
                part = rows[start : start + _ITEMS]
                items = [row["content"] for row in part]
                await _deliver(transaction, alert, targets, _digest_id(items), items)
            if following is not None:
                await transaction.execute(_NEXT_DIGEST, alert.name, following)

    async def _items(
        self,
        transaction: asyncpg.Connection,
        alert: Alert,
        found: Sequence[Found],
        began_at: datetime,
    ) -> list[dict[str, Any]]:
        """What is sent of each."""
        if not found:
            return []
        keys = sorted({one.notice_key for one in found})
        facts = {row["notice_key"]: row for row in await transaction.fetch(_FACTS, keys)}
        items = []
        for one in found:
            item: dict[str, Any] = {
                "id": item_id(alert.name, began_at, one.log, one.sequence),
                "kind": one.kind,
                "at": plain(one.row["at"]),
                "notice_key": one.notice_key,
                **{name: plain(value) for name, value in facts.get(one.notice_key, {}).items()},
                "url": self._url(one.notice_key),
            }
            if one.kind == "status":
                item |= {
                    name: plain(one.row[name])
                    for name in ("entry", "old_status", "status", "until", "by_notice_key")
                }
            if one.kind == "changed":
                rows = await transaction.fetch(_DIFFERENCES, one.notice_key)
                item["differences"] = [dict(row) for row in rows]
            items.append(item | {"said": said(item)})
        return items

    def _url(self, key: str) -> str | None:
        return self._console_url and f"{self._console_url}/n/{quote(key, safe='')}"


def item_id(alert: str, began_at: datetime, log: Log, sequence: int) -> str:
    """The id under which a change is sent to everybody: fit for headers, the same for ever.

    An alert that begins anew, also in a database that was made anew, has ids of its own.

    >>> item_id("rare earths", datetime.fromisoformat("2026-01-01T00:00:00+00:00"), "changes", 7)
    'rare%20earths@1767225600/changes/7'
    """
    # A stop parts what a signature is made of.
    name = quote(alert, safe="").replace(".", "%2E")
    return f"{name}@{int(began_at.timestamp())}/{log}/{sequence}"


async def _keys(transaction: asyncpg.Connection, sql: str, *parameters: object) -> set[str]:
    return {row["notice_key"] for row in await transaction.fetch(sql, *parameters)}


async def _statuses(
    transaction: asyncpg.Connection,
    alert: Alert,
    rows: Sequence[Mapping[str, Any]],
    fits: Collection[str],
    parties: fitting.Parties | None,
) -> list[Found]:
    listed = [row["entry"] for row in rows if row["entry"]]
    entries = await fitting.fitting_entries(transaction, alert, listed, parties)
    return [
        Found("statuses", row["sequence"], row["notice_key"], "status", row)
        for row in rows
        if row["notice_key"] in fits
        and (row["entry"] is None or fitting.entry_name(row["entry"]) in entries)
    ]


async def _write(
    transaction: asyncpg.Connection,
    alert: Alert,
    found: Sequence[Found],
    items: Sequence[Mapping[str, Any]],
    targets: Sequence[Target],
) -> None:
    at_once = alert.how_often == "at once"
    await transaction.executemany(
        _MATCH,
        [
            (alert.name, one.log, one.sequence, item["id"], one.notice_key, item, at_once)
            for one, item in zip(found, items, strict=True)
        ],
    )
    if not at_once or not items:
        return
    together = [target for target in targets if target.together]
    await _deliver(transaction, alert, together, _digest_id(items), items)
    alone = [target for target in targets if not target.together]
    for item in items:
        await _deliver(transaction, alert, alone, item["id"], [item])


def _digest_id(items: Sequence[Mapping[str, Any]]) -> str:
    last = items[-1]["id"]
    return last if len(items) == 1 else f"{last}+{len(items)}"


async def _deliver(
    transaction: asyncpg.Connection,
    alert: Alert,
    targets: Sequence[Target],
    message_id: str,
    items: Sequence[Mapping[str, Any]],
) -> None:
    await transaction.executemany(
        _DELIVERY, [(alert.name, target.name, message_id, list(items)) for target in targets]
    )
