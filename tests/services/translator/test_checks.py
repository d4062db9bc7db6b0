"""The checks: every planted error is caught, correct translations pass, mutations do not."""

import re
from itertools import pairwise

import pytest

from services.translator.checks import chinese, english
from services.translator.checks.check import check
from services.translator.glossary import glossary
from tests.services.translator.corpus import PAIRS, PLANTED, Planted

GLOSSARY = glossary()
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w]|[.,]\d)")


def test_the_tables_are_large_enough() -> None:
    assert len(PAIRS) >= 200
    assert len({pair.chinese for pair in PAIRS}) == len(PAIRS)
    assert len(PLANTED) >= 60


@pytest.mark.parametrize("error", PLANTED, ids=lambda error: error.kind)
def test_planted_errors_are_caught(error: Planted) -> None:
    raised = {flag.check for flag in check(error.chinese, error.english, error.on, GLOSSARY)}
    assert raised & error.checks


def test_false_alarms_stay_under_two_percent() -> None:
    alarms = [
        (pair.english, flags)
        for pair in PAIRS
        if (flags := check(pair.chinese, pair.english, pair.on, GLOSSARY))
    ]
    assert len(alarms) < 0.02 * len(PAIRS), alarms


def test_any_number_changed_is_caught() -> None:
    missed, tried = [], 0
    for pair in PAIRS:
        for match in _NUMBER.finditer(pair.english):
            changed = f"{float(match.group()) + 7:g}"
            wrong = pair.english[: match.start()] + changed + pair.english[match.end() :]
            tried += 1
            if not check(pair.chinese, wrong, pair.on, GLOSSARY):
                missed.append((pair.chinese, wrong))
    assert tried > 150
    assert len(missed) <= 0.01 * tried, missed


def test_any_number_dropped_is_caught() -> None:
    missed, tried = [], 0
    for pair in PAIRS:
        for match in _NUMBER.finditer(pair.english):
            wrong = pair.english[: match.start()] + "some" + pair.english[match.end() :]
            # A number that stands twice is still there.
            if match.group() in wrong:
                continue
            tried += 1
            if not check(pair.chinese, wrong, pair.on, GLOSSARY):
                missed.append((pair.chinese, wrong))
    assert tried > 150
    assert len(missed) <= 0.02 * tried, missed


def test_any_name_replaced_is_caught() -> None:
    missed, tried = [], 0
    for pair in PAIRS:
        for found in GLOSSARY.find(pair.chinese, pair.on, ("body", "geo", "country")):
            name = found.entry.en
            if name not in pair.english:
                continue
            other = "State Post Bureau" if name != "State Post Bureau" else "Ministry of Justice"
            tried += 1
            if not check(pair.chinese, pair.english.replace(name, other), pair.on, GLOSSARY):
                missed.append((pair.chinese, name))
    assert tried > 80
    assert missed == []


def test_most_sentences_cut_in_half_are_caught() -> None:
    long = [pair for pair in PAIRS if len(pair.english) > 60]
    missed = [
        pair.english
        for pair in long
        if not check(pair.chinese, pair.english[: len(pair.english) // 2], pair.on, GLOSSARY)
    ]
    assert len(long) > 150
    assert missed == []


def test_two_sentences_exchanged_are_caught() -> None:
    """The English of the next pair: told by names, numbers, direction or length."""
    missed = [
        (here.chinese, there.english)
        for here, there in pairwise(PAIRS)
        if not check(here.chinese, there.english, here.on, GLOSSARY)
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
        ("百分之五", [5]),
        ("第十二条第二款", [12, 2]),
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
        ("12,345.6 tons", [12345]),
        ("they may export", []),
    ],
)
def test_english_numbers(text: str, values: list[int]) -> None:
    assert [int(quantity.value) for quantity in english.quantities(text)] == values
