"""Deadlines: what is due, and by which day where the text lets it be counted."""

from datetime import date
from pathlib import Path

import pytest

from services.parser.document.document import Document
from services.parser.document.force.deadlines.read import read
from services.parser.document.force.effect import Effect
from services.parser.document.stages import read_stages
from services.parser.layouts.page import Page, PageText
from services.parser.parse import parse
from shared.notice import Deadline, PageKind
from tests.services.parser.document import documents

SEEDS = Path(__file__).parents[5] / "seeds/pages"


def deadlines(text: str) -> tuple[tuple[Deadline, ...], tuple[str, ...]]:
    one = Document(Page("test", 1.0, "notice", "关于某事的通知", PageText(text)), "")
    read_stages(one, last="effect")
    one.issued_on, one.effect = date(2025, 11, 3), Effect(date(2026, 1, 1))
    reading = read(one)
    for evidence in reading.evidence:
        place, field = evidence.field.removeprefix("deadlines[").split("].")
        if field in ("text", "due"):
            quote = one.body.printed[evidence.start : evidence.end]
            assert quote == getattr(reading.value[int(place)], field)
    return reading.value, reading.warnings


@pytest.mark.parametrize(
    ("text", "due", "on"),
    [
        ("各地应于2025年12月31日前将总结报送商务部。", "将总结报送商务部", date(2025, 12, 31)),
        ("请于2025年12月31日（含）前报送总结。", "报送总结", date(2025, 12, 31)),
        ("申请截止日期为2025年12月31日。", "申请截止日期为2025年12月31日", date(2025, 12, 31)),
        ("应不迟于2025年12月31日提交报告。", "提交报告", date(2025, 12, 31)),
        ("2025年底前完成整改。", "完成整改", date(2025, 12, 31)),
        ("2026年2月底前完成整改。", "完成整改", date(2026, 2, 28)),
        ("应当自本公告公布之日起15日内，办理缴款手续。", "办理缴款手续", date(2025, 11, 18)),
        ("应当自本办法施行之日起60日内办理备案。", "办理备案", date(2026, 3, 2)),
        ("应自2025年11月30日起三个月内提交报告。", "提交报告", date(2026, 2, 28)),
        ("应当在出口后10个工作日内向商务部报告。", "向商务部报告", None),
        ("在收到通知后一个月内报送方案。", "报送方案", None),
        ("每季度结束后7日内报送进展情况。", "报送进展情况", None),
        ("请于2025年8月31日（星期日）17:00前提交材料。", "提交材料", date(2025, 8, 31)),
        ("请于2025年11月20日之前（以邮戳为准）寄送材料。", "寄送材料", date(2025, 11, 20)),
        ("截止时间为2025年11月20日17:00。", "截止时间为2025年11月20日17:00", date(2025, 11, 20)),
        ("各单位务必于本月底前完成整改。", "完成整改", date(2025, 11, 30)),
        ("请在12月5日下班之前反馈意见。", "反馈意见", date(2025, 12, 5)),
        ("最迟应于2025年12月1日完成备案。", "完成备案", date(2025, 12, 1)),
        ("应在许可证有效期届满前30日提出延期申请。", "提出延期申请", None),
        ("各地于每季度首月10日前报送情况。", "报送情况", None),
        ("应于每年3月31日前报送总结。", "报送总结", None),
        ("公示期为2025年11月3日至11月9日。", "公示期为2025年11月3日至11月9日", date(2025, 11, 9)),
        (
            "公示期为2025年11月3日至11月9日（5个工作日）。",
            "公示期为2025年11月3日至11月9日（5个工作日）",
            date(2025, 11, 9),
        ),
        ("申请者应于2025年11月15日至30日期间，提出申请。", "提出申请", date(2025, 11, 30)),
        # From another thing's effect or issue: no day is known.
        ("企业应当自协议生效之日起20日内报告。", "企业应当自协议生效之日起20日内报告", None),
        ("可以自吊销决定生效之日起3年内不受理其申请。", "不受理其申请", None),
        ("应自中标结果公布之日起10日内提交合同。", "提交合同", None),
        ("应当自本决定生效之日起60日内办理备案。", "办理备案", date(2026, 3, 2)),
        ("可自公告发布之日起20日内提交评论意见。", "提交评论意见", date(2025, 11, 23)),
        ("请自即日起10日内反馈意见。", "反馈意见", date(2025, 11, 13)),
        # One term once, with its whole clause.
        (
            "公示期为2025年11月3日-11月9日，如有异议，请于11月9日前将意见送达投资司。",
            "将意见送达投资司",
            date(2025, 11, 9),
        ),
        (
            "公示期为2025年11月3日至11月9日，逾期不予受理。",
            "公示期为2025年11月3日至11月9日",
            date(2025, 11, 9),
        ),
        (
            "报名截止时间为2025年11月20日17:00，逾期不予受理。",
            "报名截止时间为2025年11月20日17:00",
            date(2025, 11, 20),
        ),
        ("请于2025年11月5日-11月12日提交材料。", "提交材料", date(2025, 11, 12)),
        (
            "申请截止时间为2025年11月20日17时（以系统时间为准），逾期不予受理。",
            "申请截止时间为2025年11月20日17时",
            date(2025, 11, 20),
        ),
        (
            "公示期自2025年11月3日起至11月9日止，共7天。",
            "公示期自2025年11月3日起至11月9日止",
            date(2025, 11, 9),
        ),
        ("报名至2025年11月20日截止。", "报名至2025年11月20日截止", date(2025, 11, 20)),
        ("可在公示期内（2025年11月3日至9日）提出异议。", "提出异议", date(2025, 11, 9)),
        ("技术合同自生效之日起60日内登记。", "技术合同自生效之日起60日内登记", None),
        ("可自本裁定公告之日起10日内提交评论意见。", "提交评论意见", date(2025, 11, 13)),
        ("企业可于每年10月15日至30日提出申请。", "提出申请", None),
        ("应在有效期满30日前申请延期。", "申请延期", None),
        ("可在2025年11月5日至12日期间报送方案。", "报送方案", date(2025, 11, 12)),
        (
            "公示期为2025年12月28日至2026年1月6日。",
            "公示期为2025年12月28日至2026年1月6日",
            date(2026, 1, 6),
        ),
        ("一、报名截止时间为2025年11月20日。", "报名截止时间为2025年11月20日", date(2025, 11, 20)),
        (
            "第八条 报名截止时间为2025年11月20日。",
            "报名截止时间为2025年11月20日",
            date(2025, 11, 20),
        ),
    ],
)
def test_what_is_due_and_when(text: str, due: str, on: date | None) -> None:
    values, _ = deadlines(text)
    assert [(value.due, value.on) for value in values] == [(due, on)]
    assert values[0].text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "报名截止时间为2025年11月10日，材料提交截止时间为2025年11月20日，请按时完成。",
            [("报名截止时间为2025年11月10日", 10), ("材料提交截止时间为2025年11月20日", 20)],
        ),
        (
            "请于2025年11月10日前到会场签到，材料提交截止时间为2025年11月20日。",
            [("到会场签到", 10), ("材料提交截止时间为2025年11月20日", 20)],
        ),
        (
            "应于2025年11月10日前制定方案，并于2025年11月20日前完成整改。",
            [("制定方案", 10), ("完成整改", 20)],
        ),
        (
            "应于2025年11月10日前报送方案，并于2025年11月10日前提交材料。",
            [("报送方案", 10), ("提交材料", 10)],
        ),
    ],
)
def test_two_days_of_one_sentence(text: str, expected: list[tuple[str, int]]) -> None:
    values, _ = deadlines(text)
    assert [(value.due, value.on and value.on.day) for value in values] == expected


def test_the_year_is_that_of_the_day_before_in_the_sentence() -> None:
    values, warnings = deadlines("公示期为2026年2月1日至2月7日，有意见的请于2月9日前反馈意见。")
    assert [value.on for value in values] == [date(2026, 2, 7), date(2026, 2, 9)]
    assert warnings == ()


@pytest.mark.parametrize(
    ("text", "due", "warned"),
    [
        (
            "报名截止时间：2026年2月7日17:00。请有意参加的企业于2月7日17:00前提交报名表。",
            "提交报名表",
            (),
        ),
        (
            "公示期为2026年2月1日至2月7日。公示期内如有异议，请于2月7日前反馈。",
            "请于2月7日前反馈",
            (),
        ),
        (
            "公示期为2026年2月1日至2月7日。请于2月6日前反馈。",
            "公示期为2026年2月1日至2月7日",
            (),
        ),
    ],
)
def test_a_day_that_a_paragraph_names_twice(text: str, due: str, warned: tuple[str, ...]) -> None:
    values, warnings = deadlines(text)

    assert [value.due for value in values if value.on == date(2026, 2, 7)] == [due]
    assert warnings == warned


def test_two_in_one_sentence() -> None:
    values, _ = deadlines(
        "试点地区在收到通知后一个月内向商务部报送方案，每季度结束后7日内报送进展情况，按照要求报送总结。"
    )
    assert [value.due for value in values] == ["向商务部报送方案", "报送进展情况"]


def test_what_goes_on_with_and_belongs_to_it() -> None:
    values, _ = deadlines("可自公告发布之日起20天内，向商务部登记参加调查，并提供相关信息。")
    assert values[0].due == "向商务部登记参加调查，并提供相关信息"
    assert values[0].on == date(2025, 11, 23)


def test_a_bare_verb_is_given_with_its_subject() -> None:
    values, _ = deadlines("本次调查自2025年11月3日起开始，通常应在2026年11月3日前结束。")
    assert [(value.due, value.on) for value in values] == [
        ("通常应在2026年11月3日前结束", date(2026, 11, 3))
    ]


def test_a_day_without_year_is_the_next_one_and_doubted() -> None:
    values, warnings = deadlines("请于1月31日前报送材料。")
    assert values[0].on == date(2026, 1, 31)
    assert warnings == ("deadlines[0].on: the year is not printed",)


@pytest.mark.parametrize(
    "text",
    [
        "本公告自2025年8月14日起施行。",
        "请填报2024年1月1日至12月31日的出口数据。",
        "申请企业近3年内未受到行政处罚，可以申请。",
        "2020年1月1日前设立的企业可以申请。",
        "许可证有效期为1年，有效期内可以多次使用。",
        "一年内不得再次申请。",
        "许可证自签发之日起一年内有效。",
        "2018年网上零售额达9万亿元，同比增长23.9%。",
        "2.平均粒径50微米以内的需要申请许可。",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert deadlines(text)[0] == ()


@pytest.mark.parametrize(("kind", "entries"), [("notice", 1), ("news", 0)])
def test_news_set_none(kind: PageKind, entries: int) -> None:
    text = PageText("各地应于2025年12月31日前报送总结。")
    document = Document(Page("test", 1.0, kind, "关于某事的通知", text), "")
    found = read_stages(document, last="deadlines").found["deadlines"]
    assert isinstance(found, tuple)
    assert len(found) == entries


def test_the_pilot_areas_of_2022() -> None:
    page = SEEDS / "2022-notice-pilot-areas.html"
    one = parse(page.read_bytes(), "http://www.mofcom.gov.cn/article/zwgk/gztz/1.shtml")
    assert [(value.due, value.on) for value in one.deadlines] == [
        ("向商务部报送完善后的试点工作方案及工作台账", None),
        ("报送工作台账进展情况", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "企业应于本公告生效后三个月内，即2026年4月1日前完成整改。",
        "企业应当自生效之日起三个月内（即于2026年4月1日前）完成整改。",
    ],
)
def test_a_period_and_the_day_on_which_it_ends_are_one_term(text: str) -> None:
    (found,), _ = deadlines(text)
    assert (found.due, found.on) == ("完成整改", date(2026, 4, 1))
    one = documents.notice("关于某事的公告", text)
    places = [read.field for read in read(one).evidence]
    assert places.count("deadlines[0].on") == 2


def _table(*rows: str) -> str:
    cells = [
        "".join(f"<td>{cell}</td>" for cell in row.split("|")).join(("<tr>", "</tr>"))
        for row in rows
    ]
    return f"<p>有关安排如下。</p><table>{''.join(cells)}</table><p>商务部</p><p>2025年11月3日</p>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            (
                "序号|配额品种|申报期限",
                "1|甘草|2025年11月30日前",
                "2|磷矿石|2025年12月1日至12月15日",
            ),
            [("甘草", date(2025, 11, 30)), ("磷矿石", date(2025, 12, 15))],
        ),
        (
            (
                "报送材料|截止日期|联系人",
                "年度总结|2026年1月10日|甲",
                "统计报表|每季度首月10日前|乙",
            ),
            [("年度总结", date(2026, 1, 10)), ("统计报表", None)],
        ),
        (
            ("企业名称|完成时限", "甲公司|2026年6月底前", "乙公司|另行通知"),
            [("甲公司", date(2026, 6, 30))],
        ),
        (("提交时间", "2025年12月1日-5日"), []),
        (("产品|实施期限", "甲|2025年12月1日至2026年11月30日"), []),
        (("工作任务|时限要求", "培训|2025年12月5日前"), [("培训", date(2025, 12, 5))]),
    ],
)
def test_deadlines_in_a_table(rows: tuple[str, ...], expected: list[tuple[str, date]]) -> None:
    document = documents.notice("关于配额申报的通知", _table(*rows))
    reading = read(document)
    assert [(one.due, one.on) for one in reading.value] == expected
    quotes = documents.quotes(document, reading)
    for place, one in enumerate(reading.value):
        assert quotes[f"deadlines[{place}].text"] == one.text
        assert one.due in one.text
