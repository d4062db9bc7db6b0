"""Spans of the body text: what the readers of lists keep until a value and its evidence are made."""

import re
from typing import NamedTuple

from services.parser.document.document import Document

_UNPRINTED = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPACES = re.compile(r"\s+")


class Span(NamedTuple):
    """Characters `start` to `end` of the body text."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


def trimmed(folded: str, start: int, end: int, also: str = "") -> Span:
    """The span without white space, characters that print nothing and those of `also` at its ends."""
    drop = _UNPRINTED + also
    while start < end and (folded[start].isspace() or folded[start] in drop):
        start += 1
    while end > start and (folded[end - 1].isspace() or folded[end - 1] in drop):
        end -= 1
    return Span(start, end)


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
