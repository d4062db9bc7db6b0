"""Spans of the body text: what the readers of lists keep until a value and its evidence are made."""

import re
from typing import NamedTuple

from services.parser.document.document import Document

_UNPRINTED = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BLANK = _UNPRINTED + "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_SPACES = re.compile(r"\s+")


class Span(NamedTuple):
    """Characters `start` to `end` of the body text."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


def trimmed(folded: str, start: int, end: int, also: str = "") -> Span:
    """The span without white space, characters that print nothing and those of `also` at its ends."""
    drop = _BLANK + also
    text = folded[start:end].rstrip(drop)
    return Span(start + len(text) - len(text.lstrip(drop)), start + len(text))


def quoted(document: Document, span: Span | None) -> str | None:
    """The text at a span on one line, runs of white space as one space; None for no span."""
    if not span:
        return None
    text = document.body_text[span.start : span.end]
    if text.isprintable() and "  " not in text:
        return text
    for char in _UNPRINTED:
        text = text.replace(char, "")
    return _SPACES.sub(" ", text)
