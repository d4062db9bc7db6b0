"""The names to screen in a file that people have: CSV, Excel, or a name a line."""

import csv
from collections.abc import Iterator
from pathlib import Path

# Headings under which such files have the name, in order.
_HEADINGS = ("name", "company", "party", "supplier", "customer", "名称", "公司", "企业名称")


class NoNames(ValueError):
    """The file has no column of names, or cannot be read; the message says what to do."""


def read_names(path: Path, column: str | None = None) -> list[str]:
    """The names of a .csv, .xlsx or .txt file, in order, without empty ones.

    The column is the one headed `column`, else one headed name, company, …, else the only one. Raises
    NoNames.
    """
    match path.suffix.lower():
        case ".xlsx":
            table = list(_sheet(path))
        case ".csv" | ".txt":
            # Excel writes a byte order mark.
            text = path.read_text(encoding="utf-8-sig")
            table = (
                list(csv.reader(text.splitlines()))
                if path.suffix.lower() == ".csv"
                else [[line] for line in text.splitlines()]
            )
        case _:
            raise NoNames(f"{path}: names are read from .csv, .xlsx and .txt")
    if not table:
        raise NoNames(f"{path} is empty")
    at, has_heading = _column(path, table[0], column)
    names = [row[at].strip() for row in table[has_heading:] if len(row) > at]
    return [name for name in names if name]


def _column(path: Path, heading: list[str], column: str | None) -> tuple[int, int]:
    """The index of the column of names, and how many lines of heading there are."""
    headings = [one.strip().lower() for one in heading]
    if column is not None:
        if column.lower() in headings:
            return headings.index(column.lower()), 1
        raise NoNames(f"{path} has no column {column!r}: {', '.join(heading)}")
    for known in _HEADINGS:
        if known in headings:
            return headings.index(known), 1
    if len(heading) == 1:
        return 0, 0
    raise NoNames(f"{path} has several columns: say --column, one of {', '.join(heading)}")


def _sheet(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet as text. Raises NoNames for what is no workbook."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError) as error:
        raise NoNames(f"{path} is no Excel workbook ({error})") from error
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield ["" if value is None else str(value) for value in row]
