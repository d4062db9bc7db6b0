"""What must hold at the end, by Postgres, Kafka and the archive."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import asyncpg

from shared.offsets import Offsets
from shared.settings import KafkaSettings
from shared.topics import READ_BY
from testing.chaos.captures import POISON, Load
from testing.chaos.plan import SERVICES

_QUESTIONS = {
    "requests with an outcome": """
        SELECT count(*) FROM requests WHERE state IN ('done', 'skipped', 'dead')""",
    "requests in all": "SELECT count(*) FROM requests",
    "done": "SELECT count(*) FROM requests WHERE state = 'done'",
    "notices": "SELECT count(*) FROM notices",
    "different document numbers": "SELECT count(DISTINCT document_number) FROM notices",
    "captures": "SELECT count(*) FROM captures",
    "dead": "SELECT count(*) FROM requests WHERE state = 'dead'",
    "dead letters": "SELECT count(*) FROM dead_letters",
    "requests with a dead letter": "SELECT count(DISTINCT request_id) FROM dead_letters",
    "dead letters that are not poison": "SELECT count(*) FROM dead_letters WHERE reason <> $1",
    "without outcome": "SELECT addresses + requests + lists FROM pipeline_open",
    "gap": "SELECT count(*) FROM pipeline_gap",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was counted, and what it should have been."""

    what: str
    found: int
    expected: int

    @property
    def right(self) -> bool:
        """Whether it is so."""
        return self.found == self.expected


async def counted(database_url: str, load: Load) -> Sequence[Finding]:
    """Every capture has one outcome, every poison one dead letter, nothing is left over."""
    captures, poison = len(load.captures), load.poison
    expected = {
        "requests with an outcome": captures,
        "requests in all": captures,
        "done": captures - poison,
        "notices": captures - poison,
        "different document numbers": captures - poison,
        "captures": captures,
        "dead": poison,
        "dead letters": poison,
        "requests with a dead letter": poison,
    }
    connection = await asyncpg.connect(database_url)
    try:
        return [
            Finding(
                what,
                await connection.fetchval(sql, *([POISON] if "$1" in sql else [])),
                expected.get(what, 0),
            )
            for what, sql in _QUESTIONS.items()
        ]
    finally:
        await connection.close()


async def letters(database_url: str) -> str:
    """How many dead letters of each service and reason, in words."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            "SELECT service, reason, count(*) AS n FROM dead_letters GROUP BY 1, 2 ORDER BY 1, 2"
        )
    finally:
        await connection.close()
    return ", ".join(f"{row['service']} {row['reason']} {row['n']}" for row in rows)


async def lost(database_url: str) -> int:
    """How many requests the indexer had to repeat because they had no outcome."""
    connection = await asyncpg.connect(database_url)
    try:
        number: int = await connection.fetchval(
            "SELECT count(*) FROM requests WHERE last_error = 'lost on the way'"
        )
        return number
    finally:
        await connection.close()


async def behind(bootstrap_servers: str, groups: Iterable[str] = SERVICES) -> int:
    """Messages that these services have not committed."""
    async with Offsets(KafkaSettings(kafka_bootstrap_servers=bootstrap_servers)) as offsets:
        lag = 0
        for group in groups:
            partitions = await offsets.partitions(READ_BY[group])
            committed = await offsets.committed(group, partitions)
            ends = await offsets.ends(partitions)
            lag += sum(ends[tp] - committed[tp] for tp in partitions)
        return lag


def most_within(times: Sequence[float], seconds: float) -> int:
    """The most requests within any such time."""
    return max(
        (bisect_right(times, at + seconds) - number for number, at in enumerate(times)), default=0
    )
