"""Whole pages: of nothing but one thing again and again, in a sentence, in lines, in cells, in the markup."""

from collections.abc import Callable
from contextlib import suppress
from html import escape
from time import process_time

import pytest

from services.parser.limits import UnreadablePage
from services.parser.parse import parse
from testing.doubling import growth
from testing.markup import page_2026

URL = "https://www.mofcom.gov.cn/zcfb/blgg/art/2025/art_1.html"
DUTY = "商务部公告2025年第42号 关于对原产于欧盟的进口某酒反倾销调查最终裁定的公告"
LIST = "商务部公告2025年第10号 公布将甲公司列入出口管制管控名单的决定"
CONTROL = "商务部 海关总署公告2025年第18号 公布对某些物项实施出口管制的决定"
REPEAL = "商务部关于废止和修改部分规章的决定"
_FOOT = "<p>商务部</p><p>2025年7月4日</p>"
_LEAST, _MOST = 250, 8_000
# What the service gives a page (`parse_seconds`).
_LIMIT = 2.0

Page = Callable[[int], bytes]


def page(title: str, html: str) -> bytes:
    return page_2026(title, html + _FOOT)


def _numbered(unit: str, many: int) -> list[str]:
    """One thing again and again; {} in it stands for its number."""
    return [escape(unit).replace("{}", str(number)) for number in range(many)]


def sentence(title: str, unit: str, head: str = "") -> Page:
    return lambda many: page(title, f"<p>{head}{''.join(_numbered(unit, many))}</p>")


def lines(title: str, unit: str, head: str = "") -> Page:
    return lambda many: page(title, f"<p>{head}</p><p>{'</p><p>'.join(_numbered(unit, many))}</p>")


def rows(title: str, heads: str, unit: str) -> Page:
    def cells(*rows: str) -> str:
        return "".join(f"<tr><td>{row.replace('|', '</td><td>')}</td></tr>" for row in rows)

    return lambda many: page(title, f"<table>{cells(heads, *_numbered(unit, many))}</table>")


def markup(unit: str, head: str = "", tail: str = "") -> Page:
    return lambda many: page(DUTY, head + unit * many + tail)


def bare(unit: str) -> Page:
    return lambda many: (unit * many).encode()


NAMED: dict[str, tuple[int, Page]] = {
    "nested list items": (650, bare("<li><ul>甲")),
    "white space between tags": (14_000, markup("\n", "<p>甲</p>", "<p>乙</p>")),
    "citations in a sentence": (550, sentence(REPEAL, "商务部公告2025年第{}号、", "废止")),
    "titles": (600, sentence(REPEAL, "《关于甲{}的通知》", "废止")),
    "redirects": (2_700, markup("{location=", "<script>", "</script>")),
}
TRAPS: dict[str, Page] = {
    **{name: trap for name, (_, trap) in NAMED.items() if name != "nested list items"},
    "blank lines in a paragraph": markup(" \n", "<p>甲", "乙</p>"),
    "redirects that run": markup("{location.replace('/a');", "<script>", "</script>"),
    "scripts": markup("<script>{location='/a'}</script>"),
    "cited by one act": sentence(REPEAL, "根据商务部公告2025年第{}号，"),
    "repealed one by one": sentence(REPEAL, "决定暂停实施商务部公告2024年第{}号。"),
    "repealed below": lines(REPEAL, "{}.商务部公告2025年第{}号", "废止下列公告："),
    "aliases": sentence(REPEAL, "《关于甲{}的办法》（以下简称《甲{}办法》），修改甲{}办法。"),
    "generic titles": sentence(REPEAL, "《关于甲的办法》（以下简称《办法》）修改《办法》，"),
    "clauses": sentence(REPEAL, "《甲办法》第{}条、"),
    "above": sentence(REPEAL, "暂停执行上述公告，"),
    "listed in a sentence": sentence(LIST, "甲{}公司（A{} Inc.）、", "决定将"),
    "listed below": lines(LIST, "{}. 甲{}公司（A{} Inc.）", "决定将下列实体列入出口管制管控名单："),
    "listed in a table": rows(LIST, "序号|名称", "{}|甲{}公司（A{} Inc.）"),
    "joined names": sentence(LIST, "甲和", "决定将"),
    "lists": sentence(LIST, "列入出口管制管控名单，"),
    "rates in lines": lines(DUTY, "{}. 甲{}公司（A{} Inc.） 5.5%", "各公司反倾销税税率如下："),
    "rates in a table": rows(DUTY, "公司名称|反倾销税税率", "甲{}公司|5.5%"),
    "rates in a sentence": sentence(DUTY, "甲{}公司5.5%，", "反倾销税税率为："),
    "undertakings": sentence(DUTY, "接受甲{}公司提出的价格承诺，"),
    "goods in lines": lines(CONTROL, "1C{}. 甲{}（参考海关商品编号：84715000）", "实施出口管制："),
    "goods in a sentence": sentence(CONTROL, "甲{}（海关商品编号：84715000）、", "决定对"),
    "goods in a table": rows(CONTROL, "货物名称|海关商品编号", "甲{}|84715000"),
    "goods in sentences": lines(CONTROL, "禁止甲{}出口。"),
    "cells": lambda many: page(CONTROL, "<table>" + f"<tr>{'<td>甲</td>' * many}</tr>" * 2 + "</table>"),
    "spans": markup("<tr><td rowspan=1000 colspan=9>甲</td><td>乙</td></tr>", "<table>", "</table>"),
    "tables": markup("<table><tr><td>甲</td><td>乙</td></tr></table><p>丙</p>"),
    "annexes": lines(CONTROL, "附件{}：甲{}清单"),
    "marks": sentence(CONTROL, "一、"),
    "opening titles": sentence(REPEAL, "《"),
    "opening brackets": sentence(LIST, "（", "决定将甲公司"),
    "brackets": lines(LIST, "（甲）" * 20),
    "digits": sentence(DUTY, "1", "第"),
    "numerals": sentence(DUTY, "一", "第"),
    "spaces": sentence(DUTY, "\u3000", "第"),
    "dates": sentence(DUTY, "自2025年1月1日起至2026年1月1日，"),
    "day by day": sentence(DUTY, "9月{}日前提交，"),
    "not done": sentence(DUTY, "不拟据报道废止，"),
    "links": markup("<p><a href=/a.pdf>附件：甲.pdf</a></p>"),
    "labels": markup("<table><tr><td>索引号：</td><td>1</td></tr></table>"),
    "blocks": bare("<div class=content>甲，乙。</div>"),
    "headings": bare("<h1>关于某事的通知</h1><p>甲，乙。"),
    "styles": markup("<p style='display:none'>甲。</p>"),
}  # fmt: skip


def read(body: bytes) -> None:
    with suppress(UnreadablePage):
        parse(body, URL)


@pytest.mark.parametrize("name", NAMED)
def test_what_a_page_may_have_is_read_in_time(name: str) -> None:
    many, trap = NAMED[name]
    body = trap(many)
    quickest = float("inf")
    for _ in range(5):
        started = process_time()
        parse(body, URL)
        quickest = min(quickest, process_time() - started)
        if quickest < _LIMIT / 2:
            break
    assert quickest < _LIMIT / 2


@pytest.mark.linear
@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_twice_the_page_takes_twice_the_time(trap: Page) -> None:
    found = growth(read, trap, _LEAST, _MOST)
    assert found.is_linear, found
