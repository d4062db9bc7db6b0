"""署名 and 成文日期 at the end of the main text."""

from datetime import date

import pytest

from services.parser.parse import parse
from shared.notice import Notice
from testing.markup import page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/art_b5159a773124428a9813884015d1b8b3.html"


def read(*lines: str, title: str = "关于某事的通知") -> Notice:
    return parse(page_2026(title, paragraphs(lines)), URL)


@pytest.mark.parametrize(
    ("lines", "issuers", "day"),
    [
        (["商务部", "2022年12月8日"], ("商务部",), date(2022, 12, 8)),
        (["商 务 部2018年6月8日"], ("商务部",), date(2018, 6, 8)),
        (["商务部　财政部", "海关总署", "2022年12月8日"], ("商务部", "财政部", "海关总署"), None),
        (["不可靠实体清单工作机制", "（商务部代章）", "2023年2月16日"], None, date(2023, 2, 16)),
        (["商 务 部 办 公 厅", "二〇二一年十一月二十三日"], ("商务部办公厅",), date(2021, 11, 23)),
        (["商务部（章）", "２０２２年１月８日"], ("商务部",), date(2022, 1, 8)),
        (["商务部"], ("商务部",), None),
        (["商务部", "2025/11/03"], ("商务部",), date(2025, 11, 3)),
        (["商务部", "2025．11．3"], ("商务部",), date(2025, 11, 3)),
        (["商务部（盖章）", "日期：2025年11月3日"], ("商务部",), date(2025, 11, 3)),
        (["特此通知　　商务部", "2025年11月3日"], ("商务部",), date(2025, 11, 3)),
        (["商务部驻上海特派员办事处", "2025年11月3日"], ("商务部驻上海特派员办事处",), None),
        (["特此通知。商务部　海关总署　2014年1月28日"], ("商务部", "海关总署"), date(2014, 1, 28)),
        (["2014年1月28日", "商务部"], ("商务部",), date(2014, 1, 28)),
        (
            ["商 务 部 部 长 薄熙来", "国家税务总局局长：谢旭人", "二○○五年八月十日"],
            ("商务部", "税务总局"),
            date(2005, 8, 10),
        ),
        (
            ["商务部", "国家某某委", "海关总署", "2022年12月8日"],
            ("商务部", "国家某某委", "海关总署"),
            date(2022, 12, 8),
        ),
        (
            ["商务部", "中国某某集团总公司", "海关总署", "2022年12月8日"],
            ("商务部", "中国某某集团总公司", "海关总署"),
            date(2022, 12, 8),
        ),
        (["商 务 部", "部　长", "王某某", "2022年12月8日"], ("商务部",), date(2022, 12, 8)),
        (["商务部", "2022年12月8日", "（此件公开发布）"], ("商务部",), date(2022, 12, 8)),
        (
            ["商务部", "2022年12月8日", "抄送：财政部。", "商务部办公厅 2022年12月9日印发"],
            ("商务部",),
            date(2022, 12, 8),
        ),
    ],
)
def test_signature(lines: list[str], issuers: tuple[str, ...] | None, day: date | None) -> None:
    notice = read("各有关单位：", "现将有关事项通知如下。", *lines)
    assert notice.issuers == (issuers or ("不可靠实体清单工作机制",))
    if day is not None:
        assert notice.issued_on == day


def test_date_in_the_text_is_no_date_of_issue() -> None:
    notice = read("各有关单位：", "请于2022年12月8日前报送。", "截止日期：", "商务部")
    assert notice.issued_on is None
    assert "issued_on: none found" in notice.warnings


def test_signature_within_an_annex_is_not_the_documents() -> None:
    notice = read(
        "各有关单位：",
        "通知如下。",
        "商务部",
        "2022年12月8日",
        "附件",
        "协议书",
        "海关总署",
        "2021年1月1日",
    )
    assert (notice.issuers, notice.issued_on) == (("商务部",), date(2022, 12, 8))


def test_label_and_signature_that_differ_are_a_warning() -> None:
    notice = read(
        "【发布文号】商务部公告2025年第1号",
        "【发文日期】2025年01月03日",
        "公告如下。",
        "商务部",
        "2025年1月2日",
        title="公布某事",
    )
    assert notice.issued_on == date(2025, 1, 2)
    assert "issued_on: the label says 2025-01-03" in notice.warnings


def test_order_of_the_state_council_has_the_council_as_issuer() -> None:
    notice = read(
        "中华人民共和国国务院令",
        "第792号",
        "《某办法》已经通过，现予公布，自2024年12月1日起施行。",
        "总理　李强",
        "2024年9月30日",
        "某办法",
        "第一条 制定本办法。",
        title="某办法",
    )
    assert notice.document_number == "国务院令第792号"
    assert notice.issuers == ("国务院",)
    assert notice.effective_on == date(2024, 12, 1)


@pytest.mark.parametrize(
    ("unit", "department"),
    [
        ("外贸司", "外贸司"),
        ("商务部公平贸易局", "商务部公平贸易局"),
        ("中华人民共和国商务部", None),
        ("商务部、海关总署、国家质检总局", None),
    ],
)
def test_label_of_a_department_and_of_ministries(unit: str, department: str | None) -> None:
    notice = read(f"【发布单位】{unit}", "【发布文号】商务部公告2005年第1号", "公告如下。")
    assert notice.department == department
    assert notice.issuers == ("商务部",)


def test_a_date_at_the_end_of_a_sentence_is_no_signature() -> None:
    notice = read("各有关单位：", "通知如下。现行办法施行至2022年12月8日", "商务部", "2021年1月4日")
    assert notice.issued_on == date(2021, 1, 4)


@pytest.mark.parametrize(
    ("number", "issuers"),
    [
        ("商办建函〔2022〕318号", ("商务部办公厅",)),
        ("商建函〔2022〕31号", ("商务部",)),
        ("外经贸管发〔2001〕31号", ("外经贸部",)),
        ("商标函〔2009〕31号", ()),
        ("苏商建〔2022〕31号", ()),
    ],
)
def test_where_nothing_else_tells_the_code_of_the_number_names_the_issuer(
    number: str, issuers: tuple[str, ...]
) -> None:
    notice = read(number, "各有关单位：", "现将有关事项通知如下。", "请遵照执行。")
    assert notice.document_number == number
    assert notice.issuers == issuers
    assert any(warning.startswith("issuers:") for warning in notice.warnings)


@pytest.mark.parametrize(
    ("lines", "persons"),
    [
        (["部　长　王　文　涛", "2026年1月1日"], ("王文涛",)),
        (["部长", "王文涛", "2026年1月1日"], ("王文涛",)),
        (["部长　王文涛　2026年1月1日"], ("王文涛",)),
        (["商 务 部 部 长 薄熙来", "海关总署署长 牟新生", "2005年8月10日"], ("薄熙来", "牟新生")),
        (["主席：习近平", "2020年10月17日"], ("习近平",)),
        (["商务部", "2026年1月1日"], ()),
        (["部长", "2026年1月1日"], ()),
        (["商务部　王文涛", "2026年1月1日"], ()),
    ],
)
def test_the_persons_who_sign(lines: list[str], persons: tuple[str, ...]) -> None:
    page = read(
        "现公布规定，请遵照执行。", "自公布之日起施行。", *lines, title="商务部令2026年第1号"
    )
    assert page.signatories == persons
    for n, name in enumerate(persons):
        (one,) = [one for one in page.evidence if one.field == f"signatories[{n}]"]
        assert "".join(page.body_text[one.start : one.end].split()) == name
