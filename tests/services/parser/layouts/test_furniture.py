"""What the site puts around a document does not reach its text."""

import pytest

from services.parser.parse import parse
from testing.markup import broken_spans, page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_1ee79b1b7f21444ebf4797c0ff8500fd.html"
TITLE = "商务部公告2025年第71号 公布对某物项实施出口管制的决定"
LINES = (
    "根据《中华人民共和国出口管制法》有关规定，决定对某物项实施管制。",
    "本公告自2025年12月1日起实施。",
    "商务部",
    "2025年11月7日",
)
TEXT = paragraphs(LINES)
OTHER = '<a href="/a/art/2025/art_a3535a90814b4d33bf9dc2878c65c9e0.html">商务部公告2024年第46号</a>'
CONTENT = '<div id="zoom" class="art-con">'
BEHIND = '</div><section class="article-tool f-cb m-ar-none">'


@pytest.mark.parametrize(
    "head",
    [
        '<div>当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 正文</div>',
        "<p>您现在的位置：首页 > 政策发布 > 公告</p>",
        "<p>首页 &gt;&gt; 政务公开 &gt;&gt; 政策发布</p>",
        (
            "<p>【字体：<a href='javascript:doZoom(16)'>大</a> <a href='javascript:doZoom(14)'>中</a> "
            "<a>小</a>】【<a href='javascript:window.print()'>打印</a>】</p>"
        ),
        "<p>浏览次数：1234</p>",
        "<figure><img src='/attach/20251/a.jpg' alt='现场'><figcaption>会议现场</figcaption></figure>",
        "<p><img src='/attach/20251/qr.png' alt='二维码'></p>",
    ],
)
def test_above_the_text(head: str) -> None:
    notice = parse(page_2026(TITLE, head + TEXT), URL)
    assert notice.body_text == "\n".join(LINES)
    assert notice.attachments == ()


@pytest.mark.parametrize(
    "foot",
    [
        '<div><span>分享到：</span><a href="#">微信</a><a href="#">微博</a><a href="#">QQ空间</a></div>',
        f"<p>相关链接：</p><ul><li>{OTHER}</li><li>{OTHER}</li></ul>",
        f"<div><h3>相关稿件</h3><p>{OTHER}</p><p>· {OTHER}</p></div>",
        f"<p>相关阅读：{OTHER}</p>",
        f"<p>上一篇：{OTHER}</p><p>下一篇{OTHER}</p>",
        "<p>【打印本页】 【关闭窗口】</p><p>扫一扫在手机打开当前页</p><p>返回顶部</p>",
        "<p>（责任编辑：某某）</p>",
    ],
)
def test_below_the_text(foot: str) -> None:
    notice = parse(page_2026(TITLE, TEXT + foot), URL)
    assert notice.body_text == "\n".join(LINES)
    assert notice.citations == parse(page_2026(TITLE, TEXT), URL).citations


@pytest.mark.parametrize("cell", ["打印", "大", "中", "返回", "关闭"])
def test_words_of_buttons_in_a_table_are_its_cells(cell: str) -> None:
    table = f"<table><tr><td>规模</td><td>方式</td></tr><tr><td>甲</td><td>{cell}</td></tr></table>"
    assert parse(page_2026(TITLE, TEXT + table), URL).tables[0].rows[1][1].text == cell


def test_a_list_of_documents_in_a_text_is_part_of_it() -> None:
    listed = f"<p>下列公告继续有效：</p><ul><li>{OTHER}</li><li>{OTHER}</li></ul>"
    assert parse(page_2026(TITLE, listed + TEXT), URL).body_text.count("2024年第46号") == 2


@pytest.mark.parametrize(
    "copy",
    [
        f"<div class='art-con'>{TEXT}</div>",
        f"<div class='mobile'><div class='art-con'>{broken_spans(LINES)}</div></div>",
        f"<div class='print'><div class='art-con'><p>打印时间：2025年11月9日</p>{TEXT}</div></div>",
    ],
)
def test_a_second_copy_for_phones_or_printers_is_not_read(copy: str) -> None:
    page = page_2026(TITLE, TEXT).decode().replace(BEHIND, f"</div>{copy}{BEHIND[6:]}")
    assert parse(page.encode(), URL).body_text == "\n".join(LINES)


@pytest.mark.parametrize(
    "banner",
    [
        '<div id="wm-ipp-base" lang="en"><div id="wm-ipp">12 captures, 9 Nov 2025.</div></div>',
        '<div id="_wb_frame_top_banner">This is an archived page; captured on 2025-11-09.</div>',
    ],
)
def test_the_banner_of_an_archive_is_not_read(banner: str) -> None:
    plain = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1><div>{TEXT}</div></body></html>"
    banned = plain.replace("<body>", f"<body>{banner}")
    assert parse(banned.encode(), URL) == parse(plain.encode(), URL)


def plain(body: str) -> bytes:
    page = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{body}</body></html>"
    return page.encode()


def test_a_text_that_a_page_without_a_layout_prints_twice_is_read_once() -> None:
    once = parse(plain(f"<div class=a>{TEXT}</div>"), URL)
    twice = parse(
        plain(f"<div class=a>{TEXT}</div><div class=wap><h1>{TITLE}</h1>{TEXT}</div>"), URL
    )
    assert twice.body_text == once.body_text == "\n".join(LINES)


def test_a_text_whose_lines_are_repeated_is_kept() -> None:
    lines = ("甲公司", "征收百分之十。", "乙公司", "甲公司", "征收百分之十。", "丙公司", "完")
    assert parse(page_2026(TITLE, paragraphs(lines)), URL).body_text == "\n".join(lines)


def test_comments_of_readers_are_no_text() -> None:
    comments = "<p>网友：商务部公告2024年第99号应当废止，支持；支持。</p>" * 15
    page = plain(f"<div class=a>{TEXT}</div><div class='comments'>{comments}</div>")
    assert parse(page, URL).body_text == "\n".join(LINES)


@pytest.mark.parametrize("heading", ["网友评论", "最新评论（2条）", "发表评论：", "评论列表"])
def test_comments_of_readers_within_the_text_are_none_of_it(heading: str) -> None:
    comments = (
        f"<h4>{heading}</h4><p>网友甲：商务部公告2024年第99号应当废止。</p><p>2025年11月8日</p>"
    )
    assert parse(page_2026(TITLE, TEXT + comments), URL).body_text == "\n".join(LINES)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("免责声明：本网站所载文章，如商务部公告2020年第1号废止等，仅供参考。", False),
        ("声明：凡注明来源的文章，版权归原作者所有。", False),
        ("声明：中方决定采取反制措施。", True),
    ],
)
def test_disclaimers_of_the_site_are_no_text(line: str, kept: bool) -> None:
    found = parse(page_2026(TITLE, TEXT + paragraphs([line])), URL).body_text
    assert (line in found) is kept


def test_a_text_about_comments_is_kept() -> None:
    lines = [*LINES[:2], "评论意见：", "利害关系方可以提交评论意见。", *LINES[2:]]
    assert parse(page_2026(TITLE, paragraphs(lines)), URL).body_text == "\n".join(lines)


def test_readings_of_ruby_are_no_text() -> None:
    ruby = TEXT.replace("实施管制", "<ruby>实施<rp>(</rp><rt>shishi</rt><rp>)</rp></ruby>管制")
    assert parse(page_2026(TITLE, ruby), URL).body_text == "\n".join(LINES)
