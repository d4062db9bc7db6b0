"""Layouts are chosen by what is on the page, and step 1 knows nothing of documents."""

import ast
import json
from pathlib import Path

import pytest

from services.parser.layouts import generic, policy_library
from services.parser.layouts.choose import LAYOUTS, read_page
from testing.corpus import GOLDEN
from testing.markup import page_2018, page_2020, page_2026

URL = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml"
LAYOUT_FOLDER = Path(__file__).parents[4] / "services/parser/layouts"


@pytest.mark.parametrize(
    ("page", "layout"),
    [(page_2018, "article-2018"), (page_2020, "article-2020"), (page_2026, "jpaas-2024")],
)
def test_layout(page: object, layout: str) -> None:
    assert callable(page)
    body: bytes = page("关于某事项的通知", "<p>文</p>")
    assert read_page(body.decode(), URL).layout == layout


def test_body_class_of_2020_on_a_jpaas_page_is_jpaas() -> None:
    html = (
        '<meta name="MakeTime" content="2026-01-01 00:00:00"><div class="art-title">题</div>'
        '<div class="art-con art-con-bottonmLine"><p>文</p></div>'
    )
    page = read_page(html, URL)
    assert (page.layout, page.title, page.text.body_text) == ("jpaas-2024", "题", "文")


def test_every_layout_has_a_golden_page() -> None:
    seen = {json.loads(page.read_text("utf-8"))["layout"] for page in GOLDEN.glob("*.json")}
    names = [layout.name for layout in LAYOUTS]
    assert {*names, policy_library.NAME, generic.NAME} <= seen
    assert len(set(names)) == len(names)


def test_layouts_do_not_import_the_reading_of_documents() -> None:
    for file in LAYOUT_FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("services.parser.document"), file.name


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (
            "商务部　海关总署<br>关于加强边境贸易<br/>管理工作的通知",
            "商务部 海关总署关于加强边境贸易管理工作的通知",
        ),
        ("商务部公告2018年第1号<br>关于某事的公告", "商务部公告2018年第1号 关于某事的公告"),
        ("商务部<br>海关总署公告2018年第1号", "商务部 海关总署公告2018年第1号"),
    ],
)
def test_a_title_that_is_broken_over_lines(heading: str, title: str) -> None:
    page = f'<h1 id="artitle">{heading}</h1><div id="zoom" class="artCon"><p>一。二。三。</p></div>'
    assert read_page(page, "http://www.mofcom.gov.cn/article/b/c/201801/1.shtml").title == title


def test_labels_in_a_table_beside_the_text_whatever_its_class() -> None:
    page = read_page(
        "<div><table><tr><td>索引号：</td><td>000013156/2023-1</td><td>发文字号：</td><td>商办流通函〔2023〕401号</td>"
        '</tr></table><div id="artitle">题</div><div class="gsj_htmlcon_bot"><p>一。二。</p></div></div>',
        "https://www.mofcom.gov.cn/zfxxgk/gkml/art/2023/art_a.html",
    )
    assert page.title == "题"
    assert (page.meta["索引号"], page.meta["发文字号"]) == (
        "000013156/2023-1",
        "商办流通函〔2023〕401号",
    )


def test_a_list_in_a_table_is_an_index() -> None:
    rows = "".join(
        f'<tr><td><a href="/aarticle/b/c/200504/2005040008100{place}.html">商务部公告2005年第{place}号</a></td>'
        "<td>2005-04-30</td></tr>"
        for place in range(3)
    )
    page = read_page(f"<title>政策发布</title><table>{rows}</table>", "http://www.mofcom.gov.cn/b/")
    assert (page.kind, page.title) == ("index", "政策发布")


def test_a_heading_that_holds_the_header_too() -> None:
    page = read_page(
        '<div class="title"><h3>关于做好统计工作的通知</h3><div>发布时间：2020-06-05 16:10　来源：甲司</div></div>'
        '<div class="content"><p>各单位：</p><p>一。二。三。</p></div>',
        "http://fec.mofcom.gov.cn/article/1.shtml",
    )
    assert page.title == "关于做好统计工作的通知"


def test_an_export_control_page_without_its_inner_box() -> None:
    page = read_page(
        "<title>中国出口管制信息网</title><script>var title = '甲条例'; var publishTime = '2024-10-23';</script>"
        '<h3 id="show_title"></h3><div class="bd"><p>第一条　制定本条例。</p></div>',
        "http://exportcontrol.mofcom.gov.cn/article/zcfg/202410/1.html",
    )
    assert (page.layout, page.title) == ("exportcontrol", "甲条例")
