"""Lines of files as text: what pages have by CSS (services/parser/layouts/rendering.py) for files."""

import re

from services.parser.layouts.rendering import tidy

_BREAKS = re.compile(r"[ \t\u3000]*[\r\n\v\f\u2028\u2029]+[ \t]*")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_WIDE_END, _WIDE_START = re.compile(f"[{_WIDE}“”‘’…—]$"), re.compile(f"[{_WIDE}“”‘’…—]")
# What stands for an object in a text, and what JSON and PostgreSQL do not take.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffc\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without control characters and halves of characters."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """The lines of a cell or paragraph as one, joined by spaces as those of a page are."""
    return tidy(clean(_BREAKS.sub("\n", text).replace("\n", " ").replace("\t", " ")))


def wrapped(lines: list[str]) -> str:
    """Lines that only the width of a page has divided: without a space beside Chinese characters."""
    out = ""
    for line in lines:
        if out and not (_WIDE_END.search(out) or _WIDE_START.match(line)):
            out += " "
        out += line
    return out
