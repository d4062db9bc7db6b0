"""Ruled lines that cross, as the cells of tables."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.parser.attachments.pdf.page import Rule

# Lines that are so near are one: a cell's border is drawn for itself and for its neighbour. In points.
_NEAR = 2.5
# A gap in a line, as dots and dashes have them; a shorter line is no border.
_GAP = 4.0
_SHORTEST = 6.0
# More would be a pattern of lines.
_MOST_LINES = 2_000


@dataclass
class RuledCell:
    """A cell of a grid: its first row and column from 0, how many it spans, its edges."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class RuledTable:
    """Cells from top to bottom and left to right; `columns` are the upright edges."""

    cells: list[RuledCell]
    columns: list[float]
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class _Line:
    """Collinear rules at a coordinate, each from one end to the other."""

    at: float
    runs: list[tuple[float, float]] = field(default_factory=list)

    def covers(self, start: float, end: float) -> bool:
        """Whether a border stands between two places."""
        length = sum(max(0.0, min(end, last) - max(start, first)) for first, last in self.runs)
        return length > (end - start) / 2


def tables_of(rules: Iterable[Rule]) -> list[RuledTable]:
    """The tables that the rules of a page draw, from top to bottom.

    A table needs two cells. Where its outer upright borders are missing, its level lines end it.
    """
    rules = list(rules)
    level = _merged((one.top, one.left, one.right) for one in rules if one.is_level)
    upright = _merged((one.left, one.top, one.bottom) for one in rules if not one.is_level)
    if len(level) + len(upright) > _MOST_LINES:
        return []
    tables = []
    for levels, uprights in _connected(level, upright):
        table = _table(levels, uprights)
        if table is not None and len(table.cells) > 1:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.top, table.left))


# A line at a coordinate, from one end to the other.
_Run = tuple[float, float, float]


def _merged(runs: Iterable[_Run]) -> list[_Run]:
    """Lines that lie on or behind one another as one, without those that are too short."""
    lines: list[_Line] = []
    for at, start, end in sorted(runs):
        if not lines or at - lines[-1].at > _NEAR:
            lines.append(_Line(at))
        lines[-1].runs.append((start, end))
    out: list[_Run] = []
    for line in lines:
        first, last = min(line.runs)
        for start, end in sorted(line.runs)[1:]:
            if start <= last + _GAP:
                last = max(last, end)
            else:
                out.append((line.at, first, last))
                first, last = start, end
        out.append((line.at, first, last))
    return [run for run in out if run[2] - run[1] >= _SHORTEST]


def _connected(
    level: Sequence[_Run], upright: Sequence[_Run]
) -> Iterable[tuple[list[_Run], list[_Run]]]:
    """The lines of each table: those that cross or meet, directly or over others."""
    owner = list(range(len(level) + len(upright)))

    def root(one: int) -> int:
        while owner[one] != one:
            owner[one] = owner[owner[one]]
            one = owner[one]
        return one

    for index, (y, left, right) in enumerate(level):
        for other, (x, top, bottom) in enumerate(upright, len(level)):
            if left - _GAP <= x <= right + _GAP and top - _GAP <= y <= bottom + _GAP:
                owner[root(index)] = root(other)
    groups: dict[int, tuple[list[_Run], list[_Run]]] = {}
    for index, run in enumerate([*level, *upright]):
        groups.setdefault(root(index), ([], []))[index >= len(level)].append(run)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _table(level: list[_Run], upright: list[_Run]) -> RuledTable | None:
    rows, columns = _lines(level), _lines(upright)
    top, bottom = rows[0].at, rows[-1].at
    left, right = min(run[1] for run in level), max(run[2] for run in level)
    if columns[0].at - left > _SHORTEST:
        columns.insert(0, _Line(left, [(top, bottom)]))
    if right - columns[-1].at > _SHORTEST:
        columns.append(_Line(right, [(top, bottom)]))
    if len(columns) < 2 or len(rows) < 2 or len(rows) * len(columns) > 100 * _MOST_LINES:
        return None
    cells = _cells(rows, columns)
    return RuledTable(
        cells, [line.at for line in columns], columns[0].at, top, columns[-1].at, bottom
    )


def _lines(runs: list[_Run]) -> list[_Line]:
    lines: list[_Line] = []
    for at, start, end in sorted(runs):
        if not lines or at - lines[-1].at > _NEAR:
            lines.append(_Line(at))
        lines[-1].runs.append((start, end))
    return lines


def _cells(rows: list[_Line], columns: list[_Line]) -> list[RuledCell]:
    """The places of the grid, those without a border between them as one cell."""
    high, wide = len(rows) - 1, len(columns) - 1
    taken: set[tuple[int, int]] = set()
    cells: list[RuledCell] = []
    for row in range(high):
        for column in range(wide):
            if (row, column) in taken:
                continue
            right = column + 1
            while (
                right < wide
                and (row, right) not in taken
                and not columns[right].covers(rows[row].at, rows[row + 1].at)
            ):
                right += 1
            down = row + 1
            while down < high and not rows[down].covers(columns[column].at, columns[right].at):
                down += 1
            taken |= {(one, other) for one in range(row, down) for other in range(column, right)}
            cells.append(
                RuledCell(
                    row, column, down - row, right - column,
                    columns[column].at, rows[row].at, columns[right].at, rows[down].at,
                )
            )  # fmt: skip
    return _numbered_anew(cells)


def _numbered_anew(cells: list[RuledCell]) -> list[RuledCell]:
    """The cells without rows and columns in which none begins: what a stray line has divided."""
    rows, columns = (sorted({getattr(cell, name) for cell in cells}) for name in ("row", "column"))
    for cell in cells:
        row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        cell.row_span = bisect_left(rows, cell.row + cell.row_span) - row
        cell.column_span = bisect_left(columns, cell.column + cell.column_span) - column
        cell.row, cell.column = row, column
    return cells
