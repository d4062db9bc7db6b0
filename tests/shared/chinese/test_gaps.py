"""Spaces between Chinese characters and digits are left out, and found again."""

import random

import pytest

from shared.chinese.gaps import without_gaps


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("自 2025 年 8 月 14 日起", "自2025年8月14日起"),
        ("商建函〔 2018 〕 12 号", "商建函〔2018〕 12号"),
        ("L3 Harris 公司 3 家", "L3 Harris 公司3家"),
        ("1. General 2 Inc.", "1. General 2 Inc."),
        ("甲\t1\n2\u3000乙", "甲\t1\n2\u3000乙"),
    ],
)
def test_without_gaps(printed: str, text: str) -> None:
    assert without_gaps(printed).text == text


def test_every_span_is_found_where_it_is_printed() -> None:
    chance = random.Random(9704)
    for _ in range(500):
        printed = "".join(chance.choice("年第公 1 2 \n，A") for _ in range(chance.randrange(60)))
        read = without_gaps(printed)
        for place, char in enumerate(read.text):
            start, end = read.printed(place, place + 1)
            assert printed[start:end] == char
            assert read.offset(start) == place
        start = chance.randrange(len(read.text) + 1)
        end = chance.randrange(start, len(read.text) + 1)
        if end > start:
            first, last = read.printed(start, end)
            assert without_gaps(printed[first:last]).text == read.text[start:end]
