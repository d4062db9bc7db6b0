"""Folding of characters that print alike, one for one, so that offsets stay true."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

# Chinese characters, as ranges within the brackets of a pattern: unified ideographs with extension A,
# and the compatibility ones.
HAN = "\u3400-\u9fff\uf900-\ufaff"
CHINESE = re.compile(f"[{HAN}]")
_PRINTED = re.compile(r"\S")
_FOLDED: dict[str, str] = {}
for _code in range(0xFF10, 0xFF5B):
    if chr(_code - 0xFEE0).isalnum():
        _FOLDED[chr(_code)] = chr(_code - 0xFEE0)
for _code in range(0x2F00, 0x2FD6):
    # Radicals that PDF and Word leave in copied text: ⽇ for 日.
    _FOLDED[chr(_code)] = normalize("NFKC", chr(_code))
for _code in (9, 11, 12, 13, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F):
    _FOLDED[chr(_code)] = " "
_FOLDED |= zip("()﹙﹚[]［］﹝﹞{}〖〗:％．－–", "（）（）〔〕〔〕〔〕〔〕〔〕：%.--", strict=True)
_TABLE = str.maketrans(_FOLDED)
_BESIDE = rf"(?:(?<=[{HAN}》”）〕].)|(?= ?[{HAN}《“]))"
_MARKS = {mark: re.compile(mark + _BESIDE) for mark in ",;"}
# Few characters of a real text are folded: finding those takes a twentieth of what str.translate
# does, which looks every character up. A page of megabytes may be made of nothing else.
_FOLDS = re.compile("[" + re.escape("".join(_FOLDED)) + "]")
_REAL = 100_000


def fold(text: str) -> str:
    """`text` with full-width digits and letters as ASCII, every space but the newline as one
    ASCII space, round brackets as （）, square, curly and tortoise-shell ones as 〔〕, colons ：.

    A comma or semicolon beside Chinese characters is ，or ；, one in Alpha Co., Ltd. stays. The result
    has the same length. 【】 stay: they mark MOFCOM's label block.
    """
    folded = _FOLDS.sub(_fold_one, text) if len(text) < _REAL else text.translate(_TABLE)
    for mark, form in _MARKS.items():
        if mark in folded:
            folded = form.sub("，" if mark == "," else "；", folded)
    return folded


def _fold_one(match: re.Match[str]) -> str:
    return _FOLDED[match.group()]


def squeeze(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


class Compact(NamedTuple):
    """Text without any white space, and for each character its offset in the text it came from."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the compact text in the text it came from; empty spans stay empty."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else 0
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


def compact(folded: str, start: int = 0, end: int | None = None) -> Compact:
    """The part `start` to `end` of a folded text without white space, which mastheads (商 务 部)
    and signatures are full of.
    """
    stop = len(folded) if end is None else min(end, len(folded))
    part = folded[start:stop]
    text = squeeze(part)
    if len(text) == len(part):
        return Compact(text, range(start, stop))
    return Compact(text, [start + match.start() for match in _PRINTED.finditer(part)])
