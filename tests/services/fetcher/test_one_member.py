"""One fetcher is given all partitions of its topics, however many somebody has added."""

from types import SimpleNamespace

import pytest

from services.fetcher.one_member import OneMemberAssignor
from shared.service.faust_worker import faust_app
from shared.settings import Settings
from shared.topics import READ_BY

TOPICS = [topic.name for topic in READ_BY["fetcher"]]


def shared_out(partitions: dict[str, int], members: dict[str, OneMemberAssignor]) -> dict[str, int]:
    """How many partitions each member is given; each takes note of it."""
    cluster = SimpleNamespace(
        partitions_for_topic=lambda topic: set(range(partitions.get(topic, 1))),
        topics=lambda: set(TOPICS),
    )
    metadata = {name: member.metadata(set(TOPICS)) for name, member in members.items()}
    leader = next(iter(members.values()))
    given = leader._perform_assignment(cluster, metadata)
    for name, member in members.items():
        member.on_assignment(given[name])
    return {name: sum(len(n) for _, n in one.assignment) for name, one in given.items()}


@pytest.fixture
def members() -> dict[str, OneMemberAssignor]:
    app = faust_app("fetcher", Settings(), OneMemberAssignor)
    return {name: OneMemberAssignor(app) for name in ("a", "b", "c")}


def test_one_has_everything_and_keeps_it(members: dict[str, OneMemberAssignor]) -> None:
    first = {"b": members["b"]}
    assert shared_out({}, first) == {"b": 4}
    assert shared_out({}, members) == {"a": 0, "b": 4, "c": 0}
    assert shared_out({TOPICS[1]: 3, TOPICS[2]: 6}, members) == {"a": 0, "b": 11, "c": 0}
    del members["b"]
    assert sorted(shared_out({TOPICS[1]: 3, TOPICS[2]: 6}, members).values()) == [0, 11]
