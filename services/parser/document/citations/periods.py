"""From when until when a citation changes a document: 自…起, 至…, 90天, 为期一年.

Both ends are instants in Beijing time, and the interval is half-open: `since` is the first instant
of the change and `until` the first instant after it. A start without an hour is 00:00 of its day;
an end without an hour (至2026年11月10日) includes its day, so `until` is 00:00 of the next: what is suspended
until 2026-11-10 is in force again at 2026-11-11T00:00+08:00. Periods are counted by
`shared.chinese.periods`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.chinese.acts import APPLY, ISSUE
from shared.chinese.characters import HAN
from shared.chinese.dates import MONTH_DAY, find_dates, find_instants, midnight, nearest_day
from shared.chinese.form import Form, Forms
from shared.chinese.periods import PERIOD, period, term
from shared.chinese.text import Passage

# A start by another day's name. Of two in one part of a sentence the one that is written first counts.
STARTS = Forms(
    Form(
        "issue",
        rf"(?:自|从|于)?(?:本?(?:公告|决定|通知|令)?(?:{ISSUE}|公告)之日|即日)起",
        yes=("自即日起", "自本公告公布之日起"),
        no=("自公布之日",),
    ),
    Form(
        "effect",
        rf"自?(?:本|该|新)[{HAN}]{{0,8}}?(?:{APPLY}|生效)(?:之日)?起|自?(?:{APPLY}|生效)之日起",
        yes=("自本办法施行之日起", "新办法实施起", "自生效之日起"),
        no=("自本办法",),
    ),
)
_START = re.compile(r"\s?(?:零时|0时|0点)?\s?(?:（[^（）\n]{1,20}）)?\s?(?:起|开始|以后)")
_END = re.compile(
    r"(?:至|到|截至|截止日期为|截止日期至|截止到|延期至|延长至|顺延至|期限为|止于)\s?(?:北京时间)?\s?$"
)
_MONTH_DAY = re.compile(rf"(?<![\d年])\s?{MONTH_DAY}")
_PERIOD = re.compile(rf"(?<![第\d年月]){PERIOD}(?![初底末中度前后])")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The days that 即日 and 施行之日 mean, and the one by which a day without year is dated;
    `effective_words` are those by which the body text says from when the document itself is in force.
    """

    issued_on: date | None
    effective: datetime | None
    near: date | None
    issued_from_page: bool = False
    effective_words: Passage | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of the interval, where it is printed (an empty span where it is not), and doubt."""

    at: datetime | None
    start: int
    end: int
    doubt: str | None = None


def find_since(folded: str, start: int, end: int, anchors: Anchors) -> Edge | None:
    """The start that a part of a text states; None when it states none."""
    for instant in find_instants(folded, start, end):
        if _START.match(folded, instant.end, end):
            return Edge(instant.value, instant.start, instant.end)
    for day in find_dates(folded, start, end):
        if _START.match(folded, day.end, end):
            return Edge(midnight(day.value), day.start, day.end)
    named = next(STARTS.ranked(folded, start, end), None)
    if named and named.name == "effect":
        doubt = None if anchors.effective else "the day that it begins on is not known"
        return Edge(anchors.effective, named.start, named.end, doubt)
    if named and anchors.issued_on is None:
        return Edge(None, named.start, named.end, "the day that it begins on is not known")
    if named and anchors.issued_on is not None:
        doubt = "the day of the page's publication" if anchors.issued_from_page else None
        return Edge(midnight(anchors.issued_on), named.start, named.end, doubt)
    for match in _MONTH_DAY.finditer(folded, start, end):
        if _START.match(folded, match.end(), end):
            near = nearest_day(int(match["month"]), int(match["day"]), anchors.near)
            if near is not None:
                return Edge(midnight(near), *match.span(), "the year is not printed")
    return None


def find_until(
    folded: str, start: int, end: int, since: datetime | None, anchors: Anchors
) -> Edge | None:
    """The end that a part of a text states, as a day or as a period from `since`; None when it
    states none.
    """
    for instant in find_instants(folded, start, end):
        if _END.search(folded, max(start, instant.start - 10), instant.start):
            return Edge(instant.value, instant.start, instant.end)
    for day in find_dates(folded, start, end):
        if _END.search(folded, max(start, day.start - 10), day.start):
            return Edge(midnight(day.value + timedelta(days=1)), day.start, day.end)
    for match in _MONTH_DAY.finditer(folded, start, end):
        if _END.search(folded, max(start, match.start() - 10), match.start()):
            anchor = since.date() if since else anchors.near
            near = nearest_day(int(match["month"]), int(match["day"]), anchor)
            if near is not None:
                at = midnight(near + timedelta(days=1))
                return Edge(at, *match.span(), "the year is not printed")
    days = find_dates(folded, start, end)
    for match in _PERIOD.finditer(folded, start, end):
        if any(day.start < match.end() and match.start() < day.end for day in days):
            continue
        if _MONTH_DAY.match(folded, match.start(), end):
            continue
        if since is None:
            return Edge(None, *match.span(), "a period whose start is not known")
        length = period(match["count"], match["unit"])
        counted = term(since, length) if length else None
        if counted is None:
            return Edge(None, *match.span(), "a period that is not counted")
        return Edge(counted.until, *match.span())
    return None
