"""Script redirects send every visitor elsewhere; other scripts that name `location` do not."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from services.parser.layouts.redirect import is_anti_bot, script_target
from services.parser.parse import parse

URL = "http://www.mofcom.gov.cn/article/ae/ag/201808/20180802778676.shtml"
TARGET = "http://www.mofcom.gov.cn/xwfbh//20190221.shtml"


@pytest.mark.parametrize(
    "script",
    [
        f"window.location.href='{TARGET}';",
        f'location.href = "{TARGET}"',
        f"window.location = '{TARGET}';",
        f'top.location.replace("{TARGET}");',
        f"self.location.assign('{TARGET}')",
        "location.href='/xwfbh//20190221.shtml';",
        f"$(function(){{ window.location.href='{TARGET}'; }});",
        f"window.onload = function(){{location.href='{TARGET}';}}",
        f"setTimeout(function(){{window.location='{TARGET}'}},1000)",
        f"setTimeout(\"location.href='{TARGET}'\", 3000);",
    ],
)
def test_redirect(script: str) -> None:
    assert script_target(LexborHTMLParser(f"<script>{script}</script>"), URL) == TARGET


@pytest.mark.parametrize(
    "script",
    [
        "window.location.href=arrUrl[1].substring(start, end-6);",
        f"function mulu(){{ window.location.href='{TARGET}'; }}",
        f"if (isPhone()) {{ window.location.href='{TARGET}'; }}",
        f"if (isPhone()) window.location.href='{TARGET}';",
        "var url = window.location.href || 'http://www.mofcom.gov.cn';",
        f"button.onclick = function(){{location.href='{TARGET}';}}",
        "if (location == 'http://www.mofcom.gov.cn/a.shtml') {}",
    ],
)
def test_no_redirect(script: str) -> None:
    assert script_target(LexborHTMLParser(f"<script>{script}</script>"), URL) is None


def test_text_about_a_redirect_is_no_script() -> None:
    assert script_target(LexborHTMLParser(f"<p>window.location.href='{TARGET}';</p>"), URL) is None


def test_refresh_of_the_same_page_stays() -> None:
    body = f'<meta http-equiv="refresh" content="600;url={URL}"><p>文</p>'.encode()
    assert parse(body, URL).page_kind != "redirect"


@pytest.mark.parametrize(
    ("wait", "moves"), [("0", True), ("5", True), ("0.5", True), ("1800", False)]
)
def test_a_refresh_that_gives_time_to_read_is_no_redirect(wait: str, *, moves: bool) -> None:
    body = f'<meta http-equiv="refresh" content="{wait}; url={TARGET}"><p>某事，某人；某物。</p>'
    assert (parse(body.encode(), URL).page_kind == "redirect") is moves


@pytest.mark.parametrize(
    ("target", "expected"),
    [(URL + "?wscckey=85a9d4e4bbfe76a9_1552999646", True), (TARGET, False)],
)
def test_anti_bot(target: str, *, expected: bool) -> None:
    assert is_anti_bot(target, URL) is expected
