"""A request with an outcome is not fetched again when Kafka redelivers it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from services.fetcher.addresses import address_requested, parse_address
from services.fetcher.ask_once import AskOnce
from services.fetcher.store.connection import Store
from services.fetcher.store.endings import Endings
from shared.blobs import Blobs
from shared.delivery.publisher import Publication
from shared.errors import DependencyDown, GaveUp
from shared.events import (
    AddressExpanded,
    AddressRequested,
    Answer,
    CaptureFetched,
    CaptureRequested,
    Done,
    Outcome,
    RetryAt,
    Skipped,
)
from shared.topics import ADDRESS_EXPANDED, CAPTURE_FETCHED
from testing.fetcher.pages import AT, SITE, request
from testing.servers import as_role

NEVER = Skipped(reason="never archived", detail="the archive\x00has no capture of it")
LATER = RetryAt(at=AT + timedelta(hours=1), reason="transient", detail="status 503")
GAVE_UP = GaveUp("transient", "5 attempts, at last: status 503")


@pytest.fixture
async def endings(database_url: str) -> AsyncIterator[Endings]:
    store = Store(as_role(database_url, "fetcher"))
    yield Endings(store)
    await store.stop()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path.as_uri())


class Archive:
    """A handler that ends as it is told to, and keeps what it was asked."""

    def __init__(self, *ends: Outcome | Exception) -> None:
        self.asked: list[CaptureRequested] = []
        self._ends = list(ends)

    async def __call__(self, asked: CaptureRequested) -> Sequence[Publication]:
        self.asked.append(asked)
        end = self._ends.pop(0)
        if isinstance(end, Exception):
            raise end
        fetched = CaptureFetched(
            request=asked,
            answer=Answer.TRANSIENT,
            outcome=end,
            fetched_at=AT + timedelta(minutes=1),
        )
        return [Publication(CAPTURE_FETCHED, fetched)]


@pytest.mark.parametrize("outcome", [NEVER, LATER])
async def test_what_failed_has_the_same_outcome_when_redelivered(
    endings: Endings, blobs: Blobs, outcome: Outcome
) -> None:
    archive = Archive(outcome)
    first = await AskOnce(archive, endings, blobs)(request())
    assert await AskOnce(archive, endings, blobs)(request()) == first
    assert len(archive.asked) == 1


async def test_a_dead_letter_is_the_same_dead_letter(endings: Endings, blobs: Blobs) -> None:
    archive = Archive(GAVE_UP)
    for _ in range(2):
        with pytest.raises(GaveUp) as raised:
            await AskOnce(archive, endings, blobs)(request(attempt=5))
        gave_up = raised.value
        assert (gave_up.reason, gave_up.detail) == (GAVE_UP.reason, GAVE_UP.detail)
        assert gave_up.at == GAVE_UP.at
    assert len(archive.asked) == 1


async def test_of_redelivered_attempts_the_last_counts(endings: Endings, blobs: Blobs) -> None:
    archive = Archive(LATER, LATER, NEVER)
    once = AskOnce(archive, endings, blobs)
    for attempt in (1, 2, 3):
        last = await once(request(attempt=attempt))
    for attempt in (1, 2, 3):
        assert await once(request(attempt=attempt)) == last
    assert len(archive.asked) == 3


async def test_the_next_attempt_is_made(endings: Endings, blobs: Blobs) -> None:
    archive = Archive(LATER, Done())
    once = AskOnce(archive, endings, blobs)
    await once(request())
    (publication,) = await once(request(attempt=2))
    assert isinstance(publication.event, CaptureFetched)
    assert publication.event.outcome == Done()


@pytest.mark.parametrize("before", [NEVER, GAVE_UP])
async def test_a_new_request_does_not_get_the_old_outcome(
    endings: Endings, blobs: Blobs, before: Outcome | Exception
) -> None:
    """As an attempt behind the last, which is what the ledger takes for the newest."""
    archive = Archive(before, NEVER)
    once = AskOnce(archive, endings, blobs)
    with contextlib.suppress(GaveUp):
        await once(request(attempt=5))
    anew = request().model_copy(update={"asked_at": AT + timedelta(hours=2)})
    first = await once(anew)
    assert archive.asked[-1] == anew.model_copy(update={"attempt": 6})
    assert await once(anew) == first
    assert len(archive.asked) == 2


async def test_what_waited_for_a_dependency_is_handled_again(
    endings: Endings, blobs: Blobs
) -> None:
    archive = Archive(DependencyDown("archive", "paused"), NEVER)
    once = AskOnce(archive, endings, blobs)
    with pytest.raises(DependencyDown):
        await once(request())
    (publication,) = await once(request())
    assert isinstance(publication.event, CaptureFetched)
    assert publication.event.outcome == NEVER


async def test_an_address_is_expanded_once_and_again_under_its_first_attempt(
    endings: Endings, blobs: Blobs
) -> None:
    asked: list[AddressRequested] = []

    async def expand(requested: AddressRequested) -> Sequence[Publication]:
        asked.append(requested)
        expanded = AddressExpanded(address=requested, requests=3, outcome=Done())
        return [Publication(ADDRESS_EXPANDED, expanded)]

    once = AskOnce(expand, endings, blobs)
    requested = address_requested(parse_address(f"{SITE}/a/*"), "http", AT)
    assert await once(requested) == await once(requested)
    assert asked == [requested]
    anew = requested.model_copy(update={"asked_at": AT + timedelta(hours=1)})
    await once(anew)
    assert asked == [requested, anew]


@pytest.mark.parametrize("at_once", [True, False])
async def test_an_earlier_attempt_that_ends_late_does_not_count(
    endings: Endings, at_once: bool
) -> None:
    later, earlier = (
        endings.record(request(attempt=attempt), GaveUp("transient", f"attempt {attempt}"))
        for attempt in (2, 1)
    )
    if at_once:
        await asyncio.gather(earlier, later)
    else:
        await later
        await earlier
    ending = await endings.find(request())
    assert ending is not None
    assert ending.attempt == 2


async def test_what_is_done_is_left_to_the_stored_captures(endings: Endings, blobs: Blobs) -> None:
    archive = Archive(Done(), Done())
    once = AskOnce(archive, endings, blobs)
    for _ in range(2):
        await once(request())
    assert len(archive.asked) == 2
