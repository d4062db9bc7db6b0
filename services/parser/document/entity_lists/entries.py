"""The entries of a list: persons and organisations, in lines or in a table."""

from services.parser.document.document import Document
from services.parser.document.entity_lists.entry import Entries, Entry
from services.parser.document.entity_lists.lines import LineReader
from services.parser.document.entity_lists.tables import table_entries


def read_entries(document: Document, start: int, end: int) -> Entries:
    """The entries of a printed list between two offsets, its tables first where it has some.

    `position` counts through the list: a number that is printed counts on from the section's
    beginning where numbering starts anew.
    """
    tables = document.tables_within(start, end)
    in_tables: list[Entry] = []
    for table in tables:
        in_tables += table_entries(document, table, len(in_tables))
    if in_tables:
        return Entries(tuple(in_tables))
    return LineReader(document).read(document.lines_besides(tables, start, end))
