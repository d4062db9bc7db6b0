"""Every known fault of the archive, one by one: each has its right outcome."""

from collections.abc import Callable

import pytest

from deploy.local.archive.captures import Capture
from services.fetcher.archive.cdx import Query
from services.fetcher.archive.listing import Cursor, Lister, ListingFailed, begin
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from shared.blobs import Blobs
from shared.errors import DependencyDown
from shared.events import Answer, CaptureFetched, CdxRow, Done, RetryAt, Skipped
from testing.archive.faults import FAULTS, Wire
from testing.fetcher.outcomes import CAPTURES, ENDLESS, INDEX, REDIRECTS
from testing.fetcher.pages import AT, BODY, LISTED, MOVED, PAGE, SITE, STAMP, request
from testing.fetcher.stage import Stage


def test_no_fault_is_without_its_outcome() -> None:
    assert set(FAULTS) == {*CAPTURES, *REDIRECTS, *INDEX, "slow"}
    assert len(FAULTS) >= 35


async def fetched(
    stage: Stage, url: str = PAGE, impatient: Callable[[str], bool] = lambda target: False
) -> CaptureFetched:
    settings = stage.settings()
    async with stage.client(impatient) as client:
        player, blobs = Player(client, settings.body_bytes), Blobs(settings.blob_url)
        return await FetchCapture(player, blobs, settings)(request(url, STAMP, listed=True))


@pytest.mark.parametrize("fault", CAPTURES)
async def test_a_capture_ends_as_it_should(stage: Stage, fault: str) -> None:
    stage.faults.script(fault)
    answer, outcome, asks = CAPTURES[fault]
    if outcome == "archive":
        with pytest.raises(DependencyDown, match="archive"):
            await fetched(stage)
    else:
        event = await fetched(stage, impatient=lambda target: fault in ENDLESS)
        assert event.answer is answer
        assert _outcome(event) == outcome
        # Only what ended well points to bytes, and to whole ones.
        assert (event.body is not None) == (outcome == "done")
        if "gzip" in fault or "brotli" in fault:
            stored = await Blobs(f"file://{stage.folder}/blobs").get_body(_sha(event))
            assert stored == BODY
    assert len(stage.asked) == asks
    assert all(target.startswith("/web/") for target in stage.asked)


@pytest.mark.parametrize("fault", REDIRECTS)
async def test_a_redirect_is_followed_in_every_form(stage: Stage, fault: str) -> None:
    stage.faults.script(fault, url=MOVED)
    event = await fetched(stage, MOVED)
    assert event.answer is Answer.ARCHIVED_REDIRECT
    assert isinstance(event.outcome, Done)
    assert event.capture
    assert event.capture.url == PAGE


async def test_another_form_is_kept_under_its_own_name(stage: Stage) -> None:
    stage.faults.script("another form of the address")
    event = await fetched(stage)
    assert event.capture
    assert event.capture.url == "https://mofcom.gov.cn/article/a.shtml"
    assert event.request.url == PAGE


async def test_gb2312_in_the_meta_is_read_as_gb18030(stage: Stage) -> None:
    stage.faults.script("gb2312 in the meta alone")
    event = await fetched(stage)
    assert event.body
    assert (event.body.charset, event.body.replaced) == ("gb18030", 0.0)


async def listing(
    stage: Stage, rows: int = 2, impatient: Callable[[str], bool] = lambda target: False
) -> tuple[Cursor, list[CdxRow]]:
    cursor, found = begin(Query(f"{SITE}/list/", "prefix"), AT), list[CdxRow]()
    async with stage.client(impatient) as client:
        lister = Lister(client, rows, 100, 10**6)
        while not cursor.ended:
            cursor, new = await lister.next_page(cursor, Priority.LIVE)
            found += new
    return cursor, found


@pytest.mark.parametrize("fault", INDEX)
async def test_a_listing_ends_as_it_should(stage: Stage, fault: str) -> None:
    stage.faults.script(fault, endpoint="cdx")
    outcome = INDEX[fault]
    if outcome == "archive":
        with pytest.raises(DependencyDown, match="archive"):
            await listing(stage)
    elif outcome in ("whole", "partial"):
        cursor, found = await listing(stage, rows=100)
        assert bool(cursor.partial) == (outcome == "partial")
        assert sorted((r.original, r.timestamp) for r in found) == LISTED
        assert cursor.odd == (2 if fault == "odd rows" else 0)
    else:
        with pytest.raises(ListingFailed) as failed:
            await listing(stage)
        assert failed.value.answer.value == outcome


async def test_an_index_that_runs_late_is_asked_in_halves(stage: Stage) -> None:
    def is_first(target: str) -> bool:
        return target == (stage.asked or [target])[0]

    stage.faults.script(
        lambda honest, asked: Wire(honest, end="silent" if is_first(asked.target) else "whole")
    )
    cursor, found = await listing(stage, rows=100, impatient=is_first)
    assert not cursor.partial
    assert sorted((r.original, r.timestamp) for r in found) == LISTED
    assert len(stage.asked) == 3


async def test_rows_of_one_second_at_the_edge_of_a_page(stage: Stage) -> None:
    (url, stamp), *_ = LISTED
    both = url.replace("http:", "https:"), url.replace("www.", "")
    first = [(f"{SITE}/list/0.html", f"201{n}0101000000") for n in range(3)]
    more = [*first, *((each, stamp) for each in both)]
    stage.faults.archive.captures.add(*(Capture(*each, BODY) for each in more))
    # The second of three captures of that second is the last of the page.
    cursor, found = await listing(stage, rows=5)
    assert not cursor.partial
    assert sorted((r.original, r.timestamp) for r in found) == sorted([*LISTED, *more])


def _outcome(event: CaptureFetched) -> str:
    if isinstance(event.outcome, Skipped):
        return event.outcome.reason
    return "retry" if isinstance(event.outcome, RetryAt) else "done"


def _sha(event: CaptureFetched) -> str:
    assert event.body
    return event.body.sha256
