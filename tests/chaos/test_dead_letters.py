"""A replayed dead letter is the next attempt, and its outcome is final."""

import os
import subprocess
import sys

import pytest

from shared.dead_letters.handle import next_attempt
from shared.envelope import encode
from shared.events import CaptureFetched, CaptureRequested, NoticeParsed
from shared.topics import CAPTURE_FETCHED
from testing.waiting import LIMIT_SECONDS, until
from tests.chaos.stage import Stage
from tests.shared.samples import AT, FETCHED, PARSED, REQUEST, TRANSLATED


def mofcom(stage: Stage, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command on the stage's servers."""
    servers = stage.on.servers
    environment = {
        **os.environ,
        "COLUMNS": "200",
        "MOFCOM_DATABASE_URL": servers.database_url,
        "MOFCOM_KAFKA_BOOTSTRAP_SERVERS": servers.kafka_bootstrap_servers,
    }
    program = "import sys; from services.cli.dead_letters.commands import app; app(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )


@pytest.mark.asyncio(loop_scope="module")
async def test_a_missing_body_that_is_restored(stage: Stage) -> None:
    capture = stage.capture()
    await stage.end("parser")
    await stage.end("indexer")
    (request,) = await stage.ask(capture)

    async def fetched() -> bool:
        return bool(await stage.records(CAPTURE_FETCHED, request.request_id.encode()))

    await until(fetched, lambda: stage.log("fetcher"))
    body = stage.body_file(capture).read_bytes()
    stage.body_file(capture).unlink()
    await stage.restart("parser")
    await stage.restart("indexer")
    row = await stage.ended(request)
    assert (row["state"], row["reason"], row["attempt"]) == ("dead", "blob missing", 1)
    listed = mofcom(stage, "list", "--reason", "blob missing")
    assert "capture.fetched/" in listed.stdout, listed.stderr
    (letter, *_) = await stage.rows("SELECT * FROM dead_letters")
    place = f"{letter['topic']}/{letter['partition']}/{letter['record_offset']}"
    printed = mofcom(stage, "show", place).stdout
    assert request.request_id in printed
    assert "header ce_type: mofcom.capture.fetched" in printed

    stage.body_file(capture).write_bytes(body)
    replayed = mofcom(stage, "replay", "--reason", "blob missing")
    assert replayed.stdout == "sent 1 again\n", replayed.stderr
    (row,) = await stage.wait(
        "SELECT attempt FROM requests WHERE request_id = $1 AND state = 'done'", request.request_id
    )
    assert row["attempt"] == 2
    assert len(await stage.rows("SELECT FROM notices WHERE url = $1", capture.original)) == 1
    # What was done is known, so that it is not done again.
    handled = (
        "SELECT DISTINCT handled FROM dead_letters WHERE request_id = $1 AND handled IS NOT NULL"
    )
    (row,) = await stage.wait(handled, request.request_id)
    assert row["handled"] == "replayed"
    assert mofcom(stage, "replay", "--reason", "blob missing").stdout == "sent 0 again\n"


@pytest.mark.asyncio(loop_scope="module")
async def test_what_no_version_can_read_is_stopped_at_reinserted_or_dropped(stage: Stage) -> None:
    record = encode(FETCHED, "test", AT)
    places = []
    for number in range(3):
        at = await stage.publisher._producer.send_and_wait(
            CAPTURE_FETCHED.name, key=b"policies", value=b"%d" % number, headers=record.headers
        )
        places.append(f"{at.topic}/{at.partition}/{at.offset}")
    open_letters = """
        SELECT FROM dead_letters WHERE reason = 'invalid event' AND handled IS NULL HAVING count(*) = $1
    """
    await stage.wait(open_letters, 6)
    stopped = mofcom(stage, "replay", "--position", places[0])
    assert (stopped.returncode, stopped.stdout) == (1, "")
    assert f"stopped: {places[0]}, after 0 sent again" in stopped.stderr
    sent = mofcom(stage, "replay", "--position", places[0], "--policy", "reinsert")
    assert sent.stdout == "sent 0 again, reinserted 1\n", sent.stderr
    sent = mofcom(stage, "replay", "--position", places[1], "--policy", "drop")
    assert sent.stdout == "sent 0 again, dropped 1\n", sent.stderr
    sent = mofcom(stage, "drop", "--position", places[2], "--note", "a test")
    assert sent.stdout == "dropped 1\n", sent.stderr
    # The one that was sent as it was has died again, at another place.
    await stage.wait(open_letters, 2)
    assert places[2] not in mofcom(stage, "list").stdout
    assert "dropped: a test" in mofcom(stage, "list", "--all").stdout
    sent = mofcom(stage, "drop", "--since", "2020-01-01", "--reason", "invalid event")
    assert sent.stdout == "dropped 1\n", sent.stderr
    await stage.wait(open_letters, 0)


def test_the_attempt_is_where_the_event_counts_it() -> None:
    request, fetched, parsed = (next_attempt(event, 7) for event in (REQUEST, FETCHED, PARSED))
    assert isinstance(request, CaptureRequested)
    assert request.attempt == 7
    assert isinstance(fetched, CaptureFetched)
    assert fetched.request == request
    assert isinstance(parsed, NoticeParsed)
    assert parsed.fetched == fetched
    assert next_attempt(TRANSLATED, 7) is TRANSLATED
