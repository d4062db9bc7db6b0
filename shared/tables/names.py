"""The names to screen in a file that people have: CSV, Excel, or a name a line."""

import csv
from collections.abc import Iterator
from pathlib import Path

ENDINGS = (".csv", ".xlsx", ".txt")
# Headings under which such files have the name, in order.
_HEADINGS = ("name", "company", "party", "supplier", "customer", "名称", "公司", "企业名称")

# What a file of text must do that a name is not read in part.
_QUOTED = "a name with a comma or a quotation mark in it stands in quotes, or alone in its line of a .txt file"

# A workbook of a hundred thousand names unpacks to some 20 MB.
_MOST_UNPACKED = 100_000_000


class NoNames(ValueError):
    """The file has no column of names, or cannot be read; the message says what to do."""


def read_names(path: Path, column: str | None = None) -> list[str]:
    """The names of a file with one of `ENDINGS`, in order, without empty ones.

    The column is the one headed `column`, else one headed name, company, …, else the only one. Raises
    NoNames.
    """
    match path.suffix.lower():
        case ".xlsx":
            table = list(_sheet(path))
        case ".csv":
            table = _csv(path)
        case ".txt":
            table = [[line] for line in _lines(path)]
        case _:
            raise NoNames(f"{path.name}: names are read from {', '.join(ENDINGS)}")
    if not table:
        raise NoNames(f"{path.name} is empty")
    at, has_heading = _column(path, table[0], column)
    for number, row in enumerate(table, start=1):
        if any(cell.strip() for cell in row[len(table[0]) :]):
            raise NoNames(f"{path.name}: row {number} has more columns than the first: {_QUOTED}")
    names = [row[at].strip() for row in table[has_heading:] if len(row) > at]
    return [name for name in names if name]


def _lines(path: Path) -> list[str]:
    try:
        # Excel writes a byte order mark.
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise NoNames(
            f"{path.name} is no text in UTF-8: save it as one, in Excel as CSV UTF-8"
        ) from error


def _csv(path: Path) -> list[list[str]]:
    lines = _lines(path)
    # Strict: a quotation mark that is never closed has all that follows in it.
    reader = csv.reader(lines, delimiter=_delimiter(lines), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise NoNames(f"{path.name}, line {reader.line_num}: {error}: {_QUOTED}") from error


def _delimiter(lines: list[str]) -> str:
    """What parts the columns of the heading: Excel writes semicolons where the comma is for decimals."""
    heading = lines[0] if lines else ""
    return max(",;\t", key=heading.count)


def _column(path: Path, heading: list[str], column: str | None) -> tuple[int, int]:
    """The index of the column of names, and how many lines of heading there are."""
    headings = [one.strip().lower() for one in heading]
    if column is not None:
        if column.lower() in headings:
            return headings.index(column.lower()), 1
        raise NoNames(f"{path.name} has no column {column!r}: {', '.join(heading)}")
    for known in _HEADINGS:
        if known in headings:
            return headings.index(known), 1
    if len(heading) == 1:
        return 0, 0
    raise NoNames(f"{path.name} has several columns: say --column, one of {', '.join(heading)}")


def _sheet(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet as text. Raises NoNames for what is no workbook, or a bomb."""
    from zipfile import ZipFile

    from openpyxl import load_workbook

    try:
        with ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _MOST_UNPACKED:
            raise NoNames(
                f"{path.name} unpacks to {size // 1_000_000} MB: save the names alone, as CSV"
            )
        book = load_workbook(path, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if value is None else str(value) for value in row]
    except NoNames:
        raise
    # What damage raises in the readers of ZIP, XML and cells has no common ancestor.
    except Exception as error:
        raise NoNames(f"{path.name} is no Excel workbook ({error})") from error
