"""What is stored is not fetched again: neither by the same request, nor as the same bytes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zstandard

from services.fetcher.archive.cdx import Query
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.sidecar import Sidecar
from services.fetcher.store.connection import Store
from services.fetcher.store.listed_captures import ListedCaptures
from services.fetcher.store.listings import Listings
from services.fetcher.store.stored_captures import Answered, StoredCaptures
from shared.archives import WAYBACK_MACHINE
from shared.blobs import Blobs
from shared.errors import DependencyDown, GaveUp
from shared.events import Answer, CaptureFetched, CaptureRequested, CdxRow, Done, RetryAt, Skipped
from shared.identity import capture_id
from shared.topics import CAPTURE_FETCHED
from testing.fetcher.pages import AT, PAGE, SITE, STAMP, request
from testing.fetcher.stage import Stage
from testing.servers import as_role

OTHER = "20190301000000"


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "fetcher"))
    yield store
    await store.stop()


async def fetch(
    stage: Stage, store: Store, asked: CaptureRequested, **changed: Any
) -> CaptureFetched:
    """By a fetcher that has just started: nothing is in its process's memory."""
    settings = stage.settings(**changed)
    blobs = Blobs(settings.blob_url)
    async with stage.client(**changed) as client:
        once = FetchCapture(Player(client, settings.body_bytes), blobs, settings)
        (publication,) = await FetchOnce(once, StoredCaptures(store), blobs)(asked)
    assert publication.topic is CAPTURE_FETCHED
    assert isinstance(publication.event, CaptureFetched)
    assert publication.event.request == asked
    return publication.event


def listed(timestamp: str, digest: str | None = "A" * 32, status: str = "200") -> CaptureRequested:
    row = CdxRow(urlkey="k", timestamp=timestamp, original=PAGE, digest=digest, statuscode=status)
    return request(timestamp=timestamp, listed=True).model_copy(update={"listed": row})


async def test_a_redelivered_request_has_the_same_outcome(stage: Stage, store: Store) -> None:
    asked = request(timestamp="2019")
    first = await fetch(stage, store, asked)
    assert first.answer is Answer.MEMENTO
    asks = len(stage.targets)
    assert await fetch(stage, store, asked) == first
    assert len(stage.targets) == asks


async def test_what_was_taken_instead_is_known_when_the_request_is_redelivered(
    stage: Stage, store: Store
) -> None:
    asked = request(timestamp="2018")
    first = await fetch(stage, store, asked)
    assert isinstance(first.outcome, Done)
    assert first.outcome.detail == f"{STAMP}/{PAGE} is the nearest"
    assert await fetch(stage, store, asked) == first


async def test_a_stored_capture_is_known_to_be_truncated(stage: Stage, store: Store) -> None:
    stage.faults.script("shorter than declared")
    first = await fetch(stage, store, request(timestamp="2019"))
    repeated = await fetch(stage, store, request(timestamp=STAMP))
    assert first.body
    assert first.body.declared_size
    assert repeated.body == first.body


async def test_a_capture_that_another_request_fetched_is_not_fetched_again(
    stage: Stage, store: Store
) -> None:
    first = await fetch(stage, store, request(timestamp="2019"))
    asks = len(stage.targets)
    repeated = await fetch(stage, store, request(timestamp=STAMP))
    assert (repeated.answer, repeated.outcome, repeated.capture) == (
        Answer.MEMENTO,
        Done(),
        first.capture,
    )
    assert repeated.body == first.body
    assert len(stage.targets) == asks


async def test_the_same_digest_of_the_same_page_is_recorded_without_a_download(
    stage: Stage, store: Store
) -> None:
    first = await fetch(stage, store, listed(STAMP))
    asks = len(stage.targets)
    same = await fetch(stage, store, listed(OTHER))
    assert len(stage.targets) == asks
    assert (same.answer, same.outcome, same.body) == (Answer.MEMENTO, Done(), first.body)
    assert same.capture
    assert same.capture.capture_id == capture_id(PAGE, OTHER)
    assert (same.capture.timestamp, same.capture.status) == (OTHER, 200)
    name = same.capture.capture_id
    blobs = Blobs((stage.folder / "blobs").as_uri())
    sidecar = Sidecar.model_validate_json(await blobs.get_sidecar(name, same.request.request_id))
    assert sidecar.fetched == same
    assert sidecar.same_as == capture_id(PAGE, STAMP)


@pytest.mark.parametrize(
    "another",
    [
        listed(OTHER, digest="B" * 32),
        listed(OTHER, digest=None),
        listed(OTHER, status="404"),
        request(f"{SITE}/list/a.html", "20200101000000", listed=True),
    ],
)
async def test_what_may_be_different_is_asked_for(
    stage: Stage, store: Store, another: CaptureRequested
) -> None:
    await fetch(stage, store, listed(STAMP))
    asks = len(stage.targets)
    await fetch(stage, store, another)
    assert len(stage.targets) > asks


async def test_what_was_not_served_is_requested_again(stage: Stage, store: Store) -> None:
    stage.faults.script("truncated", times=2)
    failed = await fetch(stage, store, request())
    assert isinstance(failed.outcome, RetryAt)
    assert (await fetch(stage, store, request(attempt=2))).outcome == Done()


@pytest.mark.parametrize("attempt", [1, 5])
async def test_whatever_the_outcome_it_waits_in_the_backlog_no_more(
    stage: Stage, store: Store, attempt: int
) -> None:
    captures, listings = ListedCaptures(store), Listings(store)
    stage.faults.script("truncated")
    asked = listed(STAMP).model_copy(update={"attempt": attempt})
    assert asked.listed
    listing = await listings.open("address", Query(PAGE, "prefix"), AT, WAYBACK_MACHINE)
    await listings.advance(
        listing, listing.cursor, [asked.listed], AT + timedelta(1), requested=True
    )
    assert await captures.unfetched() == 1
    with nullcontext() if attempt == 1 else pytest.raises(GaveUp):
        await fetch(stage, store, asked)
    assert await captures.unfetched() == 0


async def test_without_postgres_the_archive_is_not_asked(stage: Stage) -> None:
    with pytest.raises(DependencyDown, match="postgres"):
        await fetch(stage, stage.store, request())
    assert stage.targets == []


async def test_requests_in_hand_together_may_end_at_the_same_capture(
    stage: Stage, store: Store
) -> None:
    """The nearest to two years is one capture; each request is remembered with it."""
    settings = stage.settings()
    stored_captures, blobs = StoredCaptures(store), Blobs(settings.blob_url)
    asked = [request(timestamp=stamp) for stamp in ("2018", "2019", "2020")]
    async with stage.client() as client:
        fetch_one = FetchCapture(Player(client, settings.body_bytes), blobs, settings)
        fetched = [await fetch_one(each) for each in asked]
    await asyncio.gather(*map(stored_captures.record, fetched))
    found = await asyncio.gather(
        *map(stored_captures.find, [*asked, request(f"{SITE}/other.html")])
    )
    assert found.pop() is None
    for held, event in zip(found, fetched, strict=True):
        assert held
        assert held.answered
        assert (held.capture, held.body) == (event.capture, event.body)
        assert held.answered == Answered(event.answer, event.fetched_at, event.outcome.detail)


def remove_body(stage: Stage, fetched: CaptureFetched) -> None:
    assert fetched.body
    (path,) = (stage.folder / "blobs" / "bodies").rglob(f"{fetched.body.sha256}.zst")
    path.unlink()


def sidecar_path(stage: Stage, fetched: CaptureFetched) -> Path:
    folder = stage.folder / "blobs" / "captures"
    (path,) = folder.rglob(f"*.{fetched.request.request_id}.json.zst")
    return path


@pytest.mark.parametrize("asked", [listed(STAMP), request(timestamp="2019")])
async def test_a_lost_body_is_fetched_again(
    stage: Stage, store: Store, asked: CaptureRequested
) -> None:
    first = await fetch(stage, store, listed(STAMP))
    remove_body(stage, first)
    asks = len(stage.targets)
    again = await fetch(stage, store, asked)
    assert len(stage.targets) > asks
    assert again.body == first.body
    asks = len(stage.targets)
    assert (await fetch(stage, store, asked)).body == first.body
    assert len(stage.targets) == asks


async def test_a_lost_body_answers_for_no_other_capture(stage: Stage, store: Store) -> None:
    remove_body(stage, await fetch(stage, store, listed(STAMP)))
    asks = len(stage.targets)
    await fetch(stage, store, listed(OTHER))
    assert len(stage.targets) > asks


async def test_a_damaged_body_is_fetched_again(stage: Stage, store: Store) -> None:
    first = await fetch(stage, store, request())
    assert first.body
    (path,) = (stage.folder / "blobs" / "bodies").rglob(f"{first.body.sha256}.zst")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    await fetch(stage, store, request(attempt=2))
    assert path.read_bytes() == whole


@pytest.mark.parametrize("damage", ["missing", "cut off"])
async def test_a_lost_sidecar_is_written_again(stage: Stage, store: Store, damage: str) -> None:
    first = await fetch(stage, store, request())
    path = sidecar_path(stage, first)
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:50])
    asks = len(stage.targets)
    again = await fetch(stage, store, request(attempt=2))
    assert len(stage.targets) > asks
    assert Sidecar.model_validate_json(zstandard.decompress(path.read_bytes())).fetched == again
    assert await fetch(stage, store, request(attempt=3))
    assert len(stage.targets) > asks


async def test_without_its_sidecar_a_stored_capture_answers_no_request(
    stage: Stage, store: Store
) -> None:
    first = await fetch(stage, store, request())
    sidecar_path(stage, first).unlink()
    stage.faults.script("excluded")
    again = await fetch(stage, store, request(attempt=2))
    assert isinstance(again.outcome, Skipped)
    held = await StoredCaptures(store).find(request())
    assert held
    assert (held.answered, held.body) == (None, first.body)


async def test_a_lost_body_that_the_archive_no_longer_has_does_not_count_as_stored(
    stage: Stage, store: Store
) -> None:
    first = await fetch(stage, store, request())
    assert first.capture
    remove_body(stage, first)
    stage.faults.script("excluded")
    again = await fetch(stage, store, request(attempt=2))
    assert isinstance(again.outcome, Skipped)
    stored = await StoredCaptures(store).stored([(first.capture.url, first.capture.timestamp)])
    assert stored == set()
