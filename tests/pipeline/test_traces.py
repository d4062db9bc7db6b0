"""One trace for a request through all services, as a collector gets it over OTLP."""

from deploy.local.archive.app import Archive
from shared.topics import CAPTURE_REQUESTED
from testing.collector import Collected, Collector
from testing.waiting import until
from tests.pipeline.conftest import Database, Pipeline
from tests.pipeline.synthetic import page, publish

# Whose spans are within whose.
PARENTS = {
    "parser capture.fetched": "fetcher capture.requested",
    "translator notice.parsed": "parser capture.fetched",
    "indexer notice.parsed": "parser capture.fetched",
    "indexer notice.translated": "translator notice.parsed",
}


async def test_a_request_is_one_trace_through_all_services(
    pipeline: Pipeline, database: Database, archive: Archive, collector: Collector
) -> None:
    capture = page("traced", 1)
    archive.captures.add(capture)
    await publish(pipeline, CAPTURE_REQUESTED, [capture])
    (row,) = await database.wait(
        "SELECT trace, request_id FROM requests WHERE url LIKE '%/traced/%' AND state = 'done'"
    )

    def spans() -> dict[str, Collected]:
        return {one.name: one for one in collector.spans() if one.trace == row["trace"]}

    names = {*PARENTS, *PARENTS.values()}
    await until(lambda: names <= spans().keys(), lambda: (spans().keys(), names))
    found = spans()
    for name, parent in PARENTS.items():
        assert found[name].parent == found[parent].id, name
    assert {one.service for one in found.values()} == {
        "mofcom-fetcher",
        "mofcom-parser",
        "mofcom-translator",
        "mofcom-indexer",
    }
    assert found["parser capture.fetched"].attributes["request"] == row["request_id"]
    assert [one for one in found.values() if one.failed] == []
