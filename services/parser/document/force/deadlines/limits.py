"""Which day a printed limit means: 2025年6月底前, 自公布之日起15日内."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.force.deadlines.forms import PERIOD_STARTS
from shared.chinese.dates import calendar_day, find_dates, last_of_month, year_of
from shared.chinese.form import Found
from shared.chinese.periods import last_day_within, period
from shared.chinese.sentences import part_start

# What is longer is no sentence.
LONGEST_SENTENCE = 600
_PARAGRAPH = 3000
_NO_YEAR = "the year is not printed"


class Limit(NamedTuple):
    """A printed limit: its form, its span in the body text, the last day, what is doubtful."""

    form: Found
    start: int
    end: int
    on: date | None = None
    doubt: str | None = None

    @property
    def is_period(self) -> bool:
        """Whether it is a period (15日内), not a day."""
        return self.form.name.startswith("within a period")


def limit_of(document: Document, form: Found) -> Limit | None:
    """What a form of `LIMITS` means; None where it is no day that a calendar has."""
    return _READERS[form.name](document, form)


def _anchor(document: Document) -> date | None:
    """The day from which the next one of a month and day without year is looked for."""
    return document.issued_on or document.published_on


def _until_day(document: Document, form: Found) -> Limit | None:
    days = find_dates(document.body.folded, *form.span("date"))
    return Limit(form, form.start, form.end, days[0].value) if days else None


def _before_day_without_year(document: Document, form: Found) -> Limit | None:
    """The next such day from the one that the sentence prints before it (公示期为2025年9月1日至7日，…请于9月7日前),
    else from the document's own, which is a guess.
    """
    folded = document.body.folded
    sentence = part_start(folded, form.start, max(0, form.start - LONGEST_SENTENCE))
    if before := find_dates(folded, sentence, form.start):
        day = _next(before[-1].value, int(form["month"]), int(form["day"]))
        return Limit(form, form.start, form.end, day) if day else None
    anchor = _anchor(document)
    if anchor is None:
        return Limit(form, form.start, form.end, None, _NO_YEAR)
    day = _next(anchor, int(form["month"]), int(form["day"]))
    # 公示期为2025年9月1日至7日。…请于9月7日前: a day that the paragraph prints before says the same.
    furthest = max(0, form.start - _PARAGRAPH)
    line = max(furthest, folded.rfind("\n", furthest, form.start) + 1)
    printed = find_dates(folded, line, form.start)
    same = printed and day == _next(printed[-1].value, int(form["month"]), int(form["day"]))
    return Limit(form, form.start, form.end, day, None if same else _NO_YEAR) if day else None


def _next(anchor: date, month: int, day: int) -> date | None:
    for year in (anchor.year, anchor.year + 1):
        value = calendar_day(year, month, day)
        if value is None or value >= anchor:
            return value
    return None


def _span_to_day(document: Document, form: Found) -> Limit | None:
    """公示期自2025年11月3日至11月9日: the year of the first day holds for the last, and its month where
    only the day is printed (2025年10月15日至30日).
    """
    days = find_dates(document.body.folded, form.start, form.end)
    if form["month"] is None and not days:
        return None
    anchor = days[-1].value if days else _anchor(document)
    month = int(form["month"]) if form["month"] else days[-1].value.month
    day = _next(anchor, month, int(form["day"])) if anchor else None
    return Limit(form, form.start, form.end, day, None if days else _NO_YEAR)


def _end_of_year(document: Document, form: Found) -> Limit | None:
    return _end(form, year_of(form["year"]), int(form["month"] or 12), None)


def _end_of_this_year(document: Document, form: Found) -> Limit | None:
    anchor = _anchor(document)
    if anchor is None:
        return Limit(form, form.start, form.end)
    year = anchor.year + (form.name == "end of next year")
    return _end(form, year, int(form["month"] or 12), _NO_YEAR)


def _end_of_this_month(document: Document, form: Found) -> Limit | None:
    anchor = _anchor(document)
    if anchor is None:
        return Limit(form, form.start, form.end)
    return _end(form, anchor.year, anchor.month, _NO_YEAR)


def _end(form: Found, year: int, month: int, doubt: str | None) -> Limit | None:
    if not 1 <= month <= 12:
        return None
    return Limit(form, form.start, form.end, last_of_month(year, month), doubt)


def _not_counted(document: Document, form: Found) -> Limit:
    """What comes round again (每月10日前), or counts from a day that no document prints (有效期届满前30日)."""
    return Limit(form, form.start, form.end)


def _within(document: Document, form: Found) -> Limit:
    """自本公告公布之日起15日内: counted where the first day is known."""
    start = form.start + len(form["from"]) - len(form["from"].lstrip())
    first: date | None = None
    days = find_dates(document.body.folded, *form.span("from"))
    if days:
        first = days[-1].value
    else:
        began = next(PERIOD_STARTS.ranked(form["from"]), None)
        if began is not None and began.name == "effect":
            first = document.effect.on
        elif began is not None and began.name == "issue":
            first = document.issued_on
    if first is None:
        return Limit(form, start, form.end)
    if form["unit"] in ("小时", "工作日"):
        return Limit(form, start, form.end, None, "working days and hours are not counted")
    length = period(form["count"], form["unit"])
    return Limit(form, start, form.end, last_day_within(first, length) if length else None)


_READERS: dict[str, Callable[[Document, Found], Limit | None]] = {
    "until a day": _until_day,
    "before a day": _until_day,
    "before a day without year": _before_day_without_year,
    "span that ends with a day": _span_to_day,
    "end of a year": _end_of_year,
    "end of this year": _end_of_this_year,
    "end of next year": _end_of_this_year,
    "end of this month": _end_of_this_month,
    "recurring": _not_counted,
    "ahead of an expiry": _not_counted,
    "within a period": _not_counted,
    "within a period from a day": _within,
}
