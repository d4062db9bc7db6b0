"""Who is listed, suspended and stopped on each day of 2025 and 2026 on which something changed, from texts
in the form of the notices and of the spokesman's answers: unreliable entity list and export control list.
"""

import re
from datetime import date, datetime, timedelta, timezone

import asyncpg
import pytest

from shared.events import NoticeParsed
from tests.database.conftest import Write
from tests.database.test_in_force import written

CHINA = timezone(timedelta(hours=8))
UNRELIABLE, CONTROL = "不可靠实体清单", "出口管制管控名单"
MECHANISM = "不可靠实体清单工作机制"
# Of each notice two of its entities, or the only one.
NAMES = {
    "U4": (("PVH集团", "PVH Corp."), ("因美纳公司", "Illumina, Inc.")),
    "U5": (
        ("特科姆公司", "TCOM, Limited Partnership"),
        ("扁平地球管理公司", "Planate Management Group"),
    ),
    "U7": (("斯凯迪奥公司", "Skydio Inc."), ("浩劫人工智能公司", "HavocAI")),
    "U8": (("护盾人工智能公司", "Shield AI,Inc."), ("Group W公司", "Group W")),
    "C13": (("莱多斯公司", "Leidos"), ("斯凯迪奥公司", "Skydio Inc.")),
    "C21": (
        ("高点航空技术公司", "High Point Aerotechnologies"),
        ("特科姆公司", "TCOM, Limited Partnership"),
    ),
    "C22": (("美国光子公司", "American Photonics"), ("英斯图公司", "Insitu, Inc.")),
}


def _unreliable(number: int, day: str, effect: str = "本公告自公布之日起实施。") -> NoticeParsed:
    entries = NAMES[f"U{number}"]
    named = "、".join(f"{zh}（{latin}）" for zh, latin in entries)
    return written(
        f"{MECHANISM}关于将{entries[0][0]}等{len(entries)}家美国企业列入不可靠实体清单的公告",
        [
            "【发布单位】安全与管制局",
            f"【发布文号】{MECHANISM}公告〔2025〕{number}号",
            f"【发文日期】{day}",
            (
                "为维护国家主权、安全和发展利益，根据《中华人民共和国对外贸易法》等有关法律，依据《不可靠实体清单规定》有关规定，"
                f"{MECHANISM}决定将{named}等{len(entries)}家实体列入不可靠实体清单，并采取以下处理措施："
            ),
            "一、禁止上述企业从事与中国有关的进出口活动；",
            "二、禁止上述企业在中国境内新增投资。",
            effect,
            MECHANISM,
            day,
        ],
        f"{re.sub('[年月]', '-', day).removesuffix('日')} 18:00",
    )


def _control(number: int, day: str, effect: str = "本公告自公布之日起正式实施。") -> NoticeParsed:
    entries = NAMES[f"C{number}"]
    return written(
        f"商务部公告2025年第{number}号 公布将{len(entries)}家美国实体列入出口管制管控名单",
        [
            "【发布单位】安全与管制局",
            f"【发布文号】商务部公告2025年第{number}号",
            f"【发文日期】{day}",
            (
                "根据《中华人民共和国出口管制法》和《中华人民共和国两用物项出口管制条例》等法律法规有关规定，"
                f"决定将{entries[0][0]}等{len(entries)}家美国实体列入出口管制管控名单（见附件），并采取以下措施："
            ),
            f"一、禁止向上述{len(entries)}家美国实体出口两用物项；正在开展的相关出口活动应当立即停止。",
            "二、特殊情况下确需出口的，出口经营者应当向商务部提出申请。",
            effect,
            f"附件：出口管制管控名单（{day}）",
            "商务部",
            day,
            "附件",
            "出口管制管控名单",
            *(f"{at}. {zh}（{latin}）" for at, (zh, latin) in enumerate(entries, 1)),
        ],
        f"{re.sub('[年月]', '-', day).removesuffix('日')} 18:00",
    )


def _sequencers() -> NoticeParsed:
    return written(
        f"{MECHANISM}关于对因美纳公司采取不可靠实体清单处理措施的公告",
        [
            "【发布单位】安全与管制局",
            f"【发布文号】{MECHANISM}公告〔2025〕6号",
            "【发文日期】2025年03月04日",
            (
                f"{MECHANISM}决定于2025年2月4日将因美纳公司（Illumina, Inc.）列入不可靠实体清单。"
                "现决定对该企业采取以下处理措施："
            ),
            "禁止其向中国出口基因测序仪。",
            "本公告自公布之日起实施。",
            MECHANISM,
            "2025年3月4日",
        ],
        "2025-03-04 18:00",
    )


def _answer(title: str, text: str, time: str) -> NoticeParsed:
    lines = ["有记者问：请问中方在实体清单方面有什么考虑？", f"答：{text}"]
    return written(f"商务部新闻发言人就{title}答记者问", lines, time)


def pages_of_2025() -> list[NoticeParsed]:
    may, august, november = "2025-05-14 22:00", "2025-08-12 09:00", "2025-11-05 18:00"
    return [
        _unreliable(4, "2025年02月04日"),
        _unreliable(5, "2025年03月04日"),
        _sequencers(),
        _unreliable(7, "2025年04月04日"),
        _unreliable(8, "2025年04月09日", "本公告自2025年4月10日12时01分起实施。"),
        _control(13, "2025年03月04日"),
        _control(21, "2025年04月04日"),
        _control(22, "2025年04月09日", "本公告自2025年4月10日12时01分起正式实施。"),
        _answer(
            "暂停17家美国实体不可靠实体清单措施",
            f"{MECHANISM}于2025年4月4日和9日，将17家美国实体列入不可靠实体清单。自2025年5月14日起，"
            f"暂停4月4日公告（{MECHANISM}〔2025〕7号）相关措施90天，暂停4月9日公告（{MECHANISM}〔2025〕8号）相关措施90天。",
            may,
        ),
        _answer(
            "暂停28家美国实体出口管制管控名单措施",
            "2025年4月4日和9日，商务部分别发布公告2025年第21号、第22号，将28家美国实体列入出口管制管控名单。"
            "为落实中美经贸高层会谈共识，自2025年5月14日起，暂停实施上述公告所列28家实体的相关措施90天。",
            may,
        ),
        _answer(
            "调整不可靠实体清单措施",
            f"自2025年8月12日起，继续暂停4月4日公告（{MECHANISM}〔2025〕7号）相关措施90天，"
            f"停止4月9日公告（{MECHANISM}〔2025〕8号）相关措施。",
            august,
        ),
        _answer(
            "调整出口管制管控名单措施",
            "商务部于2025年4月4日和9日分别发布2025年第21号和第22号公告，将28家美国实体列入出口管制管控名单。"
            "自2025年8月12日起，对4月4日列入出口管制管控名单的16家实体，继续暂停上述相关措施90天；"
            "对4月9日列入出口管制管控名单的12家实体，停止相关措施。",
            august,
        ),
        _answer(
            "调整不可靠实体清单有关措施",
            f"关于不可靠实体清单，自2025年11月10日起，停止3月4日公布的{MECHANISM}公告2025年第5号、第6号相关措施；"
            f"对4月4日公布的{MECHANISM}公告2025年第7号所列11家实体，继续暂停1年。",
            november,
        ),
        _answer(
            "调整出口管制管控名单有关措施",
            "自2025年11月10日起，停止3月4日（商务部公告2025年第13号）所列15家实体的相关措施；"
            "对4月4日（商务部公告2025年第21号）所列16家实体继续暂停1年。",
            november,
        ),
    ]


LISTED, SUSPENDED, GONE = "listed", "suspended", "not listed"
_ORDER = ("U4", "U5", "U7", "U8", "C13", "C21", "C22")
HISTORY = [
    ("2025-02-03", GONE, GONE, GONE, GONE, GONE, GONE, GONE),
    ("2025-02-04", LISTED, GONE, GONE, GONE, GONE, GONE, GONE),
    ("2025-03-03", LISTED, GONE, GONE, GONE, GONE, GONE, GONE),
    ("2025-03-04", LISTED, LISTED, GONE, GONE, LISTED, GONE, GONE),
    ("2025-04-03", LISTED, LISTED, GONE, GONE, LISTED, GONE, GONE),
    ("2025-04-04", LISTED, LISTED, LISTED, GONE, LISTED, LISTED, GONE),
    ("2025-04-09", LISTED, LISTED, LISTED, GONE, LISTED, LISTED, GONE),
    ("2025-04-10", LISTED, LISTED, LISTED, LISTED, LISTED, LISTED, LISTED),
    ("2025-05-13", LISTED, LISTED, LISTED, LISTED, LISTED, LISTED, LISTED),
    ("2025-05-14", LISTED, LISTED, SUSPENDED, SUSPENDED, LISTED, SUSPENDED, SUSPENDED),
    ("2025-08-11", LISTED, LISTED, SUSPENDED, SUSPENDED, LISTED, SUSPENDED, SUSPENDED),
    ("2025-08-12", LISTED, LISTED, SUSPENDED, GONE, LISTED, SUSPENDED, GONE),
    ("2025-11-09", LISTED, LISTED, SUSPENDED, GONE, LISTED, SUSPENDED, GONE),
    ("2025-11-10", LISTED, GONE, SUSPENDED, GONE, GONE, SUSPENDED, GONE),
    ("2026-11-09", LISTED, GONE, SUSPENDED, GONE, GONE, SUSPENDED, GONE),
    ("2026-11-10", LISTED, GONE, LISTED, GONE, GONE, LISTED, GONE),
]


async def _rows(connection: asyncpg.Connection, day: str) -> dict[tuple[str, str], asyncpg.Record]:
    rows = await connection.fetch("SELECT * FROM listed_entities_on($1)", date.fromisoformat(day))
    return {(row["list"], row["name_zh"]): row for row in rows}


@pytest.mark.parametrize("newest_first", [False, True])
async def test_the_lists_on_each_day(
    write: Write, connection: asyncpg.Connection, newest_first: bool
) -> None:
    pages = pages_of_2025()
    for page in reversed(pages) if newest_first else pages:
        await write([page])
    for day, *expected in HISTORY:
        rows = await _rows(connection, day)
        for notice, status in zip(_ORDER, expected, strict=True):
            name = UNRELIABLE if notice.startswith("U") else CONTROL
            for zh, _ in NAMES[notice]:
                row = rows.get((name, zh))
                assert (row["status"] if row else GONE) == status, (day, notice, zh)


async def test_a_row_says_what_became_of_its_suspension(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(pages_of_2025())
    skydio, tcom = (UNRELIABLE, "斯凯迪奥公司"), (CONTROL, "特科姆公司")

    row = (await _rows(connection, "2025-04-05"))[skydio]
    assert (row["last_change"], row["by_notice_key"], row["last_change_quote"]) == (
        None,
        None,
        None,
    )
    row = (await _rows(connection, "2025-09-01"))[skydio]
    assert row["last_change"] == "suspended from 2025-08-12 until 2025-11-10"
    assert row["until"] == datetime(2025, 11, 10, tzinfo=CHINA)
    assert row["by_title"] == "商务部新闻发言人就调整不可靠实体清单措施答记者问"
    assert row["last_change_quote"] == (
        f"答：自2025年8月12日起，继续暂停4月4日公告（{MECHANISM}〔2025〕7号）相关措施90天，"
        f"停止4月9日公告（{MECHANISM}〔2025〕8号）相关措施。"
    )
    for entry in (skydio, tcom):
        row = (await _rows(connection, "2026-11-30"))[entry]
        assert (row["status"], row["until"]) == ("listed", None)
        assert row["last_change"] == "suspension ended 2026-11-10, no extension held"
        assert row["changed_on"] == date(2026, 11, 10)
        assert "继续暂停1年" in row["last_change_quote"]


async def test_measures_on_one_that_another_notice_listed(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(pages_of_2025())
    illumina = (UNRELIABLE, "因美纳公司")
    six = f"{MECHANISM}公告〔2025〕6号"
    found = [
        (row["notice_key"], row["status"], row["measures"], row["last_change"])
        for day in ("2025-03-03", "2025-03-04", "2025-11-10")
        if (row := (await _rows(connection, day))[illumina])
    ]
    four = f"{MECHANISM}2025-4"
    assert found == [
        (four, "listed", [], None),
        (four, "listed", [six], f"measures added 2025-03-04 by {six}"),
        (four, "listed", [], f"measures of {six} stopped 2025-11-10"),
    ]


async def test_one_fact_on_two_pages_is_one_row_with_two_sources(
    write: Write, connection: asyncpg.Connection
) -> None:
    text = f"自2025年8月12日起，继续暂停4月4日公告（{MECHANISM}〔2025〕7号）相关措施90天。"
    await write(
        [
            _unreliable(7, "2025年04月04日"),
            _answer("调整措施", text, "2025-08-12 09:00"),
            _answer("暂停措施", text, "2025-08-12 10:00"),
        ]
    )
    rows = await connection.fetch("SELECT * FROM status_history WHERE relation = 'suspends'")
    assert [(len(row["sources"]), row["by_title"]) for row in rows] == [
        (2, "商务部新闻发言人就调整措施答记者问")
    ]


async def test_the_suspension_of_named_entities_lapses(
    write: Write, connection: asyncpg.Connection
) -> None:
    await write(
        [
            _control(13, "2025年03月04日"),
            _answer(
                "暂停管控名单措施",
                "自2025年5月14日起，暂停对莱多斯公司（Leidos）的出口管制管控名单措施90天。",
                "2025-05-14 22:00",
            ),
        ]
    )
    row = await connection.fetchrow("SELECT * FROM listed_entities WHERE action = 'suspend'")
    assert row["until"] == datetime(2025, 8, 12, tzinfo=CHINA)
    found = [
        (
            (row := (await _rows(connection, day))[CONTROL, "莱多斯公司"])["status"],
            row["last_change"],
        )
        for day in ("2025-05-13", "2025-05-14", "2025-08-11", "2025-08-12")
    ]
    assert found == [
        ("listed", None),
        ("suspended", "suspended from 2025-05-14 until 2025-08-12"),
        ("suspended", "suspended from 2025-05-14 until 2025-08-12"),
        ("listed", "suspension ended 2025-08-12, no extension held"),
    ]
    assert (await _rows(connection, "2025-08-11"))[CONTROL, "斯凯迪奥公司"]["status"] == "listed"
