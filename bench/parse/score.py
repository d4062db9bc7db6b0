"""Scores a reading, field by field."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bench.parse.pages import Truth

# Both write table rows with marks of their own between the cells; zero-width characters print nothing.
_UNPRINTED = re.compile(r"[\s|\u200b-\u200f\u2060\ufeff]+")


class Score(NamedTuple):
    """Shares of pages from 0 to 1. `text_lines` is the F1 of lines, `text` the share of pages whose
    text is the same character by character, white space aside.
    """

    title: float
    published_on: float
    text: float
    text_lines: float


def score(readings: Iterable[tuple[Truth, Truth]]) -> Score:
    """The score of pairs of label and value read; values without a label are not counted."""
    marks: dict[str, list[float]] = {name: [] for name in Score._fields}
    for right, read in readings:
        if right.title is not None:
            marks["title"].append(_bare(right.title) == _bare(read.title))
        if right.published_on is not None:
            marks["published_on"].append(right.published_on == read.published_on)
        if right.text is not None:
            marks["text"].append(_bare(right.text) == _bare(read.text))
            marks["text_lines"].append(_f1(right.text, read.text or ""))
    return Score(*(sum(each) / len(each) if each else float("nan") for each in marks.values()))


def _bare(text: str | None) -> str:
    return _UNPRINTED.sub("", text or "")


def _f1(right: str, read: str) -> float:
    wanted = Counter(filter(None, map(_bare, right.split("\n"))))
    found = Counter(filter(None, map(_bare, read.split("\n"))))
    common = sum((wanted & found).values())
    return 2 * common / (sum(wanted.values()) + sum(found.values())) if common else 0.0
