"""ODS: its XML has each cell's value as it is shown, which no reader of values alone gives: 25%, 0106."""

import re
from collections.abc import Iterator
from typing import Any

from services.parser.attachments.limits import Damaged, Encrypted, check_cells
from services.parser.attachments.sheets.sheet import At, Sheet, Span
from services.parser.attachments.sheets.shown import plain
from services.parser.attachments.xml import Parts, local

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# What a program fills a sheet up with is repeated up to its edge; a value that is, a thousand times at most.
_MOST_REPEATED = 1_000
# 8.11E+09
_SHORTENED = re.compile(r"\dE[+-]?\d")
_UNSEEN = frozenset({"annotation", "note"})


def read_ods(data: bytes) -> list[Sheet]:
    """The sheets of an OpenDocument workbook. Raises Damaged, Encrypted or TooLarge."""
    parts = Parts(data)
    if "content.xml" not in parts.names:
        raise Damaged("it has no content.xml")
    if "META-INF/manifest.xml" in parts.names and b"encryption-data" in parts.bytes_of(
        "META-INF/manifest.xml"
    ):
        raise Encrypted("the workbook has a password")
    root = parts.tree("content.xml")
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    spreadsheet = root.find(f".//{_OFFICE}spreadsheet")
    if spreadsheet is None:
        raise Damaged("it has no sheets")
    try:
        return [
            _sheet(table, table.get(f"{_TABLE}style-name") in unseen)
            for table in spreadsheet.iterchildren(f"{_TABLE}table")
        ]
    except ValueError as error:
        raise Damaged(str(error)) from error


def _sheet(table: Any, hidden: bool) -> Sheet:
    cells: dict[At, str] = {}
    merged: dict[At, Span] = {}
    hidden_rows: set[int] = set()
    hidden_columns = _hidden(table.iter(f"{_TABLE}table-column"), "number-columns-repeated")
    row = 0
    for element in table.iter(f"{_TABLE}table-row"):
        repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        line, spans = _cells(element)
        for index in range(row, row + min(repeated, _MOST_REPEATED)):
            if element.get(f"{_TABLE}visibility", "visible") != "visible":
                hidden_rows.add(index)
            cells.update((At(index, column), text) for column, text in line.items())
            merged.update((At(index, column), span) for column, span in spans.items())
            check_cells(len(cells))
            if not line and not spans and index > row:
                break
        row += repeated
    return Sheet(
        name=table.get(f"{_TABLE}name", ""),
        cells=cells,
        merged=merged,
        hidden=hidden,
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
    )


def _hidden(elements: Iterator[Any], repeated: str) -> set[int]:
    hidden: set[int] = set()
    at = 0
    for element in elements:
        count = int(element.get(f"{_TABLE}{repeated}", "1"))
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            hidden |= set(range(at, at + min(count, _MOST_REPEATED)))
        at += count
    return hidden


def _cells(row: Any) -> tuple[dict[int, str], dict[int, Span]]:
    cells: dict[int, str] = {}
    spans: dict[int, Span] = {}
    column = 0
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        text = _value(cell)
        if local(cell.tag) == "table-cell":
            span = Span(
                int(cell.get(f"{_TABLE}number-rows-spanned", "1")),
                int(cell.get(f"{_TABLE}number-columns-spanned", "1")),
            )
            if span != (1, 1):
                spans[column] = span
            if text:
                cells.update((column + one, text) for one in range(min(repeated, _MOST_REPEATED)))
        column += repeated
    return cells, spans


def _value(cell: Any) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "date":
        # It is shown as the author's country writes it: 01/31/25.
        return str(cell.get(f"{_OFFICE}date-value", "")).replace("T", " ").removesuffix(" 00:00:00")
    text = "\n".join(_shown(line) for line in cell.iterchildren(f"{_TEXT}p"))
    if kind == "float" and _SHORTENED.search(text):
        return plain(float(cell.get(f"{_OFFICE}value")))
    return text


def _shown(line: Any) -> str:
    """The text of a line, with the spaces and breaks that stand for elements."""
    out = [line.text or ""]
    for element in line:
        name = local(element.tag)
        if name == "s":
            out.append(" " * min(int(element.get(f"{_TEXT}c", "1")), _MOST_REPEATED))
        elif name in ("tab", "line-break"):
            out.append("\n" if name == "line-break" else " ")
        elif name and name not in _UNSEEN:
            out.append(_shown(element))
        out.append(element.tail or "")
    return "".join(out)
