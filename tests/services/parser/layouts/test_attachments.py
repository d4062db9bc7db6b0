"""Attachments: names, original addresses, types from wherever the page states them."""

import pytest

from services.parser.parse import parse
from testing.markup import page_2026

URL = "https://xkzj.mofcom.gov.cn/tzgg/art/2026/art_7ad4508a20f04807b4926134a6f9d10c.html"
HOST = "https://xkzj.mofcom.gov.cn"


@pytest.mark.parametrize(
    ("html", "name", "url", "kind"),
    [
        (
            '<a href="/d/download?fileUrl=A%3D&amp;fileName=%E8%A1%A8.docx">表</a>',
            "表",
            f"{HOST}/d/download?fileUrl=A%3D&fileName=%E8%A1%A8.docx",
            "docx",
        ),
        (
            '<a href="https://www.mofcom.gov.cn/cms_files/oldfile//fms/202312/1.PDF">附件.pdf</a>',
            "附件.pdf",
            "https://www.mofcom.gov.cn/cms_files/oldfile//fms/202312/1.PDF",
            "pdf",
        ),
        (
            '<a href="javascript:void(0)" onclick="window.open(\'/x/attach/202211/a.pdf\')">目录</a>',
            "目录",
            f"{HOST}/x/attach/202211/a.pdf",
            "pdf",
        ),
        (
            "<a href=\"javascript:downloadFile('http://images.mofcom.gov.cn/w/1.doc')\">2.表</a>",
            "2.表",
            "http://images.mofcom.gov.cn/w/1.doc",
            "doc",
        ),
        (
            '<a href="x.wps"><img src="/i/icon_wps.gif"></a>',
            "x.wps",
            f"{HOST}/tzgg/art/2026/x.wps",
            "wps",
        ),
        (
            '<a href="http://web.archive.org/web/20230111174105/http://images.mofcom.gov.cn/a/1.zip">包</a>',
            "包",
            "http://images.mofcom.gov.cn/a/1.zip",
            "zip",
        ),
        (
            '<a href="/api/front/document/download?fileUrl=A">目录.xlsx</a>',
            "目录.xlsx",
            f"{HOST}/api/front/document/download?fileUrl=A",
            "xlsx",
        ),
        (
            '<img src="http://images.mofcom.gov.cn/www/201806/1.jpg" alt="附件">',
            "附件",
            "http://images.mofcom.gov.cn/www/201806/1.jpg",
            "jpg",
        ),
        # Names in GBK: older programs encode them so.
        (
            '<a href="http://file.mofcom.gov.cn/x/%B8%BD%BC%FE1.doc"><img src="/i/icon_doc.gif"></a>',
            "附件1.doc",
            "http://file.mofcom.gov.cn/x/%B8%BD%BC%FE1.doc",
            "doc",
        ),
        (
            '<iframe src="/down.do?fileName=%C7%E5%B5%A5.pdf&amp;k=1"></iframe>',
            "清单.pdf",
            f"{HOST}/down.do?fileName=%C7%E5%B5%A5.pdf&k=1",
            "pdf",
        ),
        (
            "<a href=\"javascript:open('/d/%C7%E5%B5%A5.xls')\">清单（2025年）</a>",
            "清单（2025年）",
            f"{HOST}/d/%C7%E5%B5%A5.xls",
            "xls",
        ),
        # A service that says of no file what it is: its bytes will.
        ('<a href="/download.jsp?id=12">名单</a>', "名单", f"{HOST}/download.jsp?id=12", None),
        (
            '<a href="#" onclick="location.href=\'/servlet/DownloadFile?id=7\'">名单表格全文</a>',
            "名单表格全文",
            f"{HOST}/servlet/DownloadFile?id=7",
            None,
        ),
        (
            '<a href="http://images.mofcom.gov.cn/www/202501/20250104">名单</a>',
            "名单",
            "http://images.mofcom.gov.cn/www/202501/20250104",
            None,
        ),
        ('<a data-href="/upload/1.wps">名单</a>', "名单", f"{HOST}/upload/1.wps", "wps"),
        (
            "<span onclick=\"openFile('/upload/2.et')\">名单</span>",
            "名单",
            f"{HOST}/upload/2.et",
            "et",
        ),
        # By its words alone.
        (
            '<a href="/view?k=8">附件1：出口管制物项清单</a>',
            "附件1：出口管制物项清单",
            f"{HOST}/view?k=8",
            None,
        ),
        ('<a href="/view/8">Word版</a>', "Word版", f"{HOST}/view/8", None),
        # What shows a file, and a page that does.
        ('<embed src="/upload/3.pdf">', "3.pdf", f"{HOST}/upload/3.pdf", "pdf"),
        ('<object data="/upload/4.pdf"></object>', "4.pdf", f"{HOST}/upload/4.pdf", "pdf"),
        (
            '<iframe src="/pdfjs/web/viewer.html?file=%2Fupload%2F5.pdf"></iframe>',
            "5.pdf",
            f"{HOST}/upload/5.pdf",
            "pdf",
        ),
        # Lists for scripts.
        (
            '<script>var list = [{"name": "附件1.doc", "url": "\\/upload\\/6.doc"}];</script>',
            "附件1.doc",
            f"{HOST}/upload/6.doc",
            "doc",
        ),
        (
            r"""<script>var j = '[{\"fileName\":\"\u9644\u4ef6.pdf\",\"filePath\":\"/file?x=9\"}]';</script>""",
            "附件.pdf",
            f"{HOST}/file?x=9",
            "pdf",
        ),
        (
            "<script>var pdfUrl = '/upload/10.pdf';</script>",
            "10.pdf",
            f"{HOST}/upload/10.pdf",
            "pdf",
        ),
    ],
)
def test_attachment(html: str, name: str, url: str, kind: str | None) -> None:
    (attachment,) = parse(page_2026("关于某事的通知", f"<p>见{html}</p>"), URL).attachments
    assert (attachment.name, attachment.url, attachment.type) == (name, url, kind)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/tzgg/index.html">更多</a>',
        '<a href="javascript:void(0)">打印.pdf</a>',
        '<a href="mailto:a@mofcom.gov.cn">邮箱</a>',
        '<a href="http://[::1">坏</a>',
        '<img src="/img/bg/app.png">',
        '<img src="/images/ev.gif">',
        "<a>无</a>",
        '<a href="/zwgk/202501.html">附件1：出口管制物项清单</a>',
        '<a href="/tzgg/">附件下载</a>',
        '<a href="http://images.mofcom.gov.cn/index.html">图片</a>',
        "<script>var list = [{name: '首页', url: '/index.html'}]; var fileName = '1.pdf';</script>",
    ],
)
def test_no_attachment(html: str) -> None:
    assert parse(page_2026("关于某事的通知", f"<p>见{html}</p>"), URL).attachments == ()


def test_each_file_once_in_page_order() -> None:
    html = '<a href="/b.pdf">乙</a><a href="/a.pdf">甲</a><a href="/b.pdf">乙</a>'
    notice = parse(page_2026("关于某事的通知", f"<p>{html}</p>"), URL)
    assert [attachment.name for attachment in notice.attachments] == ["乙", "甲"]


def test_a_link_whose_address_only_a_script_knows_is_a_warning() -> None:
    html = '<p>见<a href="javascript:void(0)" onclick="download(12)">出口管制物项清单.doc</a></p>'
    notice = parse(page_2026("关于某事的通知", html), URL)
    assert notice.attachments == ()
    assert "attachments: only a script knows the address of 出口管制物项清单.doc" in notice.warnings
