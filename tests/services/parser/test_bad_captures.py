"""Captures that are no document: each is kept, with the kind of page that it is."""

import pytest

from services.parser.parse import parse

URL = "http://www.mofcom.gov.cn/article/b/c/201807/20180702761234.shtml"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("", "shell"),
        ("Invalid URI", "shell"),
        ("<body>[an error occurred while processing this directive]</body>", "shell"),
        (
            "<title>商务部</title><ul><li>首页<li>政策</ul><div id=zoom>\
[an error occurred while processing this directive]</div>",
            "shell",
        ),
        ("<title>商务部</title><body><div id=app></div><script src=a.js></script>", "shell"),
        ("<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>", "blocked"),
        ("<script>document.cookie=('__jsl_clearance=1')</script>", "blocked"),
        (
            "<script>location.href='/article/b/c/201807/20180702761234.shtml?wscckey=85a9'</script>",
            "blocked",
        ),
        ("<title>访问被拦截</title><p>您的请求被拦截，Web应用防火墙。", "blocked"),
        ("<title>404</title><body>您访问的页面不存在", "error"),
    ],
)
def test_what_is_no_page_is_classified(page: str, kind: str) -> None:
    notice = parse(f"<html>{page}</html>".encode(), URL, content_type="text/html")
    assert notice.page_kind == kind
    assert notice.body_text in (None, "")
