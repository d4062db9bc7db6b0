"""What is replayed comes back as the next attempt, and ends the matter."""

import asyncio
import os
import subprocess
import sys

import pytest

from services.cli.dead_letters import again
from shared.events import CaptureFetched, CaptureRequested, NoticeParsed
from shared.topics import CAPTURE_FETCHED
from tests.chaos.stage import Stage
from tests.shared.samples import FETCHED, PARSED, REQUEST, TRANSLATED


def mofcom(stage: Stage, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command on the stage's servers."""
    servers = stage.on.servers
    environment = {
        **os.environ,
        "MOFCOM_DATABASE_URL": servers.database_url,
        "MOFCOM_KAFKA_BOOTSTRAP_SERVERS": servers.kafka_bootstrap_servers,
    }
    program = "import sys; from services.cli.dead_letters import app; app(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.asyncio(loop_scope="module")
async def test_a_body_that_was_missing_and_is_there_again(stage: Stage) -> None:
    capture = stage.capture()
    await stage.end("parser")
    await stage.end("indexer")
    (request,) = await stage.ask(capture)
    async with asyncio.timeout(60):
        name = request.request_id.encode()
        while not await stage.records(CAPTURE_FETCHED, name):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    body = stage.body_file(capture).read_bytes()
    stage.body_file(capture).unlink()
    await stage.again("parser")
    await stage.again("indexer")
    row = await stage.ended(request)
    assert (row["state"], row["reason"], row["attempt"]) == ("dead", "blob missing", 1)
    listed = mofcom(stage, "list", "--reason", "blob missing")
    assert "capture.fetched/" in listed.stdout, listed.stderr
    (letter, *_) = await stage.rows("SELECT * FROM dead_letters")
    place = f"{letter['topic']}/{letter['partition']}/{letter['offset']}"
    shown = mofcom(stage, "show", place).stdout
    assert request.request_id in shown
    assert "header ce_type: mofcom.capture.fetched" in shown

    stage.body_file(capture).write_bytes(body)
    replayed = mofcom(stage, "replay", "--reason", "blob missing")
    assert replayed.stdout == "sent 1 again\n", replayed.stderr
    (row,) = await stage.wait(
        "SELECT attempt FROM requests WHERE request_id = $1 AND state = 'done'", request.request_id
    )
    assert row["attempt"] == 2
    assert len(await stage.rows("SELECT FROM notices WHERE url = $1", capture.original)) == 1


def test_the_attempt_stands_where_the_event_counts_it() -> None:
    request, fetched, parsed = (again(event, 7) for event in (REQUEST, FETCHED, PARSED))
    assert isinstance(request, CaptureRequested)
    assert request.attempt == 7
    assert isinstance(fetched, CaptureFetched)
    assert fetched.request == request
    assert isinstance(parsed, NoticeParsed)
    assert parsed.fetched == fetched
    assert again(TRANSLATED, 7) is TRANSLATED
