"""商务部公告2018年第47号, every field of it, in the markup of its year and of two others."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime

import pytest

from services.parser.parse import parse
from shared.chinese.dates import BEIJING
from shared.notice import Notice
from testing.corpus import shared
from testing.markup import page_2018, page_2026, paragraphs, with_breaks

RECORD = "data/notices/record_2018_article_b_c_20180602755321.json"


def _lines(content: str) -> list[str]:
    # The crawler that stored the record ran the signature's two lines together.
    text = re.sub(r"(商 务 部)(2018年)", r"\1\n\2", content)
    return [line.strip() for line in text.splitlines() if line.strip()]


_MARKUP: dict[str, tuple[Callable[..., bytes], Callable[[Iterable[str]], str]]] = {
    "2018-breaks": (page_2018, with_breaks),
    "2018-paragraphs": (page_2018, paragraphs),
    "2026": (page_2026, paragraphs),
}


@pytest.fixture(params=_MARKUP)
def notice(request: pytest.FixtureRequest) -> Notice:
    record = json.loads(shared(RECORD).read_text("utf-8"))
    page, setting = _MARKUP[request.param]
    time = {"time": record["publishTime"]} if page is page_2018 else {}
    return parse(page(record["title"], setting(_lines(record["content"])), **time), record["url"])


def test_number_issuer_and_dates(notice: Notice) -> None:
    assert notice.page_kind == "notice"
    assert notice.document_number == "商务部公告2018年第47号"
    assert notice.document_number_raw == "公告2018年第47号"
    assert (notice.document_type, notice.issuers) == ("公告", ("商务部",))
    # 【发布单位】 is the ministry itself, no department.
    assert notice.department is None
    assert notice.issued_on == date(2018, 6, 8)
    assert (notice.effective_on, notice.effective_at) == (date(2018, 6, 9), None)
    if notice.layout == "article-2018":
        assert notice.published_at == datetime(2018, 6, 8, 9, 22, 41, tzinfo=BEIJING)


def test_the_four_rates(notice: Notice) -> None:
    assert [
        (one.measure, one.product, one.origin, one.company_zh, one.company_latin, one.rate)
        for one in notice.duty_rates
    ] == [
        (
            "anti-dumping",
            product,
            "美国",
            f"{company}树脂和化学品责任有限公司",
            f"{latin} & Chemicals LLC",
            rate,
        )
        for product, company, latin, rate in (
            ("锦纶6切片", "艾德凡斯", "AdvanSix Resins", 36.2),
            ("锦纶6切片", "霍尼韦尔", "HoneywellResins", 96.5),
            ("己内酰胺", "艾德凡斯", "AdvanSix Resins", 3.6),
            ("己内酰胺", "霍尼韦尔", "HoneywellResins", 24.2),
        )
    ]
    assert {(one.since, one.last_day) for one in notice.duty_rates} == {(date(2018, 6, 9), None)}


def test_what_it_tells_is_cited_and_not_set(notice: Notice) -> None:
    assert [(one.document_number, one.relation) for one in notice.citations] == [
        ("商务部公告2010年第15号", "mentions"),
        ("商务部公告2016年第4号", "mentions"),
        ("商务部公告2011年第68号", "mentions"),
        ("商务部公告2017年第53号", "mentions"),
    ]
    assert not notice.deadlines
    assert not notice.listed_entities
    assert not notice.regulated_items
    assert notice.warnings == ()
