"""A table that goes on over pages as one table, and a row that does as one row."""

import itertools
from collections.abc import Sequence

from services.parser.attachments.pdf.lines import joined
from shared.attachment import Cell, least_certain

# Upright edges of the two parts, in points; header rows that each page repeats.
_NEAR = 4.0
_MOST_HEADER_ROWS = 3

Rows = list[list[Cell]]


class Part:
    """A table on one page: its rows, and where its columns are."""

    def __init__(self, rows: Rows, columns: Sequence[float], page: int) -> None:
        self.rows = rows
        self.columns = columns
        self.page = page

    def has_columns_of(self, other: "Part") -> bool:
        """Whether both have the same columns."""
        return len(self.columns) == len(other.columns) and all(
            abs(one - two) < _NEAR for one, two in zip(self.columns, other.columns, strict=True)
        )

    def repeats_header_of(self, other: "Part") -> int:
        """How many of its first rows are those of the other, which a program repeats on each page."""
        for count in range(min(_MOST_HEADER_ROWS, len(self.rows), len(other.rows) - 1), 0, -1):
            if _texts(self.rows[:count]) == _texts(other.rows[:count]) and any(
                cell.text for cell in self.rows[0]
            ):
                return count
        return 0


def add(table: Part, more: Part, warnings: list[str]) -> None:
    """Put the rows of the next page behind those of a table, without the repeated header.

    A row that begins without a text in the columns that number or name each row, such as 序号, goes on from the row
    before it. Where a column has merged cells, an empty one at the top of a page belongs to that above it.
    """
    header = more.repeats_header_of(table)
    rows = more.rows[header:]
    if rows and _goes_on(table, rows[0], header):
        _join_rows(table, rows.pop(0))
    elif rows and any(cell.text for cell in rows[0]):
        _join_merged(table, rows[0], more.page, warnings)
    table.rows += [row for row in rows if row]


def _texts(rows: Rows) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def _columns(rows: Rows) -> list[list[tuple[int, int] | None]]:
    """For each row the cell that stands in each column, as the indices of its row and in it."""
    width = max((sum(cell.column_span for cell in row) for row in rows), default=0)
    grid: list[list[tuple[int, int] | None]] = [[None] * width for _ in rows]
    for index, row in enumerate(rows):
        column = 0
        for number, cell in enumerate(row):
            while column < width and grid[index][column] is not None:
                column += 1
            for down in range(index, min(index + cell.row_span, len(rows))):
                for right in range(column, min(column + cell.column_span, width)):
                    grid[down][right] = (index, number)
            column += cell.column_span
    return grid


def _goes_on(table: Part, first: list[Cell], header: int) -> bool:
    """Whether the first row of a page is the rest of the last one of the page before."""
    grid = _columns(table.rows)
    begin = header or 1
    if any(cell.row_span > 1 for cell in first) or len(grid) <= begin or not grid[-1]:
        return False
    width = len(grid[-1])
    if sum(cell.column_span for cell in first) != width:
        return False
    keys = [column for column in range(width) if _numbers_rows(table.rows, grid[begin:], column)]
    if not keys:
        return False
    column, texts = 0, []
    for cell in first:
        texts += [cell.text] * cell.column_span
        column += cell.column_span
    return any(texts) and not any(texts[key] for key in keys)


def _numbers_rows(rows: Rows, grid: list[list[tuple[int, int] | None]], column: int) -> bool:
    """Whether each row has a cell and a text of its own in a column."""
    places = [row[column] for row in grid]
    texts = [rows[place[0]][place[1]].text if place else "" for place in places]
    return all(texts) and len(set(texts)) == len(texts) and len(set(places)) == len(places)


def _join_rows(table: Part, rest: list[Cell]) -> None:
    grid = _columns(table.rows)
    column = 0
    for cell in rest:
        place = grid[-1][column]
        if place is not None and cell.text:
            row, number = place
            owner = table.rows[row][number]
            table.rows[row][number] = owner.model_copy(
                update={
                    "text": joined(owner.text, cell.text),
                    "confidence": least_certain((owner.confidence, cell.confidence)),
                }
            )
        column += cell.column_span


def _join_merged(table: Part, first: list[Cell], page: int, warnings: list[str]) -> None:
    """Let cells that are merged over the rows above reach into a row that begins a page with empty ones."""
    grid = _columns(table.rows)
    column, kept, doubtful = 0, [], False
    for cell in first:
        place = grid[-1][column] if grid and column < len(grid[-1]) else None
        merges = (
            any(row[column] == other[column] for row, other in itertools.pairwise(grid))
            if place
            else False
        )
        if not cell.text and place and merges and cell.row_span == 1:
            row, number = place
            owner = table.rows[row][number]
            table.rows[row][number] = owner.model_copy(update={"row_span": owner.row_span + 1})
        else:
            doubtful = doubtful or (not cell.text and column == 0)
            kept.append(cell)
        column += cell.column_span
    if doubtful:
        warnings.append(f"page {page}: the first row of the table may go on from the page before")
    first[:] = kept
