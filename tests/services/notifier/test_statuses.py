"""Changes of status, those that only time brings among them."""

from datetime import date, datetime
from typing import Any

import asyncpg

from services.notifier.statuses import Statuses
from services.notifier.store import Store
from shared.notice import ListedEntity, Notice
from testing.indexer.events import notice
from tests.database.conftest import Write, read
from tests.services.notifier.conftest import Collecting, Desk

EVENING = datetime.fromisoformat("2026-11-10T22:00:00+08:00")
MIDNIGHT = datetime.fromisoformat("2026-11-11T00:00:00+08:00")
NUMBER = "商务部公告2025年第61号"


async def test_a_suspension_that_lapses_tonight_is_told_at_midnight_in_china(
    desk: Desk, store: Store, connection: asyncpg.Connection
) -> None:
    statuses = Statuses(store, rest_factor=0)
    hook = Collecting()
    await desk.alerts(f"[[alert]]\nname = 'a'\ncites = '{NUMBER}'", hook)
    # The first look tells nothing: nobody knows what was before.
    assert await statuses.look(EVENING) == 2 * 3600
    await desk.read()
    assert await desk.found("a") == []
    # Until then nothing is looked at.
    before = MIDNIGHT.replace(day=10, hour=23, minute=59)
    assert await statuses.look(before) == 60
    assert await statuses.look(MIDNIGHT) == 24 * 3600
    await desk.read()
    assert (NUMBER, "status") in await desk.found("a")
    row = await connection.fetchrow(
        "SELECT said, content->>'status' AS status FROM alert_matches WHERE document_number = $1",
        NUMBER,
    )
    assert tuple(row) == ("in force, was suspended", "in force")
    # And once.
    found = await desk.found("a")
    await Statuses(store, rest_factor=0).look(MIDNIGHT)
    await desk.read()
    assert await desk.found("a") == found


async def test_a_notice_that_comes_changes_the_status_of_another_one(
    desk: Desk, store: Store, write: Write, connection: asyncpg.Connection
) -> None:
    statuses = Statuses(store, rest_factor=0)
    await desk.alerts(f"[[alert]]\nname = 'a'\ncites = '{NUMBER}'")
    await statuses.compare(EVENING)
    changes = "SELECT notice_key, old_status, status FROM notifier.status_change"
    assert await connection.fetch(changes) == []
    repeal = notice(
        document_number="商务部公告2026年第9号",
        title="关于废止商务部公告2025年第61号的公告",
        issuers=("商务部",),
        issued_on=EVENING.date(),
        effective_on=EVENING.date(),
        citations=(
            {
                "relation": "repeals",
                "document_number": NUMBER,
                "document_number_parts": {
                    "key": "商务部2025-61", "series_key": "商务部2025", "series": "商务部公告", "serial": 61,
                    "year": 2025,
                },
            },
        ),
    )  # fmt: skip
    await write([read(repeal)])
    await statuses.look(EVENING)
    rows = [tuple(row) for row in await connection.fetch(changes)]
    assert ("商务部2025-61", "suspended", "repealed") in rows
    await desk.read()
    found = await desk.found("a")
    assert (NUMBER, "status") in found
    assert ("商务部公告2026年第9号", "added") in found


async def test_entries_of_lists_have_a_status_too(
    desk: Desk, store: Store, write: Write, connection: asyncpg.Connection
) -> None:
    def decided(number: int, action: str, *names: str, **fields: Any) -> Notice:
        entities = [
            ListedEntity(list="不可靠实体清单", action=action, name_latin=name, **fields)
            for name in names
        ]
        return notice(
            document_number=f"不可靠实体清单工作机制〔2026〕{number}号",
            listed_entities=entities,
            issued_on=date(2026, 8, number),
        )

    ours, theirs = "Saronik Technologies, Inc.", "Acme Trading LLC"
    await write([read(decided(1, "add", ours, theirs))])
    (desk.folder / "ours.names").write_text("saronik technologies")
    statuses = Statuses(store, rest_factor=0)
    await statuses.compare(EVENING)
    await desk.alerts("[[alert]]\nname = 'ours'\nparties = 'ours.names'")
    await write([read(decided(2, "suspend", ours, theirs, until=MIDNIGHT))])
    await statuses.look(EVENING)
    await statuses.look(MIDNIGHT)
    await desk.read()
    rows = await connection.fetch(
        "SELECT said FROM alert_matches WHERE kind = 'status' ORDER BY id"
    )
    said = [row["said"] for row in rows]
    assert len(said) == 2
    assert said[0].startswith(f"{ours}: suspended until the end of 2026-11-10")
    assert said[0].endswith("was listed")
    assert said[1].startswith(f"{ours}: listed")
    others = "SELECT count(*) FROM notifier.status_change WHERE entry->>'name_latin' = $1"
    assert await connection.fetchval(others, theirs) == 2


async def test_an_entry_is_told_as_removed_when_its_list_has_lost_it_alone(
    store: Store, write: Write, connection: asyncpg.Connection
) -> None:
    def decided(number: int, action: str, name: str, **fields: Any) -> Notice:
        entity = ListedEntity(
            list="不可靠实体清单", action=action, name_zh="萨罗尼克技术公司", name_latin=name
        )
        return notice(
            document_number=f"不可靠实体清单工作机制〔2026〕{number}号",
            listed_entities=[entity],
            **fields,
        )

    statuses = Statuses(store, rest_factor=0)
    url = "http://www.mofcom.gov.cn/zcfb/blgg/art/2026/1.html"
    changes = "SELECT old_status, status FROM notifier.status_change"
    misread = decided(1, "add", "Saronik Techno1ogies", issued_on=date(2026, 8, 1))
    await write([read(misread, url=url)])
    await statuses.compare(EVENING)
    # A newer parser reads the day and a name otherwise.
    better = decided(1, "add", "Saronik Technologies", issued_on=date(2026, 8, 2), parser_version=2)
    await write([read(better, url=url)])
    await statuses.compare(EVENING)
    assert await connection.fetch(changes) == []
    removes = decided(2, "remove", "Saronik Technologies", issued_on=date(2026, 8, 3))
    await write([read(removes)])
    await statuses.compare(EVENING)
    assert [tuple(row) for row in await connection.fetch(changes)] == [("listed", "removed")]
