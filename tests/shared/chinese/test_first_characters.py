"""Alternations that begin with their first characters find what the plain ones find."""

import re

import pytest

from shared.chinese.first_characters import alternation


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ([r"(?:不|未)予许可", r"第\d+号"], r"(?=[不未第])(?:(?:不|未)予许可|第\d+号)"),
        ([r"(?<!第)(?:本|\d+)号"], r"(?=[\d本])(?:(?<!第)(?:本|\d+)号)"),
        ([r"(?:现|将)?[对就]甲"], "(?=[对将就现])(?:(?:现|将)?[对就]甲)"),
        ([r"(?=[正开])(?:正式|开始)?施行"], "(?=[开正])(?:(?=[正开])(?:正式|开始)?施行)"),
        ([r"[A-C-]|甲{2,}"], r"(?=[A-C\-甲])(?:[A-C-]|甲{2,})"),
    ],
)
def test_the_first_characters_are_asked_for_first(patterns: list[str], expected: str) -> None:
    assert alternation(patterns) == expected


@pytest.mark.parametrize(
    "patterns",
    [
        ["废止", "失效"],
        ["废止|失效"],
        ["[^，]甲"],
        [".甲"],
        ["甲?"],
        ["(?:)"],
        ["(?i:Co)"],
        [r"\D甲"],
    ],
)
def test_what_begins_plainly_or_with_anything_stays(patterns: list[str]) -> None:
    assert alternation(patterns) == "|".join(patterns)


def test_the_upper_of_two_branches_is_found_across_those_that_begin_with_anything() -> None:
    patterns = ["(?:甲|乙)丙", "[^丁]丙丁", "(?:甲|乙)丙丁", "(?:戊|己)"]

    found = re.compile(alternation(patterns)).findall("甲丙丁己丙丁戊")

    assert found == re.findall("|".join(patterns), "甲丙丁己丙丁戊") == ["甲丙", "己丙丁", "戊"]
