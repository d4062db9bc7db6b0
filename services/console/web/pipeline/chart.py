"""Columns of a chart, drawn as SVG by a template."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Part(NamedTuple):
    """A part of a column, from `y` down, in per cent of the chart's height."""

    kind: str
    y: float
    height: float
    value: float


class Column(NamedTuple):
    """A column at `x`, in per cent of the chart's width."""

    label: str
    x: float
    parts: Sequence[Part]


class Chart(NamedTuple):
    """`width` is that of each column, in per cent; `top` the value at the upper edge; `kinds` the legend."""

    columns: Sequence[Column]
    width: float
    top: float
    kinds: Sequence[str]


def stacked(values: Mapping[str, Mapping[str, float]]) -> Chart | None:
    """Values by kind, stacked on each other, by the labels of the columns in order; None without any.

    >>> stacked({"Mon": {"done": 3, "dead": 1}}).columns[0].parts[0]
    Part(kind='done', y=25.0, height=75.0, value=3)
    """
    top = max((sum(parts.values()) for parts in values.values()), default=0)
    if not top:
        return None
    width = 100 / len(values)
    columns = []
    for number, (label, parts) in enumerate(values.items()):
        drawn, below = [], 0.0
        for kind, value in parts.items():
            below += value
            height = round(100 * value / top, 2)
            drawn.append(Part(kind, round(100 - 100 * below / top, 2), height, value))
        columns.append(Column(label, round(number * width, 3), drawn))
    kinds = list(dict.fromkeys(kind for parts in values.values() for kind in parts))
    return Chart(columns, round(0.8 * width, 3), top, kinds)
