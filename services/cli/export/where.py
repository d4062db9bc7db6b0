"""What `--where` says: a column, an operator and a value, and the SQL of it with the value as a parameter."""

import re
from collections.abc import Mapping
from typing import NamedTuple

OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "like", "in")
_FORM = re.compile(
    r"\s*(?P<column>\w+)(?:\s*(?P<sign>!=|<=|>=|=|<|>)|\s+(?P<word>like|in)\s)\s*(?P<value>.*?)\s*",
    re.DOTALL | re.IGNORECASE,
)


class NoCondition(ValueError):
    """A text that is no condition, or one that is not on a column of the rows; the message says what to do."""


class Condition(NamedTuple):
    """`operator` is one of OPERATORS; `value` as people write it, for `in` separated by commas."""

    column: str
    operator: str
    value: str


def read_condition(text: str) -> Condition:
    """The condition that a text says.

    >>> read_condition("issued_on >= 2025-10-01")
    Condition(column='issued_on', operator='>=', value='2025-10-01')

    Raises NoCondition.
    """
    if (found := _FORM.fullmatch(text)) is None:
        raise NoCondition(
            f"{text!r} is no condition: write COLUMN OPERATOR VALUE, e.g. 'issued_on >= 2025-10-01'; "
            f"operators are {' '.join(OPERATORS)}"
        )
    return Condition(found["column"], found["sign"] or found["word"].lower(), found["value"])


def condition_sql(
    condition: Condition, types: Mapping[str, str], n: int
) -> tuple[str, str | list[str]]:
    """The condition in SQL, with its value as parameter `n`, and that value.

    >>> condition_sql(Condition("hs_code", "like", "2805%"), {"hs_code": "text"}, 1)
    ('"hs_code"::text LIKE $1::text', '2805%')

    `types` are PostgreSQL's names of the columns' types. A list fulfils a condition if one of its elements
    does, and `!=` if none of them is equal; what has no value is `!=` to any. Raises NoCondition for a column
    that is not among `types`.
    """
    column, operator, value = condition
    if column not in types:
        raise NoCondition(f"there is no column {column}: {', '.join(types)}")
    if operator == "!=":
        equal, parameter = condition_sql(Condition(column, "=", value), types, n)
        return f"({equal}) IS NOT TRUE", parameter
    element = types[column].removesuffix("[]")
    is_list = element != types[column]
    left = "e.e" if is_list else f'"{column}"'
    match operator:
        case "like":
            test = f"{left}::text LIKE ${n}::text"
        case "in":
            test = f"{left} = ANY (${n}::text[]::{element}[])"
        case _:
            test = f"{left} {operator} ${n}::text::{element}"
    if is_list:
        test = f'EXISTS (SELECT FROM unnest("{column}") AS e (e) WHERE {test})'
    return test, [one.strip() for one in value.split(",")] if operator == "in" else value
