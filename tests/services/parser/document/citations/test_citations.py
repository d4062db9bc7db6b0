"""Citations: what a document rests on and changes, from when until when."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parser.document.citations.read import read
from services.parser.document.document import Document
from services.parser.document.read import read_document
from services.parser.document.stages import read_stages
from services.parser.layouts.page import Page, PageText
from services.parser.parse import parse
from shared.notice import Citation, Notice, NumberParts, PageKind
from testing.corpus import SHARED, shared
from testing.markup import page_2018, page_2026, paragraphs

BEIJING = timezone(timedelta(hours=8))
SEEDS = Path(__file__).parents[5] / "seeds/pages"
LABELLED = SHARED / "data/notices/labelled-notices.json"


def notice(body: str, title: str = "关于有关事项的公告", kind: PageKind = "notice") -> Notice:
    """A MOFCOM announcement of 2025-11-03 with this text."""
    head = "【发布单位】外贸司\n【发布文号】商务部公告2025年第99号\n【发文日期】2025年11月03日\n"
    text = f"{head}{body}\n商务部\n2025年11月3日" if kind == "notice" else body
    page = Page("test", 1.0, kind, title, PageText(text), {"PubDate": "2025-05-14 22:00"})
    return read_document(page, "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_0.html")


def names(one: Notice, relation: str | None = None) -> list[str | None]:
    return [
        citation.document_number or citation.title
        for citation in one.citations
        if relation in (None, citation.relation)
    ]


def only(one: Notice, relation: str) -> Citation:
    found = [citation for citation in one.citations if citation.relation == relation]
    assert len(found) == 1, one.citations
    return found[0]


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


def changes(one: Notice) -> Iterator[Citation]:
    quiet = {"basis", "mentions", "explains"}
    return (citation for citation in one.citations if citation.relation not in quiet)


# References


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("商务部公告2025年第55号、第56号、第57号", ["55", "56", "57"]),
        ("商务部2025年第55、56、57、58、61、62号公告", ["55", "56", "57", "58", "61", "62"]),
        ("商务部公告2025年第55、56号", ["55", "56"]),
        ("商务部2025年第55号和第56号公告", ["55", "56"]),
        ("商务部公告2025年第55号、56号以及57号", ["55", "56", "57"]),
    ],
)
def test_a_list_of_numbers_shares_issuer_and_year(text: str, numbers: list[str]) -> None:
    one = notice(f"根据{text}的规定，现公告如下。")
    assert names(one) == [f"商务部公告2025年第{number}号" for number in numbers]
    assert {citation.relation for citation in one.citations} == {"basis"}


def test_joint_issuers_of_a_list_end_where_the_next_issuer_begins() -> None:
    one = notice(
        "根据商务部 海关总署公告2025年第55号、56号和商务部公告2025年第61号、2024年第62号，公告如下。"
    )
    assert names(one) == [
        "商务部 海关总署公告2025年第55号",
        "商务部 海关总署公告2025年第56号",
        "商务部公告2025年第61号",
        "商务部公告2024年第62号",
    ]


def test_numbers_of_letters_in_one_bracket() -> None:
    one = notice("按照有关文件（财关税〔2021〕4号、5号）要求执行。")
    assert names(one) == ["财关税〔2021〕4号", "财关税〔2021〕5号"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2017年8月30日，商务部发布2017年第40号公告，决定立案。", "商务部公告2017年第40号"),
        ("中华人民共和国商务部（以下简称商务部）发布2010年第15号公告。", "商务部公告2010年第15号"),
        ("我部2015年第9号公告已有规定。", "商务部公告2015年第9号"),
        ("见2004年商务部令第27号。", "商务部令2004年第27号"),
        ("商务部会同海关总署发布2017年第40号公告。", "商务部 海关总署公告2017年第40号"),
    ],
)
def test_an_issuer_or_year_that_stands_apart(text: str, number: str) -> None:
    assert names(notice(text)) == [number]


def test_a_number_without_an_issuer_is_doubted() -> None:
    one = notice("按照2020年第9号公告执行。")
    assert names(one) == ["公告2020年第9号"]
    assert "citations[0].document_number: printed without its issuer" in one.warnings


def test_a_bracket_closes_on_its_line() -> None:
    one = notice("根据《甲办法》（略\n商务部公告2020年第1号）执行。")
    assert names(one) == ["甲办法", "商务部公告2020年第1号"]


def test_an_edition_stands_between_a_title_and_its_number() -> None:
    one = notice("根据《甲目录》（2021年版）（商务部公告2020年第1号）执行。")
    assert names(one) == ["商务部公告2020年第1号"]


def test_new_wording_is_no_time_of_the_amendment() -> None:
    one = notice(
        "商务部公告2019年第78号第五条修改为：“自2020年1月1日起，商务部公告2010年第79号同时废止。”"
    )
    (amended,) = changes(one)
    assert (amended.relation, amended.clause, amended.since) == ("amends", "第五条", None)


def test_what_it_issues_is_not_repealed_by_its_own_effect() -> None:
    one = notice(
        "《甲目录（2020年版）》自《甲目录（2025年版）》施行之日起废止。"
        "现公布《甲目录（2025年版）》，自2025年12月1日起施行。"
    )
    assert [(cited.title, cited.relation, cited.since) for cited in one.citations] == [
        ("甲目录（2020年版）", "repeals", at(2025, 12, 1))
    ]


def test_each_verb_of_a_list_has_its_document() -> None:
    one = notice(
        "恢复执行商务部公告2019年第81号，停止执行商务部公告2024年第82号，自2025年12月1日起施行。"
    )
    assert names(one, "resumes") == ["商务部公告2019年第81号"]
    assert names(one, "repeals") == ["商务部公告2024年第82号"]


def test_an_order_of_a_congress_that_no_day_tells_does_not_cite_itself() -> None:
    text = "中华人民共和国主席令\n第九十号\n《关于废止〈甲法〉的决定》已由第十三届全国人民代表大会常务委员会通过，现予公布。"
    page = Page("test", 1.0, "law", "全国人大常委会关于废止某法的决定", PageText(text), {})
    one = read_document(page, "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_0.html")

    assert one.document_number == "主席令第90号"
    assert "主席令第90号" not in names(one)


def test_title_and_number_are_one_citation() -> None:
    one = notice("根据《国务院办公厅关于某事的意见》(国办发[2020]32号)，制定本公告。")
    assert one.citations == (
        Citation(
            title="国务院办公厅关于某事的意见",
            document_number="国办发〔2020〕32号",
            document_number_parts=NumberParts(
                code="国办发",
                year=2020,
                serial=32,
                series="国办发〔2020〕",
                series_key="国办发2020",
                key="国办发2020-32",
            ),
            relation="basis",
        ),
    )


def test_a_short_name_is_the_document_that_it_was_given_to() -> None:
    one = notice(
        "近期，《商务部关于某事的意见》（商贸发〔2020〕3号，以下简称《若干意见》）印发。按照《若干意见》执行。"
    )
    assert [(c.document_number, c.relation) for c in one.citations] == [
        ("商贸发〔2020〕3号", "basis")
    ]


def test_a_generic_title_that_names_nothing_is_a_warning() -> None:
    one = notice("按照《通知》要求执行。")
    assert one.citations == ()
    assert "citations: 《通知》 names no document" in one.warnings


def test_titles_within_titles() -> None:
    one = notice("根据《商务部关于修改〈某办法〉的决定》（商务部令2019年第1号）执行。")
    assert [c.title for c in one.citations] == ["商务部关于修改〈某办法〉的决定"]


def test_what_the_document_issues_is_not_cited() -> None:
    one = notice(
        "根据《中华人民共和国对外贸易法》，现公布《某目录（2026年）》，自2026年1月1日起施行。"
        "请填写《某申请表》并提交《营业执照》。详见《人民日报》。\n附件：1.《某目录（2026年）》\n2.《某说明》",
        title="公布《某目录（2026年）》",
    )
    assert names(one) == ["中华人民共和国对外贸易法"]


def test_its_own_number_is_not_cited() -> None:
    one = notice("商务部公告2025年第99号如下。\n公告\n2025年 第99号")
    assert one.citations == ()


def test_a_new_text_does_not_swallow_the_old_of_the_same_name() -> None:
    one = notice(
        "现公布《某目录》，自2026年1月1日起施行。《某目录》（商务部 科技部公告2020年第38号）同时废止。",
        title="关于公布《某目录》的公告",
    )
    assert names(one) == ["商务部 科技部公告2020年第38号"]
    assert only(one, "repeals").since == at(2026, 1, 1)


# Relations


def test_every_member_of_a_list_of_laws_is_a_basis() -> None:
    one = notice(
        "根据《A法》《B法》和《C规定》第二条、第八条和第十条等有关规定，依据《D规定》，决定如下。"
    )
    assert names(one, "basis") == ["A法", "B法", "C规定", "D规定"]
    assert {citation.clause for citation in one.citations} == {None}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("商务部、海关总署公告2023年第75号同时废止。", "repeals"),
        ("商务部公告2023年第75号同时停止执行。", "repeals"),
        ("商务部公告2023年第75号附件3自2026年1月1日起失效。", "repeals"),
        ("决定废止《某办法》。", "repeals"),
        ("对《某办法》作如下修改。", "amends"),
        ("将《某清单》第3项调整为“Y”。", "amends"),
        ("决定修改《某办法》。", "amends"),
        ("即日起暂停执行《某办法》。", "suspends"),
        ("商务部公告2023年第75号第二款自即日起暂停实施。", "suspends"),
        ("商务部公告2023年第75号自即日起停止执行至2026年6月30日。", "suspends"),
        ("商务部公告2023年第75号自2025年12月1日起恢复实施。", "resumes"),
        ("《某办法》有效期延长至2027年12月31日。", "extends"),
        ("商务部公告2023年第75号继续执行至2027年12月31日。", "extends"),
        ("商务部公告2023年第75号附件1中“甲”更正为“乙”。", "corrects"),
    ],
)
def test_verbs_of_change(text: str, relation: str) -> None:
    assert [citation.relation for citation in notice(text).citations] == [relation]


@pytest.mark.parametrize(
    "text",
    [
        "2019年5月，商务部对《某办法》进行了修订。",
        "推动修订《某法》。",
        "抓紧修改《某条例》。",
        "经修订的《某法》。",
        "2016年4月21日，商务部发布2016年第4号公告，决定调整税率。",
        "违反《某法》的，依法处理；许可证有效期延长的，另行申请。",
        "《某法》规定暂停进口的，从其规定。",
        "将第五条修改为：“企业应当依照《某法》办理，《某规定》同时废止。”",
    ],
)
def test_what_is_told_or_planned_or_quoted_changes_nothing(text: str) -> None:
    assert list(changes(notice(text))) == []


def test_a_repeal_by_list_reaches_every_item() -> None:
    one = notice(
        "商务部决定废止下列规章：\n"
        "一、《甲规定》（外经贸部令2001年第22号）\n"
        "二、《乙办法》（商务部令2004年第27号，根据商务部令2015年第2号修订）\n"
        "三、关于丙的通知（商资发〔2005〕1号）\n"
        "本决定自公布之日起施行。"
    )
    assert names(one, "repeals") == [
        "外经贸部令2001年第22号",
        "商务部令2004年第27号",
        "商资发〔2005〕1号",
    ]
    assert [c.title for c in changes(one)] == ["甲规定", "乙办法", "关于丙的通知"]
    assert {c.since for c in changes(one)} == {at(2025, 11, 3)}
    assert names(one, "mentions") == ["商务部令2015年第2号"]


def test_an_annex_of_repealed_documents() -> None:
    body = (
        "【发布文号】商务部公告2025年第99号\n决定废止一批文件，现予公布。\n附件：废止的文件目录\n商务部\n2025年11月3日\n"
        "附件\n废止的文件目录\n1.《甲通知》（商贸发〔2001〕5号）\n2.关于乙的公告（商务部公告2003年第7号）"
    )
    one = read_document(
        Page("test", 1.0, None, "关于废止部分文件的公告", PageText(body)),
        "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_0.html",
    )
    assert names(one, "repeals") == ["商贸发〔2001〕5号", "商务部公告2003年第7号"]


def test_amendments_name_the_clauses_of_each_document() -> None:
    one = notice(
        "商务部决定对下列规章作出修改：\n"
        "一、对《甲办法》（商务部令2012年第2号）作出修改\n"
        "（一）将第六条中的“A”修改为“B”。\n"
        "（二）第九条增加一款，作为第三款。\n"
        "二、将《乙办法》（商务部令2014年第5号）第七条修改为：“略”\n"
        "本决定自2025年12月1日起施行。"
    )
    assert [(c.document_number, c.clause, c.since) for c in changes(one)] == [
        ("商务部令2012年第2号", "第六条、第九条", at(2025, 12, 1)),
        ("商务部令2014年第5号", "第七条", at(2025, 12, 1)),
    ]


def test_an_order_that_issues_an_amendment_amends() -> None:
    one = notice(
        "《关于修改〈某办法〉的决定》已经部务会议审议通过，现予公布，自2025年11月30日起施行。",
        title="关于修改《某办法》的决定",
    )
    assert [(c.title, c.relation, c.since) for c in one.citations] == [
        ("某办法", "amends", at(2025, 11, 30))
    ]


@pytest.mark.parametrize(("before", "relation"), [(10, "explains"), (900, "mentions")])
def test_what_an_interpretation_reports_at_its_head_is_what_it_explains(
    before: int, relation: str
) -> None:
    text = f"{'甲' * before}。商务部发布2020年第1号公告，引起关注。"
    (cited,) = notice(text, "甲专家谈有关措施", kind="interpretation").citations

    assert cited.relation == relation


def test_an_interpretation_explains_and_repeals_nothing() -> None:
    one = notice(
        "近日，商务部印发《某办法》（商务部令2025年第3号，以下简称《办法》）。\n"
        "《办法》自2026年1月1日起施行，《某暂行办法》同时废止。",
        title="关于《某办法》的解读",
        kind="interpretation",
    )
    assert [(c.title, c.relation) for c in one.citations] == [
        ("某办法", "explains"),
        ("某暂行办法", "mentions"),
    ]


def test_an_answer_that_reports_a_suspension_does_not_suspend() -> None:
    one = notice(
        "有记者问：商务部公告2025年第46号是否暂停实施？\n"
        "答：根据商务部公告2025年第72号，自即日起暂停实施商务部公告2024年第46号第二款。",
        kind="interview",
    )
    assert list(changes(one)) == []


def test_an_answer_repeals_nothing_that_a_new_regulation_repeals() -> None:
    one = notice("答：《某暂行办法》自2026年1月1日起同时废止。", kind="interview")
    assert list(changes(one)) == []


def test_a_number_without_issuer_is_the_one_that_the_text_prints_in_full() -> None:
    one = notice("2012年第51号公告所列税率不变。见商务部公告2012年第51号。")
    assert names(one) == ["商务部公告2012年第51号"]
    [evidence] = [one for one in one.evidence if one.field == "citations[0].document_number"]
    assert one.body_text[evidence.start : evidence.end] == "商务部公告2012年第51号"
    assert not [warning for warning in one.warnings if warning.startswith("citations")]


def test_the_title_of_what_it_issues_is_not_cited() -> None:
    one = notice("现将有关事项公告如下。《某目录》见附件。", title="公布《某目录》")
    assert one.citations == ()


def test_books_and_essays_are_no_documents() -> None:
    one = notice("请学习《旗帜》刊文和《论述摘编》，遵守《某规则》。")
    assert names(one) == ["某规则"]


def test_a_title_with_and_without_its_issuers_is_one() -> None:
    one = notice(
        "按照《商务部等12部门关于某事的意见》（商建函〔2019〕61号），落实《关于某事的意见》。"
    )
    assert names(one) == ["商建函〔2019〕61号"]


def test_news_change_nothing() -> None:
    assert list(changes(notice("商务部决定废止《某办法》。", kind="news"))) == []


# Time


def test_a_day_that_ends_a_suspension_belongs_to_it() -> None:
    one = only(notice("自即日起至2026年11月10日，暂停实施商务部公告2025年第61号。"), "suspends")
    assert one.since == at(2025, 11, 3)
    assert one.until is not None
    assert at(2026, 11, 10, 23, 59) < one.until == at(2026, 11, 11)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("自2025年5月14日起，暂停实施商务部公告2025年第61号90天。", at(2025, 8, 12)),
        ("自2025年5月14日起，暂停实施商务部公告2025年第61号，为期一年。", at(2026, 5, 14)),
        ("自2025年1月31日起，暂停实施商务部公告2025年第61号，为期一个月。", at(2025, 3, 1)),
        ("自2025年5月14日12时01分起，暂停实施商务部公告2025年第61号90天。", at(2025, 8, 12, 12, 1)),
        ("自2025年5月14日起，暂停实施商务部公告2025年第61号。", None),
    ],
)
def test_periods_run_from_their_start(text: str, until: datetime | None) -> None:
    assert only(notice(text), "suspends").until == until


def test_a_term_belongs_to_the_reference_it_stands_with() -> None:
    one = notice(
        "自2025年5月14日起，暂停4月4日公告（不可靠实体清单工作机制〔2025〕7号）相关措施90天，"
        "停止4月9日公告（不可靠实体清单工作机制〔2025〕8号、9号）相关措施。",
        kind="interview",
    )
    assert [(c.relation, c.since, c.until) for c in one.citations] == [
        ("suspends", at(2025, 5, 14), at(2025, 8, 12)),
        ("repeals", at(2025, 5, 14), None),
        ("repeals", at(2025, 5, 14), None),
    ]


def test_measures_that_are_named_by_the_day_of_their_announcement() -> None:
    one = notice(
        "答：商务部于2025年4月4日和9日分别发布了第21号和22号公告，将28家美国实体列入出口管制管控名单。"
        "决定自2025年8月12日起，对于2025年4月4日被列入的16家实体，继续暂停上述相关措施90天；"
        "对于2025年4月9日被列入的12家实体，停止执行相关措施。",
        kind="interview",
    )
    assert [(c.document_number, c.relation, c.since, c.until) for c in one.citations] == [
        ("商务部公告2025年第21号", "suspends", at(2025, 8, 12), at(2025, 11, 10)),
        ("商务部公告2025年第22号", "repeals", at(2025, 8, 12), None),
    ]


def test_a_day_without_year_is_dated_by_the_page_and_doubted() -> None:
    one = notice("自5月14日起，暂停商务部公告2025年第21号相关措施。", kind="interview")
    assert only(one, "suspends").since == at(2025, 5, 14)
    assert "citations[0].since: the year is not printed" in one.warnings


def test_a_change_without_start_is_doubted() -> None:
    one = notice("暂停实施商务部公告2025年第61号。")
    assert only(one, "suspends").since is None
    assert "citations[0].since: the text names no start" in one.warnings


def test_a_prolonged_investigation_extends_the_announcement_that_opened_it() -> None:
    one = notice(
        "2025年9月25日，商务部发布2025年第52号公告，决定对某产品进行反倾销立案调查。\n"
        "根据《中华人民共和国反倾销条例》第二十六条的规定，商务部决定延长本案的调查期限，截止日期为2027年3月25日。"
    )
    extended = only(one, "extends")
    assert (extended.document_number, extended.until) == ("商务部公告2025年第52号", at(2027, 3, 26))


# Data


SUSPENDED = [
    "商务部 海关总署公告2025年第55号",
    "商务部 海关总署公告2025年第56号",
    "商务部 海关总署公告2025年第57号",
    "商务部 海关总署公告2025年第58号",
    "商务部公告2025年第61号",
    "商务部公告2025年第62号",
]


def seed(name: str) -> Notice:
    page = SEEDS / name
    return parse(page.read_bytes(), "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_0.html")


def test_number_70_suspends_six_announcements_until_the_10th_of_november() -> None:
    one = seed("2025-announcement-70.html")
    assert names(one, "suspends") == SUSPENDED
    assert len(one.citations) == 6
    assert {(c.since, c.until) for c in one.citations} == {(at(2025, 11, 7), at(2026, 11, 11))}
    assert one.citations[0].title == "公布对超硬材料相关物项实施出口管制的决定"


def test_number_72_suspends_a_clause() -> None:
    one = only(seed("2025-announcement-72.html"), "suspends")
    assert (one.document_number, one.clause) == ("商务部公告2024年第46号", "第二款")
    assert (one.since, one.until) == (at(2025, 11, 9), at(2026, 11, 28))


def test_the_answer_of_may_2025() -> None:
    shared("data/notices/labelled-notices.json")
    [answer] = [one for one in json.loads(LABELLED.read_text("utf-8")) if "答记者问" in one["text"]]
    lines = [line for line in answer["text"].split("\n") if line.strip()]
    one = parse(
        page_2026(lines[1], paragraphs(lines[2:]), time="2025-05-14 22:00"),
        "https://www.mofcom.gov.cn/xwfb/xwfyrth/art/2025/art_0.html",
    )
    assert one.page_kind == "interview"
    assert [(c.document_number, c.since, c.until) for c in changes(one)] == [
        ("不可靠实体清单工作机制〔2025〕7号", at(2025, 5, 14), at(2025, 8, 12)),
        ("不可靠实体清单工作机制〔2025〕8号", at(2025, 5, 14), None),
    ]
    assert names(one, "basis") == ["中华人民共和国反外国制裁法", "不可靠实体清单规定"]


def test_the_real_page_of_2026_repeals_last_years_catalogue() -> None:
    folder = shared("data/pages/other")
    [page] = folder.glob("TRANSCRIBED_xkzj*")
    one = parse(page.read_bytes(), "https://xkzj.mofcom.gov.cn/tzgg/art/2026/art_0.html")
    repealed = only(one, "repeals")
    assert repealed.document_number == "商务部 海关总署公告2024年第66号"
    assert repealed.since == at(2026, 1, 1)
    assert len(names(one, "basis")) == len(one.citations) - 1 == 7


def test_the_anti_dumping_record_tells_of_four_announcements() -> None:
    path = shared("data/notices/record_2018_article_b_c_20180602755321.json")
    record = json.loads(path.read_text("utf-8"))
    page = page_2018(record["title"], paragraphs(record["content"].split("\n")))
    one = parse(page, record["url"])
    assert names(one) == [
        "商务部公告2010年第15号",
        "商务部公告2016年第4号",
        "商务部公告2011年第68号",
        "商务部公告2017年第53号",
    ]
    assert {citation.relation for citation in one.citations} == {"mentions"}


# Lists of numbers under one verb


def test_two_lists_of_numbers_stand_under_one_verb() -> None:
    one = notice(
        "决定自即日起至2026年11月10日，暂停实施商务部、海关总署、国家国防科工局公告2025年第55号、第56号"
        "和商务部公告2025年第61号、第62号。"
    )
    assert [(c.document_number, c.relation) for c in one.citations] == [
        ("商务部 海关总署 国防科工局公告2025年第55号", "suspends"),
        ("商务部 海关总署 国防科工局公告2025年第56号", "suspends"),
        ("商务部公告2025年第61号", "suspends"),
        ("商务部公告2025年第62号", "suspends"),
    ]


def test_a_second_verb_parts_two_lists_of_numbers() -> None:
    one = notice(
        "自2025年11月10日起，暂停实施商务部公告2025年第55号、第56号，停止执行商务部公告2025年第61号、第62号。"
    )
    assert [c.relation for c in one.citations] == ["suspends", "suspends", "repeals", "repeals"]


def test_a_part_of_a_duty_is_suspended_from_the_day_that_leads_the_notice() -> None:
    cited = "《关于对原产于美国的进口商品加征关税的公告》（税委会公告2025年第4号）"
    one = notice(
        "自2025年11月14日12时01分起，调整对原产于美国的进口商品加征关税措施。有关事项如下：\n"
        f"一、调整{cited}规定的加征关税税率，由34%调整为10%，在90天内暂停实施24%的对美加征关税税率。"
    )
    part = only(one, "suspends")
    assert (part.document_number, part.clause) == (
        "税委会公告2025年第4号",
        "24%的对美加征关税税率",
    )
    assert (part.since, part.until) == (at(2025, 11, 14, 12, 1), at(2026, 2, 12, 12, 1))
    later = notice(
        f"自2025年11月10日13时01分起，调整{cited}规定的加征关税措施，在一年内继续暂停实施24%的对美加征关税税率，"
        "保留10%的对美加征关税税率。"
    )
    part = only(later, "suspends")
    assert (part.clause, part.until) == ("24%的对美加征关税税率", at(2026, 11, 10, 13, 1))


def test_the_day_of_an_act_is_not_that_of_another_sentence() -> None:
    one = notice(
        "自2025年12月1日起，对原产于甲国的进口纸征收反倾销税。\n停止实施商务部公告2020年第1号。"
    )
    assert one.effective_on == date(2025, 12, 1)
    assert only(one, "repeals").since is None


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        (
            "暂停执行商务部公告2025年第21号对甲公司、乙公司的管控措施。",
            "对甲公司、乙公司的管控措施",
        ),
        (
            "停止商务部公告2025年第21号所列16家实体中甲公司的管控措施。",
            "所列16家实体中甲公司的管控措施",
        ),
        ("暂停商务部公告2025年第21号所列16家实体的管控措施。", None),
    ],
)
def test_measures_on_some_of_those_listed_are_a_part(sentence: str, clause: str | None) -> None:
    one = notice(f"自2025年11月10日起，{sentence}")
    (cited,) = changes(one)
    assert cited.clause == clause
    doubts = [warning for warning in one.warnings if "some of those" in warning]
    assert len(doubts) == (clause is not None)


# Properties


def test_evidence_quotes_what_was_read() -> None:
    one = seed("2025-announcement-70.html")
    texts = {"body_text": one.body_text, "title": one.title or ""}
    quotes = {
        evidence.field: texts[evidence.source][evidence.start : evidence.end]
        for evidence in one.evidence
        if evidence.source in texts
    }
    for place, citation in enumerate(one.citations):
        assert citation.document_number_parts is not None
        assert quotes[f"citations[{place}].title"] == citation.title
        # Words of a list begin with what its numbers share: …公告2025年第55号、第56号.
        serial = f"第{citation.document_number_parts.serial}号"
        assert quotes[f"citations[{place}].document_number"].endswith(serial)
        assert quotes[f"citations[{place}].relation"] == "暂停实施"
        assert quotes[f"citations[{place}].since"] == "自即日起"
        assert quotes[f"citations[{place}].until"] == "2026年11月10日"


WORDS = [
    "《", "》", "〈", "〉", "（", "）", "“", "”", "，", "。", "；", "：", "、", "\n", "根据", "暂停实施",
    "下列公告：", "商务部", "公告2025年第5号", "〔2021〕4号", "、第56号", "第55、56号公告", "自即日起", "至2026年11月10日",
    "90天", "废止", "修改为", "第三条第（二）项", "以下简称", "办法", "关于某事的通知", "一、", "附件", "4月4日和9日", "发布了",
    "99999年", "2月30日", "十百千号",
]  # fmt: skip


def document(text: str, kind: PageKind) -> Document:
    page = Page("test", 1.0, kind, text[:40], PageText(text))
    one = Document(page, "https://www.mofcom.gov.cn/")
    read_stages(one, last="effect")
    one.issuers, one.issued_on = ("商务部",), date(2025, 11, 3)
    return one


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(WORDS), max_size=60).map("".join),
    st.sampled_from(["notice", "interview", "interpretation", "news"]),
)
def test_nothing_raises_and_all_evidence_lies_in_the_text(text: str, kind: PageKind) -> None:
    one = document(text, kind)
    reading = read(one)
    for evidence in reading.evidence:
        source = one.title.printed if evidence.source == "title" else one.body.printed
        assert 0 <= evidence.start < evidence.end <= len(source)
    for place, citation in enumerate(reading.value):
        assert citation.title or citation.document_number
        fields = {evidence.field for evidence in reading.evidence}
        if citation.title:
            assert f"citations[{place}].title" in fields
        if citation.document_number:
            assert f"citations[{place}].document_number" in fields


def test_a_page_of_nothing_but_references_is_cut_and_says_so() -> None:
    one = document("".join(f"《第{number}法》废止，自" for number in range(5000)), "notice")
    reading = read(one)
    assert len(reading.value) == 1000
    assert "citations: more references than are read" in reading.warnings


def test_numbers_in_brackets_behind_a_day_share_issuer_and_verb() -> None:
    one = notice(
        "自2025年11月10日起，继续暂停不可靠实体清单工作机制2025年4月4日公告（〔2025〕7号）、"
        "4月9日公告（〔2025〕8号）相关措施1年。"
    )
    assert names(one, "suspends") == [
        "不可靠实体清单工作机制公告〔2025〕7号",
        "不可靠实体清单工作机制公告〔2025〕8号",
    ]
    assert {change.until for change in changes(one)} == {at(2026, 11, 10)}


def test_a_masthead_without_the_year_is_the_document_itself() -> None:
    one = notice("商务部公告第99号\n现公布《某办法》，自2025年11月4日起施行。", "某办法")
    assert one.citations == ()


def test_a_day_says_when_a_prolonged_period_ends() -> None:
    one = notice(
        "2024年1月5日，商务部发布2024年第1号公告，对进口白兰地发起反倾销调查。\n"
        "商务部决定将本案的调查期限延长3个月，即截止日期为2025年4月5日。"
    )
    assert only(one, "extends").until == at(2025, 4, 6)


def test_a_correction_that_says_what_should_stand_there() -> None:
    one = notice("商务部公告2024年第20号附件1中“3C901.a”应为“3C901.b”，特此更正。")
    assert only(one, "corrects").clause == "附件1"


def test_a_prolongation_that_an_earlier_announcement_decided_is_told() -> None:
    read_here = notice(
        "2024年8月21日，商务部（以下称调查机关）发布2024年第34号公告，决定对原产于甲国的进口乳制品进行反补贴立案调查。"
        "2025年8月18日，调查机关发布2025年第44号公告，决定将本案的调查期限延长至2026年2月21日。"
    )
    assert [(one.document_number, one.relation) for one in read_here.citations] == [
        ("商务部公告2024年第34号", "mentions"),
        ("商务部公告2025年第44号", "mentions"),
    ]


def test_the_year_of_an_announcement_of_that_year() -> None:
    read_here = notice(
        "商务部于2014年5月30日发布年度第32号公告，实施最终反倾销措施。"
        "2020年5月30日，商务部发布年度第15号公告，决定继续实施5年。"
    )
    assert names(read_here) == ["商务部公告2014年第32号", "商务部公告2020年第15号"]
    assert read_here.warnings == ()


def test_an_announcement_under_one_of_its_issuers() -> None:
    """The title names 商务部 only, the text both issuers: one series, one document."""
    read_here = notice(
        "自2025年11月7日起，暂停实施以下公告：\n一、商务部 海关总署公告2025年第55号（公布对甲物项实施出口管制的决定）；",
        title="商务部公告2025年第99号 暂停实施商务部公告2025年第55号",
    )
    assert names(read_here) == ["商务部 海关总署公告2025年第55号"]


def test_a_covering_document_without_marks() -> None:
    read_here = notice(
        "决定废止下列规范性文件：\n"
        "1.对外贸易经济合作部、国家工商行政管理局关于印发《股权变更的若干规定》的通知（〔1997〕外经贸法发第267号）\n"
    )
    cited = only(read_here, "repeals")
    assert cited.document_number == "外经贸法发〔1997〕267号"
    assert (
        cited.title == "对外贸易经济合作部、国家工商行政管理局关于印发《股权变更的若干规定》的通知"
    )


def test_what_an_announcement_published_stands_for_it() -> None:
    read_here = notice(
        "现公布目录，自2026年1月1日起执行。商务部2002年第59号公告公布的目录同时废止。"
    )
    assert only(read_here, "repeals").document_number == "商务部公告2002年第59号"


def test_several_are_repealed_though_one_has_a_note() -> None:
    read_here = notice(
        "一、废止《甲管理办法》（商务部令2012年第9号公布，根据商务部令2016年第2号修正）、《乙管理办法》（商务部令2006年第23号）。"
    )
    assert names(read_here, "repeals") == ["商务部令2012年第9号", "商务部令2006年第23号"]


def test_clauses_on_the_line_of_the_amendment() -> None:
    read_here = notice(
        "二、对《甲管理办法》（商务部令2014年第3号）作出修改：将第九条中的“3个工作日；”修改为“2个工作日”；"
        "删去第十五条第二款；增加一条，作为第二十条。"
    )
    assert only(read_here, "amends").clause == "第九条、第十五条第二款、第二十条"


def test_provisions_of_a_document_that_are_repealed() -> None:
    read_here = notice("1997年国务院发布的《甲条例》中关于乙的规定同时废止。")
    assert only(read_here, "repeals").title == "甲条例"


def test_who_published_an_announcement_on_a_day() -> None:
    read_here = notice("商务部于2013年6月27日发布2013年第36号公告，决定继续征收反倾销税。")
    assert names(read_here) == ["商务部公告2013年第36号"]


def test_measures_of_two_notices_go_on_being_suspended_behind_a_comma() -> None:
    read_here = notice(
        "答：自2025年11月10日起，对4月4日公告（不可靠实体清单工作机制公告〔2025〕7号）、4月9日公告（商务部公告2025年第22号）"
        "相关措施，继续暂停1年。",
        kind="interview",
        title="商务部新闻发言人就某事答记者问",
    )
    assert [(one.relation, one.since, one.until) for one in read_here.citations] == [
        ("suspends", at(2025, 11, 10), at(2026, 11, 10))
    ] * 2


def test_who_published_an_announcement_that_follows_the_verb() -> None:
    assert names(notice("6月5日，商务部发布公告2018年第46号。")) == ["商务部公告2018年第46号"]


def test_the_announcement_above_is_suspended() -> None:
    read_here = notice(
        "2024年12月3日，商务部发布2024年第46号公告，禁止两用物项对美国军事用户出口。"
        "经批准，自2025年11月9日起至2026年11月27日，暂停执行上述公告第二款。"
    )
    cited = only(read_here, "suspends")
    assert (cited.document_number, cited.clause) == ("商务部公告2024年第46号", "第二款")
    assert (cited.since, cited.until) == (at(2025, 11, 9), at(2026, 11, 28))
    assert len(read_here.citations) == 1


def test_which_of_two_above_is_not_guessed() -> None:
    read_here = notice(
        "商务部发布2024年第46号公告和商务部2024年第47号公告。上述公告自2026年1月1日起废止。"
    )
    assert names(read_here, "repeals") == []


def test_a_semicolon_parts_what_two_verbs_govern() -> None:
    read_here = notice(
        "暂停施行商务部公告2025年第55号、第56号；商务部公告2025年第57号同日起恢复施行。"
    )
    assert names(read_here, "suspends") == ["商务部公告2025年第55号", "商务部公告2025年第56号"]
    assert names(read_here, "resumes") == ["商务部公告2025年第57号"]


def test_behind_the_basis_another_clause_begins() -> None:
    read_here = notice(
        "依据《反倾销条例》，商务部公告2013年第1号所确定的反倾销税税率由10%调整为5%。"
    )
    assert names(read_here, "amends") == ["商务部公告2013年第1号"]


def test_a_number_without_type_behind_the_title_of_an_announcement() -> None:
    read_here = notice("《商务部关于甲的公告》（2019年第10号）同时废止。")
    cited = only(read_here, "repeals")
    assert (cited.document_number, cited.title) == ("商务部公告2019年第10号", "商务部关于甲的公告")


def test_the_catalogue_that_an_announcement_published() -> None:
    read_here = notice("商务部公告2015年第66号所公布的《甲目录》不再执行。")
    cited = only(read_here, "repeals")
    assert (cited.document_number, cited.title) == ("商务部公告2015年第66号", "甲目录")


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("自2025年6月10日起，暂停执行商务部公告2025年第21号至第23号。", [21, 22, 23]),
        ("商务部2025年第21至23号公告自2025年6月10日起暂停实施。", [21, 22, 23]),
        ("暂停实施商务部、海关总署公告2025年第57号、58号，期限1年。", [57, 58]),
        ("暂停执行商务部公告2025年第21号、第23号。", [21, 23]),
    ],
)
def test_lists_and_ranges_that_share_their_issuers_are_changed_whole(
    text: str, serials: list[int]
) -> None:
    found = [cited for cited in notice(text).citations if cited.relation == "suspends"]
    assert [
        one.document_number_parts.serial for one in found if one.document_number_parts
    ] == serials


def test_a_range_over_two_years_is_its_ends() -> None:
    one = notice("自2025年6月10日起，暂停执行商务部公告2024年第21号至2025年第23号。")
    assert names(one, "suspends") == ["商务部公告2024年第21号", "商务部公告2025年第23号"]


@pytest.mark.parametrize(
    "text",
    [
        "在商务部公告2019年第57号附件所列名单中增加甲口岸。",
        "从商务部公告2019年第57号所附目录中删去乙口岸。",
    ],
)
def test_an_entry_of_a_list_is_added_or_taken_off(text: str) -> None:
    assert names(notice(text), "amends") == ["商务部公告2019年第57号"]


def test_the_words_of_the_text_and_not_of_its_title_are_the_evidence() -> None:
    title = "关于暂停实施商务部公告2025年第55号、第56号的公告"
    one = notice("自2025年6月10日起暂停实施商务部公告2025年第55号、2025年第56号。", title=title)
    fields = [f"citations[{place}].document_number" for place in (0, 1)]
    places = {read.field: read.source for read in one.evidence}
    assert [places[name] for name in fields] == ["body_text", "body_text"]
    assert one.unread == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("经请示国务院，商务部公告2023年第39号自即日起废止。", "商务部公告2023年第39号"),
        ("经商财政部，海关总署公告2023年第39号自即日起废止。", "海关总署公告2023年第39号"),
        ("商务部，海关总署公告2023年第39号自即日起废止。", "商务部 海关总署公告2023年第39号"),
        (
            "商务部、国家林业局、中华人民共和国濒危物种进出口管理办公室公告2008年第4号自即日起废止。",
            "商务部 林业局 国家濒管办公告2008年第4号",
        ),
        (
            "商务部、中华人民共和国某某联合委员会公告2008年第4号自即日起废止。",
            "商务部 中华人民共和国某某联合委员会公告2008年第4号",
        ),
    ],
)
def test_who_issued_what_is_cited(text: str, number: str) -> None:
    assert names(notice(text), "repeals") == [number]


def test_an_annex_of_documents_that_stay_repeals_none() -> None:
    one = notice(
        "【发布文号】商务部公告2025年第99号\n现公布目录。\n附件：现行有效的文件目录\n商务部\n2025年11月3日\n"
        "附件\n现行有效的文件目录\n1.《甲通知》（商贸发〔2001〕5号）"
    )
    assert names(one, "repeals") == []


def test_the_one_announcement_among_what_was_named_before_is_above() -> None:
    one = notice(
        "《关于甲的通知》和商务部公告2020年第1号另有安排。\n自2025年12月1日起暂停执行上述公告第二款。"
    )
    assert (only(one, "suspends").document_number, only(one, "suspends").clause) == (
        "商务部公告2020年第1号",
        "第二款",
    )


def test_an_investigation_is_prolonged_by_the_announcement_that_opened_it() -> None:
    one = notice(
        "2024年1月5日，商务部发布2024年第3号公告，公布产品范围。\n"
        "2024年6月3日，商务部发布2024年第9号公告，决定立案调查。\n"
        "商务部决定将本案的调查期限延长至2025年12月3日。"
    )
    assert names(one, "extends") == ["商务部公告2024年第9号"]


def test_a_change_of_the_whole_and_of_a_clause_in_one_way_is_one_citation() -> None:
    title = "关于暂停实施商务部公告2020年第1号的公告"
    text = "自2025年12月1日起，暂停实施商务部公告2020年第1号第二款。"
    assert only(notice(text, title=title), "suspends").clause == "第二款"


def test_parts_of_an_amendment_that_name_no_clause() -> None:
    one = notice("对商务部令2020年第1号作出修改：将“甲”修改为“乙”；删去第十五条。")
    assert only(one, "amends").clause == "第十五条"
