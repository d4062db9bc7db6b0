"""Splits a text for engines: at most one sentence and 120 characters at a time."""

import re
from itertools import pairwise

from shared.chinese.sentences import FULL_STOPS

LONGEST = 120
_END = re.compile(rf"[{FULL_STOPS}!?]+[”’』」）)》]*|[；;](?=.)")
_PAUSE = re.compile(r"[，,：:]")
_ENUMERATION = re.compile(r"[、\s]")
_OPEN, _CLOSE = "（(《〈“‘「『【〔[", "）)》〉”’」』】〕]"


def sentences(line: str) -> list[str]:
    """The sentences of a line, in order; joined they are the line again.

    Ends are 。！？ and ； outside brackets and quotations. What is longer than `LONGEST` characters
    is split at commas, then at 、, then anywhere, with brackets whole where they fit.
    """
    parts: list[str] = []
    for sentence in _cut(line, _END):
        parts.extend(_shortened(sentence))
    return parts


def _shortened(text: str) -> list[str]:
    if len(text) <= LONGEST:
        return [text]
    for mark in (_PAUSE, _ENUMERATION):
        pieces = _cut(text, mark)
        if len(pieces) > 1:
            return [
                short
                for joined in _joined(pieces)
                for short in (_shortened(joined) if len(joined) < len(text) else [joined])
            ]
    return [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)]


def _joined(pieces: list[str]) -> list[str]:
    """Neighbours joined while they fit."""
    joined: list[str] = []
    for piece in pieces:
        if joined and len(joined[-1]) + len(piece) <= LONGEST:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _cut(text: str, mark: re.Pattern[str]) -> list[str]:
    depths = _depths(text)
    ends = [match.end() for match in mark.finditer(text) if depths[match.end() - 1] == 0]
    cuts = [0, *ends, len(text)]
    return [text[a:b] for a, b in pairwise(cuts) if b > a]


def _depths(text: str) -> list[int]:
    """How many brackets are open after each character; unclosed brackets do not count."""
    depths, depth = [], 0
    for char in text:
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        depths.append(depth)
    return depths if depth == 0 else [0] * len(text)
