"""The end of a document, of a part of it, and of a measure that is named by the document that ordered it."""

from datetime import date

import pytest

from services.parser.document.read import read_document
from services.parser.layouts.page import Page, PageText
from shared.notice import Citation, Notice
from tests.services.parser.document.citations.test_citations import at, names, notice

ORDERED = "2020年3月12日，商务部发布2020年第93号公告，决定对原产于某国的进口某纸征收反倾销税，实施期限为5年。"


def only(one: Notice, relation: str = "repeals") -> Citation:
    found = [cited for cited in one.citations if cited.relation == relation]
    assert len(found) == 1, one.citations
    return found[0]


def since(cited: Citation) -> date | None:
    return cited.since.date() if cited.since else None


@pytest.mark.parametrize(
    "end",
    [
        "自2025年3月13日起，对原产于某国的进口某纸所适用的反倾销措施终止实施。",
        "对原产于某国的进口某纸所适用的反倾销措施自2025年3月13日起到期终止。",
        "自2025年3月13日起，终止对原产于某国的进口某纸征收反倾销税。",
        "自2025年3月13日起，终止征收上述反倾销税。",
        "自2025年3月13日起，上述反倾销措施不再执行。",
        "自2025年3月13日起停止征收该反倾销税。",
        "自2025年3月13日起，对原产于某国的进口某纸停止征收反倾销税。",
    ],
)
def test_a_measure_that_ends_is_the_announcement_that_ordered_it(end: str) -> None:
    one = notice(f"{ORDERED}该反倾销措施将于2025年3月13日到期。\n鉴于无人提出申请，{end}")

    cited = only(one)
    assert cited.document_number == "商务部公告2020年第93号"
    assert since(cited) == date(2025, 3, 13)


@pytest.mark.parametrize(
    "text",
    [
        "该反倾销措施将于2025年3月13日到期，国内产业可以提出复审申请。",
        "如无申请，该反倾销措施将自2025年3月13日起终止实施。",
        "如果终止反倾销措施，倾销可能继续发生。",
        "自2025年3月13日起，不再对甲公司征收反倾销税。",
        "商务部决定终止对原产于某国的进口某纸的反倾销调查。",
        "上述反倾销措施不终止实施。",
    ],
)
def test_what_does_not_end_the_measure(text: str) -> None:
    assert names(notice(f"{ORDERED}\n{text}"), "repeals") == []


def test_a_suspended_measure_is_suspended_until_the_day_of_its_sentence() -> None:
    one = notice(f"{ORDERED}\n自2025年11月10日起暂停征收上述反倾销税至2026年11月10日。")

    cited = only(one, "suspends")
    assert cited.document_number == "商务部公告2020年第93号"
    assert since(cited) == date(2025, 11, 10)
    assert cited.until == at(2026, 11, 11)


@pytest.mark.parametrize("clause", ["第三条", "附件1"])
def test_a_clause_behind_a_basis_that_a_verb_of_its_own_changes(clause: str) -> None:
    one = notice(
        f"根据《中华人民共和国对外贸易法》，商务部公告2025年第23号{clause}同时调整如下：8%。"
    )

    assert names(one, "basis") == ["中华人民共和国对外贸易法"]
    assert only(one, "amends").clause == clause


def test_of_two_measures_the_one_of_the_product_ends() -> None:
    one = notice(
        f"{ORDERED}\n2023年5月12日，商务部发布2023年第20号公告，决定对原产于某国的进口某钢征收反倾销税。\n"
        "自2025年3月13日起，对原产于某国的进口某纸所适用的反倾销措施终止实施。"
    )

    assert names(one, "repeals") == ["商务部公告2020年第93号"]


def test_a_measure_that_was_prolonged_ends_with_the_last_announcement() -> None:
    one = notice(
        "2014年3月12日，商务部发布2014年第9号公告，决定对原产于某国的进口某纸征收反倾销税。"
        "2020年3月12日，商务部发布2020年第93号公告，决定对原产于某国的进口某纸继续征收反倾销税。\n"
        "自2025年3月13日起，终止征收上述反倾销税。"
    )

    assert names(one, "repeals") == ["商务部公告2020年第93号"]


@pytest.mark.parametrize(
    ("clause", "text"),
    [
        ("所附《乙清单》及乙类相关内容", "所附《乙清单》及乙类相关内容不再适用。"),
        ("所附《乙清单》", "所附《乙清单》自2026年1月1日起停止执行。"),
        ("有关乙类商品的规定", "中有关乙类商品的规定同时废止。"),
        ("附件2", "附件2即行失效。"),
        ("与本公告不一致的内容", "与本公告不一致的内容停止执行。"),
        (None, "不再适用。"),
        (None, "到期后即行失效。"),
    ],
)
def test_a_part_lapses_under_its_words(clause: str | None, text: str) -> None:
    one = notice(f"商务部公告2020年第63号（《关于发布甲清单的公告》）{text}")

    assert only(one).document_number == "商务部公告2020年第63号"
    assert only(one).clause == clause


@pytest.mark.parametrize(
    "first",
    [
        "1992年3月8日国务院发布的《甲管理办法》、",
        "1992年3月8日国务院批准、1992年4月1日海关总署发布的《甲管理办法》，",
        "《甲管理办法》（1992年3月8日国务院发布）和",
        "原外经贸部2001年8月7日发布的《甲管理办法》以及",
        "《甲管理办法》、",
    ],
)
def test_every_title_of_an_enumeration_is_repealed(first: str) -> None:
    one = notice(f"{first}1986年12月6日海关总署发布的《乙暂行规定》自2026年1月1日起一并废止。")

    assert names(one, "repeals") == ["甲管理办法", "乙暂行规定"]


def test_a_document_that_another_sentence_reports_is_not_repealed_with_it() -> None:
    one = notice(
        "2025年3月1日商务部发布2025年第7号公告，就某事作出规定。商务部公告2020年第1号同时废止。"
    )

    assert names(one, "repeals") == ["商务部公告2020年第1号"]


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("investigation", "商务部公告2024年第9号发起的反倾销调查期限延长至2026年3月1日。"),
        ("measure", "商务部公告2024年第9号规定的保障措施实施期限延长至2026年3月1日。"),
        ("measure", "商务部公告2024年第9号的有效期延长至2026年3月1日。"),
    ],
)
def test_an_investigation_that_is_extended_is_not_the_measure(what: str, text: str) -> None:
    cited = only(notice(text), "extends")

    assert cited.object == what
    assert cited.until is not None


def test_a_regulation_repeals_what_others_issued_on_other_days() -> None:
    text = (
        "第二条 本规定自2025年5月1日起施行。1992年3月8日国务院发布的《甲货物管理办法》、"
        "1986年12月6日海关总署发布的《乙货物暂行规定》同时废止。"
    )
    url = "https://www.mofcom.gov.cn/zfxxgk/gkml/art/2025/art_0.html"
    page = Page("test", 1.0, "law", "某某进出口管理规定", PageText(text), {})

    one = read_document(page, url)

    assert names(one, "repeals") == ["甲货物管理办法", "乙货物暂行规定"]
    assert {since(cited) for cited in one.citations} == {date(2025, 5, 1)}


def test_the_rows_of_a_table_below_the_line_that_ends_them() -> None:
    one = notice(
        "下列规范性文件自2025年7月1日起失效：\n序号\t文件名称\t文号\n"
        "1\t关于甲事项的通知\t商贸发〔2006〕12号\n2\t关于乙事项的公告\t商务部公告2007年第66号\n"
        "有关事项另见关于丙事项的通知（商贸发〔2006〕13号）。"
    )

    assert [cited.relation for cited in one.citations] == ["repeals", "repeals", "mentions"]
    assert {since(cited) for cited in one.citations[:2]} == {date(2025, 7, 1)}


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("商务部公告2018年第33号除第二条外自2025年7月1日起废止。", "除第二条外"),
        (
            "除第二条、第三条的规定以外，商务部公告2018年第33号自2025年7月1日起废止。",
            "除第二条、第三条的规定以外",
        ),
    ],
)
def test_what_is_left_of_a_document_that_ends_is_its_clause(text: str, clause: str) -> None:
    assert only(notice(text)).clause == clause


def test_the_day_that_stands_with_the_verb_behind_the_comma() -> None:
    one = notice("商务部公告2024年第55号的暂停期限届满，自2025年6月10日起恢复实施。")
    assert since(only(one, "resumes")) == date(2025, 6, 10)


def test_an_enumeration_ends_with_its_line() -> None:
    one = notice("依据《关于甲的公告》\n《关于乙的公告》自2025年7月1日起废止。")
    assert names(one, "repeals") == ["关于乙的公告"]


@pytest.mark.parametrize(
    "text",
    [
        "商务部公告2022年第19号已实施期满，依法自动失效，特此公告。",
        "撤回2025年5月30日发布的商务部公告2022年第19号。",
        "商务部公告2022年第19号不再继续执行。",
    ],
)
def test_other_words_for_an_end(text: str) -> None:
    assert only(notice(text)).document_number == "商务部公告2022年第19号"


@pytest.mark.parametrize(
    "text",
    [
        "商务部决定终止商务部公告2024年第4号所立反倾销调查。",
        "商务部公告2024年第4号发起的反补贴调查自2025年12月1日起中止。",
        "原有规定中与商务部公告2020年第25号相抵触的内容自2025年12月1日起废止。",
        "本公告所称“停止”，是指商务部公告2020年第43号全部条款停止适用。",
        "商务部公告2020年第15号已由商务部公告2023年第16号废止。",
        "商务部公告2020年第19号宜尽快废止。",
    ],
)
def test_what_ends_beside_a_document_is_not_the_document(text: str) -> None:
    one = notice(f"{text}\n本公告自2025年12月1日起施行。")
    assert {cited.relation for cited in one.citations} == {"mentions"}


def test_a_part_that_is_described_behind_the_document_whose_verb_stands_before_it() -> None:
    one = notice("停止执行商务部公告2020年第34号关于甲的规定，恢复执行商务部公告2010年第35号。")
    assert only(one).clause == "关于甲的规定"
    assert only(one, "resumes").clause is None


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("商务部公告2020年第34号有关甲的内容，自2025年12月1日起废止。", "有关甲的内容"),
        ("商务部公告2020年第34号中涉及乙类商品的条款，现予以废止。", "涉及乙类商品的条款"),
    ],
)
def test_a_part_that_is_described_before_the_comma(text: str, clause: str) -> None:
    assert only(notice(text), "repeals").clause == clause


def test_the_first_day_of_a_span_is_the_start() -> None:
    one = notice("自2025年12月1日至2025年12月31日，暂停执行商务部公告2020年第13号。")
    assert since(only(one, "suspends")) == date(2025, 12, 1)


def test_quoted_words_that_become_others_amend() -> None:
    one = notice("商务部公告2020年第30号第一条“暂停进口”改为“禁止进口”。")
    assert only(one, "amends").clause == "第一条"


def test_measures_above_that_no_announcement_ordered_end_nothing() -> None:
    one = notice("商务部公告2020年第1号另有规定。\n自2025年3月13日起，上述反倾销措施终止实施。")
    assert names(one, "repeals") == []


def test_provisions_of_a_document_that_disagree_end_with_it() -> None:
    one = notice("商务部公告2020年第25号中不一致的内容自2025年12月1日起废止。")
    assert names(one, "repeals") == ["商务部公告2020年第25号"]


def test_a_document_that_ends_with_others_that_have_no_number() -> None:
    one = notice("原有的操作规程和商务部公告2020年第25号自2025年12月1日起废止。")
    assert names(one, "repeals") == ["商务部公告2020年第25号"]


def test_what_changed_a_document_before_is_not_ended_with_it() -> None:
    one = notice("商务部公告2020年第23号（已被2023年第24号公告修改）自2025年12月1日起废止。")
    assert names(one, "repeals") == ["商务部公告2020年第23号"]


def test_for_whom_a_document_is_suspended_did_not_issue_it() -> None:
    one = notice("对某公司，商务部公告2020年第17号自2025年12月1日起暂停实施。")
    assert names(one, "suspends") == ["商务部公告2020年第17号"]


ITEMS = "（一）《甲细则》（外经贸部2004年1月1日公布）；\n（二）《乙办法》（商务部令2004年第24号）。"


@pytest.mark.parametrize(
    "heading", ["一、废止下列规章", "一、予以废止的规章（2件）", "一、停止执行的规章目录"]
)
def test_a_heading_without_a_colon_opens_a_list(heading: str) -> None:
    one = notice(
        f"商务部决定：\n{heading}\n{ITEMS}\n二、修改下列规章\n（一）将《丙办法》（商务部令2005年第2号）第八条删去。"
    )

    assert names(one, "repeals") == ["甲细则", "商务部令2004年第24号"]
    amended = only(one, "amends")
    assert (amended.document_number, amended.clause) == ("商务部令2005年第2号", "第八条")


@pytest.mark.parametrize("heading", ["一、继续有效的规章", "一、已废止的规章", "一、拟废止的规章"])
def test_headings_of_what_is_not_repealed(heading: str) -> None:
    assert names(notice(f"{heading}\n{ITEMS}"), "repeals") == []


def test_a_list_that_a_sentence_opens_with_its_day() -> None:
    one = notice(
        "下列公告自2025年12月1日起废止：商务部公告2009年第81号（关于甲，2009年8月3日发布）；"
        "商务部公告2010年第82号。下列公告继续有效：商务部公告2011年第83号。"
    )

    assert names(one, "repeals") == ["商务部公告2009年第81号", "商务部公告2010年第82号"]
    assert {since(cited) for cited in one.citations if cited.relation == "repeals"} == {
        date(2025, 12, 1)
    }


@pytest.mark.parametrize(
    ("text", "repealed"),
    [
        (
            "商务部公告2009年第78号、商务部会同海关总署发布的2011年第79号公告及其附件、商务部办公厅《关于丁的函》（商办机函〔2013〕80号）",
            ["商务部公告2009年第78号", "商务部 海关总署公告2011年第79号", "商办机函〔2013〕80号"],
        ),
        (
            "1990年12月12日国务院批准、同日对外经济贸易部发布的《甲实施细则》，以及2001年11月10日国务院令第300号公布的《乙条例》",
            ["甲实施细则", "国务院令第300号"],
        ),
        (
            "下列规定：1990年国务院发布的《甲规定》；1991年商业部、物资部联合发布的《乙规定》",
            ["甲规定", "乙规定"],
        ),
        (
            "原对外经济贸易部、海关总署1988年联合发布的《甲规定》和国家计委、外经贸部《关于乙的通知》（计外资〔1997〕2146号）",
            ["甲规定", "计外资〔1997〕2146号"],
        ),
    ],
)
def test_what_stands_between_the_documents_of_a_list(text: str, repealed: list[str]) -> None:
    assert names(notice(f"{text}自2025年12月1日起一并废止。"), "repeals") == repealed


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("商务部公告2016年第86号附件2、附件3自2025年12月1日起停止使用。", "附件2、附件3"),
        ("商务部公告2016年第86号附件2《乙清单》停止执行。", "附件2《乙清单》"),
        ("终止商务部公告2016年第86号附件所列商品的关税减让。", "附件所列商品的关税减让"),
        ("撤销商务部公告2016年第86号对甲公司作出的处罚。", "对甲公司作出的处罚"),
        ("为执行《甲协定》，商务部公告2016年第86号相应条款停止执行。", "相应条款"),
        ("商务部公告2016年第86号涉及丁产品的部分自2025年12月1日起停止实施。", "涉及丁产品的部分"),
        (
            "商务部公告2016年第86号第一条第（一）项规定的管理措施自2025年12月1日起取消。",
            "第一条第（一）项",
        ),
        ("根据《反倾销条例》，商务部2016年第86号公告规定的措施自2025年12月1日起终止执行。", None),
    ],
)
def test_a_part_that_ends_leaves_the_rest(text: str, clause: str | None) -> None:
    ended = [cited.clause for cited in notice(text).citations if cited.relation == "repeals"]

    assert ended == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "由乙株式会社（Otsu Co., Ltd.）继承甲株式会社在商务部公告2020年第89号中所适用的11.9%的反倾销税税率。",
        "商务部公告2020年第89号规定的反倾销措施的产品范围调整如下：将丙产品排除。",
        "将商务部公告2020年第89号规定的适用范围扩大至全国。",
        "商务部公告2020年第89号附件中的“甲公司”更名为“乙公司”。",
    ],
)
def test_successors_and_scopes_amend_the_announcement(text: str) -> None:
    assert names(notice(text), "amends") == ["商务部公告2020年第89号"]


def test_what_ends_for_one_of_the_listed_leaves_the_announcement() -> None:
    one = notice(
        "将甲公司（Ko Aerospace, Inc.）移出出口管制管控名单，停止执行商务部公告2025年第13号对其采取的措施。"
    )

    assert names(one, "repeals") == []
    assert any("for some alone" in warning for warning in one.warnings)
