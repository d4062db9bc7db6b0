"""The state of the pipeline, and the troubles in it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import asyncpg
from aiokafka.errors import KafkaConnectionError

from deploy.init.sql_files import FOLDER, list_tables
from services.parser.version import PARSER_VERSION
from shared.database import connect
from shared.errors import DependencyDown
from shared.offsets import Offsets
from shared.pipeline_facts import Progress, look_at_readers, look_at_rows, look_at_state
from shared.service_reports import ask_services, measure_services
from shared.settings import Settings
from shared.troubles.facts import Facts
from shared.troubles.find import Trouble, troubles

_CONNECT_SECONDS = 10
_KAFKA_SECONDS = 30
# What takes seconds in a large database is asked once in so many seconds.
_SLOW_SECONDS = 60.0

_OUTCOMES = "SELECT kind, state, rows, last_hour, lag_seconds, next_attempt_at FROM pipeline_status"
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
# What was put to Save Page Now, and what keeps it.
_SAVES = "SELECT state, count(*) AS pages FROM archive_saves GROUP BY state ORDER BY state"
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
_TABLES = "SELECT tables FROM mofcom_internal.version"


@dataclass(frozen=True, slots=True)
class State:
    """All of it, at one moment. `median_seconds` is from asking to the row, in the last hour.

    Pages that were read again do not count in it. `used` is the share of each of the archive's
    budgets that was used in the last minute.
    """

    facts: Facts = field(default_factory=Facts)
    outcomes: Sequence[Mapping[str, Any]] = ()
    dead: Sequence[Mapping[str, Any]] = ()
    saves: Mapping[str, int] = field(default_factory=dict)
    median_seconds: float | None = None
    services: Mapping[str, Progress] = field(default_factory=dict)
    used: Mapping[str, float] = field(default_factory=dict)

    def troubles(self) -> list[Trouble]:
        """What needs attention."""
        return troubles(self.facts)

    def wrong(self) -> list[str]:
        """The same, one line each."""
        return [str(trouble) for trouble in self.troubles()]

    def as_json(self) -> dict[str, Any]:
        """For `mofcom status --json`."""
        facts = self.facts
        return {
            "wrong": self.wrong(),
            "troubles": [trouble._asdict() for trouble in self.troubles()],
            "outcomes": [dict(row) for row in self.outcomes],
            "services": {
                name: {"replicas": one.members, "messages_waiting": one.lag}
                for name, one in self.services.items()
            },
            "dead_letters": [dict(row) for row in self.dead],
            "lost": facts.gap,
            "partial_listings": facts.partial.number if facts.partial else 0,
            "saves": dict(self.saves),
            "refused_seeds": facts.refused_seeds.number if facts.refused_seeds else 0,
            "disabled_targets": facts.disabled_targets.number if facts.disabled_targets else 0,
            "archive_paused_until": facts.pause.until if facts.pause else None,
            "archive_budget_used": dict(self.used),
            "median_seconds": self.median_seconds,
        }

    def stands_still(self, before: "State") -> list[str]:
        """Services that have messages waiting and have committed nothing since `before`."""
        return [
            name
            for name, service in self.services.items()
            if service.lag
            and name in before.services
            and service.committed == before.services[name].committed
        ]


class Standstill:
    """Notices services that make no progress for longer than `seconds` while messages wait."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._progress: tuple[State, float] | None = None

    def names(self, state: State, now: float) -> list[str]:
        """Those services; `now` is the time of the `state` in seconds."""
        if self._progress is None:
            self._progress = state, now
        last, last_at = self._progress
        still = state.stands_still(last)
        if not still:
            self._progress = state, now
        return still if now - last_at > self._seconds else []


class Look:
    """Looks at everything, and says of what does not answer why it does not."""

    def __init__(self, dsn: str, settings: Settings, urls: Mapping[str, str]) -> None:
        """`urls` are the services' HTTP addresses, as far as they are known."""
        self._dsn = dsn
        self._settings = settings
        self._urls = urls
        self._slow: tuple[Facts, float] | None = None

    async def __call__(self) -> State:
        """The state now."""
        kafka, services = await self._readers()
        report = await asyncio.to_thread(ask_services, self._urls)
        # Of one that answers: another is not waited for again.
        fetcher = {"fetcher": self._urls["fetcher"]} if "fetcher" in report.problems else {}
        measured = await asyncio.to_thread(measure_services, fetcher)
        state = await self._rows()
        facts = replace(
            state.facts,
            kafka=kafka,
            readers={name: one.reader for name, one in services.items()},
            problems={**state.facts.problems, **report.problems},
            silent=report.silent,
            engines=report.engines_down,
            # Whoever wants no engine waits for none.
            without_english=0 if report.no_engine_wanted else state.facts.without_english,
        )
        return replace(state, facts=facts, services=services, used=measured.used)

    async def _readers(self) -> tuple[str, dict[str, Progress]]:
        """Why Kafka does not answer, or what the groups have read."""
        try:
            async with asyncio.timeout(_KAFKA_SECONDS), Offsets(self._settings) as offsets:
                return "", await look_at_readers(offsets)
        except DependencyDown as down:
            # The client's own text has its list of brokers as Python writes it.
            away = isinstance(down.__cause__, KafkaConnectionError)
            servers = self._settings.kafka_bootstrap_servers
            return f"no broker can be reached at {servers}" if away else down.why, {}
        except TimeoutError:
            return f"no answer in {_KAFKA_SECONDS} s", {}

    async def _rows(self) -> State:
        """What the tables show, or why they do not."""
        try:
            database = await connect(self._dsn, timeout=_CONNECT_SECONDS)
        except (OSError, asyncpg.PostgresError) as error:
            return State(facts=Facts(postgres=str(error) or repr(error)))
        try:
            return State(
                facts=await look_at_state(await self._slow_facts(database), database.fetch),
                outcomes=await database.fetch(f"{_OUTCOMES} ORDER BY kind, state"),
                dead=await database.fetch(_DEAD),
                saves={row["state"]: row["pages"] for row in await database.fetch(_SAVES)},
                median_seconds=await database.fetchval(_SECONDS),
            )
        except asyncpg.UndefinedTableError as error:
            return State(facts=Facts(postgres=f"tables are missing: {error}"))
        finally:
            await database.close()

    async def _slow_facts(self, database: "asyncpg.Connection") -> Facts:
        now = asyncio.get_running_loop().time()
        if self._slow is None or now - self._slow[1] > _SLOW_SECONDS:
            facts = Facts(tables=await _tables(database))
            url = self._settings.blob_url
            try:
                facts = await look_at_rows(facts, database.fetch, url, PARSER_VERSION)
            except DependencyDown as down:
                facts = replace(facts, problems={"command line": (str(down),)})
            self._slow = facts, now
        return self._slow[0]


async def _tables(database: "asyncpg.Connection") -> tuple[int, int] | None:
    try:
        newest = await database.fetchval(_TABLES)
    except (asyncpg.UndefinedTableError, asyncpg.InsufficientPrivilegeError):
        return None
    return (int(newest), len(list_tables(FOLDER))) if newest else None
