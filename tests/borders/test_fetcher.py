"""Forged answers of the archive, pages of its index, WARC files and requests before the fetcher."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from services.fetcher.adapters.records import NotWarc
from services.fetcher.adapters.warc import WarcFile
from services.fetcher.archive.answers import Asked, Verdict, retry_after
from services.fetcher.archive.cdx import NotCdx, parse
from services.fetcher.archive.client import Client
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback, Player
from services.fetcher.archive.reply import NoReply, Reply
from services.fetcher.ask_once import AskOnce
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.store.connection import Store
from services.fetcher.store.endings import Endings
from services.fetcher.store.listed_captures import Waiting
from services.fetcher.store.stored_captures import StoredCaptures
from services.fetcher.watch.feed import request_of
from shared.archives import WAYBACK_MACHINE
from shared.blobs import Blobs
from shared.envelope import encode
from shared.errors import GaveUp
from shared.events import Answer, CaptureRequested
from testing.fetcher.pages import AT, PAGE, STAMP, request
from testing.fetcher.stage import UncontestedLease, settings
from testing.fetcher.warcs import http, record
from testing.forgery import HOSTILE, damaged
from testing.servers import as_role
from tests.borders.settled import FORGERIES, unnamed
from tests.shared.samples import REQUEST

BODY = "<title>商务部公告2025年第1号</title>".encode("gb18030")
TEXTS = [value for value in HOSTILE if isinstance(value, str) and len(value) < 9000]
DATES = (
    "Tue, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -1400", "Mon, 01 Jan 0001 00:00:00 +1400",
    "Sun, 30 Feb 2020 00:00:00 GMT", "01 Jan 999 00:00:00 GMT", "Tue, 01 Jan 2019 99:00:00 GMT",
    "Tue, 01 Jan 99999999999 00:00:00 GMT", "Tue, 01 Jan 2019 00:00:00 +9999999999", "9" * 400, "-1",
)  # fmt: skip
HEADERS = {
    "memento-datetime": "Tue, 01 Jan 2019 00:00:00 GMT",
    "link": f'<{PAGE}>; rel="original"',
    "content-type": "text/html; charset=gb2312",
}
OTHERS = (
    "location", "content-encoding", "x-archive-orig-content-length", "x-archive-orig-content-encoding",
    "x-archive-orig-content-type", "retry-after", "x-ts", "x-archive-wayback-runtime-error",
)  # fmt: skip
ROW = f"cn,gov,mofcom)/a 20190101000000 {PAGE} text/html 200 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ 100"
TIMESTAMPS = (STAMP, None, "2019", "20000800241623", "20200230000000", "00000000000000", "9" * 14)


def hostile(chance: Random) -> bytes:
    """A hostile text as bytes, as such come over the wire."""
    return chance.choice(TEXTS).encode("utf-8", "surrogatepass")


def answer(chance: Random) -> Reply | NoReply:
    """A forged answer of the archive."""
    headers = dict(HEADERS) if chance.random() < 0.8 else {}
    for _ in range(chance.choice((0, 1, 1, 2))):
        text = hostile(chance).decode("latin-1")
        date = chance.choice(DATES)
        value = chance.choice(
            (text, date, f'<{text}>; rel="original"', f"text/html; charset={text}", f"/web/{text}id_/{PAGE}")
        )  # fmt: skip
        headers[chance.choice((*HEADERS, *OTHERS))] = value
    body = b'<meta charset="%s">' % hostile(chance)[:50] + BODY if chance.random() < 0.3 else BODY
    if chance.random() < 0.3:
        body = gzip.compress(body, 1, mtime=0)
        headers["content-encoding"] = chance.choice(("gzip", "br", "zstd", "gzip, br", "undefined"))
    if chance.random() < 0.5:
        body = damaged(body, chance.randrange(10**9))
    if chance.random() < 0.05:
        return NoReply("broken", "reset")
    status = chance.choice((200, 200, 200, 200, 302, 404, 429, 503, 0, 999))
    ending: Any = chance.choice(("whole", "whole", "whole", "short", "broken", "too large"))
    return Reply(status, tuple(headers.items()), body, ending)


class _Forger(Client):
    """Answers what was forged, without a socket."""

    def __init__(self, folder: Path) -> None:
        async def kept(pause: object) -> None:
            return

        super().__init__(settings(folder), UncontestedLease(), kept)
        self.chance = Random(0)

    async def get(self, target: str, pace: Any, priority: Any, judge: Any) -> Any:
        reply = answer(self.chance)
        assert (retry_after(reply, datetime.now(UTC)) or 0.0) >= 0.0
        return reply, judge(reply)


class _NoBlobs(Blobs):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder.as_uri())

    async def put_body(self, body: bytes) -> str:
        return "0" * 64

    async def put_sidecar(self, capture_id: str, request_id: str, sidecar: Any) -> None:
        sidecar.model_dump_json()


async def test_every_forged_answer_has_an_outcome(tmp_path: Path) -> None:
    client = _Forger(tmp_path)
    ours = settings(tmp_path)
    fetch = FetchCapture(Player(client, 10**6), _NoBlobs(tmp_path), ours)
    outcomes = set()
    for number in range(FORGERIES):
        client.chance = chance = Random(number)
        asked = request(PAGE, chance.choice(TIMESTAMPS), listed=chance.random() < 0.5)
        try:
            fetched = await fetch(asked)
        except GaveUp:
            continue
        outcomes.add(fetched.outcome.state)
        record_ = encode(fetched, "test", AT)
        assert type(fetched).model_validate_json(record_.value) == fetched
    assert outcomes == {"done", "skipped", "retry"}


def test_of_every_forged_index_what_is_a_row_can_be_requested() -> None:
    whole = "\n".join([ROW, ROW, ROW, "", "com%2C"]).encode()
    rows = refused = 0
    for number in range(FORGERIES):
        chance = Random(number)
        if chance.random() < 0.5:
            page = damaged(whole, number)
        else:
            fields = [field.encode() for field in ROW.split(" ")]
            fields[chance.randrange(len(fields))] = hostile(chance)
            page = b"\n".join([ROW.encode(), b" ".join(fields), ROW.encode()])
        try:
            found = parse(page.decode("utf-8", "replace"))
        except NotCdx:
            refused += 1
            continue
        for row in found.rows:
            encode(request_of(Waiting(row, AT), WAYBACK_MACHINE, backlog=True), "test", AT)
            rows += 1
    assert rows > FORGERIES
    assert refused


def test_of_every_forged_warc_what_is_a_capture_can_be_fetched() -> None:
    fields = (
        DATES[0],
        "2020-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "2019-01-01",
    )
    played = refused = 0
    for number in range(FORGERIES):
        chance = Random(number)
        date = chance.choice((*fields, "2019-01-01T00:00:00Z", hostile(chance).decode("latin-1")))
        block = http(BODY, headers={"Content-Type": hostile(chance).decode("latin-1")[:200]})
        url = chance.choice((PAGE, PAGE, PAGE, hostile(chance).decode("latin-1")[:3000]))
        records = record(url, block, date) + record(f"{PAGE}?2", block)
        data = damaged(records, number) if chance.random() < 0.7 else records
        try:
            file = WarcFile(io.BytesIO(data), 10**6, datetime.now(UTC))
            for capture in file.captures():
                encode(
                    request_of(Waiting(capture.row, AT), WAYBACK_MACHINE, backlog=True), "test", AT
                )
                assert isinstance(capture.playback, Playback)
                assert isinstance(capture.playback.verdict, Verdict)
                played += 1
        except NotWarc:
            refused += 1
    assert played > FORGERIES / 2
    assert refused


class _NotPlayed:
    archive = None

    async def play(self, asked: Asked, asked_at: datetime, priority: Priority) -> Playback:
        return Playback(Verdict(Answer.NEVER_ARCHIVED, "forged"))


async def test_every_forged_request_has_an_outcome_or_is_refused_by_name(
    tmp_path: Path, database_url: str
) -> None:
    ours, store, blobs = (
        settings(tmp_path),
        Store(as_role(database_url, "fetcher")),
        _NoBlobs(tmp_path),
    )
    fetch = FetchCapture(_NotPlayed(), blobs, ours)
    once = FetchOnce(fetch, StoredCaptures(store), blobs)
    handler = AskOnce(once, Endings(store), blobs)
    reasons, wrong = await unnamed(CaptureRequested, handler, [REQUEST], FORGERIES // 5)
    assert wrong == {}
    assert reasons == {"invalid event"}
    await store.stop()
