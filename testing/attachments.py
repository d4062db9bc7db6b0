"""The files of `tests/services/parser/attachments/files`, and tables as grids of texts."""

from services.parser.document.grid import grid_of
from services.parser.layouts.page import TextCell, TextTable
from shared.attachment import Table
from testing.corpus import ROOT

_FOLDER = ROOT / "tests" / "services" / "parser" / "attachments" / "files"
# Beside each stands what it must read as: its name and `.json`.
FILES = sorted(file for file in _FOLDER.iterdir() if file.suffix != ".json")


def grid(table: Table) -> list[list[str]]:
    """A table with its spans resolved by the readers' own rules: a cell's text stands in each of its places."""
    cells = TextTable(
        tuple(
            tuple(TextCell(cell.text, 0, 0, cell.row_span, cell.column_span) for cell in row)
            for row in table.rows
        )
    )
    return [[cell.text if cell else "" for cell in row] for row in grid_of(cells).rows]
