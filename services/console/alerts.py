"""Alerts and what they have found, as answers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import asyncpg

from services.console.problems import Problem
from shared.questions import Answer

# So many are what somebody reads, and more than come between two looks of a feed's reader.
MOST = 500

_ALERTS = "SELECT * FROM alerts ORDER BY name"
_TROUBLES = "SELECT * FROM alert_troubles ORDER BY disabled_at IS NULL, alert NULLS FIRST, target"
_IS_KNOWN = "SELECT EXISTS (SELECT FROM alerts WHERE name = $1)"
_MATCHES = """
    SELECT at, kind, said, notice_key, document_number, title, title_en, archived_url, id,
        content->'differences' AS differences
    FROM alert_matches WHERE alert = $1 ORDER BY at DESC, id DESC LIMIT $2
"""
_FRESH = "SELECT as_of, index_asked_at FROM freshness"


class Alerts(NamedTuple):
    """The alerts, and what is in the way of some."""

    answer: Answer
    troubles: list[Mapping[str, Any]]


async def alerts(connection: asyncpg.Connection) -> Alerts:
    """All alerts with their state. Raises asyncpg's errors."""
    answer = await _answer(connection, "alerts", {}, await connection.fetch(_ALERTS), [])
    return Alerts(answer, list(await connection.fetch(_TROUBLES)))


async def matches(connection: asyncpg.Connection, alert: str) -> Answer:
    """What an alert has found, the newest first. Raises Problem where there is none, and asyncpg's errors."""
    if not await connection.fetchval(_IS_KNOWN, alert):
        raise Problem(404, "No such alert", "see /alerts")
    rows = await connection.fetch(_MATCHES, alert, MOST + 1)
    missing = [f"only the newest {MOST} are shown"] if len(rows) > MOST else []
    return await _answer(connection, "alert", {"alert": alert}, rows[:MOST], missing)


async def _answer(
    connection: asyncpg.Connection,
    question: str,
    asked: Mapping[str, str],
    rows: list[asyncpg.Record],
    not_held: list[str],
) -> Answer:
    fresh = await connection.fetchrow(_FRESH)
    return Answer(
        question=question,
        asked=asked,
        rows=[dict(row) for row in rows],
        as_of=fresh["as_of"],
        index_asked_at=fresh["index_asked_at"],
        not_held=not_held,
    )
