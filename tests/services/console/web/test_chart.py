"""Columns of a chart."""

from hypothesis import given
from hypothesis import strategies as st

from services.console.web.pipeline.chart import stacked

VALUES = st.dictionaries(
    st.text("ab", min_size=1, max_size=3),
    st.fixed_dictionaries({"done": st.integers(0, 99), "dead": st.integers(0, 99)}),
)


@given(VALUES)
def test_columns_are_as_high_as_their_values(values: dict[str, dict[str, float]]) -> None:
    chart = stacked(values)
    top = max((sum(parts.values()) for parts in values.values()), default=0)
    assert (chart is None) is (top == 0)
    if chart:
        assert chart.top == top
        assert [column.label for column in chart.columns] == list(values)
        for column in chart.columns:
            for part in column.parts:
                assert abs(part.height - 100 * part.value / top) < 0.01
                assert -0.01 <= part.y <= 100
            done, died = column.parts
            # What comes later stands on what came before.
            assert abs(died.y + died.height - done.y) < 0.02
