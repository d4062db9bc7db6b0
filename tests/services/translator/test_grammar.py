"""Every row of the grammar of titles, by its example; and what the grammar must leave alone."""

from datetime import date

import pytest

from services.translator.glossary import glossary
from services.translator.rules.grammar import Noun, Row, attributive, doing, noun, nouns, verbs

GLOSSARY = glossary().on(date(2022, 12, 8))


@pytest.mark.parametrize("row", nouns(), ids=lambda row: row.chinese)
def test_a_row_of_nouns_renders_its_example(row: Row) -> None:
    read = noun(row.example, GLOSSARY)
    assert read is not None
    assert read.english == row.example_english
    assert row.kind in (read.kind, "same")


@pytest.mark.parametrize("row", verbs(), ids=lambda row: row.chinese)
def test_a_row_of_verbs_renders_its_example(row: Row) -> None:
    assert doing(row.example, GLOSSARY) == row.example_english


@pytest.mark.parametrize(
    "text",
    [
        "加强某某管理",
        "鼓励外商投资设立某某中心",
        "支持某某扩大汽车消费",
        # The English of the second verb goes on behind the object.
        "中止和启用企业",
        "加强",
        "管理",
        "加强加工贸易管理的",
    ],
)
def test_what_is_not_known_whole_is_no_phrase(text: str) -> None:
    assert doing(text, GLOSSARY) is None


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("美国企业及高级管理人员", "enterprises and senior executives of the United States"),
        ("美国企业和日本公司", "enterprises of the United States and companies of Japan"),
        ("巴西大豆和玉米", "soybeans and corn from Brazil"),
    ],
)
def test_whose_it_is(text: str, english: str) -> None:
    read = noun(text, GLOSSARY)
    assert read is not None
    assert read.english == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("RCEP", "RCEP"),
        (
            "第二十三届中国国际进口博览会",
            "the twenty-third China International Import Expo",
        ),
    ],
)
def test_abbreviations_and_ordinals(text: str, english: str) -> None:
    read = noun(text, GLOSSARY)
    assert read is not None
    assert read.english == english


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (("used cars",), "used car"),
        (("the list of goods",), None),
        (("goods",), "goods"),
        (("batteries",), "battery"),
        (("boxes", "classes"), "box and class"),
        (("trade in services",), None),
    ],
)
def test_a_noun_before_another(items: tuple[str, ...], said: str | None) -> None:
    assert attributive(Noun(items, "thing")) == said
