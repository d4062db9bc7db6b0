"""The checks: every planted error is caught, correct translations pass, mutations do not."""

import re
from itertools import pairwise

import pytest

from services.translator.checks import chinese, english
from services.translator.checks.check import Flag, check
from services.translator.checks.opposites import check_opposites
from services.translator.checks.words import TABLES, Row
from services.translator.glossary import glossary
from services.translator.sentence import Sentence
from tests.services.translator.corpus import PAIRS, PLANTED, Pair, Planted

GLOSSARY = glossary()
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w]|[.,]\d)")


def wrong(source: Pair | Planted, english: str) -> list[Flag]:
    """What the checks find wrong with the English of a row's Chinese."""
    return check(Sentence(source.chinese, GLOSSARY.on(source.on)), english)


ROWS = [row for table in TABLES for row in table.rows]


@pytest.mark.parametrize(
    ("row", "source", "text"),
    [(row, source, text) for row in ROWS for source, text in row.right.items()],
)
def test_a_row_leaves_what_is_right(row: Row, source: str, text: str) -> None:
    assert row.flags(source, text) == []


@pytest.mark.parametrize(
    ("row", "source", "text"),
    [(row, source, text) for row in ROWS for source, text in row.wrong.items()],
)
def test_a_row_flags_what_is_wrong(row: Row, source: str, text: str) -> None:
    assert row.flags(source, text)


def test_every_row_has_both_examples() -> None:
    assert [row for row in ROWS if not (row.right and row.wrong)] == []


@pytest.mark.parametrize(
    ("source", "text", "raised"),
    [
        # What is printed in Latin letters is copied.
        ("能量密度300Wh/kg", "an energy density of 300 Wh/kg", False),
        # Nothing is counted.
        ("以人民币结算", "settled in local currency", False),
        ("以100亿元人民币结算", "settled as 10 billion in local currency", True),
        # The English of a name that is printed in Chinese.
        ("亚马逊网站商家", "sellers of amazon.com", False),
        ("亚马逊网站商家", "sellers of www.amazon.com", True),
    ],
)
def test_words_of_one_language_alone(source: str, text: str, raised: bool) -> None:
    assert bool(check(Sentence(source, GLOSSARY.on(None)), text)) == raised


def test_an_ordinal_without_one_in_the_source_is_flagged() -> None:
    assert check_opposites("两批试点", "the first batch of pilot areas")
    assert check_opposites("首批试点", "the first batch of pilot areas") == []


def test_the_tables_are_large_enough() -> None:
    assert len(PAIRS) >= 380
    assert len({pair.chinese for pair in PAIRS}) == len(PAIRS)
    assert len(PLANTED) >= 115


@pytest.mark.parametrize("error", PLANTED, ids=lambda error: error.kind)
def test_planted_errors_are_caught(error: Planted) -> None:
    raised = {flag.check for flag in wrong(error, error.english)}
    assert raised & error.checks


def test_right_translations_raise_no_alarm() -> None:
    alarms = [(pair.english, flags) for pair in PAIRS if (flags := wrong(pair, pair.english))]
    assert alarms == []


def test_any_number_changed_is_caught() -> None:
    missed, tried = [], 0
    for pair in PAIRS:
        for match in _NUMBER.finditer(pair.english):
            changed = f"{float(match.group()) + 7:g}"
            english = pair.english[: match.start()] + changed + pair.english[match.end() :]
            tried += 1
            if not wrong(pair, english):
                missed.append((pair.chinese, english))
    assert tried > 150
    assert len(missed) <= 0.01 * tried, missed


def test_any_number_dropped_is_caught() -> None:
    missed, tried = [], 0
    for pair in PAIRS:
        for match in _NUMBER.finditer(pair.english):
            english = pair.english[: match.start()] + "some" + pair.english[match.end() :]
            # A number that stands twice is still there.
            if match.group() in english:
                continue
            tried += 1
            if not wrong(pair, english):
                missed.append((pair.chinese, english))
    assert tried > 150
    assert len(missed) <= 0.02 * tried, missed


def test_any_name_replaced_is_caught() -> None:
    missed, tried = [], 0
    for pair in PAIRS:
        for found in GLOSSARY.on(pair.on).find(pair.chinese, ("body", "geo", "country")):
            name = found.entry.en
            if name not in pair.english:
                continue
            other = "State Post Bureau" if name != "State Post Bureau" else "Ministry of Justice"
            tried += 1
            if not wrong(pair, pair.english.replace(name, other)):
                missed.append((pair.chinese, name))
    assert tried > 80
    assert missed == []


def test_most_sentences_cut_in_half_are_caught() -> None:
    long = [pair for pair in PAIRS if len(pair.english) > 60]
    missed = [
        pair.english for pair in long if not wrong(pair, pair.english[: len(pair.english) // 2])
    ]
    assert len(long) > 150
    assert missed == []


@pytest.mark.parametrize(("kept", "share"), [(1 / 2, 0.9), (2 / 3, 0.75)])
def test_sentences_cut_and_closed_are_caught(kept: float, share: float) -> None:
    long = [pair for pair in PAIRS if len(pair.english) > 80]
    cut = [
        (pair, pair.english[: int(len(pair.english) * kept)].rpartition(" ")[0].rstrip(",;:") + ".")
        for pair in long
    ]
    caught = [one for one in cut if wrong(*one)]
    assert len(caught) >= share * len(cut)


# What is changed in a right translation, and the least share of such errors that is caught.
ERRORS = {
    "not left out": (r"\b(shall|must|may|will|do|does|is|are|was|were|should) not\b", r"\1", 0.9),
    "not put in": (r"\b(shall|will|must)\b(?! not)", r"\1 not", 0.65),
    "prohibited and permitted": (r"\b[Pp]rohibited\b", "permitted", 1.0),
    "shall as may": (r"\bshall (?!not|be deemed)", "may ", 0.55),
    "must as may": (r"\bmust (?!not)", "may ", 0.8),
    "working days as days": (r"\b(?:working|business) days\b", "days", 1.0),
    "days as working days": (r"(?<!working )(?<!business )\bdays\b", "working days", 1.0),
    "by a day as after it": (r"\bby (?=(?:January|April|May|June|September|October)\b)", "after ", 1.0),
    "million as billion": (r"\bmillion\b", "billion", 1.0),
    "billion as million": (r"\bbillion\b", "million", 1.0),
    "percent as points": (r" ?(?:percent\b|%)", " percentage points", 0.95),
    "tons as kilograms": (r"\b(?:tons|tonnes)\b", "kilograms", 1.0),
    "yuan as dollars": (r"\byuan\b", "US dollars", 1.0),
    "import as export": (r"\b[Ii]mports\b", "exports", 0.85),
    "export as import": (r"\b[Ee]xports\b", "imports", 0.85),
    "a rise as a fall": (r"\b(?:increased?|grew|rose)\b", "fell", 0.9),
    "an approval added": (r"\.$", ", and all applications are approved.", 0.6),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "instead", "share"), ERRORS.values(), ids=ERRORS)
def test_errors_of_meaning_are_caught(pattern: str, instead: str, share: float) -> None:
    changed = [(pair, re.sub(pattern, instead, pair.english, count=1)) for pair in PAIRS]
    tried = [(pair, english) for pair, english in changed if english != pair.english]
    missed = [(pair.chinese, english) for pair, english in tried if not wrong(pair, english)]
    assert tried
    assert len(missed) <= (1 - share) * len(tried), missed


def test_two_sentences_exchanged_are_caught() -> None:
    """The English of the next pair: told by names, numbers, direction or length."""
    missed = [
        (here.chinese, there.english)
        for here, there in pairwise(PAIRS)
        if not wrong(here, there.english)
    ]
    # Sentences without any name or number can stand for each other: that is beyond these checks.
    assert len(missed) < 0.2 * len(PAIRS), missed


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("全国网上零售额达9.01万亿元", [9_010_000_000_000]),
        ("3400多家企业", [3400]),
        ("二〇二二年十二月八日", [20221208]),
        ("“十四五”规划", [14, 5]),
        ("党的二十大", [20]),
        ("每公斤5千克", [5]),
        ("一体化统一市场", []),
        ("【发布日期】2018-8-10", [20180810]),
        ("ACT1公司2024/5/19", [1, 20240519]),
        ("百分之五", [5]),
        ("第十二条第二款", [12, 2]),
        ("三、总体要求", []),
    ],
)
def test_chinese_numbers(text: str, values: list[int]) -> None:
    assert [int(quantity.value) for quantity in chinese.quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("9.01 trillion yuan", [9_010_000_000_000]),
        ("December 8, 2022", [20221208]),
        ("on 8 December 2022", [20221208]),
        ("Seventy-three brands may 2", [73, 2]),
        ("II. In May, Article 12", [5, 12]),
        ("the twenty-first batch", [21]),
        ("12,345.6 tons", [12345]),
        ("they may export", []),
        ("(3) General requirements", []),
    ],
)
def test_english_numbers(text: str, values: list[int]) -> None:
    assert [int(quantity.value) for quantity in english.quantities(text)] == values
