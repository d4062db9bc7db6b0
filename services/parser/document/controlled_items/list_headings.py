"""What the captions of tables, the headings of lists in an annex and its title say that a list is of."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from services.parser.document.controlled_items.annexed_forms import (
    HEADINGS,
    MATTERS,
    PARTS,
    RATES,
)
from services.parser.document.document import Document
from services.parser.layouts.page import TextTable
from shared.chinese.characters import fold, squeeze
from shared.chinese.markers import marker_at
from shared.chinese.numerals import number
from shared.chinese.text import Line

Matter = Literal["free", "paper", "taxed", "controlled"]
_MATTERS: dict[str, Matter] = {
    "free": "free",
    "paper": "paper",
    "taxed": "taxed",
    "list": "controlled",
    "controlled": "controlled",
}
# What lists of no controlled goods are of.
OTHERS: frozenset[Matter | None] = frozenset(("free", "paper", "taxed"))
_LONGEST_HEADING = 60
# The lowest level of numbers that headings have: （一）.
_LOWEST = 2
# Rows in which the headings of columns stand.
_HEADING_ROWS = 3


class Heading(NamedTuple):
    """A line that heads a list, and its level (`Marker.level`, 0 without a number). What it is about, and the number of
    the part of an annex that it heads (第二部分), are those of the heading around it where it says none.
    """

    line: Line
    level: int
    matter: Matter | None
    part: int | None


def headings_of(lines: Iterable[Line]) -> Iterator[Heading]:
    """The headings of lists among the lines of an annex."""
    around: list[Heading] = []
    for line in lines:
        if not _is_short(line) or not HEADINGS.match(line.bare):
            continue
        marker = marker_at(line.folded)
        level = marker.level if marker else 0
        own = matter_of(line.folded)
        # 2.甲冶炼技术 is an item.
        part = PARTS.match(line.bare)
        if level > _LOWEST or (not level and own is None and part is None):
            continue
        while around and around[-1].level >= level:
            around.pop()
        outer = around[-1] if around else None
        heading = Heading(
            line,
            level,
            own or (outer.matter if outer else None),
            number(part["number"]) if part else outer.part if outer else None,
        )
        around.append(heading)
        yield heading


def caption_of(document: Document, table: TextTable) -> Line | None:
    """The line above a table, where it is none of another table."""
    above = document.body.line_at(table.start - 1) if table.start else None
    return above if above is not None and "\t" not in above.raw else None


def captioned_matter(caption: Line | None) -> Matter | None:
    """What the caption of a table is about; a sentence is none."""
    return matter_of(caption.folded) if caption is not None and _is_short(caption) else None


def matter_of(folded: str) -> Matter | None:
    """What a heading, a title or a part of a sentence is about."""
    found = next(MATTERS.ranked(squeeze(folded)), None)
    return _MATTERS[found.name] if found else None


def states_rates(table: TextTable) -> bool:
    """Whether a column of a table is one of rates."""
    return any(
        RATES.search(squeeze(fold(cell.text)))
        for row in table.rows[:_HEADING_ROWS]
        for cell in row
        if len(cell.text) <= _LONGEST_HEADING
    )


def _is_short(line: Line) -> bool:
    return len(line.bare) <= _LONGEST_HEADING and "\t" not in line.raw
