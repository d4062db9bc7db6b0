"""Characters as lines of text, and lines as the paragraphs that the width of a page or cell has divided."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from services.parser.attachments.pdf.page import Character
from services.parser.attachments.texts import one_line
from shared.attachment import least_certain
from shared.chinese.sentences import STOPS

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff“”‘’…—·]")
# A gap that is a space, in heights of a character: between Latin letters or digits, and between others.
_LATIN_GAP, _WIDE_GAP = 0.22, 1.0
# Beside a letter, programs put a quarter of a character's width before a Chinese one, which is no space.
_MIXED_GAP = 0.6
# A word is not divided, and no line begins with a stop. In heights of a character, what a cell leaves free.
_FIRST_WORD = re.compile(rf"(?:[!-~]+|.)[、，：）】》”’{STOPS}]*")
_SLACK = 0.6
# So near to the right edge of the text, in heights of a character, a line is full.
_ROOM = 1.6
_INDENT = 1.2
_LAST_DIGITS, _FIRST_DIGITS = re.compile(r"\d+$"), re.compile(r"\d+")
# Digits of a heading, a subheading and the national codes of a customs tariff.
_CODE_LENGTHS = frozenset({4, 6, 8, 10})


@dataclass
class TextLine:
    """A line: its text and box; `size` is the height of its characters, `confidence` that of the least certain one."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)


def lines_of(characters: Sequence[Character]) -> list[TextLine]:
    """The lines from top to bottom. What does not stand upright is one line, in the file's order."""
    rows: list[list[Character]] = []
    limits: list[tuple[float, float]] = []
    upright = [one for one in characters if not one.turned]
    # (Spaces last: some stand higher than the line that they are in.)
    for one in sorted(upright, key=lambda one: (one.text.isspace(), one.middle[1])):
        at = _line_of(one, limits) if one.text.isspace() else len(limits) - 1
        if at >= 0 and _is_in(one, limits[at]):
            rows[at].append(one)
            if one.bottom - one.top > limits[at][1] - limits[at][0]:
                limits[at] = (one.top, one.bottom)
        elif not one.text.isspace():
            rows.append([one])
            limits.append((one.top, one.bottom))
    lines = [line for row in rows if (line := _line(sorted(row, key=lambda one: one.left)))]
    turned = [one for one in characters if one.turned and not one.text.isspace()]
    if turned:
        lines.append(_boxed("".join(one.text for one in turned), turned))
    return lines


def _line_of(one: Character, limits: list[tuple[float, float]]) -> int:
    at = bisect_right(limits, one.middle[1], key=lambda limit: limit[0]) - 1
    return at if at >= 0 and _is_in(one, limits[at]) else at - 1


def _is_in(one: Character, limit: tuple[float, float]) -> bool:
    """Whether half of a character, or of a line of smaller ones, lies in the other: 合同² is one line."""
    top, bottom = limit
    overlap = min(bottom, one.bottom) - max(top, one.top)
    return overlap > min(one.bottom - one.top, bottom - top) / 2


def _line(row: list[Character]) -> TextLine | None:
    printed = [one for one in row if not one.text.isspace()]
    if not printed:
        return None
    out = ""
    before: Character | None = None
    for one in row:
        if one.text.isspace():
            out += " "
            continue
        if before is not None and not out.endswith(" "):
            size = max(one.bottom - one.top, before.bottom - before.top)
            wide = bool(_WIDE.match(one.text)) + bool(_WIDE.match(before.text))
            if one.left - before.right > size * (_LATIN_GAP, _MIXED_GAP, _WIDE_GAP)[wide]:
                out += " "
        out += one.text
        before = one
    return _boxed(out, printed)


def _boxed(text: str, characters: Sequence[Character]) -> TextLine:
    return TextLine(
        one_line(text),
        min(one.left for one in characters),
        min(one.top for one in characters),
        max(one.right for one in characters),
        max(one.bottom for one in characters),
        least_certain(one.confidence for one in characters),
    )


def cell_text(characters: Sequence[Character], left: float, right: float) -> str:
    """The text of a cell between two edges. A line that fills it goes on in the next one; behind one that
    does not, there is a space, as between the lines of a cell on a page.
    """
    lines = lines_of(characters)
    if not lines:
        return ""
    if len(lines) > 2 and all(len(line.text) == 1 for line in lines):
        # Written from top to bottom.
        return "".join(line.text for line in lines)
    margin = max(0.0, min(min(line.left - left for line in lines), 8.0))
    width = right - left - 2 * margin
    out = lines[0].text
    for before, line in itertools.pairwise(lines):
        full = before.right - before.left + _room_for(line) > width
        out = joined(out, line.text, full=full)
    return out


def _room_for(line: TextLine) -> float:
    """The width that the first word of a line would have needed in the line before it."""
    word = _FIRST_WORD.match(line.text)
    text = word[0] if word else ""
    return line.size * (sum(0.6 if one < "\x7f" else 1.0 for one in text) + _SLACK)


def joined(text: str, more: str, *, full: bool = True) -> str:
    """A text and the next line: without a space where a full line goes on beside a Chinese character, behind
    a hyphen or within a number. Two customs codes in two lines stay two, and one in two lines is one.
    """
    if not text or not more:
        return text + more
    end, start = text[-1], more[0]
    if end.isdigit() and start.isdigit():
        together = _is_one_number(text, more, full)
    else:
        together = full and bool(end in "-‐/（(" or _WIDE.match(end) or _WIDE.match(start))
    return text + more if together else f"{text} {more}"


def _is_one_number(text: str, more: str, full: bool) -> bool:
    first = len(_LAST_DIGITS.search(text)[0])  # type: ignore[index]
    second = len(_FIRST_DIGITS.match(more)[0])  # type: ignore[index]
    if first + second in _CODE_LENGTHS:
        return full or first not in _CODE_LENGTHS
    return full and not (first in _CODE_LENGTHS and second in _CODE_LENGTHS)


def paragraphs_of(lines: Sequence[TextLine], width: float) -> list[list[TextLine]]:
    """Lines as paragraphs: one that reaches the right edge of the text goes on in the next line, if that
    begins at the left edge and not further in, and is of the same size. `width` is that of the page: a text that
    is less than half as wide is a list of short lines.
    """
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    out = [[lines[0]]]
    for before, line in itertools.pairwise(lines):
        goes_on = (
            before.right > right - _ROOM * before.size
            and line.left < left + _INDENT * line.size
            and before.right - before.left > width / 2
            and abs(before.size - line.size) < 0.3 * line.size
            and line.top - before.bottom < 1.5 * line.size
        )
        if goes_on:
            out[-1].append(line)
        else:
            out.append([line])
    return out


def paragraph_text(lines: Sequence[TextLine]) -> str:
    """The text of a paragraph's lines."""
    text = ""
    for line in lines:
        text = joined(text, line.text)
    return text
