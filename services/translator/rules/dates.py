"""Dates (成文日期) and the formulas of periods and deadlines."""

import re
from datetime import date

from shared.chinese.acts import ISSUE
from shared.chinese.characters import HAN, squeeze
from shared.chinese.dates import YEAR, calendar_day, find_dates, year_of
from shared.chinese.numerals import NUMERAL, number
from shared.chinese.periods import PERIOD
from shared.english_dates import NAMES

_MONTH = re.compile(rf"(?P<year>{YEAR})年(?P<month>\d{{1,2}}|{NUMERAL}{{1,3}})月")
_WITHIN = rf"\s?{PERIOD}(?:之?内|以内)"
_PERIODS = (
    (re.compile(rf"收到(?:本)?通知(?:后|之日起){_WITHIN}"), "within {} of receiving the notice"),
    (re.compile(rf"每季度结束(?:后|之日起){_WITHIN}"), "within {} of the end of each quarter"),
    (re.compile(rf"每月结束(?:后|之日起){_WITHIN}"), "within {} of the end of each month"),
    (
        re.compile(rf"(?:本公告|本通知|公告)?{ISSUE}(?:之日起|后){_WITHIN}"),
        "within {} of the date of publication",
    ),
    (re.compile(rf"(?:自)?收到[{HAN}]{{0,8}}(?:之日起|后){_WITHIN}"), "within {} of receipt"),
    (re.compile(rf"出口后{_WITHIN}"), "within {} of export"),
)
_UNITS = {
    "工作日": "working day",
    "自然日": "calendar day",
    "日历日": "calendar day",
    "小时": "hour",
    "日": "day",
    "天": "day",
    "周": "week",
    "月": "month",
    "年": "year",
}


def english(day: date) -> str:
    """December 8, 2022."""
    return f"{NAMES[day.month - 1]} {day.day}, {day.year}"


def date_line(text: str) -> str | None:
    """English of a line that is a date, or a year and month; None if it is neither."""
    squeezed = squeeze(text)
    days = find_dates(squeezed)
    if days and (days[0].start, days[0].end) == (0, len(squeezed)):
        return english(days[0].value)
    match = _MONTH.fullmatch(squeezed)
    first = calendar_day(year_of(match["year"]), number(match["month"]) or 0, 1) if match else None
    return f"{NAMES[first.month - 1]} {first.year}" if first else None


def periods(text: str) -> list[str]:
    """The periods that a sentence sets, in order: within one month of receiving the notice."""
    found = []
    taken: list[tuple[int, int]] = []
    for pattern, formula in _PERIODS:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            found.append((match.start(), formula.format(_period(match["count"], match["unit"]))))
            taken.append(match.span())
    return [period for _, period in sorted(found)]


def _period(count: str, unit: str) -> str:
    if count == "半":
        return f"half a {_UNITS[unit]}"
    many = number(count) or 0
    return f"{'one' if many == 1 else many} {_UNITS[unit]}{'s' if many > 1 else ''}"
