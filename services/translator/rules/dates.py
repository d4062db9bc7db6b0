"""成文日期 and periods: dates and the formulas of deadlines."""

import re
from datetime import date

from services.translator.text.numerals import value

MONTHS = (
    "January February March April May June July August September October November December"
).split()
_N = "[〇零○一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{{3}})\s?年\s?"
    rf"(?P<month>\d{{1,2}}|{_N}{{1,3}})\s?月(?:\s?(?P<day>\d{{1,2}}|{_N}{{1,3}})\s?日)?"
)
_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})"
)
_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_UNIT = r"(?P<unit>个工作日|工作日|个自然日|自然日|个月|日|天|年|周)"
_PERIODS = (
    (re.compile(rf"收到(?:本)?通知(?:后|之日起)\s?{_COUNT}\s?{_UNIT}(?:之?内|以内)"), "within {} of receiving the notice"),
    (re.compile(rf"每季度结束(?:后|之日起)\s?{_COUNT}\s?{_UNIT}(?:之?内|以内)"), "within {} of the end of each quarter"),
    (re.compile(rf"每月结束(?:后|之日起)\s?{_COUNT}\s?{_UNIT}(?:之?内|以内)"), "within {} of the end of each month"),
    (re.compile(rf"(?:本公告|本通知|公告)?(?:发布|公布|印发)(?:之日起|后)\s?{_COUNT}\s?{_UNIT}(?:之?内|以内)"), "within {} of the date of publication"),
    (re.compile(rf"(?:自)?收到[一-龥]{{0,8}}(?:之日起|后)\s?{_COUNT}\s?{_UNIT}(?:之?内|以内)"), "within {} of receipt"),
    (re.compile(rf"出口后\s?{_COUNT}\s?{_UNIT}(?:之?内|以内)"), "within {} of export"),
)  # fmt: skip
_UNITS = {
    "个工作日": "working day",
    "工作日": "working day",
    "个自然日": "calendar day",
    "自然日": "calendar day",
    "个月": "month",
    "日": "day",
    "天": "day",
    "年": "year",
    "周": "week",
}


def english(day: date) -> str:
    """December 8, 2022."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def date_line(text: str) -> str | None:
    """English of a line that is a date, or a year and month; None when it is not."""
    squeezed = "".join(text.split())
    match = _DATE.fullmatch(squeezed) or _NUMERIC.fullmatch(squeezed)
    if not match:
        return None
    year, month, day = (_value(match[part]) for part in ("year", "month", "day"))
    try:
        return (
            english(date(year or 0, month or 0, day))
            if day is not None
            else f"{MONTHS[date(year or 0, month or 0, 1).month - 1]} {year}"
        )
    except ValueError:
        return None


def periods(text: str) -> list[str]:
    """The periods that a sentence sets, in its order: within one month of receiving the notice."""
    found = []
    taken: list[tuple[int, int]] = []
    for pattern, formula in _PERIODS:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            count = _value(match["count"]) or 0
            unit = _UNITS[match["unit"]]
            number = "one" if count == 1 else str(count)
            found.append(
                (match.start(), formula.format(f"{number} {unit}{'s' if count > 1 else ''}"))
            )
            taken.append(match.span())
    return [period for _, period in sorted(found)]


def _value(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else value(text)
