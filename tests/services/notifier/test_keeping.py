"""What was told long ago goes; that it was told stays known."""

from datetime import UTC, datetime, timedelta

import asyncpg

from services.notifier.keeping import Keeping
from services.notifier.store import Store
from testing.indexer.events import notice
from tests.database.conftest import Write, read
from tests.services.notifier.conftest import Collecting, Desk

URL = "http://www.mofcom.gov.cn/zcfb/blgg/art/2026/9.html"
WOOL = notice(document_number="商务部公告2026年第9号", title="羊毛进口关税配额公告")


async def test_what_was_told_long_ago_is_not_told_as_new_again(
    desk: Desk, store: Store, write: Write, connection: asyncpg.Connection
) -> None:
    await desk.alerts("[[alert]]\nname = 'a'", Collecting())
    await write([read(WOOL, url=URL)])
    await desk.read()
    number = WOOL.document_number
    assert await desk.found("a") == [(number, "added")]
    keeping = Keeping(store, days=90)
    now = datetime.now(UTC)
    await keeping.look(now + timedelta(days=89))
    assert len(await desk.found("a")) == 1
    # Once a day is enough.
    await keeping.look(now + timedelta(days=89, hours=23))
    await keeping.look(now + timedelta(days=91))
    assert await desk.found("a") == []
    assert await connection.fetchval("SELECT matches FROM alerts") == 0
    assert await connection.fetchval("SELECT count(*) FROM notifier.delivery") == 0
    # Read otherwise by a newer parser.
    await write(
        [read(WOOL.model_copy(update={"department": "外贸司", "parser_version": 2}), url=URL)]
    )
    await desk.read()
    assert await connection.fetchval("SELECT count(*) FROM changes WHERE kind = 'changed'") > 0
    assert await desk.found("a") == []
