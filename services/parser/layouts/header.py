"""The visible line under a title: 来源, 类型, 分类, 时效状态 and the time of publication."""

import re
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborNode

from shared.english_dates import MONTH

# On English pages: Updated: November 9, 2025 10:30 From: MOFCOM
_MONTH = rf"(?:{MONTH})\.?"
_DATE = rf"(?:{_MONTH}\s*\d{{1,2}}\s*,?\s*\d{{4}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d{{1,2}}-\d{{1,2}})"
_TELLING = re.compile(
    rf"来\s*源\s*[:：]\s*(?!(?:文章)?类型)\S|\d{{4}}\s*[-年./]\s*\d{{1,2}}\s*[-月./]|\b{_DATE}"
)
_ENGLISH_HEADER = re.compile(
    rf"(?:(?:Updated?|Published|Posted|Date|Time)\b[^:：]{{0,12}}[:：]?\s*|\w+day,\s*)?{_DATE}\b"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:[\s,]*(?:From|Source|Type|By|Editor|Author|Views|\||\[).*)?$"
    r"|(?:Source|From)\s*[:：].{1,80}$"
)
_HEADER = re.compile(
    r"^(?:(?:发布|更新)?(?:时间|日期)\s*[:：]\s*)?\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}日?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*(?:(?:文章|信息)?来源|作者|浏览|字体|字号|\[).*)?$"
    r"|^(?:文章|信息)?来源\s*[:：].{0,80}$"
)
# How many lines there may be between header and text, and how long a header may be.
_ABOVE, _LONGEST = 6, 120
_SPACES = re.compile(r"\s+")


def header_line(headers: Iterable[LexborNode]) -> str | None:
    """The first header that contains a date or a source, as one line."""
    for node in headers:
        line = _visible(node)
        if _TELLING.search(line):
            return line
    return None


def is_header(line: str) -> bool:
    """Whether a line is only a header: the time of publication, 来源, the choice of font size."""
    if "\t" in line:
        return False
    return _HEADER.match(line) is not None or _ENGLISH_HEADER.match(line) is not None


def header_above(lines: Sequence[str], first: str) -> str | None:
    """The header among all lines of a page, as one line: the short lines with a date or source
    right above `first`, the first line of the text.
    """
    if first not in lines:
        return None
    index = lines.index(first)
    telling = [
        line
        for line in lines[max(0, index - _ABOVE) : index]
        if len(line) <= _LONGEST and "\t" not in line and _TELLING.search(line)
    ]
    return " ".join(telling) or None


def _visible(node: LexborNode) -> str:
    # The header's spans carry `m-ar-none` (hidden on phones), which is furniture only in a body.
    parts = (part.text_content or "" for part in node.traverse(include_text=True) if _is_text(part))
    return _SPACES.sub(" ", " ".join(parts)).strip()


def _is_text(node: LexborNode) -> bool:
    parent = node.parent
    return node.tag == "-text" and (parent is None or parent.tag not in ("script", "style"))
