"""Items that a list prints without any code: 下列技术禁止出口：（一）甲提炼技术；（二）乙加工技术."""

from collections.abc import Iterator

from services.parser.document.controlled_items.goods import Good
from services.parser.document.controlled_items.sentence_forms import POINTS
from services.parser.document.controlled_items.sentences import Controlled
from services.parser.document.controlled_items.tree import NO_ITEMS
from services.parser.document.document import Document
from shared.chinese.markers import marker_at
from shared.chinese.text import Line, trimmed

_LONGEST = 80


def uncoded_items(document: Document, lead: Controlled) -> Iterator[Good]:
    """The numbered lines right below a sentence that leads to a list of goods; what stands below them
    describes them. Nothing where a line is no name.
    """
    body = document.body
    line = body.line_at(lead.start)
    if line is None or not line.folded.rstrip().endswith("："):
        return
    names = [
        trimmed(body.folded, start, below.end, "。；：")
        for start, below in _below(body.lines, line)
    ]
    if all(_is_name(body.folded[name.start : name.end]) for name in names):
        yield from map(Good, names)


def _below(lines: tuple[Line, ...], lead: Line) -> Iterator[tuple[int, Line]]:
    """The lines of one level below a line, each with where its text begins."""
    own = marker_at(lead.folded)
    level = 0
    for line in lines[lead.index + 1 :]:
        marker = marker_at(line.folded)
        if marker is None or (own is not None and marker.level <= own.level):
            return
        level = level or marker.level
        if marker.level < level:
            return
        if marker.level == level:
            yield line.start + marker.end, line


def _is_name(text: str) -> bool:
    return (
        2 <= len(text) <= _LONGEST
        and NO_ITEMS.search(text) is None
        and not any(found.name != "anything" for found in POINTS.ranked(text))
    )
