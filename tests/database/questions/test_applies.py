"""Which measures touch a shipment, at a time, and what stands behind them."""

import json
from datetime import date, datetime, timedelta, timezone

import asyncpg
import pytest

from shared.events import NoticeParsed
from testing.indexer.events import notice
from tests.database.conftest import Write, read

CHINA = timezone(timedelta(hours=8))


async def applies(connection: asyncpg.Connection, **asked: object) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await connection.fetch(
        "SELECT * FROM applies($1, $2, $3, $4, coalesce($5, now()))",
        *(asked.get(name) for name in ("hs", "direction", "country", "party", "at")),
    )
    return rows


def day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=CHINA)


@pytest.mark.parametrize(
    "code",
    [
        "2805301811",
        "2805.30",
        "28053018",
        "28.05",
        "HS 2805.30.18",
        "hs code: 280530",
        "２８０５３０１８",
    ],
)
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


@pytest.mark.parametrize("code", ["39", "3907", "390740", "39074000", "3907400010"])
async def test_a_duty_is_found_by_a_code_that_is_wider_or_narrower(
    write: Write, connection: asyncpg.Connection, code: str
) -> None:
    await write_duty(write, hs_codes=["39074000", "40023910"], last_day="2030-02-28")
    (row,) = await applies(connection, hs=code, direction="import")
    # The code that was found, and not those of other goods.
    assert (row["matched_by"], row["hs_code"]) == ("code", "39074000")
    assert row["until"] == day(2030, 3, 1)
    for other in ({"hs": "3908"}, {"hs": code, "direction": "export"}):
        (row,) = await applies(connection, **other)
        assert not row["found"], other


@pytest.mark.parametrize("codes", [(), ("85051110",)])
async def test_goods_that_may_not_leave_are_none_that_may_not_enter(
    write: Write, connection: asyncpg.Connection, codes: tuple[str, ...]
) -> None:
    coded = {"name": "永磁材料", "hs_codes": [{"code": "85051110", "role": "scope"}]}
    item = {
        "name": "永磁材料",
        "direction": "export",
        "hs_codes": [{"code": code, "role": "scope"} for code in codes],
    }
    await write([read(notice(document_number="商务部公告2025年第9号", regulated_items=[item]))])
    await write([read(notice(document_number="商务部公告2025年第8号", regulated_items=[coded]))])
    for direction, found in (("export", {"8", "9"}), ("import", set()), (None, {"8", "9"})):
        rows = await applies(connection, hs="8505", direction=direction)
        keys = {row["notice_key"].partition("-")[2] for row in rows if row["found"]}
        # A direction that is not printed may be the other.
        assert keys - {"8"} == found - {"8"}, direction


async def test_any_goods_for_a_country_are_those_of_each_code(
    write: Write, connection: asyncpg.Connection
) -> None:
    item = {"name": "两用物项", "direction": "export", "destination": "美国"}
    await write([read(notice(regulated_items=[item]))])
    for country, found in (("US", True), ("FR", False), (None, False)):
        (row,) = await applies(connection, hs="8517", direction="export", country=country)
        assert row["found"] is found, country


async def test_a_code_that_was_read_for_no_field_is_named(
    write: Write, connection: asyncpg.Connection
) -> None:
    text = "海关商品编号：2805.3018"
    mark = {"kind": "customs code", "source": "body_text", "start": 7, "end": 16}
    number = "商务部公告2025年第9号"
    await write([read(notice(document_number=number, body_text=text, unread=[mark]))])
    line = "商务部2025-9: a customs code was read for no field: 2805.3018"
    for code, found in (("280530", True), ("2805301811", True), ("280531", False)):
        (row,) = await applies(connection, hs=code)
        assert (line in row["not_held"]) is found, code


async def test_a_duty_of_the_union_is_one_of_its_members(bundled: asyncpg.Connection) -> None:
    rows = await applies(bundled, hs="40023910", country="Belgium", at=day(2019, 1, 1))
    assert {row["goods_country"] for row in rows} == {"欧盟"}


async def write_duty(write: Write, **rate: object) -> None:
    rate = {
        "product": "聚碳酸酯",
        "rate": 16.9,
        "effective_on": "2025-03-01",
        "measure": "anti-dumping",
    } | rate
    number = "商务部公告2025年第9号"
    await write(
        [read(notice(document_number=number, issued_on=date(2025, 2, 28), duty_rates=[rate]))]
    )


@pytest.mark.parametrize(
    ("origin", "countries"),
    [
        ("台湾地区", ["TW", "TWN", "Taiwan", "台湾", "台灣", "中国台湾地区", None]),
        ("美国", ["U.S.A.", "usa", "United States of America", "美國"]),
        ("土耳其", ["Turkiye", "TÜRKIYE", "Turkey"]),
        ("韩国", ["Korea, South", "South-Korea", "KOR"]),
        ("中国香港", ["HK", "Hong Kong", "香港特别行政区"]),
        ("德国", ["EU", "欧盟", "DE"]),
        ("刚果（金）", ["Congo", "CD"]),
        ("刚果（布）", ["Congo", "CG"]),
        # Of a name that no lexicon has, nobody knows which countries it is not.
        ("某国", ["US"]),
    ],
)
async def test_a_country_goes_by_several_names(
    write: Write, connection: asyncpg.Connection, origin: str, countries: list[str | None]
) -> None:
    await write_duty(write, origin=origin, hs_codes=["39074000"])
    for country in countries:
        (row,) = await applies(connection, hs="390740", direction="import", country=country)
        assert row["goods_country"] == origin, country


@pytest.mark.parametrize("country", ["HK", "FR", "澳门"])
async def test_another_country_has_another_name(
    write: Write, connection: asyncpg.Connection, country: str
) -> None:
    await write_duty(write, origin="台湾地区", hs_codes=["39074000"])
    (row,) = await applies(connection, hs="390740", country=country)
    assert not row["found"]


async def test_a_duty_on_all_goods_of_a_country_is_one_on_any_code(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write_duty(write, product="所有进口商品", origin="美国", rate=34)
    (row,) = await applies(connection, hs="8517", direction="import", country="US")
    assert (row["matched_by"], row["what"], row["rate"]) == ("name", "所有进口商品", 34)
    for asked in ({"country": "FR"}, {"country": "US", "direction": "export"}, {}):
        (row,) = await applies(connection, hs="8517", **asked)
        assert not row["found"], asked
        # That it prints no code says nothing of any goods.
        assert not any("no customs code was read" in line for line in row["not_held"]), asked
    assert (
        "without a country, measures on any goods are not in the answer: those of 美国"
        in row["not_held"]
    )


async def test_a_duty_without_a_code_is_named_where_it_may_be_the_answer(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write_duty(write, origin="欧盟")
    line = "商务部2025-9: no customs code was read of the goods on which a duty is: 聚碳酸酯"
    (row,) = await applies(connection, hs="390740", country="DE")
    assert not row["found"]
    assert line in row["not_held"]
    for other in (
        {"hs": "390740", "country": "US"},
        {"hs": "390740", "country": "DE", "direction": "export"},
        {"party": "Skydio"},
    ):
        (row,) = await applies(connection, **other)
        assert not row["found"]
        assert line not in row["not_held"], other


async def test_an_origin_of_which_no_rate_was_read_is_named(
    write: Write, connection: asyncpg.Connection
) -> None:
    """A title says on goods of which countries a duty is; a table that is not read may have the rates."""

    def duty(number: int, origins: str, rates: list[dict[str, object]]) -> NoticeParsed:
        return read(
            notice(
                document_number=f"商务部公告2025年第{number}号",
                issued_on=date(2025, 2, 28),
                title=f"关于对原产于{origins}的进口聚碳酸酯征收反倾销税的公告",
                remedy_stage="duty",
                duty_rates=rates,
            )
        )

    rate = {
        "product": "聚碳酸酯",
        "origin": "日本",
        "rate": 10,
        "effective_on": "2025-03-01",
        "hs_codes": ["39074000"],
    }
    await write([duty(1, "日本、捷克共和国和中国台湾地区", [rate]), duty(2, "德国", [])])
    there = "商务部2025-1: its title names {}, and no rate of goods from there was read"
    czech, taiwan = there.format("捷克共和国"), there.format("中国台湾地区")
    german = there.format("德国").replace("2025-1", "2025-2")
    for asked, lines in (
        ({"hs": "390740"}, {czech, taiwan, german}),
        ({"hs": "390740", "country": "CZ"}, {czech}),
        ({"hs": "39", "country": "Taiwan"}, {taiwan}),
        ({"hs": "390740", "country": "JP"}, set()),
        # Of which goods it is, no code says.
        ({"hs": "8517", "country": "DE"}, {german}),
        ({"hs": "8517", "country": "CZ"}, set()),
        ({"hs": "390740", "direction": "export"}, set()),
        ({"party": "Skydio"}, set()),
    ):
        row = (await applies(connection, **asked))[0]
        assert {line for line in row["not_held"] if "its title names" in line} == lines, asked
    (row,) = await connection.fetch("SELECT * FROM duties('聚碳酸酯', 'TW')")
    assert taiwan in row["not_held"]
    assert czech not in row["not_held"]
    (row,) = await connection.fetch("SELECT * FROM duties('象牙', 'TW')")
    assert taiwan not in row["not_held"]


async def test_a_duty_without_a_code_is_found_by_the_product_of_one_with_codes(
    write: Write, connection: asyncpg.Connection
) -> None:
    rate = {
        "product": "聚碳酸酯",
        "origin": "日本",
        "rate": 10,
        "effective_on": "2024-01-01",
        "hs_codes": ["39074000"],
    }
    await write([read(notice(document_number="商务部公告2024年第1号", duty_rates=[rate]))])
    await write_duty(write, origin="日本")
    rows = await applies(connection, hs="390740", country="JP")
    assert {(row["notice_key"], row["matched_by"]) for row in rows} == {
        ("商务部2024-1", "code"),
        ("商务部2025-9", "name"),
    }


async def test_goods_without_a_code_are_said_to_be_compared_by_words(
    write: Write, connection: asyncpg.Connection
) -> None:
    item = {"name": "永磁材料", "direction": "export"}
    await write([read(notice(regulated_items=[item]))])
    (row,) = await applies(connection, hs="8505", direction="export")
    assert not row["found"]
    assert any("prints no customs code" in line for line in row["not_held"])
    (row,) = await applies(connection, hs="8505", direction="import")
    assert not any("prints no customs code" in line for line in row["not_held"])


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
    assert "Saronic Technologies" in listed["quote"]
    assert listed["source"]


@pytest.mark.parametrize(
    ("name", "direction", "found"),
    [
        ("出口管制管控名单", "import", False),
        ("出口管制管控名单", "export", True),
        ("出口管制管控名单", None, True),
        ("不可靠实体清单", "import", True),
    ],
)
async def test_a_list_of_exports_is_none_of_imports(
    write: Write, connection: asyncpg.Connection, name: str, direction: str | None, found: bool
) -> None:
    entity = {"list": name, "action": "add", "name_latin": "Alpha Instruments"}
    await write([read(notice(listed_entities=[entity]))])
    (row,) = await applies(connection, party="Alpha Instrumants", direction=direction)
    assert row["found"] is found
    assert (row["condition"] or "").startswith("similar name, score 0.") is found


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
        ({"hs": "gallium", "party": "Skydio"}, "2 to 10 digits"),
        ({"hs": "2805 or 2806"}, "2 to 10 digits"),
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
