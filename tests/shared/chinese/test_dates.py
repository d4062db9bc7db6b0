"""Dates and instants as they are printed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.chinese.characters import fold
from shared.chinese.dates import BEIJING, find_dates, find_instants, parse_instant
from shared.chinese.numerals import number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025年01月02日", date(2025, 1, 2)),
        ("２０２５年１月２日", date(2025, 1, 2)),
        ("2022 年 12 月 8 日", date(2022, 12, 8)),
        ("2018-6-8", date(2018, 6, 8)),
        ("2018.06.08", date(2018, 6, 8)),
        ("二〇一八年六月八日", date(2018, 6, 8)),
        ("二○○四年十二月十日", date(2004, 12, 10)),
        ("一九九九年十二月三十一日", date(1999, 12, 31)),
        ("2025年⽉".replace("⽉", "1⽉2⽇"), date(2025, 1, 2)),
    ],
)
def test_date(text: str, day: date) -> None:
    assert [found.value for found in find_dates(fold(text))] == [day]


@pytest.mark.parametrize(
    "text", ["2025年2月30日", "2025年13月1日", "12025-01-01", "2025年", "1-2-3"]
)
def test_no_date(text: str) -> None:
    assert find_dates(fold(text)) == []


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025年4月10日12时01分", datetime(2025, 4, 10, 12, 1, tzinfo=BEIJING)),
        ("2026-01-04 18:53", datetime(2026, 1, 4, 18, 53, tzinfo=BEIJING)),
        ("2018-06-08 09:22:41", datetime(2018, 6, 8, 9, 22, 41, tzinfo=BEIJING)),
        ("2020年4月1日零时", datetime(2020, 4, 1, tzinfo=BEIJING)),
        ("2020年4月1日24时", datetime(2020, 4, 2, tzinfo=BEIJING)),
        ("2020年4月1日下午3点", datetime(2020, 4, 1, 15, tzinfo=BEIJING)),
    ],
)
def test_instant(text: str, instant: datetime) -> None:
    assert [found.value for found in find_instants(fold(text))] == [instant]


def test_hour_that_no_clock_has() -> None:
    assert find_instants(fold("2020年4月1日25时")) == []
    found = parse_instant(fold("2020年4月1日25时"))
    assert found is not None
    assert found.value == datetime(2020, 4, 1, tzinfo=BEIJING)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    printed = f"于{day.year}年{day.month}月{day.day}日发布"
    (found,) = find_dates(fold(printed))
    assert found.value == day
    assert printed[found.start : found.end] == printed[1:-2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("六十七", 67),
        ("十", 10),
        ("二十", 20),
        ("一百零三", 103),
        ("二〇二六", 2026),
        ("088", 88),
        ("两", 2),
        ("三千四百万", 34_000_000),
        ("一亿二千万", 120_000_000),
    ],
)
def test_numeral(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "甲", "十甲", "1a"])
def test_no_numeral(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("二ＯＯ九年元月五日", date(2009, 1, 5)),
        ("二〇一〇年十二月卅一日", date(2010, 12, 31)),
        ("一九九八年三月廿日", date(1998, 3, 20)),
        ("2009年元月5日", date(2009, 1, 5)),
    ],
)
def test_old_words_for_months_and_days(printed: str, day: date) -> None:
    assert [found.value for found in find_dates(fold(printed))] == [day]
