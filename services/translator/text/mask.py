"""Replaces what an engine must not touch by placeholders, and restores it afterwards."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# No digits, so that nothing of it counts as a number; no real word begins with it.
_PREFIX = "ZQ"
_PLACEHOLDER = re.compile(rf"\b{_PREFIX}[A-Z]{{1,2}}\b", re.IGNORECASE)


class Masked(NamedTuple):
    """A text with placeholders, and the English that each stands for."""

    text: str
    english: dict[str, str]


def mask(text: str, spans: Iterable[tuple[int, int, str]]) -> Masked:
    """`text` with each span (start, end, English) behind a placeholder; the first of two wins.

    A page that prints a placeholder of its own keeps it: such names are passed over.
    """
    printed = {found.upper() for found in _PLACEHOLDER.findall(text)}
    names = (_PREFIX + first + second for first in ("", *_LETTERS) for second in _LETTERS)
    free = (name for name in names if name not in printed)
    english: dict[str, str] = {}
    masked, at = "", 0
    for start, end, rendering in sorted(spans):
        if start < at:
            continue
        name = next(free)
        english[name] = rendering
        masked += text[at:start] + name
        at = end
    return Masked(masked + text[at:], english)


def unmask(text: str, english: dict[str, str]) -> tuple[str, list[str]]:
    """`text` with what the placeholders stand for, and the English of those that were lost.

    One that an engine doubled or invented counts as lost too: it would say something twice.
    """
    counts = dict.fromkeys(english, 0)

    def back(match: re.Match[str]) -> str:
        name = match.group().upper()
        if name not in english:
            return match.group()
        counts[name] += 1
        return english[name]

    unmasked = _PLACEHOLDER.sub(back, text)
    return unmasked, [english[name] for name, count in counts.items() if count != 1]
