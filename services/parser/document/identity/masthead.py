"""The masthead 版头 and the number: the lines between the label block and the first paragraph."""

from services.parser.document.document import Document, Reading
from shared.chinese.sentences import STOPS
from shared.chinese.text import Line

_MOST_LINES = 16


def read(document: Document) -> Reading[tuple[Line, ...]]:
    """The lines before the first line of prose.

    A line that repeats the page's title is not part of it, nor is anything after an addressee.
    """
    title = document.title.bare
    lines: list[Line] = []
    for line in document.body.lines:
        if line.start < document.label_block.end:
            continue
        text = line.folded.strip()
        if not text or line.bare == title:
            continue
        is_bracketed = text[0] == "（" and text[-1] == "）"
        if any(mark in text for mark in STOPS) and not is_bracketed:
            break
        if len(text) > 120 or len(lines) >= _MOST_LINES:
            break
        lines.append(line)
        if text.endswith("："):
            break
    return Reading(tuple(lines))
