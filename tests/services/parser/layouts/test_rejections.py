"""Pages that are no documents: each with the reason, and the document beside a failure still read."""

import pytest

from services.parser.limits import NotText
from services.parser.parse import parse
from shared.notice import Notice
from testing.markup import page_2018, page_2026, paragraphs

URL = "http://www.mofcom.gov.cn/article/b/c/201807/20180702761234.shtml"
TITLE = "商务部公告2025年第71号 公布对某物项实施出口管制的决定"
TEXT = paragraphs(["决定对某物项实施管制。", "本公告自2025年12月1日起实施。"])
SSI = "[an error occurred while processing this directive]"


def read(page: str | bytes, url: str = URL) -> Notice:
    return parse(page if isinstance(page, bytes) else page.encode(), url)


def plain(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("page", "kind", "why"),
    [
        ("", "shell", "empty body"),
        (plain("商务部", SSI), "shell", "failed include"),
        (page_2018(TITLE, SSI), "shell", "failed include"),
        (page_2018(TITLE, "<p>处理 SSI 文件时出错</p>"), "shell", "failed include"),
        (page_2018(TITLE, '<p>&lt;!--#include virtual="/inc/content.html" --&gt;</p>'),
         "shell", "no text"),
        (page_2026("undefined", "<p>undefined</p>"), "shell", "placeholder"),
        (page_2018(TITLE, ""), "shell", "no text"),
        (page_2026(TITLE, "<p>正在加载中，请稍候……</p>"), "shell", "placeholder"),
        (page_2026(TITLE, "<p>暂无内容</p>"), "shell", "placeholder"),
        (page_2018(TITLE, "<p>您访问的信息不存在或已被删除！</p>"), "error", "error page"),
        (page_2026("{{ law.title }}", "<p>{{ law.content }}</p>"), "shell", "unfilled template"),
        (page_2026("${title}", "<p>来源：${source}　${date}</p>${text}"), "shell", "unfilled template"),
        (plain("<%= title %>", "<h1><%= title %></h1><div class=content><p>发布时间：<%=date%>，\
来源：<%=source%>。</p><%= content %></div>"), "shell", "unfilled template"),
        (plain("x", "<div class=content>[!--newstext--]，[!--befrom--]。作者：[!--writer--]。</div>"),
         "shell", "unfilled template"),
        (page_2018(TITLE, "<pre>java.lang.NullPointerException\n\tat a.b(C.java:1)</pre>"),
         "error", "program error"),
        (plain("HTTP Status 500", "<h1>HTTP Status 500</h1><p>javax.servlet.ServletException: a, b; c.\
"), "error", "program error"),
        ('<?xml version="1.0"?><rss><channel><title>商务部，政策，公告</title></channel></rss>',
         "index", "feed"),
        ('[{"title":"商务部，公告，通知。"}]', "shell", "JSON"),
        ('{"success":true,"data":{"html":"<li>商务部，公告，通知。</li>"}}', "shell", "JSON"),
        ("body{margin:0}.a{color:red}", "shell", "no text"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_rejected_with_a_reason(
    page: str | bytes, kind: str, why: str
) -> None:
    notice = read(page)
    assert (notice.page_kind, notice.rejection, notice.body_text) == (kind, why, "")
    assert not notice.title or not any(brace in notice.title for brace in "{<")


@pytest.mark.parametrize(
    "words",
    [
        # Longer than any message of an error.
        "某系统显示“Access Denied”，页面不存在，应当报告；" * 600,
        "某{条}，某款；某项。",
        "某种镇静药，鐨子二字见于附件；",
    ],
)
@pytest.mark.parametrize("before", ["", "{", "["])
def test_a_document_that_looks_like_none_is_read(words: str, before: str) -> None:
    page = before + plain(TITLE, f"<h1>{TITLE}</h1><div class=content><p>{words}</p>{TEXT}</div>")
    notice = read(page)
    assert (notice.rejection, notice.title) == (None, TITLE)
    assert words in notice.body_text


LINKS = "".join(f"<a href='/article/{n}/'>某栏目{n}</a> " for n in range(12))
GREETING = "<p>欢迎访问驻某国大使馆经济商务处网站，我处愿为您服务，祝您顺利。</p><p>参赞致辞：机遇众多。</p>"
NEWS = "".join(
    f"<li><a href='/article/jmxw/201811/2018110027612{n}.shtml'>某国经贸新闻第{n}条</a></li>"
    for n in range(6)
)


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("某国经贸", "http://us.mofcom.gov.cn/"),
        ("某国经贸", "http://us.mofcom.gov.cn/index.shtml"),
        ("某国经贸", "http://yichang.mofcom.gov.cn/zhuanti/index.html"),
        ("中华人民共和国驻某国大使馆经济商务处", "http://us.mofcom.gov.cn/a.shtml"),
        ("某市商务之窗首页", "http://www.mofcom.gov.cn/difang/a.shtml"),
    ],
)
def test_front_pages_are_lists(title: str, url: str) -> None:
    notice = read(plain(title, f"<div>{LINKS}</div><div>{GREETING}</div><ul>{NEWS}</ul>"), url)
    assert (notice.page_kind, notice.rejection) == ("index", "front page")
    assert (notice.title, notice.body_text) == (title, "")


def test_a_document_at_the_address_of_an_index_is_read() -> None:
    long = paragraphs(
        f"第{n}条　某单位应当于每年某月报送，逾期不报的，按规定处理。" for n in range(40)
    )
    page = plain("某省关于某事的通知", f"<div>{LINKS}</div><h1>某省关于某事的通知</h1>{long}")
    notice = read(page, "http://yichang.mofcom.gov.cn/tz/index.html")
    assert notice.rejection is None
    assert notice.body_text.startswith("第0条")


def test_a_failed_include_beside_the_text_changes_nothing() -> None:
    page = page_2018(TITLE, TEXT).decode()
    beside = page.replace('<div class="footer', f"{SSI}<div class='footer")
    assert read(beside) == read(page)


def test_a_failed_include_within_the_text_is_doubtful() -> None:
    notice = read(page_2018(TITLE, TEXT + f"<div>{SSI}</div>"))
    assert notice.body_text == read(page_2018(TITLE, TEXT)).body_text
    assert "body_text: an include in it failed" in notice.warnings


def test_placeholders_of_a_template_are_no_values() -> None:
    page = page_2026("{{ title }}", TEXT, source="${source}", column="{{col}}").decode()
    notice = read(page.replace("<title>{{ title }}", f"<title>{TITLE}"))
    assert notice.title == TITLE
    assert notice.column is None
    assert notice.source is None
    assert notice.body_text == read(page_2026(TITLE, TEXT)).body_text


def test_a_placeholder_of_a_template_in_a_text_is_doubtful() -> None:
    notice = read(page_2026(TITLE, f"{TEXT}<p>浏览次数：{{{{ hits }}}}</p>"))
    assert notice.page_kind == "notice"
    assert "body_text: a template left places unfilled" in notice.warnings


def test_lost_characters_are_doubtful() -> None:
    notice = read(page_2026(TITLE, TEXT + "<p>附件：\ufffd\ufffd名单</p>"))
    assert "body_text: characters of it could not be decoded" in notice.warnings


def test_plain_text_keeps_its_lines() -> None:
    notice = read("商务部公告2025年第71号\n\n决定对某物项，实施管制。\n商务部\n2025年11月1日")
    assert notice.body_text.split("\n")[0] == "商务部公告2025年第71号"
    assert notice.document_number == "商务部公告2025年第71号"
    assert str(notice.issued_on) == "2025-11-01"


@pytest.mark.parametrize("charset", ["gb18030", "cp1252", "latin-1"])
def test_a_text_that_was_decoded_wrongly_and_stored_is_refused(charset: str) -> None:
    lines = [
        "根据《出口管制法》有关规定，决定对某物项实施管制。",
        "本公告的附件，自公布之日起实施。",
    ]
    wrong = "\n".join(lines).encode().decode(charset, "replace")
    notice = read(page_2026(TITLE, paragraphs(wrong.split("\n"))))
    assert (notice.page_kind, notice.rejection, notice.title) == ("error", "garbled text", None)


# Of a block cipher's output, which looks like any random bytes.
NOISE = bytes((n * n * 7 + n * 13 + (n >> 3) * 31) % 256 for n in range(4_000))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (NOISE, "control characters"),
        (b"\xff" * 500, "no characters"),
        (b"\0" * 500, "no characters"),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj", "a PDF file"),
        (b"PK\x03\x04" + NOISE, "a ZIP or Office file"),
        (b"\xd0\xcf\x11\xe0" + NOISE, "an Office file"),
        (b"GIF89a" + NOISE, "a picture"),
        (b"\x1f\x8b\x08\x00" + NOISE, "a gzip file"),
    ],
)
def test_a_body_that_is_no_text_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(NotText, match=why):
        read(body)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gb2312", "big5", "utf-16"])
def test_a_text_in_any_charset_is_none_of_these(charset: str) -> None:
    text = page_2026("某通知", "<p>某事，某人；某物。</p>").decode()
    text = text.replace("utf-8", charset).replace("UTF-8", charset)
    assert read(text.encode(charset, "replace")).body_text == "某事，某人；某物。"
