"""Pages of an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.console.api.paging import page
from services.console.problems import Problem


@given(
    st.lists(st.dictionaries(st.text(), st.integers() | st.none()), max_size=30), st.integers(1, 12)
)
def test_pages_are_the_answer(rows: list[dict[str, int | None]], limit: int) -> None:
    found: list[dict[str, int | None]] = []
    cursor, sizes = None, []
    while True:
        part = page(rows, str(limit), cursor)
        found += part.rows
        sizes.append(len(part.rows))
        cursor = part.cursor
        if cursor is None:
            break
    assert found == rows
    assert all(size == limit for size in sizes[:-1])


def test_a_cursor_of_another_answer_is_refused() -> None:
    cursor = page([{"a": 1}, {"a": 2}], "1", None).cursor
    with pytest.raises(Problem, match="begin again") as refused:
        page([{"a": 1}, {"a": 3}], "1", cursor)
    assert refused.value.status == 409


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "é", "AAAAAAAAAAAAAAAAAAA!"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Problem, match="cursor must be"):
        page([], None, cursor)


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "x", "", "1.5", "٣"])
def test_a_limit_is_a_number_within_bounds(limit: str) -> None:
    with pytest.raises(Problem, match="limit must be a number from 1 to 1000"):
        page([], limit, None)


def test_a_page_has_a_hundred_rows_where_no_limit_is_given() -> None:
    assert len(page(list(range(300)), None, None).rows) == 100
