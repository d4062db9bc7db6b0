"""A text cut where its evidence begins and ends, so that values and the words they were read from light up together."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Evidence(NamedTuple):
    """Words of a text, by offsets in characters, and the number of the value that was read from them."""

    number: int
    starts: int
    ends: int


class Piece(NamedTuple):
    """A part of a line, and the numbers of the values that rest on it, ascending."""

    text: str
    numbers: tuple[int, ...]


def pieces(text: str, evidence: Iterable[Evidence]) -> list[list[Piece]]:
    """The text as lines of pieces; nothing of a line is lost.

    >>> pieces("abc", [Evidence(1, 1, 2)])
    [[Piece(text='a', numbers=()), Piece(text='b', numbers=(1,)), Piece(text='c', numbers=())]]
    """
    spans = [one for one in evidence if 0 <= one.starts < one.ends <= len(text)]
    lines, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        here = [one for one in spans if one.starts < end and one.ends > at]
        lines.append(_line(line, at, here))
        at = end + 1
    return lines


def _line(line: str, at: int, here: Sequence[Evidence]) -> list[Piece]:
    end = at + len(line)
    cuts = {at, end}
    for one in here:
        cuts |= {max(at, one.starts), min(end, one.ends)}
    ordered = sorted(cuts)
    return [
        Piece(
            line[first - at : last - at],
            tuple(sorted(one.number for one in here if one.starts <= first and last <= one.ends)),
        )
        for first, last in pairwise(ordered)
    ]
