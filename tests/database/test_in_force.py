"""What is in force at an instant, and who is on a list on a day, from texts read by the parser."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zlib import crc32

import asyncpg
import pytest

from services.parser.parse import parse
from shared.events import NoticeParsed
from testing.indexer.events import notice
from testing.markup import page_2026, paragraphs
from tests.database.conftest import Write, read

PAGES = Path(__file__).parents[2] / "seeds" / "pages"
CHINA = timezone(timedelta(hours=8))
SUSPENDED = (55, 56, 57, 58, 61, 62)


def bundled(name: str) -> NoticeParsed:
    url = f"https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_{name}.html"
    return read(parse((PAGES / f"{name}.html").read_bytes(), url), url=url)


def written(title: str, lines: list[str], time: str) -> NoticeParsed:
    url = f"https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_{crc32(title.encode())}.html"
    page = page_2026(title, paragraphs(lines), time=time, published=time)
    return read(parse(page, url), url=url)


async def statuses(connection: asyncpg.Connection, at: datetime) -> dict[str, str]:
    rows = await connection.fetch("SELECT notice_key, status FROM notices_in_force($1)", at)
    return {row["notice_key"]: row["status"] for row in rows}


@pytest.mark.parametrize("suspension_first", [False, True])
async def test_the_announcements_of_october_2025(
    write: Write, connection: asyncpg.Connection, suspension_first: bool
) -> None:
    pages = [bundled(f"2025-announcement-{number}") for number in (*SUSPENDED, 70)]
    for page in reversed(pages) if suspension_first else pages:
        await write([page])
    keys = [f"商务部2025-{number}" for number in SUSPENDED]

    # 55 to 58 name 8 November, 61 and 62 hold from their day.
    october = await statuses(connection, datetime(2025, 10, 10, 12, tzinfo=CHINA))
    assert [october[key] for key in keys] == ["not yet in force"] * 4 + ["in force"] * 2
    assert "商务部2025-70" not in october

    december = await statuses(connection, datetime(2025, 12, 2, 12, tzinfo=CHINA))
    assert [december[key] for key in keys] == ["suspended"] * 6
    rows = await connection.fetch(
        "SELECT until, by_document_number, in_force FROM notices_in_force($1) "
        "WHERE status = 'suspended'",
        datetime(2025, 12, 2, tzinfo=CHINA),
    )
    # Until 10 November 2026 inclusive, as announcement 70 says.
    assert {tuple(row) for row in rows} == {
        (datetime(2026, 11, 11, tzinfo=CHINA), "商务部 海关总署公告2025年第70号", False)
    }

    last = await statuses(connection, datetime(2026, 11, 10, 23, 59, tzinfo=CHINA))
    assert [last[key] for key in keys] == ["suspended"] * 6
    after = await statuses(connection, datetime(2026, 11, 11, tzinfo=CHINA))
    assert [after[key] for key in keys] == ["in force"] * 6


async def test_a_customs_code_is_found_with_the_status_of_its_notice(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write([bundled("2025-announcement-57")])
    sql = "SELECT control_code, status FROM regulated_items WHERE hs_code LIKE '280530%'"
    assert {tuple(row) for row in await connection.fetch(sql)} >= {("1C909.a", "in force")}
    await write([bundled("2025-announcement-70")])
    now = datetime.now(CHINA)
    expected = "suspended" if now < datetime(2026, 11, 11, tzinfo=CHINA) else "in force"
    assert {row["status"] for row in await connection.fetch(sql)} == {expected}


async def test_the_answer_of_may_2025_changes_the_list_of_unreliable_entities(
    write: Write, connection: asyncpg.Connection
) -> None:
    mechanism = "不可靠实体清单工作机制"
    head = "根据《不可靠实体清单规定》等有关规定，不可靠实体清单工作机制决定将"
    await write(
        [
            written(
                "不可靠实体清单工作机制关于将斯凯迪奥公司等2家美国企业列入不可靠实体清单的公告",
                [
                    "【发布单位】安全与管制局",
                    "【发布文号】不可靠实体清单工作机制公告〔2025〕7号",
                    "【发文日期】2025年04月04日",
                    f"{head}斯凯迪奥公司（Skydio Inc.）、浩劫人工智能公司（HavocAI）列入不可靠实体清单。",
                    "本公告自公布之日起实施。",
                    "不可靠实体清单工作机制",
                    "2025年4月4日",
                ],
                "2025-04-04 18:00",
            ),
            written(
                "不可靠实体清单工作机制关于将护盾人工智能公司列入不可靠实体清单的公告",
                [
                    "【发布单位】安全与管制局",
                    "【发布文号】不可靠实体清单工作机制〔2025〕8号",
                    "【发文日期】2025年04月09日",
                    f"{head}护盾人工智能公司（Shield AI,Inc.）列入不可靠实体清单。",
                    "本公告自2025年4月10日12时01分起实施。",
                    "不可靠实体清单工作机制",
                    "2025年4月9日",
                ],
                "2025-04-09 18:00",
            ),
            written(
                "商务部新闻发言人就暂停17家美国实体不可靠实体清单措施答记者问",
                [
                    "有记者问：不可靠实体清单方面有什么考虑？",
                    (
                        f"答：自2025年5月14日起，暂停4月4日公告（{mechanism}〔2025〕7号）相关措施90天，"
                        f"暂停4月9日公告（{mechanism}〔2025〕8号）相关措施。"
                    ),
                ],
                "2025-05-14 22:00",
            ),
        ]
    )

    async def on(day: date) -> dict[str, str]:
        rows = await connection.fetch("SELECT name_zh, status FROM listed_entities_on($1)", day)
        return {row["name_zh"]: row["status"] for row in rows}

    seven, eight = ("斯凯迪奥公司", "浩劫人工智能公司"), "护盾人工智能公司"
    assert await on(date(2025, 4, 3)) == {}
    assert await on(date(2025, 4, 9)) == dict.fromkeys(seven, "listed")
    assert await on(date(2025, 5, 13)) == dict.fromkeys((*seven, eight), "listed")
    assert await on(date(2025, 5, 14)) == dict.fromkeys((*seven, eight), "suspended")
    assert await on(date(2025, 8, 11)) == dict.fromkeys((*seven, eight), "suspended")
    # Ninety days are over; the other suspension names no end.
    assert await on(date(2025, 8, 12)) == dict.fromkeys(seven, "listed") | {eight: "suspended"}
    rows = await connection.fetch(
        "SELECT document_number, open_ended, by_page_kind FROM status_history ORDER BY since, 1"
    )
    assert {tuple(row) for row in rows} == {
        ("不可靠实体清单工作机制公告〔2025〕7号", False, "interview"),
        ("不可靠实体清单工作机制〔2025〕8号", True, "interview"),
    }
    current = await connection.fetch("SELECT name_zh FROM listed_entities_current")
    assert len(current) == 3


async def test_an_entity_that_is_resumed_may_be_suspended_once_more(
    write: Write, connection: asyncpg.Connection
) -> None:
    def act(number: int, action: str, day: str) -> NoticeParsed:
        entity = {
            "list": "不可靠实体清单",
            "action": action,
            "name_zh": "斯凯迪奥公司",
            "effective_on": day,
            "until": "2025-12-01T00:00:00+08:00" if action == "suspend" else None,
        }
        number_of_notice = f"不可靠实体清单工作机制公告〔2025〕{number}号"
        return read(notice(document_number=number_of_notice, listed_entities=[entity]))

    acts = ("add", "suspend", "resume", "suspend")
    pages = [act(month, action, f"2025-0{month}-01") for month, action in enumerate(acts, 1)]
    sql = "SELECT status, last_change FROM listed_entities_on($1)"
    await write(pages[:3])
    row = await connection.fetchrow(sql, date(2025, 12, 15))
    assert tuple(row) == ("listed", "resumed 2025-03-01")
    await write(pages[3:])
    found = [
        tuple(await connection.fetchrow(sql, date(2025, month, 15))) for month in (1, 2, 3, 4, 12)
    ]
    assert found == [
        ("listed", None),
        ("suspended", "suspended from 2025-02-01 until 2025-12-01"),
        ("listed", "resumed 2025-03-01"),
        ("suspended", "suspended from 2025-04-01 until 2025-12-01"),
        ("listed", "suspension ended 2025-12-01, no extension held"),
    ]


async def test_a_delisted_entity_is_gone_and_may_be_listed_again(
    write: Write, connection: asyncpg.Connection
) -> None:
    def list_notice(number: int, action: str, name_zh: str | None, day: str) -> NoticeParsed:
        entity = {
            "list": "不可靠实体清单",
            "action": action,
            "name_zh": name_zh,
            "name_latin": "SKYDIO, INC" if name_zh is None else "Skydio Inc.",
            "effective_on": day,
        }
        return read(
            notice(
                document_number=f"不可靠实体清单工作机制公告〔2025〕{number}号",
                listed_entities=[entity],
            )
        )

    await write([list_notice(3, "add", "斯凯迪奥公司", "2025-03-01")])
    # The removal prints the Latin name alone, and in another spelling.
    await write([list_notice(2, "remove", None, "2025-02-01")])
    await write([list_notice(1, "add", "斯凯迪奥公司", "2025-01-01")])
    sql = "SELECT since FROM listed_entities_on($1)"
    assert await connection.fetchval(sql, date(2025, 1, 31)) == date(2025, 1, 1)
    assert await connection.fetchval(sql, date(2025, 2, 1)) is None
    assert await connection.fetchval(sql, date(2025, 3, 1)) == date(2025, 3, 1)


async def test_an_amended_entry_has_its_new_name_and_answers_to_the_old_one(
    write: Write, connection: asyncpg.Connection
) -> None:
    def list_notice(number: int, day: str, **entity: str) -> NoticeParsed:
        entity |= {"list": "出口管制管控名单", "effective_on": day}
        return read(
            notice(
                document_number=f"商务部公告2025年第{number}号",
                issued_on=date.fromisoformat(day),
                listed_entities=[entity],
            )
        )

    await write(
        [
            list_notice(4, "2025-04-01", action="remove", name_latin="Third Inc."),
            list_notice(
                3, "2025-03-01", action="amend", former_name="Second Inc", name_latin="Third"
            ),
            list_notice(
                2, "2025-02-01", action="amend", former_name="甲公司", name_latin="Second Inc."
            ),
            list_notice(1, "2025-01-01", action="add", name_zh="甲公司", name_latin="First Inc."),
        ]
    )
    sql = "SELECT name_zh, name_latin, since, by_notice_key FROM listed_entities_on($1)"
    found = [
        [tuple(row) for row in await connection.fetch(sql, date(2025, month, 15))]
        for month in (1, 2, 3, 4)
    ]
    first = date(2025, 1, 1)
    assert found == [
        [("甲公司", "First Inc.", first, None)],
        [("甲公司", "Second Inc.", first, "商务部2025-2")],
        [("甲公司", "Third", first, "商务部2025-3")],
        # Another Third.
        [("甲公司", "Third", first, "商务部2025-3")],
    ]
    await write([list_notice(5, "2025-04-02", action="remove", name_latin="FIRST INC")])
    assert await connection.fetch(sql, date(2025, 4, 15)) == []
    row = await connection.fetchrow(
        "SELECT former_name FROM listed_entities WHERE action = 'amend'"
    )
    assert row["former_name"] in ("Second Inc", "甲公司")


async def test_a_suspension_ends_when_it_is_resumed_and_a_clause_is_a_part(
    write: Write, connection: asyncpg.Connection
) -> None:
    def act(number: int, relation: str, clause: str | None, day: str) -> NoticeParsed:
        citation = {
            "document_number": "商务部公告2024年第46号",
            "relation": relation,
            "clause": clause,
            "since": f"{day}T00:00:00+08:00",
        }
        return read(
            notice(
                document_number=f"商务部公告2025年第{number}号",
                issued_on=date.fromisoformat(day),
                citations=[citation],
            )
        )

    await write(
        [
            act(3, "resumes", None, "2025-03-01"),
            act(1, "suspends", "第二款", "2025-01-01"),
            act(2, "suspends", None, "2025-02-01"),
            act(4, "repeals", None, "2025-04-01"),
            read(notice(document_number="商务部公告2024年第46号", issued_on=date(2024, 12, 3))),
        ]
    )
    found = []
    for month in (1, 2, 3, 4):
        row = await connection.fetchrow(
            "SELECT status, clauses, by_document_number FROM notices_in_force($1) "
            "WHERE notice_key = '商务部2024-46'",
            datetime(2025, month, 15, tzinfo=CHINA),
        )
        found.append(tuple(row))
    assert found == [
        ("in force in part", ["第二款"], "商务部公告2025年第1号"),
        ("suspended", ["第二款"], "商务部公告2025年第2号"),
        ("in force", [], None),
        ("repealed", [], "商务部公告2025年第4号"),
    ]


async def test_the_number_is_that_of_the_key_if_several_repeal(
    write: Write, connection: asyncpg.Connection
) -> None:
    cited = {
        "document_number": "商务部公告2024年第46号",
        "relation": "repeals",
        "since": "2025-01-01T00:00:00+08:00",
    }
    # The order of the keys is not the order of the numbers.
    numbers = (
        "商务部公告2025年第70号",
        "商务部 海关总署公告2025年第8号",
        "海关总署 商务部公告2025年第9号",
    )
    await write(
        [
            read(notice(document_number=number, issued_on=date(2025, 1, 1), citations=[cited]))
            for number in numbers
        ]
        + [read(notice(document_number="商务部公告2024年第46号", issued_on=date(2024, 12, 3)))]
    )
    row = await connection.fetchrow(
        "SELECT f.by_document_number, n.document_number FROM notices_in_force() AS f "
        "JOIN notices AS n ON n.notice_key = f.by_notice_key WHERE f.status = 'repealed'"
    )
    assert row[0] == row[1]


async def test_a_notice_is_over_on_the_day_behind_its_own_last_one(
    write: Write, connection: asyncpg.Connection
) -> None:
    number, key = "商务部公告2020年第60号", "商务部2020-60"
    lines = [number, "本公告自2021年1月5日起施行，有效期5年。", "商务部", "2020年12月19日"]
    await write([written("关于某事的公告", lines, "2020-12-19 10:00")])
    sql = "SELECT status, until, quote FROM notices_in_force($1) WHERE notice_key = $2"

    async def on(year: int, month: int, day: int, hour: int = 0) -> tuple[object, ...]:
        at = datetime(year, month, day, hour, tzinfo=CHINA)
        return tuple(await connection.fetchrow(sql, at, key))

    end = datetime(2026, 1, 5, tzinfo=CHINA)
    assert await on(2021, 1, 4) == ("not yet in force", None, "自2021年1月5日起施行")
    assert await on(2021, 1, 5) == ("in force", end, None)
    assert await on(2026, 1, 4, 23) == ("in force", end, None)
    assert await on(2026, 1, 5) == ("expired", end, "有效期5年")
    # Prolonged, and then repealed before that is over.
    longer = {
        "document_number": number,
        "relation": "extends",
        "since": "2026-01-05T00:00:00+08:00",
        "until": "2028-01-05T00:00:00+08:00",
    }
    repeal = {
        "document_number": number,
        "relation": "repeals",
        "since": "2027-06-01T00:00:00+08:00",
    }
    await write(
        [
            read(
                notice(
                    document_number=f"商务部公告{day.year}年第1号",
                    issuers=("商务部",),
                    issued_on=day,
                    citations=[cited],
                )
            )
            for day, cited in ((date(2025, 12, 20), longer), (date(2027, 5, 20), repeal))
        ]
    )
    assert await on(2026, 1, 5) == ("in force", datetime(2028, 1, 5, tzinfo=CHINA), None)
    assert (await on(2027, 6, 1))[0] == "repealed"


@pytest.mark.parametrize(
    ("validity", "status"),
    [
        ("失效", "expired"),
        ("已废止", "repealed"),
        ("现行有效", "in force"),
        ("部分失效", "in force"),
    ],
)
async def test_the_validity_that_a_page_prints(
    write: Write, connection: asyncpg.Connection, validity: str, status: str
) -> None:
    await write([read(notice(validity=validity))])
    now = await statuses(connection, datetime.now(CHINA))
    assert list(now.values()) == [status]
    # What it was before the page was captured, the page does not say.
    assert set((await statuses(connection, datetime(2022, 12, 31, tzinfo=CHINA))).values()) == {
        "in force"
    }


async def test_a_rate_has_its_own_days(write: Write, connection: asyncpg.Connection) -> None:
    today = datetime.now(CHINA).date()

    def step(rate: float, first: int, last: int | None) -> dict[str, object]:
        return {
            "product": "食糖",
            "rate": rate,
            "since": today + timedelta(days=first),
            "last_day": None if last is None else today + timedelta(days=last),
        }

    steps = [step(45, -9, -5), step(40, -4, -1), step(35, 0, 0), step(30, 1, 9), step(25, -9, None)]
    await write([read(notice(last_day=today + timedelta(days=9), duty_rates=steps))])
    sql = "SELECT rate, status FROM duty_rates"
    assert {int(row["rate"]): row["status"] for row in await connection.fetch(sql)} == {
        45: "expired",
        40: "expired",
        35: "in force",
        30: "not yet in force",
        25: "in force",
    }


def ruling(number: int, day: date, stage: str, *cited: str, **fields: object) -> NoticeParsed:
    rate = {"product": "甲醛", "origin": "日本", "measure": "anti-dumping", "rate": 9.0}
    rate |= {name: fields.pop(name) for name in rate.keys() & fields.keys()}
    return read(
        notice(
            title=fields.pop("title", "关于进口甲醛反倾销调查的公告"),
            document_number=f"商务部公告{day.year}年第{number}号",
            issued_on=day,
            remedy_stage=stage,
            duty_rates=[rate | {"stage": stage}] if stage in ("deposit", "duty") else [],
            citations=[{"document_number": one, "relation": "mentions"} for one in cited],
            **fields,
        )
    )


@pytest.mark.parametrize(
    ("stage", "cited"), [("duty", ()), ("none levied", ("商务部公告2024年第1号",))]
)
async def test_deposits_are_paid_until_the_case_is_decided(
    write: Write, connection: asyncpg.Connection, stage: str, cited: tuple[str, ...]
) -> None:
    await write(
        [
            ruling(9, date(2024, 8, 9), stage, *cited),
            ruling(1, date(2024, 2, 1), "deposit"),
        ]
    )
    sql = (
        "SELECT status, by_document_number FROM notices_in_force($1) "
        "WHERE notice_key = '商务部2024-1'"
    )
    before = await connection.fetchrow(sql, datetime(2024, 8, 8, 23, tzinfo=CHINA))
    after = await connection.fetchrow(sql, datetime(2024, 8, 9, tzinfo=CHINA))
    assert tuple(before) == ("in force", None)
    assert tuple(after) == ("superseded", "商务部公告2024年第9号")
    rows = await connection.fetch("SELECT stage, status, by_notice_key FROM duty_rates")
    duty = {("duty", "in force", None)} if stage == "duty" else set()
    assert {tuple(row) for row in rows} == {("deposit", "superseded", "商务部2024-9")} | duty


@pytest.mark.parametrize(
    ("day", "other"),
    [
        (date(2024, 8, 9), {"product": "甲醇"}),
        (date(2024, 8, 9), {"origin": "韩国"}),
        (date(2024, 8, 9), {"measure": "countervailing"}),
        (date(2024, 1, 31), {}),
        (date(2025, 8, 2), {}),
    ],
)
async def test_a_ruling_on_another_case_supersedes_nothing(
    write: Write, connection: asyncpg.Connection, day: date, other: dict[str, object]
) -> None:
    await write([ruling(1, date(2024, 2, 1), "deposit"), ruling(9, day, "duty", **other)])
    assert await connection.fetch("SELECT FROM status_history") == []


async def test_what_decides_no_case_supersedes_nothing(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(
        [
            ruling(1, date(2024, 2, 1), "deposit"),
            ruling(9, date(2024, 8, 9), "none levied"),
            ruling(8, date(2024, 8, 8), "initiation", "商务部公告2024年第1号"),
        ]
    )
    at = datetime(2024, 9, 1, tzinfo=CHINA)
    assert (await statuses(connection, at))["商务部2024-1"] == "in force"


@pytest.mark.parametrize(
    ("title", "last"),
    [
        ("关于进口甲醛反倾销调查初步裁定的公告", datetime(2024, 10, 31, 23, tzinfo=CHINA)),
        ("关于进口甲醛反补贴调查初步裁定的公告", datetime(2024, 5, 31, 23, tzinfo=CHINA)),
        ("关于进口甲醛反倾销和反补贴调查初步裁定的公告", datetime(2024, 10, 31, 23, tzinfo=CHINA)),
        ("关于对进口食糖实施临时保障措施的公告", datetime(2024, 8, 18, 23, tzinfo=CHINA)),
    ],
)
async def test_deposits_run_no_longer_than_the_law_lets_them(
    write: Write, connection: asyncpg.Connection, title: str, last: datetime
) -> None:
    await write([ruling(1, date(2024, 2, 1), "deposit", title=title)])
    # The months are those of China's days: the first of February begins in January in London.
    for zone in ("Asia/Shanghai", "Europe/London"):
        await connection.execute(f"SET timezone = '{zone}'")
        assert list((await statuses(connection, last)).values()) == ["in force"], zone
        after = await connection.fetchrow(
            "SELECT status, quote FROM notices_in_force($1)", last + timedelta(hours=1)
        )
        assert after["status"] == "expired", zone
        assert "不超过" in after["quote"]


async def test_a_duty_goes_on_by_the_ruling_that_ends_its_review(
    write: Write, connection: asyncpg.Connection
) -> None:
    first = written(
        "商务部公告2018年第40号 关于原产于美国的进口橡胶反倾销调查最终裁定的公告",
        [
            "自2018年8月20日起，对原产于美国的进口橡胶征收反倾销税，实施期限自2018年8月20日起5年。",
            "对各公司征收的反倾销税税率如下：",
            "1.甲公司　75.5%",
            "（Alpha Inc.）",
            "商务部",
            "2018年8月10日",
        ],
        "2018-08-10 10:00",
    )
    review = written(
        "商务部公告2023年第29号 关于对原产于美国的进口橡胶所适用反倾销措施发起期终复审调查的公告",
        [
            "2018年8月10日，商务部发布2018年第40号公告，决定征收反倾销税。",
            "在复审期间，对上述产品继续按照商务部2018年第40号公告公布的产品范围和税率征收反倾销税。",
            "本次调查自2023年8月20日起开始，应于2024年8月20日前结束。",
            "商务部",
            "2023年8月18日",
        ],
        "2023-08-18 10:00",
    )
    ruling = written(
        "商务部公告2024年第20号 关于原产于美国的进口橡胶反倾销措施期终复审裁定的公告",
        [
            "自2024年8月20日起，对原产于美国的进口橡胶继续征收反倾销税，实施期限为5年。",
            "反倾销税税率与商务部2018年第40号公告的规定相同。",
            "商务部",
            "2024年8月19日",
        ],
        "2024-08-19 10:00",
    )
    days = [
        datetime(2018, 8, 19, 23, tzinfo=CHINA),
        datetime(2018, 8, 20, tzinfo=CHINA),
        datetime(2023, 8, 19, 23, tzinfo=CHINA),
        datetime(2023, 8, 20, tzinfo=CHINA),
        datetime(2024, 8, 19, 23, tzinfo=CHINA),
        datetime(2024, 8, 20, tzinfo=CHINA),
        datetime(2029, 8, 19, 23, tzinfo=CHINA),
        datetime(2029, 8, 20, tzinfo=CHINA),
    ]

    async def by_day() -> list[str]:
        return [(await statuses(connection, day))["商务部2018-40"] for day in days]

    before, ends = ["not yet in force", "in force", "in force"], ["expired"]
    await write([first])
    assert await by_day() == before + ends * 5
    await write([review])
    assert await by_day() == before + ["in force"] * 2 + ends * 3
    await write([ruling])
    assert await by_day() == before + ["in force"] * 4 + ends
    rate = await connection.fetchrow("SELECT status, last_day FROM duty_rates")
    assert rate["last_day"] == date(2023, 8, 19)
    assert rate["status"] == ("in force" if datetime.now(CHINA) < days[-1] else "expired")


async def test_a_suspension_of_goods_that_has_run_out_says_so(
    write: Write, connection: asyncpg.Connection
) -> None:
    """In force again, but only as far as the documents held tell."""
    goods = ["决定对钬（参考海关商品编号：2805301811）实施出口管制。", "本公告自公布之日起实施。"]
    await write(
        [
            written(
                f"商务部公告2020年第{number}号 公布对钬实施出口管制的决定",
                [*goods, "商务部", "2020年3月1日"],
                "2020-03-01 10:00",
            )
            for number in (1, 2, 3)
        ]
    )
    sql = "SELECT status, last_change, last_change_quote FROM regulated_items ORDER BY document_number"
    assert [tuple(row) for row in await connection.fetch(sql)] == [("in force", None, None)] * 3
    await write(
        [
            written(
                "商务部公告2020年第9号 公布暂停实施有关公告的决定",
                [
                    "自即日起至2021年3月31日，暂停实施商务部公告2020年第1号、第2号。",
                    "商务部",
                    "2020年4月1日",
                ],
                "2020-04-01 10:00",
            ),
            written(
                "商务部公告2020年第10号 公布恢复实施有关公告的决定",
                ["自2020年6月1日起，恢复实施商务部公告2020年第2号。", "商务部", "2020年5月30日"],
                "2020-05-30 10:00",
            ),
            written(
                "商务部公告2020年第11号 公布暂停实施有关公告的决定",
                ["自即日起暂停实施商务部公告2020年第3号第二款。", "商务部", "2020年6月1日"],
                "2020-06-01 10:00",
            ),
        ]
    )
    rows = await connection.fetch(sql)
    assert [(row["status"], row["last_change"]) for row in rows] == [
        ("in force", "suspension ended 2021-04-01, no extension held"),
        ("in force", "suspension ended 2020-06-01"),
        ("in force in part", "第二款: suspended from 2020-06-01"),
    ]
    assert "暂停实施商务部公告2020年第1号" in rows[0]["last_change_quote"]


def additional(number: int, day: int, *lines: str) -> NoticeParsed:
    """An announcement of April 2020 on duties on top of the tariff's."""
    return written(
        f"国务院关税税则委员会关于对原产于美国的进口商品加征关税的公告（第{number}号）",
        [f"税委会公告2020年第{number}号", *lines, "国务院关税税则委员会", f"2020年4月{day}日"],
        f"2020-04-{day:02} 10:00",
    )


_CITED = "《关于对原产于美国的进口商品加征关税的公告》（税委会公告2020年第4号）规定的加征关税税率"


async def test_a_duty_on_top_of_the_tariff_that_is_raised_and_partly_suspended(
    write: Write, connection: asyncpg.Connection
) -> None:
    sql = "SELECT rate::int, origin, measure, status, by_notice_key FROM duty_rates ORDER BY rate"
    first = additional(4, 4, "自2020年4月10日12时01分起，对原产于美国的所有进口商品，加征34%关税。")
    raised = additional(5, 9, f"自2020年4月10日12时01分起，调整{_CITED}，由34%提高至84%。")
    await write([first, raised])
    key = "税委会2020"
    assert [tuple(row) for row in await connection.fetch(sql)] == [
        (34, "美国", "additional", "superseded", f"{key}-5"),
        (84, "美国", "additional", "in force", None),
    ]
    back = additional(
        7,
        20,
        "自2020年5月14日12时01分起，调整对原产于美国的进口商品加征关税措施。有关事项如下：",
        f"一、调整{_CITED}，由34%调整为10%，在十年内暂停实施24%的对美加征关税税率。",
        "二、停止实施《关于调整加征关税措施的公告》（税委会公告2020年第5号）规定的加征关税措施。",
    )
    await write([back])
    assert [tuple(row) for row in await connection.fetch(sql)] == [
        (34, "美国", "additional", "in force in part", f"{key}-7"),
        (84, "美国", "additional", "repealed", f"{key}-7"),
    ]
    parts = "SELECT clauses FROM notices_in_force() WHERE notice_key = $1"
    assert await connection.fetchval(parts, f"{key}-4") == ["24%的对美加征关税税率"]


async def test_a_duty_on_top_of_the_tariff_stays_when_an_amendment_sets_none(
    write: Write, connection: asyncpg.Connection
) -> None:
    first = additional(4, 4, "自2020年4月10日12时01分起，对原产于美国的所有进口商品，加征34%关税。")
    cited = {"document_number": "税委会公告2020年第4号", "relation": "amends"}
    amending = notice(
        document_number="税委会公告2020年第6号",
        issuers=["税委会"],
        issued_on="2020-04-12",
        citations=[cited],
    )
    await write([first, read(amending)])
    assert await connection.fetchval("SELECT count(*) FROM status_history") == 1
    assert await connection.fetchval("SELECT status FROM duty_rates") == "in force"
