"""What a spokesman states is done, in any order of its words."""

from datetime import datetime
from random import Random

import pytest

from shared.notice import Notice, PageKind
from tests.services.parser.document.citations.test_citations import at, changes, notice

DAY = at(2025, 11, 10)
YEAR = at(2026, 11, 10)
MECHANISM = "不可靠实体清单工作机制公告2025年"
_TITLE = "商务部新闻发言人就调整措施答记者问"
_Facts = list[tuple[str, str, datetime | None, datetime | None]]


def facts(text: str, kind: PageKind = "interview") -> _Facts:
    """Relation, serial, from when, until when, of each change."""
    return [
        (one.relation, _serial(one.document_number), one.since, one.until)
        for one in changes(notice(text, _TITLE, kind))
    ]


def _serial(number: str | None) -> str:
    return (number or "").removesuffix("号").rpartition("第")[2].rpartition("〕")[2]


@pytest.mark.parametrize("kind", ["interview", "notice"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "自2025年11月10日起，停止3月4日（商务部公告2025年第13号）所列15家实体的相关措施；"
                "对4月4日（商务部公告2025年第21号）所列16家实体继续暂停1年。"
            ),
            [("repeals", "13", DAY, None), ("suspends", "21", DAY, YEAR)],
        ),
        (
            (
                f"自2025年11月10日起，停止3月4日公布的{MECHANISM}第5号、第6号措施，"
                "对4月4日公布的第7号公告所列11家实体，继续暂停相关措施1年。"
            ),
            [
                ("repeals", "5", DAY, None),
                ("repeals", "6", DAY, None),
                ("suspends", "7", DAY, YEAR),
            ],
        ),
        (
            (
                f"自2025年11月10日起，取消商务部公告2025年第13号所列实体的相关措施，不再实施{MECHANISM}第5号、第6号所列措施，"
                "继续暂停1年实施商务部公告2025年第21号所列措施。"
            ),
            [
                ("repeals", "13", DAY, None),
                ("repeals", "5", DAY, None),
                ("repeals", "6", DAY, None),
                ("suspends", "21", DAY, YEAR),
            ],
        ),
        (
            (
                f"自2025年11月10日起，商务部公告2025年第13号、{MECHANISM}第5号所列措施予以取消，"
                "商务部公告2025年第21号所列措施继续暂停实施一年。"
            ),
            [
                ("repeals", "13", DAY, None),
                ("repeals", "5", DAY, None),
                ("suspends", "21", DAY, YEAR),
            ],
        ),
    ],
)
def test_each_verb_has_its_own_objects(text: str, expected: _Facts, kind: PageKind) -> None:
    body = (
        text
        if kind == "interview"
        else text.replace("自2025年", "为管理不可靠实体清单，自2025年", 1)
    )
    assert facts(body, kind) == expected


def test_the_items_of_a_list_begin_on_the_day_of_the_line_above() -> None:
    assert facts(
        "答：自2025年11月10日起对有关措施作如下调整：\n（一）停止商务部公告2025年第13号所列措施；\n"
        "（二）商务部公告2025年第21号所列措施继续暂停1年。"
    ) == [("repeals", "13", DAY, None), ("suspends", "21", DAY, YEAR)]


def test_measures_are_those_of_the_day_and_of_the_list_that_the_act_names() -> None:
    assert facts(
        "答：商务部于2025年4月4日和9日分别发布了第21号和22号公告，将28家美国实体列入出口管制管控名单。"
        "不可靠实体清单工作机制于2025年4月4日和9日发布公告2025年第7号和第8号。自2025年11月10日起，"
        "对4月4日列入不可靠实体清单的11家实体，继续暂停相关措施1年，对4月9日列入出口管制管控名单的12家实体，停止相关措施。"
    ) == [("repeals", "22", DAY, None), ("suspends", "7", DAY, YEAR)]


def test_an_act_on_what_the_text_does_not_name_is_doubted() -> None:
    one = notice("答：自2025年11月10日起，停止相关措施。", _TITLE, "interview")
    assert "citations: 停止相关措施 names no document" in one.warnings


def test_a_longer_suspension_is_counted_from_its_sentence_with_doubt() -> None:
    one = notice(
        "答：自2025年11月10日起，商务部公告2025年第21号所列措施的暂停期限延长1年。",
        _TITLE,
        "interview",
    )
    assert [(c.relation, c.until) for c in one.citations] == [("suspends", YEAR)]
    assert "citations[0].until: counted from the start that the sentence names" in one.warnings


@pytest.mark.parametrize(
    "text",
    [
        "答：中方未停止商务部公告2025年第13号措施。",
        "答：如美方取消关税，中方将暂停商务部公告2025年第21号措施。",
        "答：有媒体称，中方自2025年11月10日起停止商务部公告2025年第13号措施，该报道不实。",
        "答：此前已暂停商务部公告2025年第21号措施90天。",
        "答：2025年5月14日，商务部发布公告2025年第30号，暂停商务部公告2025年第21号所列措施90天。",
        "答：商务部发布公告2025年第70号，自即日起暂停实施商务部公告2025年第55号、第56号。",
        "有记者问：商务部公告2025年第21号措施是否继续暂停1年？",
        "答：商务部公告2025年第21号措施的暂停期限即将届满。",
        "答：正在开展商务部公告2025年第21号所列的出口活动应当立即停止。",
    ],
)
def test_what_is_not_stated_changes_nothing(text: str) -> None:
    assert facts(text) == []


_VERBS = {
    "repeals": ("停止", "取消", "终止", "停止实施", "不再实施"),
    "suspends": ("暂停", "继续暂停", "暂停实施", "中止"),
}
_OBJECTS = (
    "商务部公告2025年第{}号所列{n}家实体的相关措施",
    "4月4日公告（商务部公告2025年第{}号）相关措施",
    "商务部2025年4月4日公布的商务部公告2025年第{}号措施",
    "4月4日（商务部公告2025年第{}号）所列{n}家实体的措施",
)
_TERMS = (("90天", at(2026, 2, 8)), ("1年", YEAR), ("，为期一年", YEAR), ("", None))


def _sentence(random: Random) -> tuple[str, _Facts]:
    serials = random.sample(range(20, 90), 6)
    clauses: list[str] = []
    expected: _Facts = []
    for _ in range(random.randint(1, 3)):
        relation = random.choice(list(_VERBS))
        verb = random.choice(_VERBS[relation])
        own = [str(serials.pop()) for _ in range(random.randint(1, 2))]
        objects = random.choice(["、", "和"]).join(
            random.choice(_OBJECTS).format(serial, n=random.randint(2, 20)) for serial in own
        )
        term, until = random.choice(_TERMS) if relation == "suspends" else ("", None)
        before = verb.startswith("不再") or random.random() < 0.6
        clause = verb + objects + term if before else f"对{objects}{verb}{term}"
        clauses.append(clause)
        expected += [(relation, serial, DAY, until) for serial in own]
    return f"答：自2025年11月10日起，{random.choice('，；').join(clauses)}。", expected


def test_sentences_made_of_verbs_objects_orders_joiners_and_terms() -> None:
    random = Random(15)
    wrong = []
    for _ in range(300):
        text, expected = _sentence(random)
        if (found := facts(text)) != expected:
            wrong.append((text, expected, found))
    assert not wrong, wrong[0]


def test_what_a_page_of_a_notice_states_is_read_alike() -> None:
    one: Notice = notice(
        "自2025年11月10日起，停止出口管制管控名单（商务部公告2025年第13号）所列15家实体的相关措施。"
    )
    assert [(c.relation, c.since) for c in changes(one)] == [("repeals", DAY)]
    assert not [warning for warning in one.warnings if warning.startswith("citations")]


@pytest.mark.parametrize(
    "text",
    [
        "答：自2026年2月1日起，商务部公告2025年第13号所列15家实体中，甲公司（Alpha Inc.）的管控名单措施停止实施。",
        "答：自2026年2月1日起，停止执行商务部公告2025年第13号对甲公司（Alpha Inc.）采取的管控名单措施。",
    ],
)
def test_what_is_done_to_some_of_those_listed_is_not_done_to_the_notice(text: str) -> None:
    one = notice(text, _TITLE, "interview")
    assert list(changes(one)) == []
    assert any("for some alone" in warning for warning in one.warnings)


def test_a_number_that_is_read_with_its_issuer_is_not_of_the_series_before_it() -> None:
    text = f"自2025年11月10日起，停止{MECHANISM}第5号、商务部2025年第13号公告所列实体的相关措施。"
    numbers = [one.document_number for one in notice(text, _TITLE, "interview").citations]

    assert numbers == [f"{MECHANISM}第5号", "商务部公告2025年第13号"]


def test_an_object_before_a_verb_that_has_another_behind_it() -> None:
    text = (
        "自2025年11月10日起，停止商务部公告2025年第13号所列措施，"
        f"对商务部公告2025年第21号所列实体，继续暂停1年实施{MECHANISM}第7号所列措施。"
    )

    assert facts(text) == [
        ("repeals", "13", DAY, None),
        ("suspends", "21", DAY, YEAR),
        ("suspends", "7", DAY, YEAR),
    ]


_LISTED = (
    "2025年4月4日，商务部发布2025年第21号公告，将16家实体列入出口管制管控名单。自2025年11月10日起，"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("停止出口管制管控名单相关措施。", [("repeals", "21", DAY, None)]),
        ("暂停企业申报手续。", []),
    ],
)
def test_a_notice_changes_what_it_named_before_where_it_speaks_of_the_list(
    text: str, expected: _Facts
) -> None:
    assert facts(_LISTED + text, "notice") == expected


def test_those_of_whom_it_speaks_suspend_nothing() -> None:
    text = (
        f"2025年9月25日，不可靠实体清单工作机制发布{MECHANISM}第11号，将3家实体列入不可靠实体清单。"
        "此前已被暂停措施的企业不受影响，暂停措施的实体名单见网站。"
    )

    assert facts(text) == []
