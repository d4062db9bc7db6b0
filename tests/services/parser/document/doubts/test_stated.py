"""What a notice states of its lists is compared with what was read of them."""

import pytest

from services.parser.parse import parse
from testing.markup import page_2018, paragraphs

URL = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml"
_LISTED = (
    "附件1",
    "出口管制物项清单",
    "1.高纯铋（海关商品编号：8106101091）",
    "2.硒化铟（海关商品编号：2842902000、2842903000）",
)


def _warnings(
    lead: str, *annexes: str, title: str = "关于对有关物项实施出口管制的公告"
) -> list[str]:
    lines = [lead, "本公告自公布之日起实施。", "商务部", "2025年2月4日", *annexes]
    notice = parse(page_2018(title, paragraphs(lines)), URL)
    fields = ("regulated_items:", "listed_entities:")
    return [warning for warning in notice.warnings if warning.startswith(fields)]


@pytest.mark.parametrize(
    "lead",
    [
        "决定对附件1所列物项（共计2项物项）实施出口管制。",
        "决定对高纯铋等2种物项实施出口管制（见附件1）。",
        "决定对附件1所列物项实施出口管制，共涉及3个海关商品编号。",
        "决定对附件1所列物项实施出口管制。出口经营者应当遵守下列2项要求。",
    ],
)
def test_counts_that_are_right(lead: str) -> None:
    assert _warnings(lead, *_LISTED) == []


@pytest.mark.parametrize(
    ("lead", "quote"),
    [
        (
            "决定对附件1所列物项（共计5项物项）实施出口管制。",
            "共计5项物项 in annex 1, 2 were found",
        ),
        ("决定对高纯铋等五种物项实施出口管制（见附件1）。", "等五种物项 in annex 1, 2 were found"),
        (
            "决定对附件1所列物项实施出口管制，共涉及7个海关商品编号。",
            "共涉及7个海关商品编号 in annex 1, 3 were found",
        ),
        ("决定对附件1所列物项实施出口管制。管制物项共计12项。", "物项共计12项, 2 were found"),
    ],
)
def test_counts_that_differ(lead: str, quote: str) -> None:
    assert _warnings(lead, *_LISTED) == [f"regulated_items: the text states {quote}"]


def test_a_count_in_the_title_of_an_annex() -> None:
    annex = ("附件1", "出口管制物项清单（共3项）", *_LISTED[2:])
    assert _warnings("决定对附件1所列物项实施出口管制。", *annex) == [
        "regulated_items: the text states 清单（共3项 in annex 1, 2 were found"
    ]


def test_an_annex_that_is_not_there() -> None:
    assert _warnings("决定对附件1、附件2所列物项实施出口管制。", *_LISTED) == [
        "regulated_items: the text sends to 附件1、附件2, and annex 2 is not read"
    ]


def test_an_annex_of_something_else_may_be_missing() -> None:
    lead = "决定对附件1所列物项实施出口管制。出口经营者应当按照附件2的格式填写申请表。"
    assert _warnings(lead, *_LISTED) == []


def test_a_second_list_of_entities_that_is_not_there() -> None:
    lead = "决定将附件1所列2家实体列入出口管制管控名单，将附件2所列3家实体列入出口管制关注名单。"
    annex = ("附件1", "出口管制管控名单", "1.甲技术公司（Alpha Co.）", "2.乙材料公司（Beta Co.）")
    warnings = _warnings(lead, *annex, title="公布将2家实体列入出口管制管控名单的决定")
    assert "listed_entities: the text sends to 附件2, and annex 2 is not read" in warnings
