"""Page kinds and document types, by title, number, column and path."""

from datetime import date

import pytest

from services.parser.document.identity.kind import document_type
from services.parser.parse import parse
from shared.chinese.characters import fold, squeeze
from shared.chinese.document_numbers import find_numbers
from testing.markup import page_2026, paragraphs
from tests.services.parser.evidence import check_evidence

NEWS = "https://www.mofcom.gov.cn/xwfb/rcxwfb/art/2026/art_7922bc64c4b7410c9d4a54af10921130.html"
POLICY = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/art_b5159a773124428a9813884015d1b8b3.html"

BOARD = "https://gzly.mofcom.gov.cn/info/detail?id=11948589f34a4b8c9ff7c553726a55b7"


@pytest.mark.parametrize(
    ("title", "url", "kind"),
    [
        ("商务部新闻发言人就某事答记者问", NEWS, "interview"),
        ("商务部新闻发言人就某事发表谈话", NEWS, "news"),
        ("商务部服贸司负责人解读《国际服务外包产业发展“十三五”规划》", NEWS, "interpretation"),
        ("一图读懂《关于促进内外贸一体化发展的意见》", POLICY, "interpretation"),
        ("关于财税[2016]140号文件部分条款的政策解读", POLICY, "interpretation"),
        ("国家金融监督管理总局 商务部发布《关于加强商务和保险协同的通知》", NEWS, "news"),
        ("商务部推进商务综合行政执法", NEWS, "news"),
        ("中华人民共和国对外贸易法", POLICY, "law"),
        ("中华人民共和国反倾销条例（2004年修订）", POLICY, "law"),
        ("商务部公告2026年第38号 公布延长反倾销调查期限决定", POLICY, "notice"),
        ("商务部等8部门关于印发《促进智能家居消费行动方案》的通知", POLICY, "notice"),
        # What a reader writes on a board is no announcement, whichever it copies.
        ("商务部公告2026年第38号 公布延长反倾销调查期限决定", BOARD, "news"),
    ],
)
def test_page_kind(title: str, url: str, kind: str) -> None:
    column = "日常新闻发布" if url == NEWS else "政策发布"
    body = page_2026(title, paragraphs(["商务部有关情况。"]), column=column)
    assert parse(body, url).page_kind == kind


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [
        ("关于做好工作的通知", "商建函〔2022〕1号", "通知"),
        ("关于做好工作的通知（商建函〔2022〕1号）", None, "通知"),
        ("关于做好工作的通知 商建函〔2022〕1号", None, "通知"),
        ("公示：第三批拟认定名单", None, "公示"),
        ("货物进口许可证管理办法", "商务部令2004年第27号", "令"),
        ("公布《进口许可证管理货物目录》", "商务部公告2025年第88号", "公告"),
        ("关于促进发展的指导意见", None, "意见"),
        ("关于某事的复函", None, "函"),
        ("关于某事", "商办建函〔2022〕1号", "函"),
        ("货物自动进口许可管理办法", None, "办法"),
        ("印发《某办法》", None, None),
        ("关于做好工作的通知（商办电函（2009）944号）", None, "通知"),
        ("跨境服务贸易特别管理措施（负面清单）（2024年版）", None, "措施"),
    ],
)
def test_document_type(title: str, number: str | None, kind: str | None) -> None:
    numbers = find_numbers(number or "")
    assert document_type(squeeze(fold(title)), numbers[0].number if numbers else None) == kind


def test_a_law_that_the_congress_passed() -> None:
    note = "（2021年6月10日第十三届全国人民代表大会常务委员会第二十九次会议通过）"
    body = paragraphs([note, "第一条　为了维护国家主权，制定本法。"])
    notice = parse(page_2026("中华人民共和国反外国制裁法", body), POLICY)
    assert (notice.page_kind, notice.issuers) == ("law", ("全国人大常委会",))
    assert notice.issued_on == date(2021, 6, 10)


def test_a_press_conference_is_news() -> None:
    body = paragraphs(["5月9日，商务部召开例行新闻发布会。", "记者提问：有何评论？"])
    page = page_2026("商务部召开例行新闻发布会（2024年5月9日）", body, column="例行新闻发布会")
    assert parse(page, NEWS).page_kind == "news"


def test_a_text_that_an_order_issued_is_dated_by_the_order_only() -> None:
    body = paragraphs(["（某部2005年第8号令发布 自2005年4月1日起施行）", "第一条　制定本办法。"])
    notice = parse(page_2026("典当管理办法", body), POLICY)
    assert (notice.issued_on, notice.effective_on) == (None, date(2005, 4, 1))
    assert "issued_on: none found" in notice.warnings


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("关于废止《甲办法》的决定（商务部令2019年第5号）", "商务部令2019年第5号"),
        ("关于废止《甲办法》（商务部令2019年第5号）", None),
        ("《关于甲的通知》的解读（商建函〔2012〕1号）", None),
    ],
)
def test_number_at_the_end_of_a_title_that_names_another(title: str, number: str | None) -> None:
    page = page_2026(title, paragraphs(["经同意，现决定如下。", "商务部", "2019年11月30日"]))
    assert parse(page, POLICY).document_number == number


def test_a_masthead_as_the_title() -> None:
    body = paragraphs(["2023年第2号", "《某决定》现予公布。", "部　长　　王文涛", "2023年5月20日"])
    notice = parse(page_2026("中华人民共和国商务部令", body), POLICY)
    assert notice.document_number == "商务部令2023年第2号"
    check_evidence(notice)


def test_buttons_below_the_text_are_no_labels() -> None:
    body = paragraphs(
        ["商贸函〔2025〕10号", "各单位：", "请做好工作。", "【打印本页】【关闭窗口】"]
    )
    notice = parse(page_2026("关于某事的通知", body), POLICY)
    assert notice.document_number == "商贸函〔2025〕10号"
    assert "关闭" not in notice.body_text


def test_the_day_of_the_order_counts_where_the_passing_is_told_too() -> None:
    note = "（2024年9月18日国务院第41次常务会议通过　2024年9月30日中华人民共和国国务院令第792号公布　自2024年12月1日起施行）"
    body = paragraphs([note, "第一条　制定本条例。"])
    notice = parse(page_2026("中华人民共和国两用物项出口管制条例", body), POLICY)
    assert notice.issued_on == date(2024, 9, 30)


@pytest.mark.parametrize(
    ("title", "head", "number"),
    [
        ("关于某事的通知", "（商贸函〔2025〕10号）", "商贸函〔2025〕10号"),
        ("关于某事的通知", "特急 商贸电〔2025〕10号", "商贸电〔2025〕10号"),
        ("关于某事的通知的解读", "（商贸函〔2025〕10号）", None),
        ("关于某事的通知 商贸函〔2025〕10号", "各单位：", "商贸函〔2025〕10号"),
        ("商务部公告2025年10号", "各单位：", "商务部公告2025年第10号"),
        ("商务部等四部门公告2025年第10号", "各单位：", "商务部 海关总署公告2025年第10号"),
        ("某公告", "【发布文号】商务部2010年第15号", "商务部公告2010年第15号"),
    ],
)
def test_numbers_in_odd_places(title: str, head: str, number: str | None) -> None:
    body = paragraphs([head, "根据规定，现通知如下。", "商务部　海关总署", "2025年11月3日"])
    notice = parse(page_2026(title, body), POLICY)
    assert notice.document_number == number
    check_evidence(notice)


@pytest.mark.parametrize(
    ("lines", "column", "kind"),
    [
        (["商务部有关情况。"], "", "news"),
        (["商务部有关情况。"], "日常新闻发布", "news"),
        (["请遵照执行。", "商务部", "2025年11月3日"], "日常新闻发布", "notice"),
    ],
)
def test_a_title_of_a_document_in_the_news_is_a_notice_where_it_is_signed(
    lines: list[str], column: str, kind: str
) -> None:
    page = page_2026("商务部关于做好某项工作的通知", paragraphs(lines), column=column)
    assert parse(page, NEWS).page_kind == kind
