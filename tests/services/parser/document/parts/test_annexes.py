"""附件 printed behind the signature, and what only looks like one."""

from services.parser.document.document import Document
from services.parser.document.parts.annexes import announced_titles, mentions_in
from services.parser.document.stages import read_stages
from services.parser.layouts.choose import read_page
from services.parser.parse import parse
from shared.notice import Notice
from testing.markup import page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/art_b5159a773124428a9813884015d1b8b3.html"
HEAD = ("各有关单位：", "现通知如下。")
SIGNED = ("商务部", "2022年12月8日")


def read(*lines: str, behind: str = "") -> Notice:
    return parse(page_2026("关于某事的通知", paragraphs(lines) + behind), URL)


def test_one_annex() -> None:
    notice = read(*HEAD, "附件：名单", *SIGNED, "附件", "名单", "1.甲", "2.乙")
    assert [(annex.title, annex.text) for annex in notice.annexes] == [("名单", "1.甲\n2.乙")]


def test_numbered_annexes_with_titles_on_the_same_line() -> None:
    notice = read(*HEAD, *SIGNED, "附件1：名单", "甲", "附件 2：表格", "乙")
    assert [(annex.title, annex.text) for annex in notice.annexes] == [
        ("名单", "甲"),
        ("表格", "乙"),
    ]


def test_annex_without_heading_begins_with_its_announced_title() -> None:
    notice = read(*HEAD, "附件：1.名单", "2.表格", *SIGNED, "名单", "甲", "表格", "乙")
    assert [(annex.title, annex.text) for annex in notice.annexes] == [
        ("名单", "甲"),
        ("表格", "乙"),
    ]


def test_links_under_a_heading_are_no_annex() -> None:
    link = '<p><a href="/a/1.pdf">申请表</a></p><p><a href="/a/2.doc">说明</a></p>'
    notice = read(*HEAD, *SIGNED, "附件：", behind=link)
    assert notice.annexes == ()
    assert [attachment.name for attachment in notice.attachments] == ["申请表", "说明"]


def test_names_of_files_behind_the_date_are_no_annex() -> None:
    assert read(*HEAD, *SIGNED, "附件：1.申请表.doc", "2.说明.pdf").annexes == ()


def test_announcement_of_an_annex_is_none() -> None:
    assert read(*HEAD, "附件：名单", *SIGNED).annexes == ()


def test_annexes_are_no_part_of_the_main_text() -> None:
    notice = read(
        *HEAD, "一、工作要求", *SIGNED, "附件", "名单", "一、企业", "自2020年1月1日起施行。"
    )
    assert notice.section_heads == ("一、工作要求",)
    assert notice.effective_on is None


def test_an_annex_that_begins_with_a_table_has_no_title() -> None:
    rows = "<tr><td>序号</td><td>实体名称</td></tr><tr><td>1</td><td>甲公司</td></tr>"
    notice = read(*HEAD, "附件：名单", *SIGNED, "附件", behind=f"<table>{rows}</table>")
    assert [(annex.title, annex.text) for annex in notice.annexes] == [
        ("", "序号\t实体名称\n1\t甲公司")
    ]


def _document(html: str) -> Document:
    page = page_2026("关于某事的通知", html)
    document = Document(read_page(page.decode(), URL), URL)
    read_stages(document)
    return document


def test_a_link_announces_no_title() -> None:
    link = '<p><a href="/a/1.docx">附件1.docx</a></p>'
    document = _document(paragraphs([*HEAD, "附件：1.名单", *SIGNED]) + link)
    assert announced_titles(document) == {1: "名单"}


def test_what_announces_an_annex_does_not_name_it() -> None:
    lines = ["现公布附件1所列名单。", "附件1：名单", "附件2：名单（见附件3）"]
    document = _document(paragraphs([*HEAD, *lines, *SIGNED]))
    assert [mention.numbers for mention, _ in mentions_in(document)] == [{1}]
