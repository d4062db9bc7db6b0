"""Spans of days as bars under each other, drawn as SVG by a template."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.chinese.dates import in_china

# More are read as a table.
MOST = 40
_ROW = 34
_YEARS_AT_MOST = 8


class Span(NamedTuple):
    """From a day up to another, which is not part of it; None for open ends. `kind` is a class of the style
    sheet. `label` are the parts of what is said of it.
    """

    label: Sequence[str]
    since: date | datetime | None
    until: date | datetime | None
    kind: str = ""


class Bar(NamedTuple):
    """A span in the drawing: pixels down, and per cent of its width across."""

    label: Sequence[str]
    kind: str
    y: int
    x: float
    width: float


class Tick(NamedTuple):
    """A year's first day, or another day that is marked."""

    label: str
    x: float


class Timeline(NamedTuple):
    """`height` in pixels; `today` is None where it lies outside; `left_out` spans have no bar."""

    bars: Sequence[Bar]
    years: Sequence[Tick]
    today: float | None
    height: int
    left_out: int = 0


def timeline(spans: Iterable[Span], today: date) -> Timeline | None:
    """The drawing of the first `MOST` spans that have a beginning; None without any."""
    every = [
        (one, _day(one.since), one.until and _day(one.until))
        for one in spans
        if one.since is not None
    ]
    dated = every[:MOST]
    if not dated:
        return None
    first = min(since for _, since, _ in dated)
    last = max(
        [today, *(until for _, _, until in dated if until), *(since for _, since, _ in dated)]
    )
    # Something is to be seen of what began on the last day.
    last += timedelta(days=max(1, (last - first).days // 50))
    length = (last - first).days

    def across(day: date) -> float:
        return round(100 * (day - first).days / length, 2)

    bars = [
        Bar(
            one.label,
            one.kind,
            number * _ROW,
            across(since),
            max(0.5, round(across(until or last) - across(since), 2)),
        )
        for number, (one, since, until) in enumerate(dated)
    ]
    step = (last.year - first.year) // _YEARS_AT_MOST + 1
    years = [
        Tick(str(year), across(date(year, 1, 1)))
        for year in range(first.year + 1, last.year + 1, step)
    ]
    marked = across(today) if first <= today <= last else None
    return Timeline(bars, years, marked, len(bars) * _ROW, len(every) - len(dated))


def _day(moment: date | datetime) -> date:
    """The day of a moment in China."""
    return in_china(moment).date() if isinstance(moment, datetime) else moment
