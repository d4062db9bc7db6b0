"""A table as a grid: every row and column has the cell that covers it, spans resolved."""

from typing import NamedTuple

from services.parser.layouts.page import TextCell, TextTable
from shared.chinese.characters import fold, squeeze
from shared.chinese.form import Forms

# Wider and longer than any table that is printed; spans beyond it are slips of the editor.
_WIDEST, _LONGEST = 60, 5000
_LONGEST_HEADING = 40
# Headings stand in one of so many rows.
_HEADING_ROWS = 3


class Grid(NamedTuple):
    rows: tuple[tuple[TextCell | None, ...], ...]

    def cell(self, row: int, column: int) -> TextCell | None:
        """The cell at a row and column; None if the table has a hole there."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None


def grid_of(table: TextTable) -> Grid:
    """The table with its row and column spans resolved, as browsers lay it out."""
    placed: list[list[TextCell | None]] = []
    # Cells that reach down from the rows above: column to (cell, rows left).
    hanging: dict[int, tuple[TextCell, int]] = {}
    for row in table.rows[:_LONGEST]:
        line: list[TextCell | None] = []
        cells = iter(row)
        below: dict[int, tuple[TextCell, int]] = {}
        cell = next(cells, None)
        while (cell is not None or len(line) in hanging) and len(line) < _WIDEST:
            column = len(line)
            if column in hanging:
                above, left = hanging.pop(column)
                line.append(above)
                if left > 1:
                    below[column] = (above, left - 1)
                continue
            if cell is None:
                break
            for _ in range(min(cell.column_span, _WIDEST - len(line))):
                if cell.row_span > 1:
                    below[len(line)] = (cell, cell.row_span - 1)
                line.append(cell)
            cell = next(cells, None)
        for column, (above, left) in hanging.items():
            while len(line) < column:
                line.append(None)
            if len(line) == column:
                line.append(above)
            if left > 1:
                below[column] = (above, left - 1)
        hanging = dict(sorted(below.items()))
        placed.append(line)
    return Grid(tuple(map(tuple, placed)))


class Header(NamedTuple):
    """The row of a table's headings: which column holds what; data begins at `first`."""

    columns: dict[str, int]
    first: int


def header_of(grid: Grid, kinds: Forms) -> Header:
    """The columns by the names of the forms that stand in their headings, in one of the
    first rows.

    Each column is given the first kind that fits, each kind its first column; a heading that spans
    several columns counts once. `first` is 0 when nothing is found.
    """
    columns: dict[str, int] = {}
    taken: set[int] = set()
    first = 0
    for index, row in enumerate(grid.rows[:_HEADING_ROWS]):
        found = False
        for column, cell in enumerate(row):
            if cell is None or column in taken:
                continue
            text = squeeze(fold(cell.text))
            for form in kinds.ranked(text) if len(text) <= _LONGEST_HEADING else ():
                if form.name not in columns:
                    columns[form.name] = column
                    taken.add(column)
                    found = True
                    break
        if found:
            first = index + 1
        elif first:
            break
    return Header(columns, first)
