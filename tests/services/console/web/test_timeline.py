"""Spans as bars."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.console.web.timeline import MOST, Span, timeline

TODAY = date(2026, 7, 1)
DAYS = st.dates(date(1995, 1, 1), date(2035, 1, 1))
SPANS = st.lists(st.builds(Span, st.text("ab"), st.none() | DAYS, st.none() | DAYS))


@given(SPANS)
def test_all_bars_are_within_the_drawing(spans: list[Span]) -> None:
    drawn = timeline(spans, TODAY)
    dated = [one for one in spans if one.since]
    assert (drawn is None) is (not dated)
    if drawn:
        assert [bar.label for bar in drawn.bars] == [one.label for one in dated][:MOST]
        assert all(0 <= bar.x <= 100 for bar in drawn.bars)
        assert all(bar.width > 0 for bar in drawn.bars)
        assert all(0 <= year.x <= 100 for year in drawn.years)


def test_a_bar_is_as_long_as_it_lasted() -> None:
    first = date(2026, 1, 1)
    # It begins on the first of January in China, where midnight is sixteen hours of the day before.
    instant = datetime(2025, 12, 31, 16, tzinfo=UTC)
    spans = [
        Span("whole", instant, None),
        Span("half", first, first + timedelta(days=92)),
        Span("later", first + timedelta(days=92), TODAY),
    ]
    drawn = timeline(spans, TODAY)
    assert drawn
    assert drawn.today is not None
    whole, half, later = drawn.bars
    assert (whole.x, whole.width) == (0, 100)
    assert half.width == later.x
    assert abs(later.x + later.width - drawn.today) < 0.02
    assert [bar.y for bar in drawn.bars] == [0, 34, 68]
