"""From facts to troubles: one line for each cause, none for what follows from it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shared.troubles.facts import Facts
from shared.troubles.kinds import BY_CODE, KINDS

_GIB = 1024**3
# Of the disk, and at most: a tenth of a large one is plenty.
_FREE_SHARE, _FREE_BYTES = 0.1, 2 * _GIB

# What a service waits for, by the name it gives it (shared.errors.DependencyDown).
_WAITS_FOR = {
    "kafka": "kafka-down",
    "database": "postgres-down",
    "postgres": "postgres-down",
    "blob store": "blobs-down",
    "archive": "archive-down",
    "brake": "brake-on",
    "newer schema": "schema-newer",
    "memory": "memory-restoring",
}
# A fetcher that stands by is as it should be.
_AS_IT_SHOULD_BE = frozenset({"lease", "starting"})

# Without a network, or a server of names; the fetcher says of these as well that the connection was refused.
_NO_NETWORK = re.compile(
    r"name resolution|Name or service not known|No address associated|nodename nor servname|DNS"
    r"|Network is unreachable|No route to host",
    re.IGNORECASE,
)
_BANNED = re.compile(r"429|connection refused|throttl|Too Many", re.IGNORECASE)
# A page in place of a capture; servers of the archive's own fail with 500 and more.
_BLOCKED = re.compile(
    r"status (?!50\d)\d+ without Memento-Datetime|sent out of the archive|certificate|proxy|407"
)


class Trouble(NamedTuple):
    """Something that is wrong: its code, and what is known of its cause."""

    code: str
    cause: str

    def __str__(self) -> str:
        return f"{self.code}: {self.cause}. Next: {BY_CODE[self.code].next_step()}"


def troubles(facts: Facts) -> list[Trouble]:
    """All that is wrong, causes before the rest, each once."""
    found: dict[str, Trouble] = {}
    for trouble in _all(facts):
        found.setdefault(trouble.code, trouble)
    return [found[kind.code] for kind in KINDS if kind.code in found]


def code_of(waits_for: str, why: str) -> str | None:
    """The code of what a service waits for; None where that is as it should be.

    >>> code_of("archive", "429 Too Many Requests; asked again at 2026-01-02 03:04:05 UTC")
    'archive-banned'
    """
    if waits_for in _AS_IT_SHOULD_BE:
        return None
    if waits_for == "archive":
        return archive_code(why)
    return _WAITS_FOR.get(waits_for, "not-ready")


def archive_code(why: str) -> str:
    """Whether the archive bans us, the way to it is blocked, or it does not answer.

    >>> archive_code("connection refused: Cannot connect to host web.archive.org:443 [Name or service not known]")
    'archive-down'
    """
    if _NO_NETWORK.search(why):
        return "archive-down"
    if _BANNED.search(why):
        return "archive-banned"
    return "archive-blocked" if _BLOCKED.search(why) else "archive-down"


def _all(facts: Facts) -> Iterator[Trouble]:
    if facts.postgres:
        yield Trouble("postgres-down", facts.postgres)
    if facts.kafka:
        yield Trouble("kafka-down", facts.kafka)
    yield from _of_stores(facts)
    if facts.restoring is not None:
        yield Trouble("memory-restoring", f"{facts.restoring} of 256 parts are read")
    if facts.pause:
        until, why = facts.pause
        yield Trouble(archive_code(why), f"no requests until {until:%F %T %Z}: {why}")
    for name, (until, why) in facts.other_pauses.items():
        yield Trouble(archive_code(why), f"{name}: no requests until {until:%F %T %Z}: {why}")
    yield from _of_services(facts)
    yield from _of_rows(facts)


def _of_stores(facts: Facts) -> Iterator[Trouble]:
    if facts.disk:
        free, size = facts.disk
        if free < min(size * _FREE_SHARE, _FREE_BYTES):
            yield Trouble(
                "disk-nearly-full", f"{free / _GIB:.2f} of {size / _GIB:.1f} GiB are free"
            )
    if facts.tables and facts.tables[0] > facts.tables[1]:
        there, here = facts.tables
        yield Trouble(
            "schema-newer",
            f"the database has had tables file {there:04}, the newest here is {here:04}",
        )
    if facts.bodies and facts.bodies[0]:
        missing, looked = facts.bodies
        yield Trouble("blobs-missing", f"{missing} of {looked} bodies looked for are missing")


def _of_services(facts: Facts) -> Iterator[Trouble]:
    # Without a broker, no group has members.
    readers = {} if facts.kafka else facts.readers
    for name, reader in readers.items():
        if not reader.members:
            waiting = f"not running, {reader.lag} messages waiting"
            yield Trouble(f"{name}-stopped", waiting)
    for name in facts.still:
        yield Trouble("no-progress", f"{name}: {facts.readers[name].lag} messages waiting")
    for name, problems in facts.problems.items():
        for problem in problems:
            waits_for, _, why = problem.partition(": ")
            code = code_of(waits_for, why)
            # Seen from here the server answers: the service has no way to it, or the wrong password.
            if code is not None:
                yield Trouble(code, f"{name}: {problem}")
    for name, why in facts.silent.items():
        if name not in readers:
            # It reads nothing from Kafka, or Kafka cannot be asked.
            stopped = f"{name}-stopped"
            yield (
                Trouble(stopped, why)
                if stopped in BY_CODE
                else Trouble("not-ready", f"{name}: {why}")
            )
        elif readers[name].members:
            yield Trouble("not-ready", f"{name}: {why}")
    if facts.engines:
        down = "; ".join(f"{name}: {why}" for name, why in facts.engines.items())
        yield Trouble("model-missing", down)


def _of_rows(facts: Facts) -> Iterator[Trouble]:
    # What the indexer has not read yet is on its way.
    indexer = facts.readers.get("indexer")
    counted = (
        (
            "lost-between-stages",
            0 if indexer and indexer.lag else facts.between,
            "captures are stored and not in the tables",
        ),
        ("lost-in-transit", facts.gap, "requests have no outcome and are in no queue"),
        ("english-missing", facts.without_english, "notices have waited for an hour and more"),
        ("readings-outdated", facts.outdated, "pages were read by an earlier parser"),
        ("dead-letters", facts.dead_letters, "open"),
    )
    for code, number, what in counted:
        if number:
            yield Trouble(code, f"{number} {what}")
    if facts.partial:
        yield Trouble(
            "watch-partial", f"{facts.partial.number} listings, the first: {facts.partial.first}"
        )
    if facts.save_pause:
        until, why = facts.save_pause
        yield Trouble("save-paused", f"until {until:%F %T %Z}: {why}")
    if facts.refused_seeds:
        number, first = facts.refused_seeds
        yield Trouble("seeds-refused", f"{number} lines, the first: {first}")
    if facts.alerts:
        yield Trouble("alerts-refused", facts.alerts)
    if facts.disabled_targets:
        number, first = facts.disabled_targets
        yield Trouble("alert-targets-disabled", f"{number}, the first: {first}")
