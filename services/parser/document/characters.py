"""Folding of characters that print alike, one for one, so that offsets stay true."""

from typing import NamedTuple
from unicodedata import normalize

_TABLE: dict[int, str | int] = {}
for _code in range(0xFF10, 0xFF5B):
    if chr(_code - 0xFEE0).isalnum():
        _TABLE[_code] = chr(_code - 0xFEE0)
for _code in range(0x2F00, 0x2FD6):
    # Radicals that PDF and Word leave in copied text: ⽇ for 日.
    _TABLE[_code] = normalize("NFKC", chr(_code))
for _code in (9, 11, 12, 13, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F):
    _TABLE[_code] = " "
_TABLE |= str.maketrans("()﹙﹚[]［］﹝﹞{}:％．－–", "（）（）〔〕〔〕〔〕〔〕：%.--")


def fold(text: str) -> str:
    """`text` with full-width digits and letters as ASCII, every space but the newline as one
    ASCII space, round brackets as （）, square, curly and tortoise-shell ones as 〔〕, colons ：.

    The result has the same length. 【】 stay: they mark MOFCOM's label block.
    """
    return text.translate(_TABLE)


def squeeze(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


class Compact(NamedTuple):
    """Text without any white space, and for each character its offset in the text it came from."""

    text: str
    offsets: tuple[int, ...]

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
    stop = len(folded) if end is None else end
    offsets = tuple(i for i in range(start, stop) if not folded[i].isspace())
    return Compact("".join(folded[i] for i in offsets), offsets)
