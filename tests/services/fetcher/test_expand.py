"""From an address to its requests, page by page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from services.fetcher.addresses import address_requested, parse_address
from services.fetcher.archive.listing import Lister
from services.fetcher.expand import ExpandAddress
from services.fetcher.store.connection import Store
from services.fetcher.store.listings import Listings
from shared.errors import DependencyDown, GaveUp
from shared.events import (
    AddressExpanded,
    AddressRequested,
    CaptureRequested,
    Done,
    RetryAt,
    Skipped,
)
from shared.health import Health
from shared.topics import ADDRESS_EXPANDED, CAPTURE_BACKLOG, CAPTURE_REQUESTED, Topic
from testing.archive.faults import page
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import AT, LISTED, PAGE, SITE
from testing.fetcher.stage import Stage
from testing.servers import as_role


def asked(text: str, attempt: int = 1) -> AddressRequested:
    requested = address_requested(parse_address(text), "http", AT)
    return requested.model_copy(update={"attempt": attempt})


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "fetcher"))
    yield store
    await store.stop()


@pytest.fixture
def stage(stage: Stage, store: Store) -> Stage:
    """One that remembers."""
    stage.store = store
    return stage


@asynccontextmanager
async def expander(
    stage: Stage, publisher: RecordingPublisher, **changed: object
) -> AsyncIterator[ExpandAddress]:
    settings = stage.settings(cdx_page_rows=2, **changed)
    async with stage.client() as client:
        lister = Lister(client, settings.cdx_page_rows, settings.cdx_pages, settings.body_bytes)
        listings = Listings(stage.store)
        yield ExpandAddress(lister, listings, publisher, settings, Health(60))


async def expand(
    stage: Stage, publisher: RecordingPublisher, requested: AddressRequested, **changed: object
) -> AddressExpanded:
    async with expander(stage, publisher, **changed) as handler:
        (publication,) = await handler(requested)
    assert publication.topic is ADDRESS_EXPANDED
    assert isinstance(publication.event, AddressExpanded)
    assert publication.event.address == requested
    return publication.event


def sent(publisher: RecordingPublisher, topic: Topic) -> list[CaptureRequested]:
    found = [p.event for p in publisher.published if p.topic is topic]
    assert len(found) == len(publisher.published)
    return [event for event in found if isinstance(event, CaptureRequested)]


async def test_a_capture_is_one_live_request_and_asks_the_index_nothing(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    requested = asked(f"20190102/{PAGE}")
    expanded = await expand(stage, publisher, requested)
    assert (expanded.requests, expanded.outcome) == (1, Done())
    (request,) = sent(publisher, CAPTURE_REQUESTED)
    assert (request.url, request.timestamp, request.listed) == (PAGE, "20190102", None)
    assert (request.address_id, request.backlog) == (requested.address_id, False)
    assert stage.targets == []


async def test_a_prefix_is_every_capture_listed_in_the_backlog(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    expanded = await expand(stage, publisher, asked(f"{SITE}/list/*"))
    assert (expanded.requests, expanded.outcome) == (3, Done())
    requests = sent(publisher, CAPTURE_BACKLOG)
    assert [(r.url, r.timestamp) for r in requests] == LISTED
    assert all(r.backlog and r.listed and r.listed.statuscode == "200" for r in requests)
    # Two pages, and the second at which the first ended.
    assert len(stage.targets) == 3


async def test_a_timestamp_before_a_prefix_narrows_it(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    expanded = await expand(stage, publisher, asked(f"2020/{SITE}/list/*"))
    assert expanded.requests == 2
    assert {r.timestamp for r in sent(publisher, CAPTURE_BACKLOG)} == {"20200101000000"}


async def test_an_empty_listing_is_reported(stage: Stage, publisher: RecordingPublisher) -> None:
    expanded = await expand(stage, publisher, asked(f"{SITE}/none/*"))
    assert isinstance(expanded.outcome, Skipped)
    assert (expanded.requests, expanded.outcome.reason) == (0, "never archived")


async def test_an_unchecked_address_in_kafka_is_refused_not_dead(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    requested = asked(PAGE).model_copy(update={"address": "http://evil.com/"})
    expanded = await expand(stage, publisher, requested)
    assert isinstance(expanded.outcome, Skipped)
    assert expanded.outcome.reason == "refused"


@pytest.mark.parametrize(
    "fault", ["503", "CDX exception", "CDX exception after rows", "reset", "outage text"]
)
async def test_an_index_that_fails_twice_is_queried_again_later(
    stage: Stage, publisher: RecordingPublisher, fault: str
) -> None:
    html = page(200, "text/html", "<html>who knows</html>")
    stage.faults.script(html if fault == "outage text" else fault, endpoint="cdx")
    expanded = await expand(stage, publisher, asked(f"{SITE}/list/*"))
    assert isinstance(expanded.outcome, RetryAt)
    assert publisher.published == []
    assert len(stage.targets) == 2
    with pytest.raises(GaveUp, match="index failed: 5 attempts"):
        await expand(stage, publisher, asked(f"{SITE}/list/*", attempt=5))


async def test_an_index_that_fails_once_is_queried_again_at_once(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    stage.faults.script("CDX exception after rows", endpoint="cdx", times=1)
    expanded = await expand(stage, publisher, asked(f"{SITE}/list/*"))
    assert (expanded.requests, expanded.outcome) == (3, Done())
    assert len(sent(publisher, CAPTURE_BACKLOG)) == 3


async def test_an_excluded_site_is_skipped(stage: Stage, publisher: RecordingPublisher) -> None:
    blocked = "org.archive.util.io.RuntimeIOException: x.AdministrativeAccessControlException"
    stage.faults.script(page(403, "text/plain", blocked))
    expanded = await expand(stage, publisher, asked(f"{SITE}/list/*"))
    assert isinstance(expanded.outcome, Skipped)
    assert expanded.outcome.reason == "excluded"


async def test_a_question_too_wide_is_halved_and_nothing_is_missed_or_doubled(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    stage.faults.script("504", endpoint="cdx", nth=1)
    stage.faults.script("504", endpoint="cdx", nth=4)
    expanded = await expand(stage, publisher, asked(f"{SITE}/list/*"))
    assert (expanded.requests, expanded.outcome) == (3, Done())
    found = [(r.url, r.timestamp) for r in sent(publisher, CAPTURE_BACKLOG)]
    assert sorted(found) == LISTED


async def test_a_partial_listing_is_never_taken_for_a_complete_one(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    stage.faults.script(page(200, "text/plain", "\nsamekey\n"))
    expanded = await expand(stage, publisher, asked(f"{SITE}/list/*"))
    assert isinstance(expanded.outcome, RetryAt)
    assert expanded.outcome.detail == "the index gave the same key twice"
    assert len(stage.targets) == 2


async def test_an_interrupted_listing_continues_where_it_was(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    stage.faults.script("429", endpoint="cdx", nth=2)
    requested = asked(f"{SITE}/list/*")
    async with expander(stage, publisher) as handler:
        with pytest.raises(DependencyDown):
            await handler(requested)
        assert len(publisher.published) == 2
        while True:
            try:
                (publication,) = await handler(requested)
            except DependencyDown:
                continue
            break
    assert isinstance(publication.event, AddressExpanded)
    assert publication.event.requests == 3
    assert len(sent(publisher, CAPTURE_BACKLOG)) == 3


async def test_nothing_is_published_before_kafka_has_the_requests(
    stage: Stage, publisher: RecordingPublisher
) -> None:
    publisher.refuses = [DependencyDown("kafka", "away")]
    with pytest.raises(DependencyDown, match="kafka"):
        await expand(stage, publisher, asked(PAGE))
