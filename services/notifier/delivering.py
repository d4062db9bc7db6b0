"""Hands messages to targets, each in their order, until they are taken."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog

from services.notifier.due import retry_seconds
from services.notifier.messages import Message
from services.notifier.metrics import DISABLED, MESSAGES
from services.notifier.settings import NotifierSettings
from services.notifier.store import Store
from services.notifier.targets.target import NotSent, Target

log = structlog.get_logger()

# Whoever has locked the row sends to the target: no other notifier does meanwhile. Messages may be added.
_TARGET = """
    SELECT clock_timestamp() - coalesce(failing_since, clock_timestamp()) AS failing, failures, error
    FROM notifier.target
    WHERE alert = $1 AND target = $2 AND disabled_at IS NULL AND next_attempt_at <= clock_timestamp()
    FOR NO KEY UPDATE SKIP LOCKED
"""
_NEXT = """
    SELECT number, id, items, made_at FROM notifier.delivery
    WHERE alert = $1 AND target = $2 AND sent_at IS NULL ORDER BY number LIMIT 1
"""
_SENT = "UPDATE notifier.delivery SET sent_at = clock_timestamp() WHERE number = $1"
_WELL = """
    UPDATE notifier.target SET failing_since = NULL, failures = 0, error = NULL
    WHERE alert = $1 AND target = $2 AND failing_since IS NOT NULL
"""
_ALERT_SENT = "UPDATE notifier.alert SET told_at = clock_timestamp() WHERE name = $1"
_FAILED = """
    UPDATE notifier.target SET
        failing_since = coalesce(failing_since, clock_timestamp()), failures = failures + 1, error = $3,
        next_attempt_at = clock_timestamp() + $4,
        disabled_at = CASE WHEN $5 THEN clock_timestamp() END
    WHERE alert = $1 AND target = $2
"""
_WAITS = """
    SELECT extract(epoch FROM min(t.next_attempt_at) - clock_timestamp())::float8 AS seconds
    FROM notifier.target AS t
    WHERE t.alert = ANY ($1) AND t.disabled_at IS NULL AND t.next_attempt_at > '-infinity' AND EXISTS (
        SELECT FROM notifier.delivery AS d
        WHERE d.alert = t.alert AND d.target = t.target AND d.sent_at IS NULL)
"""
_DISABLED = "SELECT count(*) FROM notifier.target WHERE disabled_at IS NOT NULL"
# Others wait for none of those that are slow.
_AT_ONCE = 4
_LEAST_SECONDS = 0.2
# A target with more to be sent goes on in the next step: a step waits for all, and others may have something
# to be sent by then, or the notifier is to stop.
_STEP_SECONDS = 5.0


class Delivering:
    """Sends to targets side by side. A message counts as sent when its target has taken it: killed in between,
    it is sent again under the same id.
    """

    def __init__(self, store: Store, settings: NotifierSettings) -> None:
        self._store = store
        self._settings = settings
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def step(self, targets: Mapping[str, Sequence[Target]]) -> float | None:
        """Send what waits, by alert; returns the seconds to the next attempt. Raises DependencyDown."""
        until = asyncio.get_running_loop().time() + _STEP_SECONDS
        more = await asyncio.gather(
            *(
                self._some(alert, target, until)
                for alert, several in targets.items()
                for target in several
            )
        )
        async with self._store.transaction() as transaction:
            DISABLED.set(await transaction.fetchval(_DISABLED))
            seconds: float | None = await transaction.fetchval(_WAITS, list(targets))
        if any(more):
            return 0
        return None if seconds is None else max(_LEAST_SECONDS, seconds)

    async def _some(self, alert: str, target: Target, until: float) -> bool:
        """Send what waits, until a time of the loop's clock; whether there may be more."""
        clock, number = asyncio.get_running_loop().time, 0
        async with self._free:
            while more := await self._one(alert, target):
                number += 1
                if clock() >= until:
                    break
            if number:
                # Not while the target is locked: who applies alerts.toml locks the alert before its targets.
                async with self._store.transaction() as transaction:
                    await transaction.execute(_ALERT_SENT, alert)
        return more

    async def _one(self, alert: str, target: Target) -> bool:
        """Send the first message that waits; whether to go on with the next."""
        async with self._store.transaction() as transaction:
            state = await transaction.fetchrow(_TARGET, alert, target.name)
            row = state and await transaction.fetchrow(_NEXT, alert, target.name)
            if not row:
                return False
            try:
                await target.send(Message(row["id"], alert, row["made_at"], row["items"]))
            except NotSent as error:
                limit = timedelta(seconds=self._settings.give_up_seconds)
                disabled = error.gone or state["failing"] >= limit
                wait = max(self._wait(state["failures"] + 1), error.retry_seconds)
                pause = timedelta(seconds=min(wait, self._settings.longest_retry_seconds))
                await transaction.execute(_FAILED, alert, target.name, str(error), pause, disabled)
                self._say(alert, target, str(error), state["error"], disabled=disabled)
                return False
            await transaction.execute(_SENT, row["number"])
            await transaction.execute(_WELL, alert, target.name)
        MESSAGES.labels(target.name.partition(" ")[0], "sent").inc()
        return True

    def _wait(self, failures: int) -> float:
        settings = self._settings
        return retry_seconds(failures, settings.first_retry_seconds, settings.longest_retry_seconds)

    def _say(
        self, alert: str, target: Target, why: str, before: str | None, *, disabled: bool
    ) -> None:
        MESSAGES.labels(target.name.partition(" ")[0], "failed").inc()
        if disabled:
            log.error("target disabled", alert=alert, target=target.name, why=why)
        elif why != before:
            log.warning("message not sent", alert=alert, target=target.name, why=why)
