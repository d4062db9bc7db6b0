"""Keeps the tables of alerts and targets as alerts.toml says."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import structlog

from services.notifier.alerts_file import FILE, Alert, BadAlerts, read_alerts
from services.notifier.changes import LOGS
from services.notifier.due import next_digest
from services.notifier.store import Store
from services.notifier.targets.target import Target

log = structlog.get_logger()

_NEWEST = """
    SELECT (SELECT coalesce(max(sequence), 0) FROM changes) AS changes,
        (SELECT coalesce(max(sequence), 0) FROM notifier.status_change) AS statuses
"""
# An alert begins with what comes after it; one that stays goes on where it was.
_ALERT = """
    INSERT INTO notifier.alert AS a (name, asked, how_often, digest_at, began_after)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (name) DO UPDATE SET
        asked = excluded.asked,
        how_often = excluded.how_often,
        digest_at = CASE WHEN a.how_often = excluded.how_often THEN a.digest_at ELSE excluded.digest_at END
"""
_CURSOR = """
    INSERT INTO notifier.cursor (reader, log, sequence) VALUES ($1, $2, $3)
    ON CONFLICT (reader, log) DO NOTHING
"""
_FORGET = "DELETE FROM notifier.alert WHERE name <> ALL ($1) RETURNING name"
_FORGET_CURSORS = "DELETE FROM notifier.cursor WHERE reader <> '' AND reader <> ALL ($1)"
_TARGET = """
    INSERT INTO notifier.target (alert, target) VALUES ($1, $2) ON CONFLICT (alert, target) DO NOTHING
"""
_FORGET_TARGETS = "DELETE FROM notifier.target WHERE alert = $1 AND target <> ALL ($2)"
_TRY_AGAIN = """
    UPDATE notifier.target SET failing_since = NULL, failures = 0, next_attempt_at = '-infinity',
        disabled_at = NULL, error = NULL
    WHERE failing_since IS NOT NULL
"""
_APPLIED = """
    UPDATE notifier.file SET stamp = $1, problem = NULL, at = now()
    WHERE (stamp, problem) IS DISTINCT FROM ($1, NULL)
    RETURNING WITH (OLD AS was) was.stamp IS DISTINCT FROM $1 AS saved
"""
_PROBLEM = "UPDATE notifier.file SET problem = $1, at = now() WHERE problem IS DISTINCT FROM $1"

# In which a file that an editor has emptied, or taken away, is written.
_SETTLE_SECONDS = 1.0


class Roster:
    """The alerts as the file says, read anew for each look; while it is invalid, those before."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._store = store
        self._alerts: tuple[Alert, ...] = ()
        self._applied: tuple[tuple[Alert, ...], str] | None = None
        self._problem = ""

    async def read(self) -> tuple[Alert, ...]:
        """The alerts now. What is wrong with the file is logged once. Raises DependencyDown."""
        try:
            self._alerts = await self._settled()
        except BadAlerts as error:
            if str(error) != self._problem:
                log.error("invalid alerts", file=FILE, why=str(error))
                async with self._store.transaction() as transaction:
                    await transaction.execute(_PROBLEM, str(error))
            self._problem = str(error)
            # Written again when the file is as it was.
            self._applied = None
            return self._alerts
        self._problem = ""
        return self._alerts

    async def _settled(self) -> tuple[Alert, ...]:
        """The alerts of the file; it is looked at twice before one is missing, for what is forgotten is lost.

        Raises BadAlerts.
        """
        alerts = read_alerts(self._folder)
        if {alert.name for alert in self._alerts} - {alert.name for alert in alerts}:
            await asyncio.sleep(_SETTLE_SECONDS)
            alerts = read_alerts(self._folder)
        return alerts

    async def apply(self, targets: Mapping[str, Sequence[Target]]) -> None:
        """Write what `read` has found, if it is not written yet. Raises DependencyDown.

        `targets` are those of each alert, by its name. When the file was saved, targets that failed are
        tried again.
        """
        stamp = _stamp(self._folder / FILE)
        if self._problem or self._applied == (self._alerts, stamp):
            return
        async with self._store.transaction() as transaction:
            # One notifier at a time.
            await transaction.execute("SELECT FROM notifier.file FOR UPDATE")
            await self._write(transaction, targets)
            if any(row["saved"] for row in await transaction.fetch(_APPLIED, stamp)):
                await transaction.execute(_TRY_AGAIN)
        self._applied = self._alerts, stamp

    async def _write(
        self, transaction: asyncpg.Connection, targets: Mapping[str, Sequence[Target]]
    ) -> None:
        now, names = datetime.now(UTC), [alert.name for alert in self._alerts]
        for row in await transaction.fetch(_FORGET, names):
            log.info("alert forgotten", alert=row["name"])
        await transaction.execute(_FORGET_CURSORS, names)
        newest = await transaction.fetchrow(_NEWEST)
        for alert in self._alerts:
            digest_at = next_digest(alert.how_often, now)
            await transaction.execute(
                _ALERT, alert.name, alert.asked, alert.how_often, digest_at, newest["changes"]
            )
            for name in LOGS:
                await transaction.execute(_CURSOR, alert.name, name, newest[name])
            known = [target.name for target in targets[alert.name]]
            await transaction.execute(_FORGET_TARGETS, alert.name, known)
            await transaction.executemany(_TARGET, [(alert.name, one) for one in known])


def _stamp(file: Path) -> str:
    """Shows whether a file was saved again."""
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"
