"""What begins and what ends in a range of days in China."""

from datetime import date, datetime, timedelta, timezone

import asyncpg
import pytest

from testing.indexer.events import notice
from tests.database.conftest import Write, read

CHINA = timezone(timedelta(hours=8))
DAY = date(2025, 3, 1)
NEXT = datetime(2025, 3, 2, tzinfo=CHINA)
LIST = "不可靠实体清单"
SUSPENDED = {"list": LIST, "action": "suspend", "name_zh": "甲公司"}
DUTY = {"product": "乙苯", "origin": "日本", "since": DAY, "last_day": date(2030, 2, 28)}


async def calendar(
    connection: asyncpg.Connection, first: date, last: date
) -> list[tuple[date, str, str | None]]:
    rows = await connection.fetch("SELECT * FROM calendar($1, $2)", first, last)
    return [(row["day"], row["event"], row["what"]) for row in rows if row["found"]]


@pytest.mark.parametrize(
    ("fields", "events"),
    [
        ({"effective_on": DAY}, [("takes effect", None)]),
        ({"effective_on": DAY, "page_kind": "interview"}, []),
        ({"effective_on": DAY, "language": "en"}, []),
        ({"last_day": DAY}, [("last day", None)]),
        ({"last_day": DAY, "page_kind": "interview"}, []),
        ({"last_day": DAY, "language": "en"}, []),
        ({"deadlines": [{"text": "…", "due": "提交", "on": DAY}]}, [("deadline", "提交")]),
        (
            {"listed_entities": [SUSPENDED | {"until": NEXT}]},
            [("last day suspended", f"甲公司 ({LIST})")],
        ),
        # Several companies' rates are one duty.
        ({"duty_rates": [DUTY | {"rate": 1}, DUTY | {"rate": 2}]}, [("duty begins", "乙苯, 日本")]),
        (
            {"duty_rates": [DUTY | {"rate": rate, "last_day": DAY} for rate in (1, 2)]},
            [("duty begins", "乙苯, 日本"), ("last day of a duty", "乙苯, 日本")],
        ),
    ],
)
async def test_a_day_of_the_notice_itself(
    write: Write,
    connection: asyncpg.Connection,
    fields: dict[str, object],
    events: list[tuple[str, str | None]],
) -> None:
    await write([read(notice(**fields))])
    assert sorted(await calendar(connection, DAY, DAY)) == [(DAY, *event) for event in events]
    for other in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        assert await calendar(connection, other, other) == []


def changed(
    number: int, relation: str, until: date | None = None, **fields: str
) -> dict[str, object]:
    ends = until and datetime(until.year, until.month, until.day, tzinfo=CHINA)
    return {
        "document_number": f"商务部公告2020年第{number}号",
        "relation": relation,
        "since": datetime(2024, 1, 1, tzinfo=CHINA),
        "until": ends,
    } | fields


async def test_the_last_day_as_others_changed_it(
    write: Write, connection: asyncpg.Connection
) -> None:
    last, later = date(2025, 6, 30), date(2026, 7, 1)
    notices = [
        notice(
            document_number=f"商务部公告2020年第{number}号",
            issuers=("商务部",),
            issued_on=date(2020, 1, 1),
            last_day=last,
            duty_rates=[{"product": "乙苯", "rate": 1, "last_day": last}],
        )
        for number in range(1, 7)
    ]
    changes = [
        changed(1, "repeals"),
        changed(2, "extends", later),
        changed(3, "repeals", clause="第二条"),
        changed(4, "repeals") | {"since": datetime(2025, 7, 2, tzinfo=CHINA)},
        changed(5, "extends", later, object="investigation"),
        changed(6, "suspends", later),
    ]
    changing = notice(
        document_number="商务部公告2023年第1号",
        issuers=("商务部",),
        issued_on=date(2023, 12, 1),
        citations=changes,
    )
    await write([read(one) for one in (*notices, changing)])

    rows = await connection.fetch("SELECT * FROM calendar('2024-01-01', '2026-12-31')")
    found: dict[int, list[tuple[str, date]]] = {}
    for row in rows:
        if row["event"] not in ("suspends", "extends"):
            found.setdefault(int(row["notice_key"][-1]), []).append((row["event"], row["day"]))
    own = [("last day", last), ("last day of a duty", last)]
    end = date(2026, 6, 30)
    assert found == {
        1: [("repeals", date(2024, 1, 1))],
        2: [("last day", end)],
        3: [("repeals", date(2024, 1, 1)), *own],
        4: [*own, ("repeals", date(2025, 7, 2))],
        5: [*own, ("last day of an investigation", end)],
        6: [*own, ("last day suspended", end)],
    }


async def test_a_change_stands_on_the_day_that_it_begins(
    write: Write, connection: asyncpg.Connection
) -> None:
    changing = notice(
        document_number="商务部公告2023年第1号",
        issuers=("商务部",),
        citations=[changed(1, "repeals")],
    )
    await write([read(changing)])
    # Of what is not held no line tells.
    assert await calendar(connection, date(2024, 1, 1), date(2024, 1, 1)) == []
    await write([read(notice(document_number="商务部公告2020年第1号", issuers=("商务部",)))])
    for day, found in (
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2024, 1, 2), False),
    ):
        assert await calendar(connection, day, day) == ([(day, "repeals", None)] if found else [])


async def test_days_in_the_summers_of_1986_to_1991_are_chinas(
    write: Write, connection: asyncpg.Connection
) -> None:
    """Clocks went an hour ahead then, which no notice counts in."""
    until = datetime(1988, 7, 2, tzinfo=CHINA)
    await write([read(notice(listed_entities=[SUSPENDED | {"until": until}]))])
    day = date(1988, 7, 1)
    assert [row[0] for row in await calendar(connection, day, day)] == [day]


async def test_the_days_are_in_order(connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InvalidParameterValueError, match="2025-03-02 is after 2025-03-01"):
        await calendar(connection, date(2025, 3, 2), date(2025, 3, 1))


async def test_the_calendar_gives_the_last_day_of_a_suspension(
    bundled: asyncpg.Connection,
) -> None:
    rows = await bundled.fetch("SELECT * FROM calendar('2026-11-01', '2026-11-30')")
    found = {(row["day"], row["event"], row["notice_key"]) for row in rows}
    assert (date(2026, 11, 10), "last day suspended", "商务部2025-61") in found
    assert (date(2026, 11, 27), "last day suspended", "商务部2024-46") in found
