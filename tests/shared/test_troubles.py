"""Each kind of trouble is made of facts, and named with its cause and the next step."""

from datetime import UTC, datetime

import pytest

from shared.health import Health
from shared.service.trouble_metric import TroubleMetric
from shared.troubles.facts import Facts, First, Pause, Reader
from shared.troubles.find import archive_code, troubles
from shared.troubles.kinds import BY_CODE, KINDS

GIB = 1024**3
THEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WORKING = {name: Reader(1, 0) for name in ("fetcher", "parser", "translator", "indexer")}


def stopped(name: str, lag: int = 3) -> Facts:
    return Facts(readers=WORKING | {name: Reader(0, lag)})


def says(service: str, problem: str) -> Facts:
    return Facts(readers=WORKING, problems={service: (problem,)})


BANNED = "429 Too Many Requests"
BLOCKED = "failures in a row, and then: status 200 without Memento-Datetime: 'Log in to Hotel'"
DOWN = "failures in a row (too slow), and then: no answer in time: TimeoutError"

MADE = {
    "postgres-down": Facts(postgres="connection refused"),
    "kafka-down": Facts(kafka="no broker", readers={}),
    "blobs-down": says("parser", "blob store: Permission denied"),
    "disk-nearly-full": Facts(disk=(GIB, 100 * GIB)),
    "schema-newer": Facts(tables=(12, 9)),
    "memory-restoring": Facts(restoring=17),
    "archive-banned": Facts(pause=Pause(THEN, BANNED)),
    "archive-blocked": Facts(pause=Pause(THEN, BLOCKED)),
    "archive-down": Facts(pause=Pause(THEN, DOWN)),
    "fetcher-stopped": stopped("fetcher"),
    "parser-stopped": stopped("parser", lag=0),
    "translator-stopped": stopped("translator"),
    "indexer-stopped": stopped("indexer"),
    "console-stopped": Facts(readers=WORKING, silent={"console": "does not answer at http://x"}),
    "notifier-stopped": Facts(readers=WORKING, silent={"notifier": "does not answer at http://x"}),
    "brake-on": says("parser", "brake: 21 of the last 100 messages failed for unknown reasons"),
    "no-progress": Facts(readers=WORKING | {"parser": Reader(1, 9)}, still=("parser",)),
    "not-ready": says("translator", "something: is away"),
    "model-missing": Facts(engines={"firefox": "no model"}),
    "blobs-missing": Facts(bodies=(20, 20)),
    "lost-between-stages": Facts(between=100),
    "lost-in-transit": Facts(gap=2),
    "english-missing": Facts(without_english=2000),
    "readings-outdated": Facts(outdated=7),
    "watch-partial": Facts(partial=First(2, "watch a: 503")),
    "save-paused": Facts(save_pause=Pause(THEN, "it refuses the keys (status 401)")),
    "seeds-refused": Facts(refused_seeds=First(3, "a.txt:1 is a file")),
    "alerts-refused": Facts(alerts="alerts.toml: not TOML"),
    "alert-targets-disabled": Facts(
        disabled_targets=First(2, "mine: webhook a.example: it answers 500")
    ),
    "dead-letters": Facts(dead_letters=5),
}


def test_every_kind_is_made_here() -> None:
    assert set(MADE) == set(BY_CODE)
    assert len(BY_CODE) == len(KINDS)


@pytest.mark.parametrize("code", MADE)
def test_each_is_named_alone_with_its_cause_and_the_next_step(code: str) -> None:
    (found,) = troubles(MADE[code])
    assert found.code == code
    line = str(found)
    assert "\n" not in line
    assert line.startswith(f"{code}: {found.cause}. Next: ")
    assert line.endswith(BY_CODE[code].next_step())
    assert "](" not in line


def test_nothing_is_wrong_while_all_work() -> None:
    busy = {name: Reader(2, 50_000) for name in WORKING}
    standing_by = {"fetcher": ("lease: standing by, another may hold the lease", "starting")}
    room = (3 * GIB, 1000 * GIB)
    facts = Facts(readers=busy, problems=standing_by, bodies=(0, 20), tables=(9, 9), disk=room)
    assert troubles(facts) == []
    # What the indexer has not read yet is on its way.
    assert troubles(Facts(readers=busy, between=100)) == []
    # A small disk that is half empty has room, too.
    assert troubles(Facts(disk=(GIB, 2 * GIB))) == []


def test_one_cause_is_one_line() -> None:
    closed = f"archive: {BANNED}; asked again at 2026-01-02 03:04:05 UTC"
    probing = f"archive: {BANNED}; one request is probing"
    facts = Facts(
        readers=WORKING, pause=Pause(THEN, BANNED), problems={"fetcher": (closed, probing)}
    )
    assert [trouble.code for trouble in troubles(facts)] == ["archive-banned"]
    # Without a broker no group has members, and every service says so.
    nobody = {name: Reader(0, 0) for name in WORKING}
    waiting = dict.fromkeys(WORKING, ("kafka: no broker",))
    facts = Facts(kafka="no broker", readers=nobody, problems=waiting)
    assert [trouble.code for trouble in troubles(facts)] == ["kafka-down"]
    unknown = Facts(readers=WORKING, silent={"reader": "does not answer"})
    assert [trouble.code for trouble in troubles(unknown)] == ["not-ready"]
    # One that is stopped does not answer either.
    gone = Facts(readers=WORKING | {"parser": Reader(0, 3)}, silent={"parser": "does not answer"})
    assert [trouble.code for trouble in troubles(gone)] == ["parser-stopped"]


def test_causes_stand_before_what_follows_from_them() -> None:
    facts = Facts(postgres="away", kafka="away", dead_letters=3, between=4)
    codes = [trouble.code for trouble in troubles(facts)]
    assert codes == ["postgres-down", "kafka-down", "lost-between-stages", "dead-letters"]


def test_the_metric_has_every_code_and_is_1_while_a_service_waits() -> None:
    health = Health(60, started=True)
    metric = TroubleMetric(health)

    def ones() -> set[str]:
        (family,) = metric.collect()
        assert {sample.labels["code"] for sample in family.samples} == set(BY_CODE)
        return {sample.labels["code"] for sample in family.samples if sample.value}

    assert ones() == set()
    health.hold(metric, "archive", f"{BLOCKED}; asked again at then")
    health.hold(health, "lease", "standing by")
    assert ones() == {"archive-blocked"}
    health.release(metric)
    health.troubles = frozenset({"english-missing"})
    assert ones() == {"english-missing"}


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("429 Too Many Requests", "archive-banned"),
        ("status 403 without Memento-Datetime: 'Forbidden'", "archive-blocked"),
        ("status 511 without Memento-Datetime: 'Log in'", "archive-blocked"),
        ("status 503 without Memento-Datetime: '503 Service Unavailable'", "archive-down"),
        (f"{BLOCKED}, and then: status 503 without Memento-Datetime", "archive-blocked"),
    ],
)
def test_who_answers_for_the_archive(why: str, code: str) -> None:
    assert archive_code(why) == code
