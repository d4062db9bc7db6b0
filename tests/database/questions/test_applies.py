"""Which measures touch a shipment, at a time, and what stands behind them."""

import json
from datetime import datetime, timedelta, timezone

import asyncpg
import pytest

CHINA = timezone(timedelta(hours=8))


async def applies(connection: asyncpg.Connection, **asked: object) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await connection.fetch(
        "SELECT * FROM applies($1, $2, $3, $4, coalesce($5, now()))",
        *(asked.get(name) for name in ("hs", "direction", "country", "party", "at")),
    )
    return rows


def day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=CHINA)


@pytest.mark.parametrize("code", ["2805301811", "2805.30", "28053018", "280530181190"[:10]])
async def test_a_code_matches_what_it_is_part_of_and_what_is_part_of_it(
    bundled: asyncpg.Connection, code: str
) -> None:
    rows = await applies(bundled, hs=code, direction="export", at=day(2025, 12, 1))
    assert "商务部2025-57" in {row["notice_key"] for row in rows}
    assert all(row["status"] == "suspended" for row in rows if row["notice_key"] == "商务部2025-57")


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (day(2024, 12, 2), None),
        (day(2024, 12, 3), "in force"),
        (day(2025, 11, 8), "in force"),
        (day(2025, 11, 9), "in force in part"),
        (day(2026, 11, 27), "in force in part"),
        (day(2026, 11, 28), "in force"),
    ],
)
async def test_gallium_to_the_united_states(
    bundled: asyncpg.Connection, at: datetime, status: str | None
) -> None:
    """Announcement 46 of 2024 prints no code: its 镓 is the one of the coded 金属镓 (23 of 2023)."""
    rows = await applies(bundled, hs="81129290", direction="export", country="US", at=at)
    found = {row["what"]: row for row in rows}
    assert found["金属镓（单质）"]["status"] == "in force"
    denial = found.get("镓、锗、锑、超硬材料相关两用物项")
    assert (denial["status"] if denial else None) == status
    if denial:
        assert (denial["kind"], denial["matched_by"]) == ("denial", "name")


async def test_a_measure_on_one_country_does_not_touch_another(bundled: asyncpg.Connection) -> None:
    rows = await applies(bundled, hs="81129290", direction="export", country="Japan")
    assert {row["notice_key"] for row in rows} == {"商务部2023-23"}


@pytest.mark.parametrize("country", ["SG", "Singapore", "新加坡"])
async def test_a_duty_is_found_by_the_country_of_origin(
    bundled: asyncpg.Connection, country: str
) -> None:
    rows = await applies(
        bundled, hs="400239", direction="import", country=country, at=day(2019, 1, 1)
    )
    duties = [row for row in rows if row["kind"] == "duty"]
    assert {row["goods_country"] for row in duties} == {"新加坡"}
    assert {row["status"] for row in duties} == {"in force"}


async def test_a_duty_of_the_union_is_one_of_its_members(bundled: asyncpg.Connection) -> None:
    rows = await applies(bundled, hs="40023910", country="Belgium", at=day(2019, 1, 1))
    assert {row["goods_country"] for row in rows} == {"欧盟"}


async def test_the_chain_says_what_made_and_suspended_it(bundled: asyncpg.Connection) -> None:
    row = (await applies(bundled, hs="2805301811", direction="export", at=day(2025, 12, 1)))[0]
    chain = json.loads(row["chain"])
    assert [step["relation"] for step in chain] == ["suspends", "made"]
    assert "暂停实施" in chain[0]["quote"]
    assert all(step["archived_url"].startswith("https://web.archive.org/web/") for step in chain)


async def test_a_party_is_screened(bundled: asyncpg.Connection) -> None:
    rows = await applies(bundled, hs="2805301811", direction="export", party="Saronic Technologies")
    (listed,) = [row for row in rows if row["matched_by"] == "party"]
    assert (listed["kind"], listed["what"], listed["status"]) == (
        "list",
        "不可靠实体清单",
        "listed",
    )


async def test_nothing_found_is_no_answer_of_no(bundled: asyncpg.Connection) -> None:
    (row,) = await applies(bundled, hs="0106")
    assert not row["found"]
    assert any("attachment" in line and "is not read" in line for line in row["not_held"])
    assert any(line.startswith("商务部2025: ") for line in row["not_held"])
    assert row["as_of"] is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "what is shipped or with whom"),
        ({"hs": "1"}, "2 to 10 digits"),
        ({"hs": "2805", "direction": "out"}, "export or import"),
        ({"hs": "2805", "country": "Atlantis"}, "unknown country 'Atlantis'"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    connection: asyncpg.Connection, asked: dict[str, str], words: str
) -> None:
    with pytest.raises(asyncpg.InvalidParameterValueError, match=words):
        await applies(connection, **asked)


async def test_the_time_of_one_question_is_not_that_of_the_next(
    bundled: asyncpg.Connection,
) -> None:
    async with bundled.transaction():
        await applies(bundled, hs="2805301811", at=day(2025, 12, 1))
        now = await bundled.fetchval(
            "SELECT status FROM regulated_items WHERE hs_code = '2805301811'"
        )
    assert now == "in force"
