"""A duty that goes on by the rates of an earlier notice extends that notice."""

from datetime import datetime

import pytest

from services.parser.parse import parse
from shared.chinese.dates import BEIJING
from shared.notice import Citation
from testing.markup import page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zcfb/blgg/art/2025/art_1.html"
_REPORT = "2018年8月10日，商务部发布2018年第40号公告，决定对原产于美国的进口橡胶征收反倾销税，实施期限自2018年8月20日起5年。"
_RULING = "商务部公告2024年第20号 关于原产于美国的进口橡胶反倾销措施期终复审裁定的公告"
_REVIEW = "商务部公告2023年第29号 关于对原产于美国的进口橡胶所适用反倾销措施发起期终复审调查的公告"


def cited(title: str, *lines: str, day: str) -> tuple[Citation, list[str]]:
    text = (_REPORT, *lines, "商务部", day)
    notice = parse(page_2026(title, paragraphs(text)), URL)
    (one,) = [one for one in notice.citations if one.document_number == "商务部公告2018年第40号"]
    return one, [one for one in notice.warnings if one.startswith("citations")]


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "rates",
    [
        "反倾销税税率与商务部2018年第40号公告的规定相同。",
        "各公司的税率按照商务部2018年第40号公告公布的税率执行。",
        "继续按照商务部2018年第40号公告公布的产品范围和税率征收反倾销税。",
    ],
)
def test_the_ruling_that_ends_a_review(rates: str) -> None:
    levy = "自2024年8月20日起，对原产于美国的进口橡胶继续征收反倾销税，实施期限为5年。"
    one, warnings = cited(_RULING, levy, rates, day="2024年8月19日")
    assert (one.relation, one.since, one.until) == (
        "extends",
        day(2024, 8, 20),
        day(2029, 8, 20),
    )
    assert warnings == []


def test_while_a_review_lasts() -> None:
    levy = "在复审期间，对上述产品继续按照商务部2018年第40号公告公布的产品范围和税率征收反倾销税。"
    ends = "本次调查自2023年8月20日起开始，应于2024年8月20日前结束。"
    one, _ = cited(_REVIEW, levy, ends, day="2023年8月18日")
    assert (one.relation, one.until) == ("extends", day(2024, 8, 20))
    one, warnings = cited(_REVIEW, levy, day="2023年8月18日")
    assert (one.relation, one.until) == ("extends", day(2024, 8, 18))
    assert "citations[0].until: twelve months, the longest that a review lasts" in warnings


@pytest.mark.parametrize(
    "words",
    [
        "产品范围与商务部2018年第40号公告一致。",
        "根据商务部2018年第40号公告征收的反倾销税将于2024年8月19日到期。",
        "不再继续按照商务部2018年第40号公告公布的税率征收反倾销税。",
        "如裁定损害可能再度发生，将继续按照商务部2018年第40号公告公布的税率征收反倾销税。",
    ],
)
def test_what_lets_no_duty_go_on(words: str) -> None:
    one, _ = cited(_RULING, words, day="2024年8月19日")
    assert one.relation != "extends"
