"""Conditions of `mofcom export`: what is read of them, and that no value becomes SQL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cli.export.where import (
    OPERATORS,
    Condition,
    NoCondition,
    condition_sql,
    read_condition,
)

TYPES = {"title": "text", "issued_on": "date", "issuers": "text[]", "rate": "numeric", "on": "date"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("issued_on >= 2025-10-01", ("issued_on", ">=", "2025-10-01")),
        ("issued_on>=2025-10-01", ("issued_on", ">=", "2025-10-01")),
        ("rate<25.4", ("rate", "<", "25.4")),
        ("title = a = b", ("title", "=", "a = b")),
        ("title != ", ("title", "!=", "")),
        ("title LIKE %稀土%", ("title", "like", "%稀土%")),
        ("title in 公告, 令", ("title", "in", "公告, 令")),
        # A column whose name begins like an operator.
        ("in_force = true", ("in_force", "=", "true")),
    ],
)
def test_a_condition_is_read(text: str, expected: tuple[str, str, str]) -> None:
    assert read_condition(text) == Condition(*expected)


@pytest.mark.parametrize(
    "text", ["", "title", "title is null", "a b = 1", '"title" = 1', "title liken"]
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(NoCondition, match="write COLUMN OPERATOR VALUE"):
        read_condition(text)


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("issued_on >= 2025-10-01", '"issued_on" >= $3::text::date'),
        ("title != x", '("title" = $3::text::text) IS NOT TRUE'),
        ("rate in 1, 2", '"rate" = ANY ($3::text[]::numeric[])'),
        (
            "issuers = x",
            'EXISTS (SELECT FROM unnest("issuers") AS e (e) WHERE e.e = $3::text::text)',
        ),
    ],
)
def test_the_sql_of_a_condition(text: str, sql: str) -> None:
    assert condition_sql(read_condition(text), TYPES, 3)[0] == sql


@given(
    value=st.text(alphabet="'\";-$)( a"),
    column=st.sampled_from(sorted(TYPES)),
    operator=st.sampled_from(OPERATORS),
)
def test_the_sql_does_not_depend_on_the_value(value: str, column: str, operator: str) -> None:
    sql, parameter = condition_sql(Condition(column, operator, value), TYPES, 1)
    assert sql == condition_sql(Condition(column, operator, "x"), TYPES, 1)[0]
    assert parameter == ([one.strip() for one in value.split(",")] if operator == "in" else value)


def test_a_column_must_be_one_of_the_rows() -> None:
    with pytest.raises(NoCondition, match="no column titel: title, issued_on"):
        condition_sql(read_condition("titel = x"), TYPES, 1)
