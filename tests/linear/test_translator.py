"""The English rules, the terms and the checks: lines, titles and sentences of nothing but one thing."""

from datetime import date

import pytest

from services.translator.checks.check import check
from services.translator.draft import draft, draft_title
from services.translator.glossary import glossary
from services.translator.repair import repair
from services.translator.sentence import Sentence
from services.translator.terms import terms
from testing.doubling import growth

ON = date(2022, 12, 8)
OWN = {f"甲{number}公司": f"Alpha {number} Inc." for number in range(3_000)}
_LEAST, _MOST = 200, 6_400
UNITS = {
    "marks": "一、",
    "brackets": "（一）",
    "openings": "《",
    "titles": "《关于甲的通知》、",
    "bodies": "商务部、",
    "places": "美国、",
    "numbers": "第1号、",
    "words that count nothing": "一体化",
    "addresses": "www.mofcom.gov.cn、",
    "lines": "一、加强加工贸易管理。\n",
    "names": "甲1公司、",
    "joint issuers": "商务部等14部门、",
    "labels": "附件：",
}


@pytest.mark.linear
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_text_is_drafted_in_linear_time(unit: str) -> None:
    def drafted(text: str) -> None:
        names = glossary().on(ON).with_own(OWN)
        draft(text, names)
        draft_title(text, names)
        terms("", text, names)

    found = growth(drafted, lambda many: unit * many, _LEAST, _MOST)
    assert found.is_linear, found


@pytest.mark.linear
@pytest.mark.parametrize("unit", ["商务部、", "第1号、", "《"])
@pytest.mark.parametrize("english", ["Ministry of Commerce, 5%, ", "("])
def test_a_sentence_is_checked_in_linear_time(unit: str, english: str) -> None:
    def checked(texts: tuple[str, str]) -> None:
        sentence = Sentence(texts[0], glossary().on(ON).with_own(OWN))
        check(sentence, repair(sentence, texts[1]))

    found = growth(checked, lambda many: (unit * many, english * many), _LEAST, 2_000)
    assert found.is_linear, found


def test_five_hundred_marks_are_no_recursion() -> None:
    drafted = draft("一、" * 500 + "名单", glossary().on(ON))
    assert [sentence.chinese for sentence in drafted.left()]
