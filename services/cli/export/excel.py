"""Excel."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import typer
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from services.cli.export.values import Column, Rows, flat

# Excel's own limit for a cell.
_CELL = 32_767


async def write_xlsx(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    """A sheet `rows`: numbers as numbers, dates as dates, all else as text of at most a cell's length."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("rows")

    def cell(value: object) -> object:
        if isinstance(value, bool | int | float | date) and not isinstance(value, datetime):
            return value
        text = ILLEGAL_CHARACTERS_RE.sub("", str(flat(value)))
        excel_cell = WriteOnlyCell(sheet, text[:_CELL])
        # A text that begins with = is a text.
        excel_cell.data_type = "s"
        return excel_cell

    sheet.append([column.name for column in columns])
    cut = 0
    async for some in rows:
        for row in some:
            cut += sum(isinstance(value, str) and len(value) > _CELL for value in row)
            sheet.append([None if value is None else cell(value) for value in row])
    book.save(path)
    if cut:
        typer.echo(f"{cut} texts were cut to the {_CELL} characters that a cell holds", err=True)
