"""What no reader sees is no text; what a script is to show is, with a warning."""

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from services.parser.layouts.hidden import remove_hidden
from services.parser.parse import parse
from shared.notice import Notice
from testing.markup import page_2018, page_2020, page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_0.html"
TITLE = "商务部公告2025年第71号 公布对某物项实施出口管制的决定"
TEXT = paragraphs(
    ["商务部公告2025年第71号", "决定对某物项实施管制。", "本公告自2025年12月1日起实施。", "商务部"]
)
OTHER = "<p>商务部公告2024年第99号同时废止。</p><p>某公司列入名单。</p>"
SCRIPT = "body_text: hidden until a script shows it"
MORE = "body_text: the page hides more sentences than it shows"


def visible_text(html: str) -> str:
    tree = LexborHTMLParser(f"<body><div id=zoom>{html}</div>")
    remove_hidden(tree)
    assert tree.body is not None
    return tree.body.text(strip=True)


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : NONE !important",
        "color:red; display: none;",
        "display:block;display:none",
        "display:none;display:block\\9",
        "visibility:hidden",
        "visibility: collapse",
        "opacity:0",
        "opacity:.0",
        "filter:alpha(opacity=0)",
        "font-size:0",
        "font-size: 0.0pt",
        "position:absolute;left:-9999px",
        "position: fixed; top: -2000em",
        "text-indent:-9999px",
        "margin-left:-10000px",
        "clip:rect(0,0,0,0)",
        "clip: rect(1px, 1px, 1px, 1px)",
        "clip-path:inset(50%)",
        "transform:scale(0)",
        "transform: translateX(-9999px)",
        "height:0;overflow:hidden",
        "max-height: 0px; overflow: hidden",
        "text-decoration:line-through",
        "text-decoration: line-through red",
        "mso-hide:all",
        "color:transparent",
        "color:#fff",
        "color: #EEE; background: #eee",
        "color: rgb(255, 255, 255)",
        "color:#fefefe",
        "font-size:1px",
    ],
)
def test_a_style_that_hides(style: str) -> None:
    assert visible_text(f'<p>甲</p><p style="{style}">乙<b>丙</b></p>丁') == "甲丁"


@pytest.mark.parametrize(
    "style",
    [
        "display:block",
        "display:none;display:block",
        "visibility:visible",
        "opacity:0.5",
        "font-size:0.8em",
        "font-size:10.0pt",
        "margin-left:-21.0pt;text-indent:-2em",
        "position:absolute;left:-5px",
        "position:relative;top:-10.5pt",
        "height:0",
        "overflow:hidden;height:100px",
        "text-decoration:underline",
        "border:none;text-decoration:none",
        "clip:rect(0,100px,20px,0)",
        "color:#fff;background:#c00",
        "color:#f00",
        "transform:scale(0.9)",
    ],
)
def test_a_style_that_does_not_hide(style: str) -> None:
    assert visible_text(f'<p>甲</p><p style="{style}">乙</p>') == "甲乙"


@pytest.mark.parametrize(
    "markup",
    [
        "<p hidden>乙</p>",
        "<p hidden class=hide style='display:none;opacity:0'>乙</p>",
        "<p hidden='until-found'>乙</p>",
        "<p aria-hidden='true'>乙</p>",
        "<del>乙</del>",
        "<s>乙</s>",
        "<strike>乙</strike>",
        "<template><p>乙</p></template>",
        "<dialog>乙</dialog>",
        "<span class='sr-only'>乙</span>",
        "<div class='box hide'>乙</div>",
        "<font color=#FFFFFF>乙</font>",
        "<!-- <p>乙</p> -->",
    ],
)
def test_markup_that_hides(markup: str) -> None:
    assert visible_text(f"<p>甲</p>{markup}<p>丙</p>") == "甲丙"


@pytest.mark.parametrize(
    "markup",
    [
        "<p aria-hidden='false'>乙</p>",
        "<dialog open>乙</dialog>",
        "<details><summary>乙</summary></details>",
        "<ins>乙</ins>",
        "<div class='hidetitle printable'>乙</div>",
        "<table style='background:#00f'><tr><td style='color:#fff'>乙</td></tr></table>",
        "<div style='background-color:#123'><font color=white>乙</font></div>",
        "<div style='font-size:0'><span style='font-size:14px'>乙</span></div>",
        "<div style='visibility:hidden'><p>丁</p><p style='visibility:visible'>乙</p></div>",
    ],
)
def test_markup_that_does_not_hide(markup: str) -> None:
    assert visible_text(f"<p>甲</p>{markup}<p>丙</p>") == "甲乙丙"


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".x{display:none}", "甲丙"),
        ("/* a { */ p.x , .z { COLOR:red; Display:None }", "甲丙"),
        ("<!-- #box .x{left:-9999px;position:absolute} -->", "甲丙"),
        ("@media screen{.x{display:none}}", "甲丙"),
        ("@media (min-width:768px){.x{opacity:0}}", "甲丙"),
        ("@media print{.x{display:none}}", "甲乙丙"),
        ("@media (max-width:768px){.x{display:none}} .y{color:red}", "甲乙丙"),
        (".x:hover{display:none}", "甲乙丙"),
        ("p.x:not(.z){display:none}", "甲丙"),
        ("#box p:nth-child(2){display:none}", "甲丙"),
        ("@keyframes a{from{opacity:0}to{opacity:1}}", "甲乙丙"),
        # The more specific rule counts, else the later one.
        (".x{display:none} .x.y{display:block}", "甲乙丙"),
        (".x.y{display:block} .x{display:none}", "甲乙丙"),
        (".y{display:none} .x{display:block}", "甲乙丙"),
        (".x{display:block} .y{display:none}", "甲丙"),
        ("p{display:none} #n{display:block}", ""),
        ("0%{display:none} .x[", "甲乙丙"),
        (".x{display:none", "甲乙丙"),
    ],
)
def test_the_style_sheet_of_the_page(sheet: str, text: str) -> None:
    html = f"<style>{sheet}</style><div id=box><p>甲</p><p class='x y'>乙</p><p>丙</p></div>"
    tree = LexborHTMLParser(html)
    remove_hidden(tree)
    assert tree.body is not None
    assert "".join(node.text() for node in tree.css("p")) == text


def test_white_text_outside_of_the_content_is_on_a_coloured_bar() -> None:
    tree = LexborHTMLParser("<div class=bar><h1 style='color:#fff'>甲</h1></div>")
    remove_hidden(tree)
    assert len(tree.css("h1")) == 1


def test_a_style_for_print_hides_nothing() -> None:
    tree = LexborHTMLParser("<style media=print>p{display:none}</style><p>甲</p>")
    remove_hidden(tree)
    assert len(tree.css("p")) == 1


def test_a_style_of_its_own_shows_what_a_rule_hides() -> None:
    tree = LexborHTMLParser(
        "<style>p{display:none}</style><p style='display:block'>甲</p><p>乙</p>"
    )
    remove_hidden(tree)
    assert [node.text() for node in tree.css("p")] == ["甲"]


def read(page: bytes) -> Notice:
    return parse(page, URL)


@pytest.mark.parametrize("layout", [page_2018, page_2020, page_2026])
@pytest.mark.parametrize(
    "hidden",
    [
        f"<div style='display:none'>{OTHER}</div>",
        f"<div class='art-con artCon' style='position:absolute;left:-9999px'>{OTHER}</div>",
        f"<del>{OTHER}</del>",
        f"<style>.old{{font-size:0}}</style><div class='old'>{OTHER}</div>",
    ],
)
def test_a_hidden_copy_inside_a_document_is_no_text(layout: object, hidden: str) -> None:
    assert callable(layout)
    notice = read(layout(TITLE, TEXT.replace("<p", f"{hidden}<p", 2)))
    assert notice.body_text == read(layout(TITLE, TEXT)).body_text
    assert [c.relation for c in notice.citations] == []


def test_a_hidden_block_with_the_class_of_the_content_is_not_read() -> None:
    page = page_2026(TITLE, TEXT).decode()
    copy = f"<div style='display:none'><div class='art-con'>{OTHER}</div></div>"
    notice = read(page.replace('<div id="zoom"', f'{copy}<div id="zoom"').encode())
    assert "同时废止" not in notice.body_text
    assert MORE not in notice.warnings


def test_a_hidden_title_is_not_the_title() -> None:
    page = page_2026(TITLE, TEXT).decode()
    hidden = '<div class="art-title" style="display:none">旧标题的某某通知</div>'
    notice = read(page.replace('<div id="artitle"', f'{hidden}<div id="artitle"').encode())
    assert notice.title == TITLE


@pytest.mark.parametrize(
    "hides",
    [
        ('id="zoom" class="art-con"', 'id="zoom" class="art-con" style="display:none"'),
        ('id="zoom" class="art-con"', 'id="zoom" class="art-con hide"'),
        ("</head>", "<style>.art-con{opacity:0}.ready .art-con{opacity:1}</style></head>"),
        ("</head>", "<style>#zoom p{visibility:hidden}</style></head>"),
        ("<body>", '<body style="display:none">'),
        ("<div id='barrierfree_container'", "<div aria-hidden='true' id='barrierfree_container'"),
    ],
)
def test_a_body_that_a_script_shows_is_read_with_a_warning(hides: tuple[str, str]) -> None:
    page = page_2026(TITLE, TEXT).decode()
    assert hides[0] in page
    notice = read(page.replace(*hides).encode())
    plain = read(page.encode())
    assert notice.body_text == plain.body_text
    assert notice.document_number == "商务部公告2025年第71号"
    assert set(notice.warnings) - set(plain.warnings) <= {SCRIPT}
    # body is never taken away: then nothing is doubtful.
    assert (SCRIPT in notice.warnings) is (hides[0] != "<body>")


def test_a_page_that_hides_most_of_its_text_says_so() -> None:
    more = "".join(f"<p>第{n}条　其他规定。</p>" for n in range(9))
    notice = read(page_2026(TITLE, f"{TEXT}<div style='display:none'>{more}</div>"))
    assert "其他规定" not in notice.body_text
    assert MORE in notice.warnings


def test_a_noscript_redirects_nobody_and_says_nothing() -> None:
    page = page_2026(TITLE, TEXT).decode()
    noscript = '<noscript><meta http-equiv="refresh" content="0;url=/nojs.html"><p>请开启脚本。</p></noscript>'
    notice = read(page.replace("<head>", f"<head>{noscript}").encode())
    assert (notice.page_kind, notice.body_text) == ("notice", read(page.encode()).body_text)


@pytest.mark.parametrize(
    "html",
    [
        "<p style='font-size:0'>甲<b style='font-size:12px'>乙</b></p>" * 5_000,
        f"<style>{'p{display:none}' * 3_000}</style>{'<p>甲。</p>' * 3_000}",
        f"<style>{'/*' * 40_000}display:none</style><p>甲。</p>",
        f"<style>display:none {'a' * 90_000}</style>",
        f"<style>display:none @{'a' * 90_000}</style>",
        f"<style>display:none {'@a ' * 30_000}</style>",
        f"<style>display:none {'@a ' * 15_000}{{{'b{}' * 15_000}</style>",
        f"<p style='display:none;{'a' * 90_000}'>甲</p>",
        f"<p style='opacity:{'0' * 90_000}x'>甲</p>",
        f"<p style='transform:{'translate(' * 90_000}'>甲</p>",
    ],
)
def test_hostile_styles_end_in_time(html: str) -> None:
    started = time.process_time()
    remove_hidden(LexborHTMLParser(html))
    # Of the processor, which a busy machine does not spend for us. They take 0.6 s at most, and minutes
    # where what is read grows with the square of their length.
    assert time.process_time() - started < 10
