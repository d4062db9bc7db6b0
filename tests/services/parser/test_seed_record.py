"""The seed record's notice, set into the markup of its years and of two others."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from services.parser.parse import parse
from shared.text import resulting_text
from testing.corpus import shared
from testing.markup import (
    broken_spans,
    page_2018,
    page_2020,
    page_2026,
    paragraphs,
    with_breaks,
)

URL = "http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml"
ISSUERS = (
    "商务部办公厅",
    "发展改革委办公厅",
    "教育部办公厅",
    "工业和信息化部办公厅",
    "财政部办公厅",
    "交通运输部办公厅",
    "农业农村部办公厅",
    "人民银行办公厅",
    "海关总署办公厅",
    "税务总局办公厅",
    "市场监管总局办公厅",
    "银保监会办公厅",
    "外汇局综合司",
    "知识产权局办公室",
)
REGIONS = (
    "北京市 上海市 江苏省 浙江省（含宁波市） 福建省（含厦门市） 湖南省 广东省（含深圳市） 重庆市"
)
# Where a paragraph of the seed's folded text begins.
BEGINNINGS = (
    "各省、自治区",
    "为贯彻落实",
    "一、加强",
    "二、积极",
    "三、及时",
    "商务部等部门将",
    "附件：",
    "商务部办公厅　",
    "教育部办公厅　",
    "财政部办公厅　",
    "农业农村部办公厅　",
    "海关总署办公厅　",
    "市场监管总局办公厅　",
    "外汇局综合司　",
    "2022年12月8日 ",
    "附件 ",
    "内外贸一体化试点地区名单 （按",
    "（按行政区划",
    *(f"{place}.{region}" for place, region in enumerate(REGIONS.split(" "), 1)),
    "9.新疆",
)


def seed() -> tuple[str, str, list[str]]:
    """Title, resulting text, and the text's paragraphs."""
    fields = dict(
        line.split(": ", 1)
        for line in shared("seed/000_efca1684ebccc90f.txt").read_text("utf-8").splitlines()
        if ": " in line
    )
    text = fields["resulting_text"].strip()
    lines, at = [], 0
    for beginning in BEGINNINGS:
        place = text.index(" " + beginning, at) + 1
        lines.append(text[at:place].strip())
        at = place
    return fields["title"], text, [*lines, text[at:]]


@pytest.mark.parametrize(
    ("page", "setting"),
    [
        (page_2020, paragraphs),
        (page_2020, broken_spans),
        (page_2018, with_breaks),
        (page_2026, broken_spans),
    ],
)
def test_seed_record(
    page: Callable[[str, str], bytes], setting: Callable[[Iterable[str]], str]
) -> None:
    title, text, lines = seed()
    notice = parse(page(title, setting(lines)), URL)
    assert notice.page_kind == "notice"
    assert notice.title == title
    assert notice.document_number == "商办建函〔2022〕318号"
    assert notice.document_type == "通知"
    assert notice.issuers == ISSUERS
    assert notice.issued_on == date(2022, 12, 8)
    assert notice.addressees == (
        "各省、自治区、直辖市及计划单列市、新疆生产建设兵团有关部门、机构",
    )
    assert notice.section_heads == ("一、加强组织领导", "二、积极探索实践", "三、及时总结报告")
    (annex,) = notice.annexes
    assert annex.title == "内外贸一体化试点地区名单"
    assert len(annex.text.splitlines()) == 10
    assert resulting_text(notice.body_text) == text
