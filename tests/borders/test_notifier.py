"""The notifier on logs that forged notices have filled, and on forged files of alerts."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import asyncpg
from aiokafka import TopicPartition

from services.indexer.batch import WriteBatch
from services.indexer.intake import Intake, take
from services.indexer.store import Store as IndexerStore
from services.notifier.addresses import Allowed
from services.notifier.alerts_file import FILE, BadAlerts, read_alerts
from services.notifier.http import Http
from services.notifier.messages import Message, cloud_event, mail
from services.notifier.publishing import Publishing
from services.notifier.statuses import Statuses
from services.notifier.store import Store
from services.notifier.targets.build import targets_of
from services.notifier.targets.mail import MailServer
from shared.blobs import Blobs
from shared.delivery import message as delivery
from shared.delivery.brake import Brake
from shared.envelope import encode
from shared.events import NoticeParsed
from shared.identity import capture_id
from testing.doubles import RecordingPublisher
from testing.forgery import AT, HOSTILE, damaged, forged
from testing.servers import as_role
from tests.borders.settled import FORGERIES, read_notice
from tests.services.notifier.conftest import (
    Collecting,
    Desk,
    bundled,
    connection,
    desk,
    store,
    write,
)
from tests.shared.samples import PARSED

__all__ = ["bundled", "connection", "desk", "store", "write"]

_BATCH, _PAGES = 250, 500
_PAGE = "http://www.mofcom.gov.cn/article/b/c/202501/{}.shtml"
_NOTICE = read_notice()
# Else all would be one document.
_OWN = {"document_number": None, "document_number_parts": None}
_ALERTS = """
[[alert]]
name = "all"
[[alert]]
name = "one code"
code = "8112929010"
words = "管制"
[[alert]]
name = "every day"
how_often = "daily"
issuer = "商务部"
"""
_FILE = """
[[alert]]
name = "rare earths"
words = "稀土"
issuer = "商务部"
code = "2805.30"
list = "unreliable entity list"
cites = "商务部公告2025年第61号"
how_often = "weekly"
parties = "suppliers.names"
mail = ["ann@example.com"]
webhooks = [{ url = "https://a.example/x", secret_file = "secret" }]
apprise = ["json://localhost"]
"""


def _parsed(number: int) -> NoticeParsed:
    """The notice of one of many pages, read by one version of the parser after the other."""
    url, version = _PAGE.format(number % _PAGES), 1 + number // _PAGES
    assert PARSED.fetched.capture is not None
    capture = PARSED.fetched.capture.model_copy(
        update={"url": url, "capture_id": capture_id(url, PARSED.fetched.capture.timestamp)}
    )
    return PARSED.model_copy(
        update={
            "fetched": PARSED.fetched.model_copy(update={"capture": capture}),
            "parser_version": version,
            "notice": _NOTICE.model_copy(update=_OWN | {"parser_version": version}),
        }
    )


def _forged(first: int) -> dict[TopicPartition, list[delivery.Message]]:
    numbers = range(first, first + _BATCH)
    messages = [forged([_parsed(number)], number) for number in numbers]
    return {
        TopicPartition("notice.parsed", 0): [
            replace(one, topic="notice.parsed") for one in messages
        ]
    }


async def test_every_change_by_a_forged_notice_can_be_sent_and_published(
    desk: Desk, store: Store, connection: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    indexer = IndexerStore(as_role(database_url, "indexer"), 30.0)
    await indexer.start()
    intake = Intake(Blobs(tmp_path.as_uri()), indexer)
    index = WriteBatch(intake, indexer, RecordingPublisher(), Brake(FORGERIES, 0.1))
    statuses, published = Statuses(store, rest_factor=0), RecordingPublisher()
    publishing = Publishing(store, published, batch=200)
    hook = Collecting()
    await desk.alerts(_ALERTS, hook)
    began = await connection.fetchval("SELECT max(sequence) FROM changes")

    async def read_all() -> None:
        await statuses.compare(datetime.now(UTC))
        await desk.read()
        while await publishing.step() == 0:
            pass

    for first in range(0, FORGERIES, _BATCH):
        await index(take(_forged(first)), set())
        await read_all()
    await indexer.stop()
    last = await connection.fetchval("SELECT max(sequence) FROM changes")
    assert last - began > _PAGES / 10
    cursors = "SELECT DISTINCT sequence FROM notifier.cursor WHERE log = 'changes'"
    assert [row["sequence"] for row in await connection.fetch(cursors)] == [last]
    for event in published.events:
        encode(event, "test", AT)
    rows = await connection.fetch("SELECT id, alert, content FROM alert_matches")
    assert len(rows) > _PAGES / 10
    for row in rows:
        message = Message(row["id"], row["alert"], AT, [json.loads(row["content"])])
        cloud_event(message)
        mail(message, "mofcom@localhost", "ann@example.com").as_bytes()


async def test_every_forged_file_of_alerts_is_read_or_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "suppliers.names").write_text("Alpha Inc.\n")
    (tmp_path / "secret").write_text(f"whsec_{'A' * 40}\n")
    texts = [text.encode("utf-8", "surrogatepass") for text in HOSTILE if isinstance(text, str)]
    http, server = Http(Allowed(""), 1.0), MailServer(None, None, "mofcom@localhost", 1.0)
    read = refused = 0
    for number in range(FORGERIES):
        chance = Random(number)
        lines = _FILE.encode().splitlines(keepends=True)
        at = chance.randrange(len(lines))
        if chance.random() < 0.5 and b"=" in lines[at]:
            name = lines[at].partition(b"=")[0]
            text = chance.choice(texts)
            lines[at] = name + b"= " + chance.choice((b'"%s"', b'["%s"]', b"%s")) % text + b"\n"
            file = b"".join(lines)
        else:
            file = damaged(b"".join(lines), number)
        (tmp_path / FILE).write_bytes(file)
        try:
            for alert in read_alerts(tmp_path):
                assert alert.asked is not None
                targets_of(alert, http, server)
            read += 1
        except BadAlerts as error:
            str(error).encode()
            refused += 1
    await http.stop()
    assert read > FORGERIES / 20
    assert refused > FORGERIES / 20
