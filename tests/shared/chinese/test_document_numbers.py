"""发文字号: the real strings beside the checkout, and the canonical form's own laws."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parser.parse import parse
from shared.chinese.characters import fold
from shared.chinese.document_numbers import (
    find_numbers,
    number_of,
    parse_bare,
)
from shared.chinese.lexicon import BODIES
from testing.corpus import SHARED, shared
from testing.markup import page_2026, paragraphs
from tests.services.parser.document.documents import URL

_FILE = SHARED / "data/notices/document-numbers.tsv"
ROWS = (
    list(csv.DictReader(_FILE.read_text("utf-8").splitlines(), delimiter="\t"))
    if _FILE.exists()
    else []
)


def test_all_24_are_there() -> None:
    shared("data/notices/document-numbers.tsv")
    assert len(ROWS) == 24


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["raw"][:20])
def test_real_number(row: dict[str, str]) -> None:
    lines = ["【发布文号】" + row["raw"].replace("\\n", " "), "现将有关事项通知如下。"]
    if row["canonical"].startswith("商务部"):
        # 公告2018年第47号: the issuer stands in the signature.
        lines += ["商务部", "2018年5月1日"]
    notice = parse(page_2026("通知", paragraphs(lines)), URL)
    assert notice.document_number == row["canonical"]


def canonical(text: str) -> str | None:
    found = find_numbers(fold(text))
    return found[0].number.canonical() if found else None


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("商办建函〔2022〕318号", "商办建函〔2022〕318号"),
        ("落实商办法函〔2024〕10号", "商办法函〔2024〕10号"),
        ("按照暂行办法国发〔2007〕37号", "国发〔2007〕37号"),
        ("原外经贸部文外经贸法发〔2001〕606号", "外经贸法发〔2001〕606号"),
        ("转发文旅市场发〔2021〕12号", "文旅市场发〔2021〕12号"),
        ("商建函［２０１８］第０３６２号", "商建函〔2018〕362号"),
        ("商建函﹝2024﹞86号", "商建函〔2024〕86号"),
        ("商建函【2024】86号", "商建函〔2024〕86号"),
        ("商建函（2024）86号", "商建函〔2024〕86号"),
        ("商建函[2024]86号", "商建函〔2024〕86号"),
        ("商建函(2024)86号", "商建函〔2024〕86号"),
        ("中华人民共和国主席令第六十七号", "主席令第67号"),
        ("商务部公告二○○九年第二十号", "商务部公告2009年第20号"),
        (
            "商务部、国家发展和改革委员会、海关总署令2019第27号",
            "商务部 发展改革委 海关总署令2019年第27号",
        ),
        ("商务部2010年第15号公告", "商务部公告2010年第15号"),
        ("商务部发布2010年第15号公告", "商务部公告2010年第15号"),
        ("国务院关税税则委员会公告2018年第5号", "税委会公告2018年第5号"),
        ("中华人民共和国外交部令 第 4 号", "外交部令第4号"),
        ("[2001]外经贸法发第606号", "外经贸法发〔2001〕606号"),
        (
            "商务部 海关总署 国家质检总局 2005年第110号公告",
            "商务部 海关总署 质检总局公告2005年第110号",
        ),
        ("根据国办发〔2020〕26号文件", "国办发〔2020〕26号"),
        ("发改规划〔2021〕493号", "发改规划〔2021〕493号"),
        ("财政部 海关总署 税务总局公告2022年第37号", "财政部 海关总署 税务总局公告2022年第37号"),
    ],
)
def test_printed_forms(printed: str, form: str) -> None:
    assert canonical(printed) == form


@pytest.mark.parametrize(
    ("printed", "key", "series"),
    [
        ("商务部 海关总署公告2025年第70号", "商务部2025-70", "商务部公告 2025年"),
        ("商务部公告〔2025〕70号", "商务部2025-70", "商务部公告〔2025〕"),
        ("商务部令2025年第70号", "商务部令2025-70", "商务部令 2025年"),
        ("商办建函[2022]第318号", "商办建函2022-318", "商办建函〔2022〕"),
        (
            "不可靠实体清单工作机制〔2025〕10号",
            "不可靠实体清单工作机制2025-10",
            "不可靠实体清单工作机制〔2025〕",
        ),
        (
            "不可靠实体清单工作机制公告2025年第10号",
            "不可靠实体清单工作机制2025-10",
            "不可靠实体清单工作机制公告 2025年",
        ),
        ("国务院令〔2024〕792号", "国务院令-792", "国务院令"),
        ("国务院令第792号", "国务院令-792", "国务院令"),
        ("外交部令第4号", "外交部令-4", "外交部令"),
        ("中华人民共和国主席令第六十七号", None, None),
        ("商务部令第7号", None, None),
        ("发展改革委令第37号", None, None),
        ("公告2018年第47号", None, None),
    ],
)
def test_what_forms_of_a_number_share(printed: str, key: str | None, series: str | None) -> None:
    number = number_of(fold(printed))

    assert number is not None
    assert (number.key, number.series) == (key, series)
    assert number.parts().key == key


@pytest.mark.parametrize(
    ("printed", "day", "form", "key", "series"),
    [
        (
            "商务部令第7号",
            date(2020, 9, 19),
            "商务部令2020年第7号",
            "商务部令2020-7",
            "商务部令 2020年",
        ),
        (
            "商务部公告第46号",
            date(2024, 12, 3),
            "商务部公告2024年第46号",
            "商务部2024-46",
            "商务部公告 2024年",
        ),
        ("主席令第7号", date(2003, 8, 27), "主席令第7号", "主席令第10届-7", "主席令 第10届"),
        ("主席令第67号", date(2002, 6, 29), "主席令第67号", "主席令第9届-67", "主席令 第9届"),
        ("主席令第3号", date(2018, 3, 20), "主席令第3号", "主席令第13届-3", "主席令 第13届"),
        ("主席令第90号", date(2018, 3, 1), "主席令第90号", "主席令第12届-90", "主席令 第12届"),
        ("国务院令第399号", date(2003, 11, 26), "国务院令第399号", "国务院令-399", "国务院令"),
        (
            "发展改革委令第37号",
            date(2020, 12, 19),
            "发展改革委令第37号",
            "发展改革委令2020-37",
            "发展改革委令 2020年",
        ),
        (
            "商务部令2014年第7号",
            date(2020, 9, 19),
            "商务部令2014年第7号",
            "商务部令2014-7",
            "商务部令 2014年",
        ),
    ],
)
def test_the_day_of_issue_tells_what_an_order_without_year_is_counted_in(
    printed: str, day: date, form: str, key: str, series: str
) -> None:
    number = number_of(printed)
    assert number is not None
    dated = number.dated(day)
    assert (dated.canonical(), dated.key, dated.series) == (form, key, series)
    assert number.dated(None) == number


@pytest.mark.parametrize(
    "text", ["", "2022年12月8日", "第三条第二款", "命令第1号", "指令2号", "第28届广交会", "〔〕号"]
)
def test_no_number(text: str) -> None:
    assert canonical(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2023年 第1号", (2023, 1, False)),
        ("第七百九十二号", (None, 792, False)),
        ("〔2023〕1号", (2023, 1, True)),
        ("（2018年第6号）", (2018, 6, False)),
    ],
)
def test_bare_numbers_of_mastheads(text: str, parts: tuple[int | None, int, bool]) -> None:
    assert parse_bare(text) == parts


def test_bare_number_is_the_whole_text() -> None:
    assert parse_bare("2023年第1号公告") is None


def test_mentions_in_running_text_keep_their_issuers_and_spans() -> None:
    text = "商务部、海关总署公告2024年第66号同时废止，财办建〔2018〕102号继续有效。"
    first, second = find_numbers(fold(text))
    assert text[first.start : first.end] == "商务部、海关总署公告2024年第66号"
    assert first.number.issuers == ("商务部", "海关总署")
    assert text[second.start : second.end] == "财办建〔2018〕102号"


_issuers = st.lists(
    st.sampled_from(sorted(set(BODIES.names.values()) - {"国家主席"})), min_size=1, max_size=4
)
_years = st.integers(1990, 2049)
_serials = st.integers(1, 2999)


@given(_issuers, st.sampled_from(["公告", "令"]), _years, _serials)
def test_canonical_announcement_is_stable(
    issuers: list[str], kind: str, year: int, serial: int
) -> None:
    printed = "、".join(dict.fromkeys(issuers)) + f"{kind}（{year}年　第{serial:03}号）"
    once = canonical(printed)
    assert once is not None
    assert canonical(once) == once
    assert f"第{serial}号" in once


@given(
    st.text(st.sampled_from("商办建函财税国发改工信外资贸运流通规字"), min_size=2, max_size=8),
    st.sampled_from(["〔〕", "﹝﹞", "[]", "［］", "【】", "（）", "()"]),
    _years,
    _serials,
)
def test_canonical_letter_is_stable(code: str, brackets: str, year: int, serial: int) -> None:
    once = canonical(f"{code}{brackets[0]}{year}{brackets[1]}第{serial}号")
    assert once == f"{code}〔{year}〕{serial}号"
    assert canonical(once) == once
