"""Nothing is lost or duplicated when services are killed."""

from deploy.local.archive.app import Archive
from shared.topics import CAPTURE_REQUESTED
from tests.pipeline.conftest import Database, Pipeline
from tests.pipeline.synthetic import page, publish


async def test_killing_parser_and_indexer_in_the_middle_of_500_captures(
    pipeline: Pipeline, database: Database, archive: Archive
) -> None:
    captures = [page("kills", number) for number in range(1, 501)]
    archive.captures.add(*captures)
    await publish(pipeline, CAPTURE_REQUESTED, captures)

    done = "SELECT count(*) FROM requests WHERE url LIKE '%/kills/%' AND state = 'done'"
    for service, after in (("parser", 50), ("indexer", 150), ("parser", 250), ("indexer", 350)):
        await database.wait(f"{done} HAVING count(*) >= $1", after)
        pipeline.kill(service)
        pipeline.start(service)
    await database.wait(f"{done} HAVING count(*) = 500")

    numbers = await database.rows("SELECT document_number FROM notices WHERE url LIKE '%/kills/%'")
    assert sorted(row["document_number"] for row in numbers) == sorted(
        f"商务部公告2024年第{number}号" for number in range(1, 501)
    )
    assert not await database.rows("SELECT * FROM dead_letters")
    pipeline.wait_ready("parser", "indexer")
