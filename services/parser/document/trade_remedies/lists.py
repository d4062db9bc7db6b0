"""Rates by company as notices list them, in lines and in tables."""

from services.parser.document.document import Document
from services.parser.document.trade_remedies.lines import LineReader
from services.parser.document.trade_remedies.rows import Row
from services.parser.document.trade_remedies.tables import table_rows


def listed_rows(document: Document, start: int, end: int, origins: list[str]) -> list[Row]:
    """The rows between two offsets, in the order of the text."""
    tables = document.tables_within(start, end)
    rows: list[Row] = []
    for table in tables:
        rows += table_rows(document, table, origins)
    reader = LineReader(document, origins)
    for line in document.lines_besides(tables, start, end):
        reader.read(line)
    return sorted([*rows, *reader.rows], key=lambda row: row.rate_span)
