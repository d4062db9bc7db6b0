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
    ],
)
def test_attachment(html: str, name: str, url: str, kind: str) -> None:
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
    ],
)
def test_no_attachment(html: str) -> None:
    assert parse(page_2026("关于某事的通知", f"<p>见{html}</p>"), URL).attachments == ()


def test_each_file_once_in_page_order() -> None:
    html = '<a href="/b.pdf">乙</a><a href="/a.pdf">甲</a><a href="/b.pdf">乙</a>'
    notice = parse(page_2026("关于某事的通知", f"<p>{html}</p>"), URL)
    assert [attachment.name for attachment in notice.attachments] == ["乙", "甲"]
