"""A sheet, as any kind of workbook has it, and its tables and paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from services.parser.attachments.limits import check_cells
from services.parser.attachments.texts import one_line
from shared.attachment import Block, Cell, Paragraph, Table

_NOTE = re.compile("注|备注|说明|附注|资料来源|[*※]")


class At(NamedTuple):
    """A row and a column of a sheet, both from 0."""

    row: int
    column: int


class Span(NamedTuple):
    rows: int
    columns: int


@dataclass
class Sheet:
    """Cells that are not empty as they are shown; merged cells by their first one; what is hidden."""

    name: str
    cells: Mapping[At, str]
    merged: Mapping[At, Span] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    warnings: Sequence[str] = ()


def blocks_of(sheets: Sequence[Sheet]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a workbook, and warnings: what is hidden is named and left out."""
    blocks: list[Block] = []
    warnings: list[str] = []
    for sheet in sheets:
        warnings += [f"sheet {sheet.name}: {warning}" for warning in sheet.warnings]
        if sheet.hidden:
            if sheet.cells:
                warnings.append(f"sheet {sheet.name} is hidden and left out")
            continue
        warnings += _hidden_parts(sheet)
        blocks += _blocks(sheet)
    return tuple(blocks), tuple(warnings)


def cell_name(at: At) -> str:
    """B7 for row 6, column 1."""
    letters, column = "", at.column + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{at.row + 1}"


def _hidden_parts(sheet: Sheet) -> Iterator[str]:
    rows = sorted({at.row for at in sheet.cells} & sheet.hidden_rows)
    columns = sorted({at.column for at in sheet.cells} & sheet.hidden_columns)
    if rows:
        yield f"sheet {sheet.name}: hidden and left out: rows {_ranges([row + 1 for row in rows])}"
    if columns:
        names = ", ".join(cell_name(At(0, column))[:-1] for column in columns)
        yield f"sheet {sheet.name}: hidden and left out: columns {names}"


def _ranges(numbers: Sequence[int]) -> str:
    """5-7, 9"""
    out: list[list[int]] = []
    for number in numbers:
        if out and number == out[-1][-1] + 1:
            out[-1][1:] = [number]
        else:
            out.append([number])
    return ", ".join("-".join(map(str, run)) for run in out)


class _Row(NamedTuple):
    """A row that is shown, its number from 0, and the texts in it by their columns, at least one."""

    number: int
    texts: dict[int, str]

    @property
    def filled(self) -> int:
        return len(self.texts)


def _blocks(sheet: Sheet) -> Iterator[Block]:
    """Rows of one cell before and behind a table are paragraphs: its title, its notes."""
    for rows in _parts(sheet):
        first, last = 0, len(rows)
        while first < last and rows[first].filled == 1 and not _reaches_down(sheet, rows[first]):
            first += 1
        while last > first and _is_note(sheet, rows, last - 1):
            last -= 1
        if last - first < 2 or max(row.filled for row in rows[first:last]) < 2:
            # A list in one column, or a line in cells: no table.
            first = last = len(rows)
        yield from _paragraphs(sheet, rows[:first])
        if first < last:
            yield _table(sheet, rows[first:last])
        yield from _paragraphs(sheet, rows[last:])


def _parts(sheet: Sheet) -> Iterator[list[_Row]]:
    """The rows, divided where an empty row stands before another table or its title."""
    by_row: dict[int, dict[int, str]] = {}
    for at, text in sheet.cells.items():
        if at.row not in sheet.hidden_rows and at.column not in sheet.hidden_columns:
            by_row.setdefault(at.row, {})[at.column] = text
    part: list[_Row] = []
    # Down to which row a merged cell of the part reaches.
    reach = -1
    for index, texts in sorted(by_row.items()):
        row = _Row(index, texts)
        apart = part and index > max(part[-1].number, reach) + 1
        if apart and (row.filled == 1 or min(row.texts) != min(part[-1].texts)):
            yield part
            part = []
        part.append(row)
        spans = (sheet.merged.get(At(index, column)) for column in texts)
        reach = max([reach, *(index + span.rows - 1 for span in spans if span)])
    if part:
        yield part


def _reaches_down(sheet: Sheet, row: _Row) -> bool:
    """Whether a row's only cell is merged with those below it."""
    (column,) = row.texts
    return sheet.merged.get(At(row.number, column), Span(1, 1)).rows > 1


def _is_note(sheet: Sheet, rows: list[_Row], index: int) -> bool:
    """Whether a row of one cell stands under the table, and is no row of it: 注：…; 合计 is one."""
    row = rows[index]
    if row.filled != 1 or index == 0:
        return False
    ((column, text),) = row.texts.items()
    apart = row.number > rows[index - 1].number + 1
    wide = sheet.merged.get(At(row.number, column), Span(1, 1)).columns > 1
    beside = any(
        at.row < row.number < at.row + span.rows
        for at, span in sheet.merged.items()
        if at.row >= rows[0].number and at in sheet.cells
    )
    return not beside and (apart or wide or bool(_NOTE.match(text)) or text.endswith("。"))


def _paragraphs(sheet: Sheet, rows: list[_Row]) -> Iterator[Paragraph]:
    for row in rows:
        text = " ".join(one_line(text) for _, text in sorted(row.texts.items()))
        if text:
            yield Paragraph(text=text, sheet=sheet.name)


def _table(sheet: Sheet, rows: list[_Row]) -> Table:
    """The rows without columns that are empty in all of them, and without repeated headings."""
    kept = [row for row in rows if row is rows[0] or row.texts != rows[0].texts]
    indices = [row.number for row in kept]
    columns = sorted({column for row in kept for column in row.texts})
    check_cells(len(kept) * len(columns))
    spans, covered = _spans(sheet, indices, columns)
    return Table(
        rows=tuple(
            tuple(
                Cell(
                    text=one_line(row.texts.get(column, "")),
                    row_span=spans.get(At(row.number, column), Span(1, 1)).rows,
                    column_span=spans.get(At(row.number, column), Span(1, 1)).columns,
                    name=cell_name(At(row.number, column)),
                )
                for column in columns
                if (row.number, column) not in covered
            )
            for row in kept
        ),
        sheet=sheet.name,
    )


def _spans(
    sheet: Sheet, rows: list[int], columns: list[int]
) -> tuple[dict[At, Span], set[tuple[int, int]]]:
    """The spans of merged cells, counted in rows and columns of the table, and what they cover."""
    spans: dict[At, Span] = {}
    covered: set[tuple[int, int]] = set()
    for first, span in sheet.merged.items():
        down = rows[bisect_left(rows, first.row) : bisect_left(rows, first.row + span.rows)]
        right = columns[
            bisect_left(columns, first.column) : bisect_left(columns, first.column + span.columns)
        ]
        if not down or not right or down[0] != first.row or right[0] != first.column:
            continue
        spans[first] = Span(len(down), len(right))
        covered |= {(row, column) for row in down for column in right}
        covered.discard((first.row, first.column))
        check_cells(len(covered))
    return spans, covered
