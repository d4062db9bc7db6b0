"""The entries that a list prints as a table."""

import re

from services.parser.document.document import Document
from services.parser.document.entity_lists.entry import Entry
from services.parser.document.grid import Grid, grid_of, header_of
from services.parser.document.names import is_latin, name_at
from services.parser.layouts.page import TextTable
from shared.chinese.markers import marker_at
from shared.chinese.numerals import number
from shared.chinese.text import Span, trimmed

# Narrow heads before wide ones.
_COLUMNS = (
    ("position", re.compile(r"^(?:序号|编号|№|No\.?)$")),
    ("after", re.compile(r"(?:变更|更名|修改|调整|更正)后|^新(?:名称|中文)")),
    ("old", re.compile(r"(?:变更|更名|修改|调整|更正)前|^原(?:名称|中文|公司)|曾用名")),
    ("latin", re.compile(r"英文|外文|English|^Name")),
    ("address", re.compile(r"地址|住所|Address", re.IGNORECASE)),
    ("aside", re.compile(r"国别|国籍|国家|职务|证件|备注|性别|日期")),
    ("name", re.compile(r"名称|中文名|姓名|实体|企业|公司|机构|对象")),
)


def table_entries(document: Document, table: TextTable, before: int) -> list[Entry]:
    """The entries of one table, counted on from `before` where no number is printed."""
    grid = grid_of(table)
    header = header_of(grid, _COLUMNS)
    column = header.columns.get("after", header.columns.get("name"))
    if column is None:
        return []
    entries: list[Entry] = []
    for row in range(header.first, len(grid.rows)):
        cell = grid.cell(row, column)
        if cell is None or not cell.text.strip():
            continue
        span = trimmed(document.body.folded, cell.start, cell.end)
        marker = marker_at(document.body.folded, *span)
        name = name_at(document.body.folded, marker.end if marker else span.start, span.end)
        latin = _cell(document, grid, row, header.columns.get("latin"))
        if latin and is_latin(document.body.folded, latin):
            name = name._replace(latin=latin)
        address = _cell(document, grid, row, header.columns.get("address"))
        if (not name.zh and not name.latin) or (entries and entries[-1].name == name):
            continue
        position = before + len(entries) + 1
        at = _cell(document, grid, row, header.columns.get("position"))
        printed = number(document.body.folded[at.start : at.end].strip(".、 ")) if at else None
        former = _cell(document, grid, row, header.columns.get("old"))
        entries.append(
            Entry(name, printed or position, None, address, at if printed else None, former)
        )
    return entries


def _cell(document: Document, grid: Grid, row: int, column: int | None) -> Span | None:
    cell = grid.cell(row, column) if column is not None else None
    return trimmed(document.body.folded, cell.start, cell.end, "（）") or None if cell else None
