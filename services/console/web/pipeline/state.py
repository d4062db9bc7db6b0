"""The state of the pipeline, as far as an analyst and the services themselves say it."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg

from services.console.database import Database
from shared.chinese.dates import in_china
from shared.pipeline_facts import look_at_views
from shared.postgres_errors import DATABASE_ERRORS
from shared.reading_quality import Quality, look
from shared.service_reports import Measured, Report, ask_services, measure_services
from shared.troubles.facts import Facts
from shared.troubles.find import Trouble, troubles
from shared.troubles.kinds import KINDS

_DAYS, _HOURS = 30, 48

_OUTCOMES = """
    SELECT kind, state, rows, last_hour, lag_seconds, next_attempt_at FROM pipeline_status
    ORDER BY kind, state
"""
_SAVES = "SELECT state, count(*) AS pages FROM archive_saves GROUP BY state ORDER BY state"
_DEAD = """
    SELECT reason, string_agg(DISTINCT service, ', ') AS services, count(DISTINCT subject) AS letters,
        min(first_seen_at) AS first_seen_at, max(url) AS url
    FROM dead_letters WHERE handled IS NULL GROUP BY reason ORDER BY letters DESC, reason
"""
_BY_DAY = f"""
    SELECT (updated_at AT TIME ZONE 'Asia/Shanghai')::date AS day, state, count(*) AS requests
    FROM requests
    WHERE state IN ('done', 'skipped', 'dead') AND updated_at > now() - INTERVAL '{_DAYS} days'
    GROUP BY 1, 2
"""  # noqa: S608 (a number of ours)
# Until the archive has answered: what is read again later is no lag.
_LAG = f"""
    SELECT date_trunc('hour', c.fetched_at) AS hour,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.fetched_at - r.asked_at)) AS median
    FROM requests AS r JOIN captures AS c USING (capture_id)
    WHERE NOT r.backlog AND c.fetched_at > now() - INTERVAL '{_HOURS} hours' AND c.fetched_at >= r.asked_at
    GROUP BY 1
"""  # noqa: S608
_FAILURES = f"""
    SELECT date_trunc('hour', last_error_at) AS hour, count(*) AS requests
    FROM requests WHERE last_error_at > now() - INTERVAL '{_HOURS} hours' GROUP BY 1
"""  # noqa: S608

_REQUESTS = f"""
    SELECT hour, split_part(archive, '/', 3) AS archive, sum(requests) AS requests
    FROM (
        SELECT date_trunc('hour', fetched_at) AS hour, archive, count(*) AS requests FROM captures
        WHERE fetched_at > now() - INTERVAL '{_HOURS} hours' GROUP BY 1, 2
        UNION ALL
        SELECT date_trunc('hour', ended_at), archive, sum(pages) FROM archive_queries
        WHERE ended_at > now() - INTERVAL '{_HOURS} hours' GROUP BY 1, 2
    ) AS asked
    WHERE archive IS NOT NULL GROUP BY 1, 2
"""  # noqa: S608
# Pauses that overlap are one.
_PAUSED = f"""
    SELECT h.hour, p.archive, sum(extract(epoch FROM upper(part) - lower(part))) / 60 AS minutes
    FROM generate_series(
        date_trunc('hour', now()) - INTERVAL '{_HOURS} hours', now(), INTERVAL '1 hour') AS h (hour)
    CROSS JOIN (
        SELECT archive, range_agg(tstzrange(began_at, until)) AS paused FROM archive_pauses
        WHERE until > now() - INTERVAL '{_HOURS} hours' AND until > began_at GROUP BY archive
    ) AS p
    CROSS JOIN LATERAL unnest(
        p.paused * tstzmultirange(tstzrange(h.hour, least(h.hour + INTERVAL '1 hour', now())))) AS part
    GROUP BY 1, 2
"""  # noqa: S608

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class State:
    """Nothing is in what does not answer; `troubles` names it."""

    troubles: Sequence[Trouble] = ()
    report: Report = field(default_factory=Report)
    measured: Measured = field(default_factory=Measured)
    outcomes: Rows = ()
    saves: Rows = ()
    dead: Rows = ()


@dataclass(frozen=True)
class Curves:
    """By the labels of days and hours, without gaps: requests by outcome, median seconds, failures; by archive what
    was asked of it, which its budget limits, and for how many minutes it was left alone.
    """

    outcomes: Mapping[str, Mapping[str, float]]
    lag: Mapping[str, Mapping[str, float]]
    failures: Mapping[str, Mapping[str, float]]
    requests: Mapping[str, Mapping[str, float]]
    paused: Mapping[str, Mapping[str, float]]


async def state_of(database: Database, services: Mapping[str, str]) -> State:
    """What is known now; of what does not answer, that it does not."""
    report, measured = await asyncio.gather(
        asyncio.to_thread(ask_services, services), asyncio.to_thread(measure_services, services)
    )
    facts = Facts(problems=report.problems, silent=report.silent, engines=report.engines_down)
    try:
        async with database.connection() as connection:
            facts = await look_at_views(facts, connection.fetch)
            outcomes, saves, dead = [
                await connection.fetch(sql) for sql in (_OUTCOMES, _SAVES, _DEAD)
            ]
    except DATABASE_ERRORS as error:
        facts = replace(facts, postgres=str(error) or repr(error))
        outcomes, saves, dead = [], [], []
    return State(_all(facts, measured), report, measured, outcomes, saves, dead)


async def curves_of(database: Database) -> Curves:
    """Raises asyncpg's errors."""
    async with database.connection() as connection:
        by_day, lag, failures, asked, paused = [
            await connection.fetch(sql) for sql in (_BY_DAY, _LAG, _FAILURES, _REQUESTS, _PAUSED)
        ]
    now = in_china(datetime.now(UTC))
    days = {day: dict.fromkeys(("done", "skipped", "dead"), 0.0) for day in _days(now.date())}
    for row in by_day:
        if row["day"] in days:
            days[row["day"]][row["state"]] = row["requests"]
    return Curves(
        {str(day): parts for day, parts in days.items()},
        _by_hour(now, (("median", row["hour"], row["median"]) for row in lag)),
        _by_hour(now, (("failed", row["hour"], row["requests"]) for row in failures)),
        _by_hour(now, ((row["archive"], row["hour"], row["requests"]) for row in asked)),
        _by_hour(now, ((row["archive"], row["hour"], row["minutes"]) for row in paused)),
    )


async def quality_of(database: Database) -> Quality | None:
    """What `mofcom check` says; None where that takes longer than a page may. Raises asyncpg's errors."""
    try:
        async with database.connection() as connection:
            return await look(connection.fetch)
    except asyncpg.QueryCanceledError:
        return None


def _all(facts: Facts, measured: Measured) -> list[Trouble]:
    """What is found here, and what only services see, causes first."""
    found = {one.code: one for one in troubles(facts)}
    for code, services in measured.seen_by.items():
        found.setdefault(code, Trouble(code, f"seen by {', '.join(services)}"))
    return [found[kind.code] for kind in KINDS if kind.code in found]


def _days(last: date) -> list[date]:
    return [last - timedelta(days=ago) for ago in reversed(range(_DAYS))]


def _by_hour(
    now: datetime, values: Iterable[tuple[str, datetime, float]]
) -> dict[str, dict[str, float]]:
    """Values by kind, of each of the last hours."""
    found = {(kind, hour): float(value) for kind, hour, value in values}
    kinds = sorted({kind for kind, _ in found})
    last = now.replace(minute=0, second=0, microsecond=0)
    hours = [last - timedelta(hours=ago) for ago in reversed(range(_HOURS))]
    return {
        f"{hour:%m-%d %H:00}": {kind: found.get((kind, hour), 0.0) for kind in kinds}
        for hour in hours
    }
