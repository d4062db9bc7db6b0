"""The masthead 版头 and the number: the lines between the label block and the first paragraph."""

from services.parser.document.document import Document, Reading
from services.parser.document.identity.head_forms import NOTES
from shared.chinese.sentences import STOPS
from shared.chinese.text import Line

_MOST_LINES = 16


def first_lines(document: Document) -> list[Line]:
    """The first lines of the text itself: behind the label block, without those that repeat the title
    and the site's notes above it (编者按, 转载自, 全文如下).
    """
    title = document.title.bare
    lines: list[Line] = []
    for line in document.body.lines:
        if line.start < document.label_block.end or not line.bare or line.bare == title:
            continue
        if len(lines) <= 1 and NOTES.match(line.bare):
            lines.clear()
            continue
        lines.append(line)
        if len(lines) == _MOST_LINES:
            break
    return lines


def read(document: Document) -> Reading[tuple[Line, ...]]:
    """The lines before the first line of prose; none after an addressee."""
    lines: list[Line] = []
    for line in first_lines(document):
        text = line.folded.strip()
        is_bracketed = text[0] == "（" and text[-1] == "）"
        if any(mark in text for mark in STOPS) and not is_bracketed:
            break
        if len(text) > 120:
            break
        lines.append(line)
        if text.endswith("："):
            break
    return Reading(tuple(lines))
