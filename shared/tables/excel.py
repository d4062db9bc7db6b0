"""Excel."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from shared.chinese.dates import in_china
from shared.questions import flat
from shared.tables.errors import TooManyRows
from shared.tables.values import Rows, Table

# Excel's own limits: characters of a cell and of a sheet's name, rows of a sheet with its header, digits
# of a number that it keeps, and the first day that its calendar has right.
_CELL = 32_767
_SHEET_NAME = 31
_ROWS = 1_048_576
_EXACT = 10**15
_FIRST_DAY = date(1900, 3, 1)

_DAY = "yyyy-mm-dd"
_TIME = "yyyy-mm-dd hh:mm:ss"
_WIDTHS = (8, 60)


async def write_xlsx(path: Path, table: Table, rows: Rows) -> Sequence[str]:
    """A sheet of the table's name, and a sheet `about`.

    Numbers are numbers, dates are dates, instants are times in China; all else is text of at most a cell's
    length, and how many were longer is returned. The header stays in sight and has a filter; columns are as
    wide as their first rows need. Raises TooManyRows.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:_SHEET_NAME])
    sheet.freeze_panes = "A2"
    written = cut = 0
    async for some in rows:
        if not written:
            _begin(sheet, table, some)
        for row in some:
            cut += sum(_is_cut(value) for value in row)
            sheet.append([None if value is None else _cell(sheet, value) for value in row])
        written += len(some)
        if written >= _ROWS:
            raise TooManyRows(
                f"a sheet holds {_ROWS - 1} rows, and there are more: write parquet or csv, or take "
                "some of them with --where"
            )
    if not written:
        _begin(sheet, table, [])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{written + 1}"
    _about(book, table)
    book.save(path)
    return [f"{cut} texts were cut to the {_CELL} characters that a cell holds"] if cut else []


def _begin(sheet: Any, table: Table, first: Sequence[Sequence[Any]]) -> None:
    """The header, and the widths, which stand before the rows in the file."""
    least, most = _WIDTHS
    for n, column in enumerate(table.columns):
        # One more for the button of the filter.
        wide = max([_width(column.name) + 3, *(_width(row[n]) + 1 for row in first)])
        sheet.column_dimensions[get_column_letter(n + 1)].width = min(max(wide, least), most)
    sheet.append([_bold(sheet, column.name) for column in table.columns])


def _about(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet("about")
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = 110
    for key, lines in table.about.items():
        for n, line in enumerate(lines):
            text = _cell(sheet, line)
            text.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.append(["" if n else _bold(sheet, key), text])


def _cell(sheet: Any, value: Any) -> Any:
    match value:
        case bool():
            return WriteOnlyCell(sheet, value)
        case int() | float() | Decimal() if -_EXACT < value < _EXACT:
            return WriteOnlyCell(sheet, value)
        case datetime() if value.date() >= _FIRST_DAY:
            cell = WriteOnlyCell(sheet, in_china(value).replace(tzinfo=None))
            cell.number_format = _TIME
            return cell
        case date() if value >= _FIRST_DAY and not isinstance(value, datetime):
            cell = WriteOnlyCell(sheet, value)
            cell.number_format = _DAY
            return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", str(flat(value)))
    cell = WriteOnlyCell(sheet, text[:_CELL])
    # A text that begins with = is a text.
    cell.data_type = "s"
    return cell


def _is_cut(value: Any) -> bool:
    """Whether a value is text, or made text, of more than a cell's length."""
    return isinstance(value, str | list | tuple | dict) and len(str(flat(value))) > _CELL


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _width(value: object) -> int:
    """The width in digits of its first line: a Chinese character is as wide as two."""
    line = str(flat(value))[:200].partition("\n")[0]
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)
