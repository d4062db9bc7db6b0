"""The state of the pipeline, from Postgres, Kafka and the fetcher, and the problems in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.error import HTTPError, URLError

import asyncpg
from aiokafka import TopicPartition
from prometheus_client.parser import text_string_to_metric_families

from shared.offsets import Offsets
from shared.own_http import open_own
from shared.topics import READ_BY

_ANSWER_SECONDS = 5

_OUTCOMES = "SELECT kind, state, rows, last_hour, lag, next_attempt_at FROM pipeline_status"
# A record that two services gave up is one dead letter, as `mofcom dead-letters list` counts.
_DEAD = """
    SELECT reason, services, count(*) AS letters
    FROM (
        SELECT (array_agg(reason ORDER BY service))[1] AS reason,
            string_agg(service, ', ' ORDER BY service) AS services
        FROM dead_letters WHERE handled IS NULL GROUP BY subject
    ) AS letter
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
_REFUSED_SEEDS = """
    SELECT file || ':' || line_number || ' ' || reason AS first, count(*) OVER () AS lines
    FROM refused_seeds ORDER BY file, line_number LIMIT 1
"""
# Columns of the watch list of which the last listing broke off, and none was complete since.
_PARTIAL = """
    SELECT asked_for || ': ' || why AS first, count(*) OVER () AS listings
    FROM (
        SELECT DISTINCT ON (asked_for) asked_for, state, why FROM fetcher.listing
        WHERE asked_for LIKE 'watch %' AND ended_at IS NOT NULL
        ORDER BY asked_for, ended_at DESC
    ) AS last
    WHERE state = 'partial' ORDER BY asked_for LIMIT 1
"""
# What was put to Save Page Now, and what keeps it.
_SAVES = "SELECT state, count(*) AS pages FROM archive_saves GROUP BY state ORDER BY state"
_SAVE_PAUSE = """
    SELECT until, why FROM fetcher.save_pause
    WHERE until > now() AND until < now() + INTERVAL '25 hours'
"""
_GAP = "SELECT count(*) FROM pipeline_gap"
_PAUSE = 'SELECT until, why FROM fetcher.pause WHERE NOT "over"'
# A page that `mofcom reparse` publishes again begins a trace, named by the event of its fetch
# (`shared.trace`), while a request's own is named by what was asked.
_SECONDS = """
    SELECT percentile_cont(0.5)
        WITHIN GROUP (ORDER BY extract(epoch FROM r.updated_at - r.asked_at))
    FROM requests AS r
    LEFT JOIN ingest.served AS s USING (request_id)
    WHERE r.state IN ('done', 'skipped', 'dead') AND r.updated_at > now() - INTERVAL '1 hour'
        AND r.trace IS DISTINCT FROM left(s.event_id, 32)
"""


@dataclass(frozen=True, slots=True)
class Service:
    """A consumer group: who reads, how many messages are left, where it has committed."""

    members: int
    lag: int
    committed: Mapping[TopicPartition, int]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """The fetcher's own report; `used` is the share of each budget used in the last minute."""

    problems: tuple[str, ...]
    used: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """All of it, at one moment. `median_seconds` is from asking to the row, in the last hour.

    Pages that were read again do not count in it.
    """

    outcomes: Sequence[Mapping[str, Any]]
    dead: Sequence[Mapping[str, Any]]
    lost: int
    # How many lines of seeds files are refused, and the first of them.
    refused_seeds: tuple[int, str] | None
    # How many listings of the watch list are partial, and the first of them with the reason.
    partial: tuple[int, str] | None
    pause: tuple[datetime, str] | None
    saves: Mapping[str, int]
    save_pause: tuple[datetime, str] | None
    median_seconds: float | None
    services: Mapping[str, Service]
    fetcher: Fetcher

    def wrong(self) -> list[str]:
        """The problems that need attention, one line each."""
        lines = [f"fetcher: {problem}" for problem in self.fetcher.problems]
        if self.pause and not any("archive: " in line for line in lines):
            lines.append(f"no requests to the archive until {self.pause[0]:%F %T}: {self.pause[1]}")
        lines += [
            f"{name}: not running, {service.lag} messages waiting"
            for name, service in self.services.items()
            if service.lag and not service.members
        ]
        if self.lost:
            lines.append(
                f"{self.lost} lost in transit, to be requested again: see the view pipeline_gap"
            )
        if self.refused_seeds:
            count, first = self.refused_seeds
            lines.append(
                f"seeds: lines refused: {count} (see the view refused_seeds), the first: {first}"
            )
        if self.partial:
            count, first = self.partial
            lines.append(
                f"watch list: partial listings, to be repeated: {count}, the first: {first}"
            )
        if self.save_pause:
            until, why = self.save_pause
            lines.append(f"nothing is put to Save Page Now until {until:%F %T}: {why}")
        if letters := sum(row["letters"] for row in self.dead):
            lines.append(f"{letters} open dead letters: mofcom dead-letters list")
        return lines

    def as_json(self) -> dict[str, Any]:
        """For `mofcom status --json`."""
        return {
            "wrong": self.wrong(),
            "outcomes": [dict(row) for row in self.outcomes],
            "services": {
                name: {"replicas": one.members, "messages_waiting": one.lag}
                for name, one in self.services.items()
            },
            "dead_letters": [dict(row) for row in self.dead],
            "lost": self.lost,
            "partial_listings": self.partial[0] if self.partial else 0,
            "refused_seeds": self.refused_seeds[0] if self.refused_seeds else 0,
            "archive_paused_until": self.pause[0] if self.pause else None,
            "save_page_now": dict(self.saves),
            "save_page_now_paused_until": self.save_pause[0] if self.save_pause else None,
            "archive_budget_used": dict(self.fetcher.used),
            "median_seconds": self.median_seconds,
        }

    def stands_still(self, before: "State") -> list[str]:
        """Services that have messages waiting and have committed nothing since `before`."""
        return [
            f"{name}: {service.lag} messages waiting and no progress"
            for name, service in self.services.items()
            if service.lag and service.committed == before.services[name].committed
        ]


class Standstill:
    """Notices services that make no progress for longer than `seconds` while messages wait."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._progress: tuple[State, float] | None = None

    def lines(self, state: State, now: float) -> list[str]:
        """A line for each such service; `now` is the time of the `state` in seconds."""
        if self._progress is None:
            self._progress = state, now
        last, last_at = self._progress
        still = state.stands_still(last)
        if not still:
            self._progress = state, now
        return still if now - last_at > self._seconds else []


async def look(database: "asyncpg.Connection", offsets: Offsets, fetcher_url: str | None) -> State:
    """The state now. Raises OSError, asyncpg's errors and KafkaError."""
    services = {}
    for name, topics in READ_BY.items():
        partitions = await offsets.partitions(topics)
        committed = await offsets.committed(name, partitions)
        ends = await offsets.ends(partitions)
        lag = sum(max(0, ends[tp] - committed[tp]) for tp in partitions)
        services[name] = Service(await offsets.members(name), lag, committed)
    pause = await database.fetchrow(_PAUSE)
    refused = await database.fetchrow(_REFUSED_SEEDS)
    partial = await database.fetchrow(_PARTIAL)
    save_pause = await database.fetchrow(_SAVE_PAUSE)
    return State(
        outcomes=await database.fetch(f"{_OUTCOMES} ORDER BY kind, state"),
        dead=await database.fetch(_DEAD),
        lost=await database.fetchval(_GAP),
        refused_seeds=(refused["lines"], refused["first"]) if refused else None,
        partial=(partial["listings"], partial["first"]) if partial else None,
        pause=(pause["until"], pause["why"]) if pause else None,
        saves={row["state"]: row["pages"] for row in await database.fetch(_SAVES)},
        save_pause=(save_pause["until"], save_pause["why"]) if save_pause else None,
        median_seconds=await database.fetchval(_SECONDS),
        services=services,
        fetcher=_fetcher(fetcher_url) if fetcher_url else Fetcher(()),
    )


def _fetcher(url: str) -> Fetcher:
    try:
        with open_own(f"{url}/ready", timeout=_ANSWER_SECONDS) as answer:
            problems: list[str] = json.load(answer)["problems"]
    except HTTPError as error:
        problems = json.loads(error.read()).get("problems", [f"answers {error.code}"])
    except URLError as error:
        return Fetcher((f"does not answer at {url} ({error.reason})",))
    with open_own(f"{url}/metrics", timeout=_ANSWER_SECONDS) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        used = {
            sample.labels["budget"]: sample.value
            for family in families
            if family.name == "mofcom_archive_budget_used"
            for sample in family.samples
        }
    return Fetcher(tuple(problems), used)
