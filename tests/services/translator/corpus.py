"""Sentence pairs and planted errors, read from the tables beside this file."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent


class Pair(NamedTuple):
    chinese: str
    english: str
    on: date


class Planted(NamedTuple):
    kind: str
    chinese: str
    english: str
    on: date
    checks: frozenset[str]


def _rows(name: str) -> list[list[str]]:
    lines = (_HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


# The tables name a year; its last month, when that year's bodies had their names.
PAIRS = [Pair(zh, en, date(int(year), 12, 1)) for zh, en, year in _rows("pairs.tsv")]
PLANTED = [
    Planted(kind, zh, en, date(int(year), 12, 1), frozenset(checks.split("|")))
    for kind, zh, en, year, checks in _rows("planted.tsv")
]
TITLES = [(chinese, english) for chinese, english in _rows("titles.tsv")]
