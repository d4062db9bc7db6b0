"""The marks of a text that were read for no field are unread, but those of a class that says nothing.

Misreadings are planted: a value is taken out of what was read, with its evidence, and the marks that it
was read from must be unread then.
"""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parser.document.document import Document
from services.parser.document.stages import read_stages
from services.parser.document.unread import accounts
from services.parser.document.unread.marks import LONGEST
from services.parser.layouts.choose import read_page
from services.parser.parse import parse
from shared.notice import Evidence, PageKind
from testing.corpus import GOLDEN
from testing.markup import page_2026, paragraphs

TITLE = "商务部公告2025年第1号"
URL = "https://www.mofcom.gov.cn/zcfb/blgg/art/2025/art_1.html"
DUTIES = (
    "对原产于日本的进口甲钢征收反倾销税。\n各公司的反倾销税税率如下：\n日本公司\n"
    "1.甲制铁有限公司 18.1%\n（Alpha Steel Co., Ltd.）"
)
SHARE = 0.8
PAGES = sorted(GOLDEN.glob("*.html"))


def page_of(text: str, kind: PageKind = "notice") -> Document:
    page = read_page(page_2026(TITLE, paragraphs(text.split("\n"))).decode(), URL)
    return Document(replace(page, kind=kind), URL)


def document_of(text: str) -> Document:
    document = page_of(text)
    read_stages(document)
    return document


def unread(document: Document) -> list[tuple[str, str]]:
    body = document.body.folded
    found = accounts.read(document).value.unread
    return [(mark.kind, body[mark.start : mark.end]) for mark in found]


def without(document: Document, field: str) -> list[tuple[str, str]]:
    """What is unread when the fields that begin so were not read."""
    kept = [one for one in document.evidence if not re.match(field, one.field)]
    assert len(kept) < len(document.evidence), f"no {field} was read"
    document.evidence = kept
    # A citation that was not read leaves no value either.
    if field.startswith("citations"):
        document.citations = ()
    if field.startswith("effective_on"):
        document.effective_on = None
    return unread(document)


@pytest.mark.parametrize(
    ("text", "field", "mark"),
    [
        ("商务部公告2020年第5号自2025年3月1日起废止。", "citations", ("verb", "废止")),
        (
            "商务部公告2020年第5号自2025年3月1日起废止。",
            "citations",
            ("document number", "2020年第5号"),
        ),
        ("《甲办法》自2025年3月1日起废止。", "citations", ("title", "甲办法")),
        (
            "根据《中华人民共和国出口管制法》，公告如下。",
            "citations",
            ("title", "中华人民共和国出口管制法"),
        ),
        (
            "自2025年11月10日起至2026年11月10日，暂停实施商务部公告2025年第55号。",
            r"citations\[0\]\.until|last_day",
            ("date", "2026年11月10日"),
        ),
        (
            "决定将甲公司（Alpha Aero Inc.）列入不可靠实体清单。",
            "listed_entities",
            ("verb", "列入"),
        ),
        (
            "决定将甲公司（Alpha Aero Inc.）列入不可靠实体清单。",
            "listed_entities",
            ("name", "Alpha Aero Inc."),
        ),
        (
            "决定对下列物项实施出口管制：\n1C117 钨（海关商品编号：2825901200）",
            "regulated_items",
            ("customs code", "2825901200"),
        ),
        (
            "决定对下列物项实施出口管制：\n1C117 钨（海关商品编号：2825901200）",
            "regulated_items",
            ("control code", "1C117"),
        ),
        (
            DUTIES,
            "duty_rates",
            ("percentage", "18.1%"),
        ),
        (
            DUTIES,
            "duty_rates",
            ("name", "甲制铁有限公司"),
        ),
        ("本公告自2025年12月1日起实施。", "effective_on", ("date", "2025年12月1日")),
        ("请于2025年9月7日前将书面意见送达商务部。", "deadlines", ("date", "2025年9月7日")),
        (
            "企业应当自本公告公布之日起30日内备案。\n商务部\n2025年3月1日",
            "deadlines",
            ("period", "30日"),
        ),
    ],
)
def test_what_is_not_read_is_unread(text: str, field: str, mark: tuple[str, str]) -> None:
    document = document_of(text)
    assert mark not in unread(document)
    assert mark in without(document, field)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        # Of two verbs within the words of one value each is read for itself.
        (
            "禁止自缅甸进口陶瓷，禁止对缅甸出口松节油。",
            ("verb", "禁止"),
        ),
        # A title that is only mentioned, beside one that is repealed.
        (
            "1992年3月8日国务院发布的《甲货物管理办法》不再适用。",
            ("verb", "不再适用"),
        ),
        ("决定不征收反补贴税。", ("verb", "征收反补贴税")),
        # Words of a class beside an act that is none of it.
        ("根据有关规定暂停实施第9号公告。", ("verb", "暂停实施")),
        ("根据有关规定，决定取消某措施。", ("verb", "取消")),
        ("决定暂停对甲公司的相关措施90天。", ("verb", "暂停")),
        ("决定于2025年4月4日将甲公司列入清单。", ("verb", "列入")),
        ("撤回商务部公告2025年第80号。", ("verb", "撤回")),
    ],
)
def test_an_act_that_no_field_says_is_unread(text: str, mark: tuple[str, str]) -> None:
    document = document_of(text)
    document.evidence = [one for one in document.evidence if one.field.startswith("issue")]
    document.citations = ()
    assert mark in unread(document)


def test_a_change_without_authority_is_unread() -> None:
    document = document_of("商务部公告2020年第5号自2025年3月1日起废止。")
    assert [one.relation for one in document.citations] == ["repeals"]
    document.citations = tuple(
        one.model_copy(update={"authority": False}) for one in document.citations
    )
    assert ("verb", "废止") in unread(document)


@pytest.mark.parametrize(
    "text",
    [
        "根据《2025年某管理规定》，公告如下。",
        "商务部不废止有关公告。",
        "网传商务部废止有关公告系谣言。",
        "2012年9月5日，商务部发布2012年第51号公告，决定征收反倾销税，实施期限为5年。",
        "请认真贯彻执行。",
        "联系电话：010-65198164",
        "国营贸易比例60%。",
        "一、禁止上述企业从事与中国有关的进出口活动。",
        "第一条 为了规范管理，制定本办法。\n第二条 企业不得转让许可证。",
    ],
)
def test_what_says_nothing_is_not_unread(text: str) -> None:
    assert unread(document_of(text)) == []


@cache
def golden(page: Path) -> Document:
    first, _, body = page.read_bytes().partition(b"\n")
    url = first.decode().removeprefix("<!--").removesuffix("-->").strip()
    document = Document(read_page(body.decode("utf-8", "replace"), url), url)
    read_stages(document)
    return document


def test_the_rest_of_a_text_that_is_too_long_is_doubtful() -> None:
    text = "商务部公告2020年第5号自2025年3月1日起废止。\n" + "甲" * LONGEST
    warning = f"unread: {LONGEST} of {len(text)} characters were looked at"
    assert warning in read_stages(page_of(text)).warnings
    assert warning not in read_stages(page_of(text[:LONGEST])).warnings
    news = page_of(text, kind="news")
    assert warning not in read_stages(news).warnings


def test_values_taken_from_the_golden_pages_are_missed() -> None:
    """Without a value, some word that it was read from is unread; not always, for texts say things twice."""
    missed: list[bool] = []
    for page in PAGES:
        document = golden(page)
        whole, citations, day = (
            document.evidence,
            document.__dict__.get("citations"),
            document.effective_on,
        )
        before = len(accounts.read(document).value.unread)
        for value in sorted({one.field.partition(".")[0] for one in whole}):
            if value.startswith(("citations", "listed", "regulated", "duty", "effective_on")):
                document.evidence = [one for one in whole if one.field.partition(".")[0] != value]
                if value.startswith("citations"):
                    document.citations = ()
                if value == "effective_on":
                    document.effective_on = None
                missed.append(len(accounts.read(document).value.unread) > before)
                document.citations, document.effective_on = citations or (), day
        document.evidence = whole
    assert len(missed) > 90
    assert sum(missed) / len(missed) > SHARE


def test_no_page_is_flooded() -> None:
    counts = sorted(
        len(golden(page).unread)
        for page in PAGES
        if golden(page).page_kind in ("notice", "law", "interview")
    )
    assert counts[len(counts) // 2] <= 1
    assert counts[-1] <= 5


FRAGMENTS = (
    *(
        "商务部公告2025年第55号",
        "《甲办法》",
        "自2025年3月1日起",
        "至2026年11月10日",
        "暂停实施",
        "废止",
    ),
    *(
        "不",
        "将甲公司（Alpha Aero Inc.）",
        "列入不可靠实体清单",
        "，",
        "。",
        "；",
        "\n",
        "、",
        "（",
        "）",
        "《",
        "》",
    ),
    *(
        "1C117.a",
        "3904109001",
        "18.1%",
        "90天",
        "禁止",
        "对甲物实施出口管制",
        "第一条 ",
        "根据",
        "附件：",
        "问：",
    ),
)
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
SPANS = st.lists(
    st.tuples(
        st.sampled_from(
            ("citations[0].relation", "citations[1].title", "effective_on", "deadlines[0].on")
        ),
        st.integers(0, 120),
        st.integers(0, 60),
    ),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, SPANS)
def test_more_evidence_leaves_no_more_unread(text: str, spans: list[tuple[str, int, int]]) -> None:
    document = document_of(text)
    before = set(accounts.read(document).value.unread)
    document.evidence = [
        *document.evidence,
        *(
            Evidence(field=field, source="body_text", start=start, end=start + length)
            for field, start, length in spans
        ),
    ]
    assert set(accounts.read(document).value.unread) <= before


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_it_never_raises(text: str) -> None:
    parse(page_2026(TITLE, paragraphs(text.split("\n"))), URL)


def test_it_takes_time_in_proportion_to_the_text() -> None:
    def seconds(times: int) -> float:
        document = document_of(
            "决定将甲公司（Alpha Aero Inc.）列入清单，《甲办法》2025年3月1日废止。\n" * times
        )
        start = process_time()
        accounts.read(document)
        return process_time() - start

    # The quickest of some: what runs beside slows all of them down, but not evenly.
    few, many = (min(seconds(times) for _ in range(3)) for times in (50, 400))
    assert many < 16 * few + 0.05


@pytest.mark.parametrize(
    ("title", "text", "verbs"),
    [
        ("关于废止有关公告的公告", "现将有关事项公告如下：目录见附件。", ["废止"]),
        ("关于将有关企业移出名单的公告", "有关企业见附件。", ["移出"]),
        ("关于废止有关公告的公告", "自2025年1月1日起，商务部公告2020年第1号废止。", []),
        ("关于废止商务部公告2020年第1号的公告", "目录见附件。", []),
        ("关于不延长某措施的公告", "有关事项见附件。", []),
        ("关于某事的公告", "有关事项见附件。", []),
    ],
)
def test_a_verb_of_the_title_that_the_text_does_not_speak_of_is_unread(
    title: str, text: str, verbs: list[str]
) -> None:
    notice = parse(page_2026(title, paragraphs([text, "商务部", "2025年1月1日"])), URL)
    found = [mark for mark in notice.unread if mark.source == "title"]
    assert [title[mark.start : mark.end] for mark in found] == verbs
    assert notice.doubt == bool(verbs)


def test_the_verbs_of_a_line_that_prints_the_title_once_more_are_read_with_the_title() -> None:
    title = "关于恢复和暂停有关公告的公告"
    lines = [
        title.removeprefix("关于"),
        "暂停执行商务部公告2020年第2号。",
        "商务部",
        "2025年1月1日",
    ]
    notice = parse(page_2026(title, paragraphs(lines)), URL)
    assert [mark.source for mark in notice.unread] == ["title"]
