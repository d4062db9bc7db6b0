"""Rules and glossary: what is rendered without a model, and what is left alone."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.translator.glossary import glossary
from services.translator.repair import MISNOMERS, repair
from services.translator.rules.lines import render
from services.translator.rules.numbers import document_number, numbers_in
from services.translator.rules.words import roman
from services.translator.sentence import Sentence
from services.translator.text.mask import mask, unmask
from services.translator.text.split import LONGEST, sentences
from shared.chinese.document_numbers import FORMS

ON = date(2022, 12, 8)
GLOSSARY = glossary().on(ON)


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("商办建函〔2022〕318号", "Shang Ban Jian Han [2022] No. 318"),
        ("商资函【2007】25号", "Shang Zi Han [2007] No. 25"),
        ("商办建函【2022】318号", "Shang Ban Jian Han [2022] No. 318"),
        ("商建函〈2022〉1号", "Shang Jian Han [2022] No. 1"),
        ("[2001]外经贸法发第606号", "Wai Jing Mao Fa Fa [2001] No. 606"),
        ("商务部公告2018年47号", "Announcement No. 47 of 2018 of the Ministry of Commerce"),
        ("商务部2010年第15号公告", "Announcement No. 15 of 2010 of the Ministry of Commerce"),
        ("商务部令二OO四年第二十七号", "Order No. 27 of 2004 of the Ministry of Commerce"),
        ("二〇〇四年十二月十日", "December 10, 2004"),
        ("二OO四年十二月十日", "December 10, 2004"),
        ("不可靠实体清单工作机制〔2025〕10号", "Unreliable Entity List Working Mechanism [2025] No. 10"),
        ("商务部、海关总署、税务总局公告2024年第66号", "Announcement No. 66 of 2024 of the Ministry of Commerce, the General Administration of Customs and the State Taxation Administration"),
        ("国务院令第826号", "Order No. 826 of the State Council"),
        ("2018年第6号", "No. 6 of 2018"),
        ("【发布文号】公告2022年第36号", "[Document number] Announcement No. 36 of 2022"),
        ("二〇二二年十二月八日", "December 8, 2022"),
        ("2022年2月30日", None),
        ("商 务 部　海 关 总 署", "Ministry of Commerce; General Administration of Customs"),
        ("部　长　　王文涛", "Minister: Wang Wentao"),
        ("附件1：管制物项清单.pdf", "Annex 1: List of controlled items.pdf"),
        ("附件：1.浙江省（含宁波市）", "Annex: 1. Zhejiang (including Ningbo)"),
        ("【发布单位】商务部条约法律司", "[Issued by] Department of Treaty and Law of the Ministry of Commerce"),
        ("【发布文号】商务部公告2025年第61号", "[Document number] Announcement No. 61 of 2025 of the Ministry of Commerce"),
        ("本公告自2023年8月1日起正式实施。", "This Announcement shall take effect on August 1, 2023."),
        ("各省、自治区、直辖市商务主管部门：", "Competent commerce authorities of provinces, autonomous regions and municipalities directly under the central government:"),
        ("有关省商务主管部门、发展改革委：", "Competent commerce authorities and development and reform commissions of relevant provinces:"),
        ("各省人民政府、新疆生产建设兵团：", "People's governments of provinces; the Xinjiang Production and Construction Corps:"),
        ("各省人民政府、统计局：", None),
        ("各省人民政府，发展改革委：", None),
        ("二、总体要求", "II. General requirements"),
        ("萨罗尼克科技公司（Saronic Technologies, Inc.）", "Saronic Technologies, Inc."),
        ("8112921010，8112921090", "8112921010, 8112921090"),
        ("第七条增加一项。", None),
        ("各地要认真执行。", None),
    ],
)  # fmt: skip
def test_lines(line: str, english: str | None) -> None:
    assert render(line, GLOSSARY).english == english


def test_a_number_is_hidden_without_the_verb_before_it() -> None:
    text = "商务部发布2010年第15号公告，商务部公告2025年第1号同时废止。"
    hidden = [(text[start:end], said) for start, end, said in numbers_in(text, GLOSSARY)]

    assert hidden == [
        ("2010年第15号公告", "Announcement No. 15 of 2010"),
        ("商务部公告2025年第1号", "Announcement No. 1 of 2025 of the Ministry of Commerce"),
    ]


@pytest.mark.parametrize("printed", [text for form in FORMS.forms for text in form.yes])
def test_every_form_of_a_number_has_english(printed: str) -> None:
    assert re.fullmatch(
        r"[A-Z][A-Za-z ]* (?:\[\d{4}\] )?No\. \d+(?: of \d{4})?(?: of the [A-Z].+)?",
        document_number(printed, GLOSSARY) or "",
    )


@pytest.mark.parametrize(
    ("name", "on", "english"),
    [
        ("税务总局", date(2017, 1, 1), "State Administration of Taxation"),
        ("税务总局", date(2018, 6, 15), "State Taxation Administration"),
        ("知识产权局", date(2018, 8, 27), "State Intellectual Property Office"),
        ("知识产权局", date(2018, 8, 28), "China National Intellectual Property Administration"),
        ("银监会", date(2016, 1, 1), "China Banking Regulatory Commission"),
        ("银保监会", date(2022, 1, 1), "China Banking and Insurance Regulatory Commission"),
        ("金融监管总局", date(2024, 1, 1), "National Financial Regulatory Administration"),
        ("中华人民共和国海关总署", ON, "General Administration of Customs"),
    ],
)
def test_names_are_those_of_the_day(name: str, on: date, english: str) -> None:
    entry = GLOSSARY.on(on).get(name, ("body",))
    assert entry is not None
    assert entry.en == english


def test_a_longer_entry_of_another_class_hides_no_name() -> None:
    """A standing sentence with a ministry in it, and a term that begins with a checked one."""
    sentence = "特殊情况下确需出口的，出口经营者应当向商务部提出申请，领取两用物项出口许可证。"
    found = [hit.entry.zh for hit in GLOSSARY.find(sentence)]
    assert found == ["商务部", "两用物项"]


@pytest.mark.parametrize(
    ("source", "said", "english"),
    [
        ("商务部印发通知。", "The Ministry of Commerce issued a notice。", "The Ministry of Commerce issued a notice."),
        ("WTO：商务部印发通知。", "WTO: THE MINISTRY OF COMMERCE ISSUED A NOTICE.", "WTO: the Ministry of Commerce issued a notice."),
        ("商务部印发通知。", "the ministry of commerce issued a notice.", "The Ministry of Commerce issued a notice."),
        ("税务总局负责。", "The General Administration of Taxation is in charge.", "The State Taxation Administration is in charge."),
        ("商务部等14部门印发。", "The Ministry of Commerce and other 14 departments issued it.", "14 departments including the Ministry of Commerce issued it."),
        ("通知。", "&quot;Notice&quot;, A &amp; B", '"Notice", A & B'),
        ("特此公告。", '"It is hereby announced."', "It is hereby announced."),
    ],
)  # fmt: skip
def test_repairs(source: str, said: str, english: str) -> None:
    assert repair(Sentence(source, GLOSSARY), said) == english


@given(st.text(alphabet="商务部，。；：（）“”、abc 一12\u3000", max_size=400))
def test_splitting_loses_nothing_and_keeps_the_limit(text: str) -> None:
    parts = sentences(text)
    assert "".join(parts) == text
    assert all(len(part) <= LONGEST for part in parts)


@given(st.text(alphabet="商务ZQAB。 x", max_size=60), st.integers(0, 59), st.integers(0, 59))
def test_a_mask_is_restored(text: str, first: int, second: int) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    hidden = mask(text, [(start, end, "RENDERED")])
    unmasked, lost = unmask(hidden.text, hidden.english)
    # Where letters of the page touch a placeholder it cannot be told from them, and counts as lost.
    assert lost or unmasked == text[:start] + "RENDERED" + text[end:]


def test_a_page_that_prints_a_placeholder_keeps_it() -> None:
    hidden = mask("ZQA 和 商建函", [(6, 9, "Shang Jian Han")])
    assert hidden.text == "ZQA 和 ZQB"
    assert unmask(hidden.text, hidden.english) == ("ZQA 和 Shang Jian Han", [])


def test_addresses() -> None:
    text = "见http://www.mofcom.gov.cn/a.shtml（ck@mofcom.gov.cn）。"
    assert [found.text for found in Sentence(text, GLOSSARY).addresses] == [
        "http://www.mofcom.gov.cn/a.shtml",
        "ck@mofcom.gov.cn",
    ]


@given(st.text(max_size=300))
def test_rules_take_any_line(text: str) -> None:
    line = render(text, GLOSSARY)
    assert line.english is not None or line.rest


def test_roman_numerals() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99)] == "I IV IX XIV XL XCIX".split()


@pytest.mark.parametrize(
    ("chinese", "seen"), [(row.chinese, seen) for row in MISNOMERS for seen in row.seen]
)
def test_names_that_engines_write_wrongly_are_put_right(chinese: str, seen: str) -> None:
    name = GLOSSARY.on(date(2022, 12, 1)).get(chinese)
    assert name is not None
    sentence = Sentence(f"由{chinese}负责。", GLOSSARY.on(date(2022, 12, 1)))
    assert repair(sentence, f"The {seen} is responsible.") == f"The {name.en} is responsible."
