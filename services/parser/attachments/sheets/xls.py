"""XLS and ET, the workbooks of Excel 97 and WPS, by xlrd: values with formats, merged and hidden cells."""

import struct
from io import BytesIO, StringIO
from typing import Any

import olefile
import xlrd

from services.parser.attachments.limits import Damaged, Encrypted, check_cells
from services.parser.attachments.sheets.sheet import At, Sheet, Span, cell_name
from services.parser.attachments.sheets.shown import GENERAL, LOST_DIGITS, has_lost_digits, shown

# Of Excel 97, of Excel 5.
_STREAMS = ("Workbook", "Book")
# What xlrd ends in on damaged files: it checks little of what it reads.
_BROKEN = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    struct.error,
    TypeError,
    UnicodeDecodeError,
    ValueError,
    ZeroDivisionError,
)


def read_xls(data: bytes) -> list[Sheet]:
    """The sheets of a workbook, those of charts and macros left out.

    Raises Damaged, Encrypted or TooLarge.
    """
    try:
        # (Rows end where they do: else a cell in each of two corners fills all that lies between.)
        with xlrd.open_workbook(
            file_contents=_stream(data),
            formatting_info=True,
            logfile=StringIO(),
            on_demand=True,
            ragged_rows=True,
        ) as book:
            return [_sheet(book, number) for number in range(book.nsheets)]
    except _BROKEN as error:
        if "encrypted" in str(error).lower():
            raise Encrypted("the workbook has a password") from error
        raise Damaged(f"{type(error).__name__}: {error}") from error


def _stream(data: bytes) -> bytes:
    """The stream of the workbook: xlrd's own reader of compound files follows a chain that leads back for ever."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            name = next((one for one in _STREAMS if file.exists(one)), None)
            if name is None:
                raise Damaged("no stream of a workbook")
            with file.openstream(name) as stream:
                content: bytes = stream.read()
    except Damaged:
        raise
    except Exception as error:  # (olefile raises whatever crafted bytes lead to)
        raise Damaged(f"{type(error).__name__}: {error}") from error
    return content


def _sheet(book: Any, number: int) -> Sheet:
    sheet = book.sheet_by_index(number)
    cells: dict[At, str] = {}
    warnings: list[str] = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            at, value = At(row, column), sheet.cell_value(row, column)
            if kind == xlrd.XL_CELL_ERROR:
                warnings.append(f"{cell_name(at)}: an error where a value should be")
                continue
            text = _shown(book, sheet, at, kind, value)
            if text:
                cells[at] = text
                check_cells(len(cells))
            if kind == xlrd.XL_CELL_NUMBER and has_lost_digits(value):
                warnings.append(f"{cell_name(at)}: {LOST_DIGITS}")
    return Sheet(
        name=sheet.name,
        cells=cells,
        merged={
            At(top, left): Span(bottom - top, right - left)
            for top, bottom, left, right in sheet.merged_cells
        },
        hidden=sheet.visibility != 0,
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(
            column for column, info in sheet.colinfo_map.items() if info.hidden
        ),
        warnings=warnings,
    )


def _shown(book: Any, sheet: Any, at: At, kind: int, value: Any) -> str:
    if kind == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(value))
    if kind == xlrd.XL_CELL_DATE:
        try:
            return shown(xlrd.xldate_as_datetime(value, book.datemode))
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return shown(value)
    if kind == xlrd.XL_CELL_NUMBER:
        style = book.xf_list[sheet.cell_xf_index(*at)]
        number_format = book.format_map.get(style.format_key)
        return shown(value, number_format.format_str if number_format else GENERAL)
    return str(value)
