"""Periods: 90天, 为期一年, 三个月内, counted as the Civil Code 民法典 counts them (articles 200 to 204).

Years, months, days and hours are those of the Gregorian calendar (200). The day on which a period begins
does not count (201), so 自公布之日起15日内 has its last day on the fifteenth day behind. A period of years
or months ends on the day of the last month that corresponds to the day it is counted from, or on that
month's last day where there is none (202). The last day ends at 24:00; where it is a holiday the next
working day takes its place (203), which is not counted here. All this holds unless the
law or the parties say otherwise (204), which notices do when they say from when something is in force:
the day of 自2017年5月22日起 is a day of the measure, and three years from it end on 2020年5月21日
(商务部公告2017年第26号 prints both). Ninety days from 2025年5月14日 end before 2025年8月12日, from when the ministry
went on (2025-08-12, 自2025年8月12日起，继续暂停…90天).

Both give one answer at the end of a month: six months from the 31st of August end with the 28th of February.
Working days depend on the holidays that the State Council sets each year, and are not counted.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.chinese.dates import last_of_month, midnight
from shared.chinese.numerals import HUNDREDS, ONES, ZEROS, number

# What a period is printed with, between 满 or 为期 and 内 or 后: 三个月, 15日, 半年, 一百八十天; no year (二〇二五年).
COUNT = (
    rf"(?=[\d{HUNDREDS}两半])(?<![\d{ZEROS}{HUNDREDS}千])"
    rf"(?:\d{{1,3}}|[{ONES}]?[十百][{HUNDREDS}零]{{0,3}}|[{ONES}两半])(?![{ZEROS}{HUNDREDS}])"
)
UNIT = "(?:工作日|自然日|日历日|小时|天|日|周|月|年)"
# … without its groups.
LENGTH = rf"{COUNT}\s?个?\s?{UNIT}"
PERIOD = rf"(?P<count>{COUNT})\s?个?\s?(?P<unit>{UNIT})"

_DAYS = {"天": 1, "日": 1, "自然日": 1, "日历日": 1, "周": 7}


class Period(NamedTuple):
    """A number of days, or a number of months."""

    days: int = 0
    months: int = 0


class Term(NamedTuple):
    """A half-open interval: `until` is the first instant after it."""

    since: datetime
    until: datetime

    @property
    def last_day(self) -> date:
        """The last day that is wholly or partly within the term."""
        return (self.until - timedelta(microseconds=1)).date()


def period(count: str, unit: str) -> Period | None:
    """A printed period, from `count` and `unit` as `PERIOD` matches them; None for hours, working
    days and half a month, which are not counted.
    """
    if count == "半":
        return Period(months=6) if unit == "年" else None
    value = number(count)
    if not value:
        return None
    if unit in _DAYS:
        return Period(days=value * _DAYS[unit])
    months = {"月": 1, "年": 12}.get(unit.removeprefix("个"))
    return Period(months=value * months) if months else None


def term(since: datetime, length: Period) -> Term | None:
    """The term of a length from `since` on: 自2025年5月14日起，为期90天. None if it ends after 9999."""
    try:
        if length.days:
            return Term(since, since + timedelta(days=length.days))
        day, corresponds = _behind(since.date(), length.months)
        if not corresponds:
            return Term(since, midnight(day + timedelta(days=1)))
        return Term(since, datetime.combine(day, since.timetz()))
    except (ValueError, OverflowError):
        return None


def last_day_within(day: date, length: Period) -> date | None:
    """The last day of a period after a day that does not itself count (自公布之日起15日内); None if it
    is after 9999.
    """
    try:
        if length.days:
            return day + timedelta(days=length.days)
        return _behind(day, length.months)[0]
    except (ValueError, OverflowError):
        return None


def _behind(day: date, months: int) -> tuple[date, bool]:
    """The same day `months` later, else the last of that month, and whether it is the same day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = last_of_month(day.year + years, month + 1)
    return last.replace(day=min(day.day, last.day)), day.day <= last.day
