"""The entries that a list prints as a table."""

from services.parser.document.document import Document
from services.parser.document.entity_lists.entry import Entry
from services.parser.document.entity_lists.entry_forms import COLUMNS
from services.parser.document.grid import Grid, grid_of, header_of
from services.parser.document.names import is_latin, name_at
from services.parser.layouts.page import TextTable
from shared.chinese.markers import marker_at
from shared.chinese.numerals import number
from shared.chinese.text import Span, trimmed


def table_entries(document: Document, table: TextTable, before: int) -> list[Entry]:
    """The entries of one table, counted on from `before` where no number is printed."""
    grid = grid_of(table)
    header = header_of(grid, COLUMNS)
    column = header.columns.get("after", header.columns.get("name"))
    if column is None:
        return []
    entries: list[Entry] = []
    for row in range(header.first, len(grid.rows)):
        cell = grid.cell(row, column)
        if cell is None or not cell.text.strip():
            continue
        span = trimmed(document.body.folded, cell.start, cell.end)
        marker = marker_at(document.body.folded, *span)
        name = name_at(document.body.folded, marker.end if marker else span.start, span.end)
        latin = _cell(document, grid, row, header.columns.get("latin"))
        if latin and is_latin(document.body.folded, latin):
            name = name._replace(latin=latin)
        address = _cell(document, grid, row, header.columns.get("address"))
        if (not name.zh and not name.latin) or (entries and entries[-1].name == name):
            continue
        position = before + len(entries) + 1
        at = _cell(document, grid, row, header.columns.get("position"))
        printed = number(document.body.folded[at.start : at.end].strip(".、 ")) if at else None
        former = _cell(document, grid, row, header.columns.get("former"))
        entries.append(
            Entry(name, printed or position, None, address, at if printed else None, former)
        )
    return entries


def _cell(document: Document, grid: Grid, row: int, column: int | None) -> Span | None:
    cell = grid.cell(row, column) if column is not None else None
    return trimmed(document.body.folded, cell.start, cell.end, "（）") or None if cell else None
