"""Dates and instants as documents print them, with and without padding, in digits and numerals."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from shared.chinese.form import Form, Forms
from shared.chinese.numerals import NUMERAL, ONES, ZEROS, number

# China has had one time zone without daylight saving since 1992; the site's pages begin in 2003.
BEIJING = timezone(timedelta(hours=8))

# A year without 年: 2025, 202 5 (a page's digits may stand in several elements), 二〇〇四, 二OO四.
YEAR = rf"(?:(?:19|20)\d\s?\d|[一二][九{ZEROS}][{ZEROS}{ONES}]{{2}})"
# A month, or a day of one; 元月 is January, 廿 and 卅 are twenty and thirty.
SMALL = rf"(?:\d{{1,2}}|{NUMERAL}{{1,3}}|元|[廿卅][{ONES}]?)"
# 11月10日 without its year, then with or without one, then with one.
MONTH_DAY = r"(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"
# … with none before it.
DAYS_OF_YEAR = Forms(
    Form("day", rf"(?<![\d年]){MONTH_DAY}", yes=("至11月10日", "4月 9 日"), no=("2025年11月10日",))
)
# (Of most places the first character tells that no day stands there.)
DAY = rf"(?=[\d一二])(?:{YEAR}\s?年\s?)?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日"
DATE = rf"{YEAR}\s?年\s?{SMALL}\s?月\s?{SMALL}\s?日"

# (Python finds a pattern fast that begins with a literal: the year is looked for before it.)
_IN_WORDS = re.compile(rf"年\s?(?P<month>{SMALL})\s?月\s?(?P<day>{SMALL})\s?日")
_IN_DIGITS = re.compile(r"(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)")
_YEAR_BEFORE = re.compile(rf"(?<!\d)(?P<year>{YEAR})\s?$")
_LONGEST_YEAR = 6
_CLOCK = re.compile(
    r"[\sT-]?(?:北京时间\s?)?(?:(?P<noon>上午|下午|晚|凌晨)\s?)?(?P<hour>\d{1,2}|零)\s?"
    r"(?:时|点|：)\s?(?:(?P<minute>\d{1,2})(?:\s?分)?)?(?:\s?：\s?(?P<second>\d{2}))?"
)


class DateFound(NamedTuple):
    value: date
    start: int
    end: int


class InstantFound(NamedTuple):
    value: datetime
    start: int
    end: int


def midnight(day: date) -> datetime:
    """00:00 of a day in Beijing."""
    return datetime.combine(day, time(), BEIJING)


def year_of(printed: str) -> int:
    """The year that `YEAR` matched, or two digits of one before 2000 (〔88〕)."""
    year = number(printed.replace(" ", "")) or 0
    return year + 1900 if 0 < year < 100 else year


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day; None when no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of_month(year: int, month: int) -> date:
    """The last day of a month. Raises ValueError for a month or year that no calendar has."""
    return date(year, month, monthrange(year, month)[1])


def nearest_day(month: int, day: int, near: date | None) -> date | None:
    """A month and a day, printed without their year, in the year that brings them nearest to `near`."""
    if near is None:
        return None
    years = (near.year - 1, near.year, near.year + 1)
    options = [found for year in years if (found := calendar_day(year, month, day))]
    return min(options, key=lambda found: abs((found - near).days), default=None)


def find_dates(folded: str, start: int = 0, end: int | None = None) -> list[DateFound]:
    """All full dates in a folded text (2025年1月2日, 二〇〇四年十二月十日, 2018-6-8); dates that no
    calendar has are left out.
    """
    stop = len(folded) if end is None else end
    found: list[DateFound] = []
    for form in (_IN_WORDS, _IN_DIGITS):
        for match in form.finditer(folded, start, stop):
            first = max(start, match.start() - _LONGEST_YEAR)
            year = _YEAR_BEFORE.search(folded, first, match.start())
            if year is None:
                continue
            month, day = number(match["month"]) or 0, number(match["day"]) or 0
            value = calendar_day(year_of(year["year"]), month, day)
            if value is not None:
                found.append(DateFound(value, year.start(), match.end()))
    found.sort(key=lambda one: one.start)
    return found


def find_instants(folded: str, start: int = 0, end: int | None = None) -> list[InstantFound]:
    """Dates with an hour behind them (2025年4月10日12时01分, 2026-01-04 18:53), in Beijing time."""
    stop = len(folded) if end is None else end
    found = []
    for day in find_dates(folded, start, stop):
        clock = _CLOCK.match(folded, day.end, stop)
        if clock is None:
            continue
        hour = 0 if clock["hour"] == "零" else int(clock["hour"])
        minute = int(clock["minute"] or 0)
        if clock["noon"] in ("下午", "晚") and hour < 12:
            hour += 12
        day_ends = hour == 24 and minute == 0
        try:
            at = time(0 if day_ends else hour, minute, int(clock["second"] or 0))
        except ValueError:
            continue
        value = datetime.combine(day.value, at, BEIJING) + timedelta(days=day_ends)
        found.append(InstantFound(value, day.start, clock.end()))
    return found


def parse_instant(folded: str) -> InstantFound | None:
    """The first instant of a text, or the first date at midnight when it states no hour."""
    instants = find_instants(folded)
    if instants:
        return instants[0]
    for day in find_dates(folded):
        return InstantFound(midnight(day.value), day.start, day.end)
    return None


def in_china(moment: datetime) -> datetime:
    """An instant with China's offset, as notices mean it: midnight there is still the day before in UTC.
    What has no zone stays as it is.
    """
    return moment.astimezone(BEIJING) if moment.tzinfo else moment
