"""Which day a printed limit means: 2025年6月底前, 自公布之日起15日内."""

import re
from datetime import date
from typing import NamedTuple

from services.parser.document.document import Document
from shared.chinese.dates import calendar_day, find_dates, last_of_month
from shared.chinese.periods import last_day_within, period

_FROM_ISSUE = re.compile(r"(?:公告|通知|本决定|本办法)?(?:发布|公布|印发|公告|颁布|下发)之日|即日")
_FROM_EFFECT = re.compile(r"(?:施行|实施|执行|生效)之日")


class Limit(NamedTuple):
    """A printed limit: its match of `LIMITS`, its span in the body text, the last day, what is doubtful."""

    match: re.Match[str]
    start: int
    end: int
    on: date | None
    doubt: str | None


def limit_of(document: Document, match: re.Match[str]) -> Limit | None:
    """What a match of `LIMITS` means; None where it is no day that a calendar has, or none at all."""
    start, end = match.span()
    for group in ("date1", "date2"):
        if match[group]:
            days = find_dates(document.body.folded, match.start(group), match.end(group))
            if not days:
                return None
            return Limit(
                match, match.start() if match["until"] else days[0].start, end, days[0].value, None
            )
    if match["count"]:
        return _within(document, match)
    if match["open"]:
        return _open_until(document, match)
    if match["end"]:
        return _end_of(document, match)
    if match["ahead"]:
        return Limit(match, start, end, None, None)
    if match["every"] or match["turn"]:
        if match["every"] and not (match["e_day"] or match["e_month"] or "前" in match.group()):
            return None
        return Limit(match, start, end, None, None)
    if match["month"]:
        anchor = document.issued_on or document.published_on
        if anchor is None:
            return Limit(match, start, end, None, "the year is not printed")
        day = _next(anchor, int(match["month"]), int(match["day"]))
        return Limit(match, start, end, day, "the year is not printed") if day else None
    return None


def _next(anchor: date, month: int, day: int) -> date | None:
    for year in (anchor.year, anchor.year + 1):
        value = calendar_day(year, month, day)
        if value is None or value >= anchor:
            return value
    return None


def _open_until(document: Document, match: re.Match[str]) -> Limit | None:
    """公示期自2025年11月3日至11月9日: the year of the first day holds for the last, and its month where
    only the day is printed (2025年10月15日至30日).
    """
    start, end = match.span()
    days = find_dates(document.body.folded, start, end)
    if days and days[-1].end == end:
        return Limit(match, start, end, days[-1].value, None)
    anchor = days[-1].value if days else document.issued_on or document.published_on
    if match["month3"] is None and not days:
        return None
    month = int(match["month3"]) if match["month3"] else days[-1].value.month
    day = _next(anchor, month, int(match["day3"])) if anchor else None
    doubt = None if days else "the year is not printed"
    return Limit(match, start, end, day, doubt)


def _end_of(document: Document, match: re.Match[str]) -> Limit | None:
    """2025年底前, 2025年6月底前: the last day of the year or month."""
    printed = match["end_year"]
    start, end = match.span()
    if printed is None and match["end_month"] is None and "年" not in match.group():
        return None
    anchor = document.issued_on or document.published_on
    doubt = None
    if printed and printed[0].isdigit():
        year = int(printed[:4])
    elif printed in ("每年", "次年") or anchor is None:
        return Limit(match, start, end, None, None)
    else:
        year = anchor.year + (printed == "明年")
        doubt = "the year is not printed"
    month = int(match["end_month"] or (anchor.month if printed == "本月" and anchor else 12))
    if not 1 <= month <= 12:
        return None
    return Limit(match, start, end, last_of_month(year, month), doubt)


def _within(document: Document, match: re.Match[str]) -> Limit | None:
    """自本公告公布之日起15日内: counted where the first day is known."""
    lead = match["from"] or ""
    start, end = match.span()
    start += len(match.group()) - len(match.group().lstrip())
    if not lead:
        # A bare period (3年内) says from when only if the words around it do.
        return Limit(match, start, end, None, None)
    first: date | None = None
    days = find_dates(document.body.folded, match.start("from"), match.end("from"))
    if days:
        first = days[-1].value
    elif re.search(r"收到|接到|受理|提交|送达|取得|签订|结束", lead):
        first = None
    elif _FROM_EFFECT.search(lead):
        first = document.effect.on
    elif _FROM_ISSUE.search(lead):
        first = document.issued_on
    if first is None:
        return Limit(match, start, end, None, None)
    if match["unit"] in ("小时", "工作日"):
        return Limit(match, start, end, None, "working days and hours are not counted")
    length = period(match["count"], match["unit"])
    return Limit(match, start, end, last_day_within(first, length) if length else None, None)
