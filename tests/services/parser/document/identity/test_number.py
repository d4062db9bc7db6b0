"""The document's own number and its day, in the heads of forty years."""

from datetime import date

import pytest

from services.parser.parse import parse
from shared.notice import Notice
from testing.markup import page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/art_b5159a773124428a9813884015d1b8b3.html"


def read(*lines: str, title: str = "关于某事的通知") -> Notice:
    return parse(page_2026(title, paragraphs(lines)), URL)


@pytest.mark.parametrize(
    ("head", "number", "day"),
    [
        ("(某贸〔1995〕77号 一九九五年三月二日)", "某贸〔1995〕77号", date(1995, 3, 2)),
        ("某资批[2007]1234号(2007年7月3日)", "某资批〔2007〕1234号", date(2007, 7, 3)),
        ("（1995年3月2日　某贸〔1995〕77号）", "某贸〔1995〕77号", date(1995, 3, 2)),
        ("2003年12月20日 税委会[2003]77号", "税委会〔2003〕77号", date(2003, 12, 20)),
        ("（1996年5月6日 〔1996〕外经贸管发第23号）", "外经贸管发〔1996〕23号", date(1996, 5, 6)),
        ("财政部 1995年3月2日 财税字〔1995〕12号", "财税字〔1995〕12号", date(1995, 3, 2)),
        ("【国经贸外经[1998]561号　1998年9月8日】", "国经贸外经〔1998〕561号", date(1998, 9, 8)),
        ("〔国经贸外经[1998]561号〕", "国经贸外经〔1998〕561号", None),
        ("（国机电进〔2001〕12号　2001年2月8日发布）", "国机电进〔2001〕12号", date(2001, 2, 8)),
        ("国发〖88〗12号", "国发〔1988〕12号", None),
        ("（88）经贸管字第123号", "经贸管字〔1988〕123号", None),
        ("商建函＜2010＞12号", "商建函〔2010〕12号", None),
        ("豫商对外〔2020〕5号", "豫商对外〔2020〕5号", None),
        ("特急 商建电〔2020〕5号", "商建电〔2020〕5号", None),
        ("财关税2019年17号", "财关税〔2019〕17号", None),
        ("外经贸部〔1995〕外经贸政发第77号", "外经贸政发〔1995〕77号", None),
    ],
)
def test_number_at_the_head(head: str, number: str, day: date | None) -> None:
    notice = read(head, "各省、自治区、直辖市商务主管部门：", "通知如下，请遵照执行。")
    assert notice.document_number == number
    assert notice.issued_on == day
    assert notice.citations == ()
    assert notice.addressees == ("各省、自治区、直辖市商务主管部门",)


@pytest.mark.parametrize(
    "line",
    [
        "商建函〔2022〕1号各省、自治区、直辖市商务主管部门：",
        "特急 商建函〔2022〕1号 各省、自治区、直辖市商务主管部门：",
    ],
)
def test_number_to_which_the_addressees_are_glued(line: str) -> None:
    notice = read(line, "现将有关事项通知如下。")
    assert notice.document_number == "商建函〔2022〕1号"
    assert notice.addressees == ("各省、自治区、直辖市商务主管部门",)


@pytest.mark.parametrize(
    "line", ["商建函〔2022〕1号文件规定：", "商建函〔2022〕1号、2号：", "根据商建函〔2022〕1号："]
)
def test_number_that_a_sentence_begins_with_is_cited(line: str) -> None:
    notice = read(line, "现将有关事项通知如下。")
    assert notice.document_number is None


@pytest.mark.parametrize(
    "note",
    [
        "编者按：近日，商务部发布公告，公布某目录。目录自2021年2月1日起施行。",
        "【编者按】商务部2020年第7号公告已经废止。",
        "转载自某网站",
        "来源：商务部网站",
        "近日，商务部发布公告，全文如下：",
    ],
)
def test_notes_above_the_text_are_skipped(note: str) -> None:
    notice = read(
        note,
        "中华人民共和国商务部公告",
        "2021年 第8号",
        "现公布某目录。",
        "商务部",
        "2021年1月4日",
        title="公布某目录",
    )
    assert notice.document_number == "商务部公告2021年第8号"


@pytest.mark.parametrize(
    ("history", "number", "day", "issuers"),
    [
        (
            "中华人民共和国国务院令第312号　2001年6月22日公布",
            "国务院令第312号",
            date(2001, 6, 22),
            ("国务院",),
        ),
        (
            "2003年11月26日 中华人民共和国国务院令第399号公布",
            "国务院令第399号",
            date(2003, 11, 26),
            ("国务院",),
        ),
        (
            (
                "（2001年12月10日国务院令第332号公布　根据2011年1月8日《国务院关于修改部分行政法规的决定》"
                "修订　2017年3月1日国务院令第676号修订）"
            ),
            "国务院令第332号",
            date(2001, 12, 10),
            ("国务院",),
        ),
        (
            "1992年6月9日国务院批准　1992年6月10日海关总署令第30号发布　自发布之日起施行",
            "海关总署令第30号",
            date(1992, 6, 10),
            ("海关总署",),
        ),
        (
            (
                "（1994年5月12日第八届全国人民代表大会常务委员会第七次会议通过　根据2016年11月7日第十二届全国"
                "人民代表大会常务委员会第二十四次会议《关于修改〈某法〉的决定》修正）"
            ),
            None,
            date(1994, 5, 12),
            ("全国人大常委会",),
        ),
        (
            "（对外贸易经济合作部、国家工商行政管理局1996年9月29日发布）",
            None,
            date(1996, 9, 29),
            ("外经贸部", "工商局"),
        ),
        (
            "（1994年3月25日发布，国务院令第148号）",
            "国务院令第148号",
            date(1994, 3, 25),
            ("国务院",),
        ),
        ("（根据2015年10月28日商务部令2015年第2号《关于修改部分规章的决定》修正）", None, None, ()),
    ],
)
def test_history_under_the_title(
    history: str, number: str | None, day: date | None, issuers: tuple[str, ...]
) -> None:
    notice = read(history, "第一条　制定本条例。", title="中华人民共和国某某条例")
    assert (notice.document_number, notice.issued_on) == (number, day)
    assert notice.issuers == issuers
    assert not number or number not in [cited.document_number for cited in notice.citations]


def test_what_revised_a_text_is_not_what_it_rests_on() -> None:
    notice = read(
        "（2001年12月10日国务院令第332号公布　根据2011年1月8日国务院令第588号《关于修改某条例的决定》修订）",
        "第一条　根据《某法》，制定本条例。",
        title="某某条例",
    )
    assert {(one.title, one.relation) for one in notice.citations} == {
        ("关于修改某条例的决定", "mentions"),
        ("某法", "basis"),
    }


def test_bodies_before_a_letters_number_are_its_issuers() -> None:
    notice = read(
        "外经贸部、国家税务总局、国家外汇管理局（1997）外经贸计财发第212号",
        "各省：",
        "通知如下。",
    )
    assert notice.document_number == "外经贸计财发〔1997〕212号"
    assert notice.document_number_raw == "（1997）外经贸计财发第212号"
    assert notice.issuers == ("外经贸部", "税务总局", "外汇局")


def test_history_on_several_lines() -> None:
    notice = read(
        "（1990年10月1日国务院令第65号发布",
        "2001年7月27日国务院令第313号修订",
        "自发布之日起施行）",
        "第一条　制定本条例。",
        title="某某条例",
    )
    assert notice.document_number == "国务院令第65号"
    assert notice.issued_on == date(1990, 10, 1)


def test_a_sentence_that_begins_with_a_day_is_no_history() -> None:
    notice = read(
        "2012年9月5日，商务部发布2012年第51号公告，决定征收反倾销税。",
        "2012年9月5日商务部公告2012年第51号公布，决定征收反倾销税，实施期限为5年",
        "商务部",
        "2018年9月5日",
    )
    assert notice.document_number is None
    assert notice.issued_on == date(2018, 9, 5)


def test_an_unlisted_body_among_the_issuers_is_read_with_doubt() -> None:
    notice = read(
        "商务部、国家某某委、海关总署公告2006年第70号",
        "现公告如下。",
        "商务部",
        "国家某某委",
        "海关总署",
        "2006年12月1日",
    )
    assert notice.document_number == "商务部 国家某某委 海关总署公告2006年第70号"
    assert notice.issuers == ("商务部", "国家某某委", "海关总署")
    assert "issuers: 国家某某委 is not a known body" in notice.warnings


def test_a_year_of_the_day_beside_the_number_is_not_doubtful() -> None:
    order = ("（2020年9月19日商务部令第7号公布　自2020年9月19日起施行）", "第一条　制定本规定。")
    beside = read(*order, title="某管理规定")
    assert beside.document_number == "商务部令2020年第7号"
    assert not any("year" in warning for warning in beside.warnings)

    below = read(
        "商务部令", "第7号", "现公布某规定。", "部长　某某", "2020年9月19日", title="某管理规定"
    )
    assert below.document_number == "商务部令2020年第7号"
    assert "document_number: the year is that of its date of issue" in below.warnings


def test_a_day_without_a_body_over_it_does_not_outweigh_the_label() -> None:
    label = "【发文日期】2025年11月03日"
    assert read(label, "现公告如下。", "2025年11月4日").issued_on == date(2025, 11, 3)
    assert read(label, "现公告如下。", "商务部", "2025年11月4日").issued_on == date(2025, 11, 4)
