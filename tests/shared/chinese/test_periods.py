"""Periods as the Civil Code counts them, and both views of their end."""

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.chinese.dates import BEIJING, midnight
from shared.chinese.periods import PERIOD, Period, last_day_within, period, term


@pytest.mark.parametrize(
    ("count", "unit", "length"),
    [
        ("90", "天", Period(days=90)),
        ("十五", "日", Period(days=15)),
        ("两", "周", Period(days=14)),
        ("三", "月", Period(months=3)),
        ("4", "个月", Period(months=4)),
        ("一", "年", Period(months=12)),
        ("半", "年", Period(months=6)),
        ("半", "月", None),
        ("10", "工作日", None),
        ("24", "小时", None),
        ("零", "日", None),
    ],
)
def test_printed_periods(count: str, unit: str, length: Period | None) -> None:
    assert period(count, unit) == length


@pytest.mark.parametrize(
    ("since", "length", "last"),
    [
        # 商务部公告2017年第26号 prints 2017年5月22日至2020年5月21日 for three years.
        (date(2017, 5, 22), Period(months=36), date(2020, 5, 21)),
        (date(2018, 8, 20), Period(months=60), date(2023, 8, 19)),
        (date(2025, 1, 1), Period(months=12), date(2025, 12, 31)),
        # No corresponding day: the month's last.
        (date(2025, 8, 31), Period(months=6), date(2026, 2, 28)),
        (date(2020, 2, 29), Period(months=60), date(2025, 2, 28)),
        (date(2024, 10, 31), Period(months=4), date(2025, 2, 28)),
        (date(2025, 3, 1), Period(months=1), date(2025, 3, 31)),
        # The ministry's next suspension begins on 2025-08-12.
        (date(2025, 5, 14), Period(days=90), date(2025, 8, 11)),
    ],
)
def test_what_begins_on_a_day_counts_it(since: date, length: Period, last: date) -> None:
    found = term(midnight(since), length)

    assert found is not None
    assert found.last_day == last
    assert found.until == midnight(last + timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "length", "last"),
    [
        (date(2025, 11, 3), Period(days=15), date(2025, 11, 18)),
        (date(2025, 11, 3), Period(months=1), date(2025, 12, 3)),
        (date(2025, 8, 31), Period(months=6), date(2026, 2, 28)),
        (date(2025, 11, 30), Period(months=3), date(2026, 2, 28)),
        (date(2024, 2, 29), Period(months=12), date(2025, 2, 28)),
    ],
)
def test_what_is_due_within_a_period_does_not_count_its_first_day(
    day: date, length: Period, last: date
) -> None:
    assert last_day_within(day, length) == last


def test_a_term_keeps_its_hour_where_a_day_corresponds() -> None:
    noon = datetime(2025, 1, 31, 12, 1, tzinfo=BEIJING)

    assert term(noon, Period(days=90)) == (noon, datetime(2025, 5, 1, 12, 1, tzinfo=BEIJING))
    assert term(noon, Period(months=2)) == (noon, datetime(2025, 3, 31, 12, 1, tzinfo=BEIJING))
    # The last day ends at 24:00 (article 203).
    assert term(noon, Period(months=1)) == (noon, datetime(2025, 3, 1, tzinfo=BEIJING))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("有效期两年", "两年"),
        ("一百八十天内", "一百八十天"),
        ("自2025年8月31日起三个月内", "三个月"),
        ("满15 日", "15 日"),
        ("二〇二五年施行", None),
        ("一九九八年施行", None),
        ("二OO五年施行", None),
        ("2025年施行", None),
    ],
)
def test_years_are_no_periods(text: str, printed: str | None) -> None:
    found = [match.group() for match in re.finditer(PERIOD, text)]

    assert [one for one in found if not one.endswith(("8月", "31日"))] == [printed] * bool(printed)


def test_no_calendar_reaches_so_far() -> None:
    for length in (Period(days=900), Period(months=60)):
        assert term(midnight(date(9999, 12, 31)), length) is None
        assert last_day_within(date(9999, 12, 31), length) is None


_days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
_months = st.integers(1, 240)


@given(_days, _months)
def test_terms_follow_one_another_without_a_gap_or_an_overlap(day: date, months: int) -> None:
    """Where a day corresponds, the next term begins when the last ends, on the same day of the month."""
    found = term(midnight(day), Period(months=months))

    assert found is not None
    assert found.until.day == (
        day.day if found.until.month % 12 == (day.month + months) % 12 else 1
    )
    assert midnight(found.last_day) < found.until == midnight(found.last_day + timedelta(days=1))


@given(_days, _months)
def test_the_last_day_is_one_or_the_same_however_the_first_counts(day: date, months: int) -> None:
    counted = term(midnight(day), Period(months=months))
    within = last_day_within(day, Period(months=months))

    assert counted is not None
    assert within is not None
    assert (within - counted.last_day).days == (within.day == day.day)
