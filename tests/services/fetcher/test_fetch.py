"""From a request to the event of its outcome, with body and sidecar stored."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from shared.blobs import Blobs
from shared.errors import DependencyDown, GaveUp
from shared.events import (
    Answer,
    CaptureFetched,
    CaptureRequested,
    Done,
    RetryAt,
    Skipped,
)
from shared.identity import capture_id
from testing.archive.faults import odd_header, page
from testing.fetcher.pages import BODY, MOVED, PAGE, SITE, STAMP, request
from testing.fetcher.stage import Stage


async def fetch(stage: Stage, asked: CaptureRequested, **changed: Any) -> CaptureFetched:
    settings = stage.settings(**changed)
    async with stage.client(**changed) as client:
        handler = FetchCapture(
            Player(client, settings.body_bytes), Blobs(settings.blob_url), settings
        )
        fetched = await handler(asked)
    assert fetched.request == asked
    return fetched


async def test_a_capture_is_stored_before_it_is_published(stage: Stage) -> None:
    fetched = await fetch(stage, request(listed=True))
    assert (fetched.answer, fetched.outcome) == (Answer.MEMENTO, Done())
    assert fetched.capture
    assert fetched.capture.capture_id == capture_id(PAGE, STAMP)
    assert (fetched.capture.status, fetched.capture.digest) == (200, "A" * 32)
    assert fetched.body
    assert fetched.body.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (fetched.body.size, fetched.body.charset) == (len(BODY), "gb18030")
    blobs = Blobs(f"file://{stage.folder}/blobs")
    assert await blobs.get_body(fetched.body.sha256) == BODY


async def test_the_event_can_be_rebuilt_from_the_sidecar(stage: Stage) -> None:
    fetched = await fetch(stage, request(timestamp="20190102120000"))
    assert fetched.answer is Answer.SUBSTITUTE
    assert fetched.capture
    name = fetched.capture.capture_id
    blobs = Blobs((stage.folder / "blobs").as_uri())
    sidecar = json.loads(await blobs.get_sidecar(name, fetched.request.request_id))
    assert CaptureFetched.model_validate(sidecar["fetched"]) == fetched
    assert sidecar["status"] == 200
    assert ["memento-datetime", "Tue, 01 Jan 2019 00:00:00 GMT"] in sidecar["headers"]
    assert sidecar["codings"] == ["gzip"]
    assert sidecar["fetched"]["body"]["replaced"] == 0.0
    assert sidecar["visited"] == [f"/web/{stamp}id_/{PAGE}" for stamp in ("20190102120000", STAMP)]


async def test_an_archived_redirect_is_done_with_what_it_led_to(stage: Stage) -> None:
    fetched = await fetch(stage, request(MOVED))
    assert fetched.answer is Answer.ARCHIVED_REDIRECT
    assert fetched.outcome == Done(detail=f"led to {STAMP}/{PAGE}")
    assert fetched.capture
    assert fetched.capture.url == PAGE


async def test_a_truncated_capture_is_fetched_again_and_kept_with_its_declared_length(
    stage: Stage,
) -> None:
    stage.faults.script("shorter than declared", times=1)
    fetched = await fetch(stage, request(listed=True))
    assert fetched.body
    assert fetched.body.declared_size is None
    stage.faults.script("shorter than declared")
    fetched = await fetch(stage, request(listed=True))
    assert fetched.outcome == Done()
    assert fetched.body
    assert (fetched.body.size, fetched.body.declared_size) == (len(BODY), len(BODY) + 990)
    assert len(stage.targets) == 4


async def test_of_a_part_the_whole_length_is_declared(stage: Stage) -> None:
    part = odd_header(b"x-archive-orig-content-range: bytes 0-9/9999\r\n")
    stage.faults.script(lambda honest, asked: part(replace(honest, status=206), asked))
    fetched = await fetch(stage, request(listed=True))
    assert fetched.outcome == Done()
    assert fetched.body
    assert fetched.body.declared_size == 9999


@pytest.mark.parametrize(
    ("status", "header"), [(404, "x-a: b"), (200, "x-archive-orig-content-encoding: gzip")]
)
async def test_a_body_that_is_rightly_shorter_than_declared_is_not_fetched_again(
    stage: Stage, status: int, header: str
) -> None:
    name, _, value = header.partition(": ")
    stage.faults.script(
        page(
            status,
            "text/html",
            "short",
            (name, value),
            ("x-archive-orig-content-length", "1000"),
            ("memento-datetime", "Tue, 01 Jan 2019 00:00:00 GMT"),
        )
    )
    fetched = await fetch(stage, request(listed=True))
    assert fetched.body
    assert fetched.body.declared_size is None
    assert len(stage.targets) == 1


@pytest.mark.parametrize(
    ("fault", "answer"), [("excluded", Answer.EXCLUDED), (None, Answer.NEVER_ARCHIVED)]
)
async def test_what_the_archive_will_never_serve_is_skipped_with_its_class(
    stage: Stage, fault: str | None, answer: Answer
) -> None:
    if fault:
        stage.faults.script(fault)
    fetched = await fetch(stage, request(f"{SITE}/gone.html"))
    assert fetched.answer is answer
    assert isinstance(fetched.outcome, Skipped)
    assert fetched.outcome.reason == answer.value
    assert (fetched.capture, fetched.body) == (None, None)
    assert len(stage.targets) == 1


@pytest.mark.parametrize("fault", ["truncated", "reset", "503", "empty"])
async def test_a_failure_is_retried_at_once(stage: Stage, fault: str) -> None:
    stage.faults.script(fault, times=1)
    fetched = await fetch(stage, request())
    assert fetched.outcome == Done()
    assert len(stage.targets) == 2


async def test_a_lasting_failure_is_retried_later(stage: Stage) -> None:
    stage.faults.script("truncated")
    waits = []
    for attempt in (1, 2, 3, 4):
        before = datetime.now(UTC)
        fetched = await fetch(stage, request(attempt=attempt), fetch_longest_retry_seconds=250)
        assert fetched.answer is Answer.TRUNCATED
        assert isinstance(fetched.outcome, RetryAt)
        waits.append((fetched.outcome.at - before).total_seconds())
    for wait, longest in zip(waits, (60, 120, 240, 250), strict=True):
        assert longest / 2 <= wait <= longest + 2
    with pytest.raises(GaveUp, match="truncated: 5 attempts"):
        await fetch(stage, request(attempt=5))


async def test_what_is_listed_but_not_served_is_retried_after_days(stage: Stage) -> None:
    asked = request(timestamp="20190601000000", listed=True)
    fetched = await fetch(stage, asked)
    assert fetched.answer is Answer.UNPLAYABLE
    assert isinstance(fetched.outcome, RetryAt)
    week = datetime.now(UTC) + timedelta(days=7)
    assert abs(fetched.outcome.at - week) < timedelta(minutes=1)
    last = await fetch(stage, asked.model_copy(update={"attempt": 5}))
    assert isinstance(last.outcome, Skipped)
    assert last.outcome.reason == "unplayable"


async def test_what_is_too_large_is_skipped_with_the_reason(stage: Stage) -> None:
    for limit in ("body_bytes", "download_bytes"):
        fetched = await fetch(stage, request(), **{limit: 40})
        assert isinstance(fetched.outcome, Skipped)
        assert fetched.outcome.reason == "too large"
        assert fetched.body is None


@pytest.mark.parametrize("fault", ["429", "outage page"])
async def test_the_message_waits_while_the_archive_is_away(stage: Stage, fault: str) -> None:
    stage.faults.script(fault)
    with pytest.raises(DependencyDown, match="archive"):
        await fetch(stage, request())
    assert len(stage.targets) == 1


async def test_nothing_is_published_while_the_blob_store_is_away(
    stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "bodies").write_text("in the way")
    with pytest.raises(DependencyDown, match="blob store"):
        await fetch(stage, request())
