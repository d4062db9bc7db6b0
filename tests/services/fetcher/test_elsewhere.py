"""Another archive beside the Wayback Machine: what is asked of it, and that neither holds up the other."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import time

import pytest

from deploy.local.archive.captures import Capture
from services.fetcher.addresses import address_requested, parse_address
from services.fetcher.archive.answers import Asked
from services.fetcher.archive.cdx import Query
from services.fetcher.archive.client import Client
from services.fetcher.archive.gate import Pause
from services.fetcher.archive.given import GivenPlayer
from services.fetcher.archive.listing import Lister, begin
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Player
from services.fetcher.archive.pywb import Pywb
from services.fetcher.elsewhere import archive_for
from services.fetcher.expand import ExpandAddress
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.connection import Store
from services.fetcher.store.listed_captures import ListedCaptures
from services.fetcher.store.listings import Listings
from services.fetcher.store.stored_captures import StoredCaptures
from services.fetcher.watch.discover import Discovery
from services.fetcher.watch.feed import Feeder
from shared.archives import WAYBACK_MACHINE
from shared.blobs import Blobs
from shared.errors import DependencyDown
from shared.events import (
    AddressExpanded,
    Answer,
    CaptureFetched,
    CaptureRequested,
    CdxRow,
    Done,
    RetryAt,
)
from shared.health import Health
from shared.topics import CAPTURE_BACKLOG, CAPTURE_ELSEWHERE, CAPTURE_REQUESTED
from testing.archive.faults import FaultyArchive
from testing.archive.pywb_double import COLLECTION, pywb_double
from testing.archive.server import serve
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import AT, BODY, LISTED, PAGE, SITE, STAMP, request
from testing.fetcher.stage import Stage
from testing.servers import as_role

THERE = f"{SITE}/article/there.shtml"
GONE = f"{SITE}/article/gone.shtml"
MOVED_THERE = f"{SITE}/article/moved-there.shtml"
CAPTURES = [
    Capture(THERE, STAMP, BODY),
    Capture(MOVED_THERE, STAMP, b"", status=302, headers=(("Location", "/article/there.shtml"),)),
    Capture(GONE, "20180101000000", BODY),
    Capture(GONE, "20200101000000", b"<h1>404</h1>", status=404),
    *(Capture(f"{SITE}/list/{n}.html", f"2022010100000{n}", BODY + b"%d" % n) for n in range(5)),
]


@dataclass
class Elsewhere:
    """The other archive, and what is asked of it."""

    faults: FaultyArchive
    stage: Stage
    url: str

    @property
    def prefix(self) -> str:
        return f"{self.url}/"

    @property
    def targets(self) -> list[str]:
        return [asked.target for asked in list(self.faults.archive.requests)]

    def settings(self, **changed: object) -> FetcherSettings:
        fast = {"archive_other_url": self.url, "archive_other_per_minute": 60_000}
        return self.stage.settings(**{**fast, **changed})

    @asynccontextmanager
    async def client(self, **changed: object) -> AsyncIterator[Client]:
        settings = self.settings(**changed)
        client = Client(settings, self.stage, self.stage.kept, archive=Pywb(settings))
        try:
            yield client
        finally:
            await client.close()


@contextmanager
def elsewhere_of(stage: Stage, *captures: Capture) -> Iterator[Elsewhere]:
    faults = FaultyArchive(pywb_double(*captures))
    with serve(faults) as url:
        yield Elsewhere(faults, stage, f"{url}{COLLECTION}")


@pytest.fixture
def elsewhere(stage: Stage) -> Iterator[Elsewhere]:
    with elsewhere_of(stage, *CAPTURES) as other:
        yield other


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "fetcher"))
    yield store
    await store.stop()


async def fetched(client: Client, elsewhere: Elsewhere, asked: CaptureRequested) -> CaptureFetched:
    settings = elsewhere.settings()
    lister = Lister(client, 10, 100, settings.body_bytes)
    player = GivenPlayer(Player(client, settings.body_bytes), lister, 3)
    return await FetchCapture(player, Blobs(settings.blob_url), settings)(asked)


@pytest.mark.parametrize(
    ("url", "timestamp", "answer", "served"),
    [
        (THERE, STAMP, Answer.MEMENTO, STAMP),
        (THERE, "2021", Answer.SUBSTITUTE, STAMP),
        (MOVED_THERE, STAMP, Answer.ARCHIVED_REDIRECT, STAMP),
        # Its latest capture is an error.
        (GONE, None, Answer.SUBSTITUTE, "20180101000000"),
    ],
)
async def test_captures_are_fetched_from_it(
    elsewhere: Elsewhere, url: str, timestamp: str | None, answer: Answer, served: str
) -> None:
    async with elsewhere.client() as client:
        event = await fetched(client, elsewhere, request(url, timestamp))
    assert (event.answer, event.outcome.state) == (answer, "done")
    assert event.capture
    assert (event.capture.timestamp, event.capture.archive) == (served, elsewhere.prefix)
    assert elsewhere.stage.targets == []
    assert all(target.startswith(COLLECTION) for target in elsewhere.targets)


async def test_what_it_never_archived(elsewhere: Elsewhere) -> None:
    async with elsewhere.client() as client:
        event = await fetched(client, elsewhere, request(f"{SITE}/never.shtml", "2021"))
    assert (event.answer, event.capture) == (Answer.NEVER_ARCHIVED, None)
    assert elsewhere.stage.pauses == []


async def test_an_index_without_keys_is_listed_in_halves(elsewhere: Elsewhere) -> None:
    async with elsewhere.client() as client:
        lister = Lister(client, 3, 1000, 10**6)
        cursor = begin(Query(f"{SITE}/article/", "prefix"), AT)
        found: list[CdxRow] = []
        while not cursor.ended:
            cursor, rows = await lister.next_page(cursor, Priority.LIVE)
            found += rows
    assert cursor.partial is None
    assert [(row.original, row.timestamp) for row in found] == [
        (GONE, "20180101000000"),
        (THERE, STAMP),
    ]


async def test_more_in_an_hour_than_it_lists_at_once_is_partial(elsewhere: Elsewhere) -> None:
    async with elsewhere.client() as client:
        lister = Lister(client, 3, 1000, 10**6)
        cursor = begin(Query(f"{SITE}/list/", "prefix"), AT)
        while not cursor.ended:
            cursor, _ = await lister.next_page(cursor, Priority.LIVE)
    assert cursor.partial == "more than 3 captures in an hour"


@pytest.mark.parametrize("throttled", ["ours", "other"])
async def test_what_one_refuses_holds_up_nothing_of_the_other(
    elsewhere: Elsewhere, throttled: str
) -> None:
    stage = elsewhere.stage
    (stage.faults if throttled == "ours" else elsewhere.faults).script("429")
    async with stage.client() as ours, elsewhere.client() as other:
        players = {"ours": (Player(ours, 10**6), PAGE), "other": (Player(other, 10**6), THERE)}
        player, url = players.pop(throttled)
        for _ in range(2):
            with pytest.raises(DependencyDown):
                await player.play(Asked(url, STAMP), AT, Priority.LIVE)
        ((player, url),) = players.values()
        for _ in range(3):
            played = await player.play(Asked(url, STAMP), AT, Priority.LIVE)
            assert played.verdict.answer is Answer.MEMENTO
    assert len(stage.pauses) == 1


async def test_its_budget_is_its_own(elsewhere: Elsewhere) -> None:
    async with elsewhere.client(archive_other_per_minute=600) as client:
        await Player(client, 10**6).play(Asked(THERE, STAMP), AT, Priority.LIVE)
        cursor = begin(Query(THERE, "exact"), AT)
        await Lister(client, 10, 100, 10**6).next_page(cursor, Priority.LIVE)
        # One request each, of 600 a minute.
        assert client.memento_pace.used() == pytest.approx(1 / 600)
        assert client.cdx_pace.used() == pytest.approx(1 / 600)


async def test_a_pause_that_is_taken_over_is_that_of_the_same_archive(elsewhere: Elsewhere) -> None:
    pause = Pause(time() + 60, 60, "429")
    async with elsewhere.client() as client:
        client.take_over({"archive": pause})
        assert client.gate.seconds_left() == 0
        client.take_over({client.archive.name: pause})
        assert client.gate.seconds_left() > 0


@pytest.mark.parametrize(
    "address",
    [
        "http://{host}/wayback/2021/{url}",
        "http://{host}/noFrame/replay/2021/{url}",
        "{host}/wayback/2021mp_/{url}",
        "http://{host}/wayback/cdx?url={url}&from=2021&to=2021",
    ],
)
def test_an_address_of_it_is_asked_of_it_while_it_is_on(stage: Stage, address: str) -> None:
    on = stage.settings(archive_other_url="https://arquivo.pt/wayback")
    given = parse_address(address.format(host="arquivo.pt", url=PAGE))
    assert (given.url, given.timestamp) == (PAGE, "2021")
    assert archive_for(given, on) == "https://arquivo.pt/wayback/"
    assert archive_for(given, stage.settings()) == WAYBACK_MACHINE
    other = parse_address(address.format(host="archive.ph", url=PAGE))
    assert archive_for(other, on) == WAYBACK_MACHINE


@asynccontextmanager
async def expander(
    elsewhere: Elsewhere, store: Store, publisher: RecordingPublisher
) -> AsyncIterator[ExpandAddress]:
    settings = elsewhere.settings()
    async with elsewhere.stage.client() as ours, elsewhere.client() as theirs:
        listers = [Lister(client, 100, 100, 10**6) for client in (ours, theirs)]
        yield ExpandAddress(
            listers[0], Listings(store), publisher, settings, Health(60), listers[1]
        )


def sent(publisher: RecordingPublisher) -> list[tuple[str, str, str | None, str]]:
    events = [(p.topic.name, p.event) for p in publisher.published]
    return [
        (topic, event.url, event.timestamp, event.archive)
        for topic, event in events
        if isinstance(event, CaptureRequested)
    ]


async def expanded(expand: ExpandAddress, text: str) -> AddressExpanded:
    (publication,) = await expand(address_requested(parse_address(text), "http", AT))
    assert isinstance(publication.event, AddressExpanded)
    return publication.event


async def test_its_addresses_become_requests_of_their_own_topic(
    elsewhere: Elsewhere, store: Store, publisher: RecordingPublisher
) -> None:
    topic, there = CAPTURE_ELSEWHERE.name, elsewhere.prefix
    async with expander(elsewhere, store, publisher) as expand:
        one = await expanded(expand, f"{elsewhere.url}/2021/{PAGE}")
        ours = await expanded(expand, f"2021/{PAGE}")
        many = await expanded(expand, f"{elsewhere.url}/*/{SITE}/list/*")
    assert (one.requests, ours.requests, many.requests) == (1, 1, 5)
    assert sent(publisher) == [
        (topic, PAGE, "2021", there),
        (CAPTURE_REQUESTED.name, PAGE, "2021", WAYBACK_MACHINE),
        *((topic, f"{SITE}/list/{n}.html", f"2022010100000{n}", there) for n in range(5)),
    ]
    ids = {
        event.request_id
        for p in publisher.published
        if isinstance(event := p.event, CaptureRequested)
    }
    assert len(ids) == 7


async def test_a_prefix_of_it_is_asked_later_while_it_is_down(
    elsewhere: Elsewhere, store: Store, publisher: RecordingPublisher
) -> None:
    elsewhere.faults.script("429")
    async with expander(elsewhere, store, publisher) as expand:
        later = await expanded(expand, f"{elsewhere.url}/*/{SITE}/list/*")
        assert isinstance(later.outcome, RetryAt)
        assert later.partial
        ours = await expanded(expand, f"{SITE}/list/*")
        # What is not of that archive alone is waited for, as always.
        elsewhere.stage.standing_by = True
        with pytest.raises(DependencyDown, match="lease"):
            await expanded(expand, f"{elsewhere.url}/*/{SITE}/article/*")
    assert (ours.requests, ours.outcome) == (len(LISTED), Done())
    assert {topic for topic, *_ in sent(publisher)} == {CAPTURE_BACKLOG.name}


async def test_its_index_is_watched_and_fills_a_backlog_of_its_own(
    stage: Stage, store: Store, publisher: RecordingPublisher
) -> None:
    ago = [(datetime.now(UTC) - timedelta(days=n)).strftime("%Y%m%d%H%M%S") for n in (1, 40)]
    theirs = [Capture(f"{SITE}/zcfb/{stamp}.html", stamp, BODY) for stamp in ago]
    (stage.folder / "seeds" / "watch.toml").parent.mkdir(exist_ok=True)
    with elsewhere_of(stage, *theirs) as elsewhere:
        settings = elsewhere.settings(watch_backlog=1)
        (settings.seeds_dir / "watch.toml").write_text(f'prefixes = ["{SITE}/zcfb/"]')
        stage.faults.archive.captures.add(Capture(f"{SITE}/zcfb/ours.html", ago[1], BODY))
        async with stage.client() as ours, elsewhere.client() as theirs_client:
            for client in (ours, theirs_client):
                lister = Lister(client, 100, 100, 10**6)
                discovery = Discovery(settings, lister, Listings(store), Health(60), lambda: True)
                while await discovery.step():
                    pass
            for client in (ours, theirs_client):
                captures = ListedCaptures(store, client.archive.prefix)
                feeder = Feeder(settings, captures, publisher, Health(60), lambda: True)
                await feeder.step(datetime.now(UTC))
    topic, there = CAPTURE_ELSEWHERE.name, elsewhere.prefix
    assert sent(publisher) == [
        (CAPTURE_BACKLOG.name, f"{SITE}/zcfb/ours.html", ago[1], WAYBACK_MACHINE),
        (topic, f"{SITE}/zcfb/{ago[0]}.html", ago[0], there),
        (topic, f"{SITE}/zcfb/{ago[1]}.html", ago[1], there),
    ]


async def test_a_capture_with_a_digest_that_is_stored_is_not_fetched_from_it(
    elsewhere: Elsewhere, store: Store
) -> None:
    stage, stored = elsewhere.stage, StoredCaptures(store)
    blobs, settings = Blobs(elsewhere.settings().blob_url), elsewhere.settings()

    async def once(client: Client, asked: CaptureRequested) -> CaptureFetched:
        fetch = FetchCapture(Player(client, 10**6), blobs, settings)
        (publication,) = await FetchOnce(fetch, stored, blobs, client.archive.prefix)(asked)
        assert isinstance(publication.event, CaptureFetched)
        return publication.event

    first = request(listed=True)
    second = request(timestamp="20200505000000", listed=True).model_copy(
        update={"archive": elsewhere.prefix}
    )
    async with stage.client() as ours, elsewhere.client() as other:
        one, two = await once(ours, first), await once(other, second)
    assert one.capture
    assert two.capture
    assert one.body == two.body
    assert (one.capture.archive, two.capture.archive) == (WAYBACK_MACHINE, elsewhere.prefix)
    assert elsewhere.targets == []
