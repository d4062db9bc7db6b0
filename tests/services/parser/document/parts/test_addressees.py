"""主送机关, split as GB/T 9704 parts them."""

import pytest

from services.parser.parse import parse
from testing.markup import page_2020, paragraphs


@pytest.mark.parametrize(
    ("line", "addressees"),
    [
        (
            "各省、自治区、直辖市、计划单列市及新疆生产建设兵团商务主管部门：",
            ("各省、自治区、直辖市、计划单列市及新疆生产建设兵团商务主管部门",),
        ),
        (
            "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
            ("各省、自治区、直辖市人民政府", "国务院各部委", "各直属机构"),
        ),
        ("北京、上海、广东省（市）商务主管部门：", ("北京、上海、广东省（市）商务主管部门",)),
        ("发展改革委、财政部，各直属海关:", ("发展改革委", "财政部", "各直属海关")),
        ("各中央企业，各有关商会、协会：", ("各中央企业", "各有关商会、协会")),
        ("上海市商务委员会：", ("上海市商务委员会",)),
        ("现将有关事项通知如下：", ()),
        ("商务部新闻发言人表示：", ()),
        ("联系单位：商务部：", ()),
    ],
)
def test_addressees(line: str, addressees: tuple[str, ...]) -> None:
    body = paragraphs(
        ["商建函〔2022〕1号", line, "根据规定，现通知如下。", "商务部", "2022年1月5日"]
    )
    assert parse(page_2020("关于某事项的通知", body), "http://x.cn/").addressees == addressees


def test_a_colon_in_the_text_addresses_nobody() -> None:
    body = paragraphs(["现公告如下。", "有关企业：", "商务部", "2022年1月5日"])
    assert parse(page_2020("关于某事项的公告", body), "http://x.cn/").addressees == ()


def test_addressees_on_two_lines() -> None:
    body = paragraphs(["各省商务主管部门，", "各有关单位：", "现通知如下。", "商务部"])
    notice = parse(page_2020("关于某事项的通知", body), "http://x.cn/")
    assert notice.addressees == ("各省商务主管部门", "各有关单位")
