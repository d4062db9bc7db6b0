"""Dates and instants as documents print them, with and without padding, in digits and numerals."""

import re
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from shared.chinese.numerals import NUMERAL, ZEROS, number

# China has had one time zone without daylight saving since 1992; the site's pages begin in 2003.
BEIJING = timezone(timedelta(hours=8))

_YEAR = rf"(?P<year>(?:19|20)\d\s?\d|[一二][九{ZEROS}][{ZEROS}一二三四五六七八九]{{2}})"
_SMALL = rf"(?:\d{{1,2}}|{NUMERAL}{{1,3}})"
_DATE = re.compile(
    rf"(?<!\d){_YEAR}\s?(?:年\s?(?P<month>{_SMALL})\s?月\s?(?P<day>{_SMALL})\s?日"
    r"|(?P<mark>[-./])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?!\d))"
)
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


def _date(match: re.Match[str]) -> date | None:
    year = number(match["year"].replace(" ", ""))
    month = number(match["month"] or match["month2"])
    day = number(match["day"] or match["day2"])
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_dates(folded: str, start: int = 0, end: int | None = None) -> list[DateFound]:
    """All full dates in a folded text (2025年1月2日, 二〇〇四年十二月十日, 2018-6-8); dates that no
    calendar has are left out.
    """
    stop = len(folded) if end is None else end
    return [
        DateFound(value, match.start(), match.end())
        for match in _DATE.finditer(folded, start, stop)
        if (value := _date(match)) is not None
    ]


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
        midnight = hour == 24 and minute == 0
        try:
            value = datetime(
                day.value.year,
                day.value.month,
                day.value.day,
                0 if midnight else hour,
                minute,
                int(clock["second"] or 0),
                tzinfo=BEIJING,
            )
        except ValueError:
            continue
        if midnight:
            value += timedelta(days=1)
        found.append(InstantFound(value, day.start, clock.end()))
    return found


def parse_instant(folded: str) -> InstantFound | None:
    """The first instant of a text, or the first date at midnight when it states no hour."""
    instants = find_instants(folded)
    if instants:
        return instants[0]
    for day in find_dates(folded):
        value = datetime(day.value.year, day.value.month, day.value.day, tzinfo=BEIJING)
        return InstantFound(value, day.start, day.end)
    return None
