"""Live captures precede the past. Last of its folder: it leaves a backlog of twenty minutes."""

import asyncio
import time

from deploy.local.archive.app import Archive
from shared.topics import CAPTURE_BACKLOG
from tests.pipeline.conftest import Database, Pipeline
from tests.pipeline.synthetic import page, publish


async def test_a_live_capture_overtakes_a_backlog_of_10_000(
    pipeline: Pipeline, database: Database, archive: Archive
) -> None:
    # The rate that the archive allows: the backlog needs twenty minutes, the live one does not.
    pipeline.kill("fetcher")
    pipeline.start("fetcher", MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND="8")
    pipeline.wait_ready("fetcher")
    backlog = [page("backlog", number) for number in range(1, 10_001)]
    # A number of its own: the same number at two addresses is one notice.
    live = page("live", 20_001)
    archive.captures.add(*backlog, live)
    await publish(pipeline, CAPTURE_BACKLOG, backlog)
    open_ones = "SELECT count(*) FROM requests WHERE url LIKE '%/backlog/%' AND state = 'waiting'"
    await database.wait(f"{open_ones} HAVING count(*) > 9500")

    asked = time.monotonic()
    await asyncio.to_thread(pipeline.add, live.original)
    await database.wait("SELECT FROM notices WHERE url = $1", live.original)
    print(f"from the POST to the row: {time.monotonic() - asked:.2f} s")
    (waiting,) = await database.rows(open_ones)
    # Most of it still waits; a busy machine takes its time for the one.
    assert waiting["count"] > 5000
