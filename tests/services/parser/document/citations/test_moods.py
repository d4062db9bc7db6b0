"""What a text says of a document without doing it changes nothing."""

import pytest

from shared.notice import Citation, Mood, PageKind
from tests.services.parser.document.citations.test_citations import names, notice


def only(text: str, *, title: str = "关于有关事项的公告", kind: PageKind = "notice") -> Citation:
    found = notice(text, title, kind).citations
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("mood", "text"),
    [
        ("negated", "商务部公告2020年第1号不废止。"),
        ("negated", "商务部公告2020年第1号并未废止，继续执行。"),
        ("negated", "自2025年12月1日起，不暂停实施商务部公告2020年第1号。"),
        ("negated", "商务部公告2020年第1号的有效期不再延长。"),
        ("negated", "下列文件不废止：\n1.商务部公告2020年第1号"),
        ("negated", "决定不对商务部公告2020年第1号作出修改。"),
        ("negated", "除商务部公告2020年第1号外，此前规定同时废止。"),
        ("hypothetical", "商务部公告2020年第1号是否废止？"),
        ("hypothetical", "拟废止商务部公告2020年第1号。"),
        ("hypothetical", "有关方面建议废止商务部公告2020年第1号。"),
        ("hypothetical", "如无异议，商务部公告2020年第1号同时废止。"),
        ("hypothetical", "经评估认为不再必要时，商务部公告2020年第1号即行废止。"),
        ("hypothetical", "在双方签署的协议生效后，商务部公告2020年第1号将自动失效。"),
        ("hypothetical", "本公告有效期届满后，商务部公告2020年第1号恢复执行。"),
        ("hypothetical", "国务院已原则同意废止商务部公告2020年第1号。"),
        ("hypothetical", "停止执行商务部公告2020年第1号，具体时间由商务部另行公布。"),
        ("hypothetical", "如进口量回落，本公告施行后商务部公告2020年第1号同时废止。"),
        ("hypothetical", "拟废止下列文件：\n1.商务部公告2020年第1号"),
        ("reported", "网传商务部公告2020年第1号废止系谣言。"),
        ("reported", "据报道，商务部公告2020年第1号已废止。"),
        ("reported", "财政部已废止商务部公告2020年第1号，现予说明。"),
    ],
)
def test_what_is_not_done_is_a_mention(mood: Mood, text: str) -> None:
    cited = only(text)

    assert cited.document_number == "商务部公告2020年第1号"
    assert (cited.relation, cited.mood) == ("mentions", mood)
    assert (cited.since, cited.until, cited.clause) == (None, None, None)


@pytest.mark.parametrize(
    ("repealed", "text"),
    [
        ("第2号", "商务部公告2020年第1号不延长，同时废止商务部公告2020年第2号。"),
        ("第1号", "商务部公告2020年第1号自2026年1月1日起废止，不再延长。"),
        ("第2号", "商务部公告2020年第1号不废止；商务部公告2020年第2号同时废止。"),
        ("第2号", "拟修订商务部公告2020年第1号。商务部公告2020年第2号同时废止。"),
        ("第2号", "即日起不停止执行商务部公告2020年第1号，商务部公告2020年第2号同时废止。"),
        ("第1号", "商务部公告2020年第1号即日起废止，同时商务部公告2020年第2号自即日起恢复实施。"),
    ],
)
def test_a_negation_reaches_no_other_clause(repealed: str, text: str) -> None:
    assert names(notice(text), "repeals") == [f"商务部公告2020年{repealed}"]


def test_an_effect_of_its_own_is_no_condition() -> None:
    one = notice("本办法施行后，商务部公告2020年第1号同时废止。")

    assert names(one, "repeals") == ["商务部公告2020年第1号"]


def test_a_draft_changes_nothing() -> None:
    cited = only(
        "商务部公告2020年第1号同时废止。", title="关于《某办法（征求意见稿）》公开征求意见的公告"
    )

    assert (cited.relation, cited.mood) == ("mentions", "hypothetical")


def test_the_words_of_a_mood_are_evidence() -> None:
    one = notice("商务部公告2020年第1号并未废止。")

    words = [
        one.body_text[found.start : found.end]
        for found in one.evidence
        if found.field == "citations[0].mood"
    ]
    assert words == ["未", "废止"]


def test_what_a_news_page_says_is_reported() -> None:
    cited = only("商务部决定废止商务部公告2020年第1号。", kind="news")

    assert (cited.relation, cited.mood) == ("mentions", "reported")
