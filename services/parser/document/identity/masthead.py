"""The head of a document: the lines before its first paragraph, where masthead and number stand."""

from services.parser.document.document import Document, Line
from shared.chinese.characters import squeeze

_HEAD_LINES = 16
_PROSE = "。；！？"


def head_lines(document: Document, after: int) -> tuple[Line, ...]:
    """The lines between the label block, which ends at `after`, and the first that reads like prose.

    A line that repeats the page's title is not part of it, nor is anything behind an addressee.
    """
    title = squeeze(document.folded_title)
    lines: list[Line] = []
    for line in document.lines:
        if line.start < after:
            continue
        text = line.folded.strip()
        if not text or line.bare == title:
            continue
        is_bracketed = text[0] == "（" and text[-1] == "）"
        if any(mark in text for mark in _PROSE) and not is_bracketed:
            break
        if len(text) > 120 or len(lines) >= _HEAD_LINES:
            break
        lines.append(line)
        if text.endswith("："):
            break
    return tuple(lines)
