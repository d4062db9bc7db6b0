"""From when until when a citation changes a document: 自…起, 至…, 90天, 为期一年.

Both ends are instants in Beijing time, and the interval is half-open: `since` is the first instant
of the change and `until` the first instant after it. A start without an hour is 00:00 of its day;
an end without an hour (至2026年11月10日) includes its day, so `until` is 00:00 of the next: what is suspended
until 2026-11-10 is in force again at 2026-11-11T00:00+08:00. Periods are counted by
`shared.chinese.periods`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from shared.chinese.acts import APPLY, ISSUE
from shared.chinese.characters import HAN
from shared.chinese.dates import DAYS_OF_YEAR, find_dates, find_instants, midnight, nearest_day
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
# Behind a day that is the first, and before one that is the last.
BEGINS = Forms(
    Form(
        "begins",
        r"\s?(?:零时|0时|0点)?\s?(?:（[^（）\n]{1,20}）)?\s?(?:起|开始|以后)",
        yes=("起", "零时起", "（含当日）起", "以后"),
        no=("发布",),
    ),
    anchored=True,
)
# Of a day with one character on each side.
SPANS = Forms(
    Form("from", "[自从].+[至到]$", yes=("自2025年7月1日至",), no=("2025年7月1日至",)),
    anchored=True,
)
ENDS = Forms(
    Form(
        "ends",
        r"(?:至|到|截至|截止日期为|截止日期至|截止到|延期至|延长至|顺延至|期限为|止于)\s?(?:北京时间)?\s?$",
        yes=("暂停至", "截止日期为", "延长至北京时间"),
        no=("于", "至少"),
    )
)
PERIODS = Forms(
    Form(
        "period",
        rf"(?<![第\d年月]){PERIOD}(?![初底末中度前后])",
        yes=("继续暂停90天", "为期一年"),
        no=("第3年", "3年前", "2025年度"),
    )
)


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


@lru_cache(maxsize=64)  # the documents of one enumeration ask for the same
def find_since(folded: str, start: int, end: int, anchors: Anchors) -> Edge | None:
    """The start that a part of a text states; None when it states none."""
    for instant in find_instants(folded, start, end):
        if BEGINS.match(folded, instant.end, end):
            return Edge(instant.value, instant.start, instant.end)
    for day in find_dates(folded, start, end):
        if BEGINS.match(folded, day.end, end) or SPANS.match(
            folded, max(start, day.start - 1), min(end, day.end + 1)
        ):
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
    for printed in DAYS_OF_YEAR.finditer(folded, start, end):
        if BEGINS.match(folded, printed.end, end):
            near = nearest_day(int(printed["month"]), int(printed["day"]), anchors.near)
            if near is not None:
                return Edge(midnight(near), printed.start, printed.end, "the year is not printed")
    return None


@lru_cache(maxsize=64)
def find_until(
    folded: str, start: int, end: int, since: datetime | None, anchors: Anchors
) -> Edge | None:
    """The end that a part of a text states, as a day or as a period from `since`; None when it
    states none.
    """
    for instant in find_instants(folded, start, end):
        if ENDS.search(folded, max(start, instant.start - 10), instant.start):
            return Edge(instant.value, instant.start, instant.end)
    for day in find_dates(folded, start, end):
        if ENDS.search(folded, max(start, day.start - 10), day.start):
            return Edge(midnight(day.value + timedelta(days=1)), day.start, day.end)
    for printed in DAYS_OF_YEAR.finditer(folded, start, end):
        if ENDS.search(folded, max(start, printed.start - 10), printed.start):
            anchor = since.date() if since else anchors.near
            near = nearest_day(int(printed["month"]), int(printed["day"]), anchor)
            if near is not None:
                at = midnight(near + timedelta(days=1))
                return Edge(at, printed.start, printed.end, "the year is not printed")
    days = find_dates(folded, start, end)
    for printed in PERIODS.finditer(folded, start, end):
        if any(day.start < printed.end and printed.start < day.end for day in days):
            continue
        if DAYS_OF_YEAR.match(folded, printed.start, end):
            continue
        if since is None:
            return Edge(None, printed.start, printed.end, "a period whose start is not known")
        length = period(printed["count"], printed["unit"])
        counted = term(since, length) if length else None
        if counted is None:
            return Edge(None, printed.start, printed.end, "a period that is not counted")
        return Edge(counted.until, printed.start, printed.end)
    return None
