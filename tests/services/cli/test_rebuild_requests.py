"""`mofcom rebuild` requests what Kafka lost of the archive that lists it."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from services.cli.rebuild.missing import lost_requests, next_attempt
from services.fetcher.archive.cdx import Query
from services.fetcher.store.connection import Store
from services.fetcher.store.listings import Listings
from shared.archives import WAYBACK_MACHINE
from shared.events import CaptureRequested, CdxRow
from shared.identity import request_id
from shared.topics import CAPTURE_BACKLOG, CAPTURE_ELSEWHERE, Topic
from testing.fetcher.pages import AT, PAGE, SITE, STAMP

OTHER = "https://arquivo.pt/wayback/"


@pytest.mark.parametrize(
    ("archive", "topic"), [(WAYBACK_MACHINE, CAPTURE_BACKLOG), (OTHER, CAPTURE_ELSEWHERE)]
)
async def test_a_lost_request_is_made_again_of_the_same_archive(
    database_url: str, archive: str, topic: Topic
) -> None:
    store = Store(database_url)
    listings = Listings(store)
    listing = await listings.open("address", Query(SITE, "prefix"), AT, archive)
    row = CdxRow(urlkey="k", timestamp=STAMP, original=PAGE, digest="A" * 32)
    await listings.advance(listing, listing.cursor, [row], AT, requested=True)
    await store.stop()
    connection = await asyncpg.connect(database_url)
    (lost,) = await lost_requests(connection, datetime.now(UTC) + timedelta(days=10_000))
    await connection.close()
    request = lost.event
    assert isinstance(request, CaptureRequested)
    assert (lost.topic, request.archive, request.listed) == (topic, archive, row)
    assert request.request_id == request_id(PAGE, STAMP, AT.date(), archive)
    assert next_attempt(request).topic == topic
