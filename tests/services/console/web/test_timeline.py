"""Spans as bars."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.console.web.timeline import MOST, Span, timeline

TODAY = date(2026, 7, 1)
DAYS = st.dates(date(1995, 1, 1), date(2035, 1, 1))
SPANS = st.lists(
    st.builds(Span, st.lists(st.text("ab")), st.none() | DAYS, st.none() | DAYS), max_size=MOST
)


@given(SPANS)
def test_all_bars_are_within_the_drawing(spans: list[Span]) -> None:
    drawn = timeline(spans, TODAY)
    dated = [one for one in spans if one.since]
    assert (drawn is None) is (not dated)
    if drawn:
        assert [bar.label for bar in drawn.bars] == [one.label for one in dated]
        assert all(0 <= bar.x <= 100 for bar in drawn.bars)
        assert all(bar.width > 0 for bar in drawn.bars)
        assert all(0 <= year.x <= 100 for year in drawn.years)
        assert len(drawn.years) <= 8


def test_what_begins_today_is_seen_and_today_only_where_it_is_within() -> None:
    new = timeline([Span(["new"], TODAY, None)], TODAY)
    assert new
    assert (new.bars[0].width, new.today) == (100, 0)
    past = timeline([Span(["past"], date(2020, 1, 1), date(2021, 1, 1))], TODAY)
    assert past
    assert past.today is not None
    assert past.bars[0].width < past.today < 100
    future = timeline([Span(["future"], TODAY + timedelta(days=1), None)], TODAY)
    assert future
    assert future.today is None


def test_the_first_of_many() -> None:
    drawn = timeline([Span([str(number)], TODAY, None) for number in range(MOST + 1)], TODAY)
    assert drawn
    assert [bar.label for bar in drawn.bars] == [[str(number)] for number in range(MOST)]
    assert drawn.left_out == 1


def test_a_bar_is_as_long_as_it_lasted() -> None:
    first = date(2026, 1, 1)
    # It begins on the first of January in China, where midnight is sixteen hours of the day before.
    instant = datetime(2025, 12, 31, 16, tzinfo=UTC)
    spans = [
        Span(["whole"], instant, None),
        Span(["half"], first, first + timedelta(days=92)),
        Span(["later"], first + timedelta(days=92), TODAY),
    ]
    drawn = timeline(spans, TODAY)
    assert drawn
    assert drawn.today is not None
    whole, half, later = drawn.bars
    assert (whole.x, whole.width) == (0, 100)
    assert half.width == later.x
    assert abs(later.x + later.width - drawn.today) < 0.02
    assert [bar.y for bar in drawn.bars] == [0, 34, 68]
