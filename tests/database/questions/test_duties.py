"""`duties`: rates of duty by the goods, however they are named, and the origin, with their status at a time."""

from datetime import date, datetime
from typing import Any

import asyncpg
import pytest

from shared.notice import Citation, Unread
from testing.indexer.events import notice
from tests.database.conftest import Write, read

RATE = {
    "product": "己内酰胺",
    "origin": "美国",
    "rate": 10,
    "measure": "anti-dumping",
    "stage": "duty",
    "since": date(2024, 3, 1),
    "last_day": date(2029, 2, 28),
    "hs_codes": ["29337100"],
}


async def duties(connection: asyncpg.Connection, *asked: object) -> list[dict[str, Any]]:
    given = ", ".join(f"${n}" for n in range(1, len(asked) + 1))
    rows = await connection.fetch(f"SELECT * FROM duties({given})", *asked)  # noqa: S608
    return [dict(row) for row in rows]


@pytest.fixture(autouse=True)
async def announced(write: Write) -> None:
    text = "自2024年3月1日起征收反倾销税，税率为18.1%。"
    at = text.index("18.1%")
    await write(
        [
            read(
                notice(
                    document_number="商务部公告2024年第9号",
                    issued_on=date(2024, 2, 28),
                    remedy_stage="duty",
                    duty_rates=[RATE],
                    body_text=text,
                    unread=(Unread(kind="percentage", source="body_text", start=at, end=at + 5),),
                )
            )
        ]
    )


@pytest.mark.parametrize(
    ("goods", "found"),
    [
        ("内酰胺", True),
        ("caprolactam", True),
        ("the Caprolactams", True),
        ("HS 2933.71", True),
        ("2933710090", True),
        ("乙内酰胺", False),
        ("caprolactone", False),
        ("2934", False),
    ],
)
async def test_goods_are_named_in_chinese_english_or_by_code(
    connection: asyncpg.Connection, goods: str, found: bool
) -> None:
    (row,) = await duties(connection, goods)
    assert row["found"] is found
    (row,) = await duties(connection, goods, "JP")
    assert not row["found"]


async def test_a_percentage_that_is_no_rate_is_named(connection: asyncpg.Connection) -> None:
    for goods in ("己内酰胺", "象牙"):
        (row,) = await duties(connection, goods)
        assert "商务部2024-9: a percentage was read for no field: 18.1%" in row["not_held"]


async def test_the_status_is_that_of_the_time_with_what_changed_it(
    connection: asyncpg.Connection, write: Write
) -> None:
    ended = datetime.fromisoformat("2025-06-01T00:00:00+08:00")
    repeals = Citation(relation="repeals", document_number="商务部公告2024年第9号", since=ended)
    await write(
        [
            read(
                notice(
                    document_number="商务部公告2025年第5号",
                    issued_on=date(2025, 5, 20),
                    citations=[repeals],
                )
            )
        ]
    )
    for at, status, by in (
        ("2024-02-29", "not yet in force", None),
        ("2025-05-31", "in force", None),
        ("2025-06-01", "repealed", "商务部2025-5"),
    ):
        moment = datetime.fromisoformat(f"{at}T00:00:00+08:00")
        (row,) = await duties(connection, "己内酰胺", "US", moment)
        assert (row["status"], row["by_notice_key"]) == (status, by)
        assert (row["by_archived_url"] is None) is (by is None)
