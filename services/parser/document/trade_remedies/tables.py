"""Rates by company in tables."""

from collections.abc import Mapping

from services.parser.document.document import Document
from services.parser.document.grid import Grid, Header, grid_of, header_of
from services.parser.document.names import Name, has_cjk, is_latin, name_at
from services.parser.document.trade_remedies.forms import (
    INTRODUCES,
    OF_ORIGIN,
    RATE_CELLS,
    RATES_OF,
)
from services.parser.document.trade_remedies.rows import Row, heading_of, is_company
from services.parser.document.trade_remedies.terms import measure_named
from services.parser.layouts.page import TextCell, TextTable
from shared.chinese.characters import fold, squeeze
from shared.chinese.form import Form, Forms
from shared.chinese.markers import marker_at
from shared.chinese.text import Span, trimmed

# The columns by the words of their headings.
COLUMNS = Forms(
    Form("countervailing", "反补贴|补贴税", yes=("反补贴税税率",)),
    Form("duty", "反倾销税|税率|比率|保证金|关税", yes=("反倾销税税率", "保证金比率")),
    Form("margin", "幅度|补贴率", yes=("倾销幅度", "从价补贴率"), no=("税率",)),
    Form("latin", "英文|外文|English", yes=("英文名称",)),
    Form("origin", "国别|国家|地区|原产地|原产国|来源", yes=("国家（地区）",)),
    Form("name", "公司|企业|生产商|出口商|厂商|名称|应诉", yes=("公司名称",)),
)


def table_rows(document: Document, table: TextTable, origins: list[str]) -> list[Row]:
    """The rows of one table; none when it has no rates or does not say whose they are."""
    grid = grid_of(table)
    header = header_of(grid, COLUMNS)
    columns = header.columns
    rate_columns = [kind for kind in ("duty", "countervailing", "margin") if kind in columns]
    if "duty" in columns or "countervailing" in columns:
        rate_columns = [kind for kind in rate_columns if kind != "margin"]
    if not rate_columns or ("name" not in columns and "origin" not in columns):
        return _without_header(document, table, grid, origins) if not rate_columns else []
    measures: dict[str, Span | None] = {
        kind: _measure_of_column(document.body.folded, grid, header, columns[kind])
        for kind in rate_columns
    }
    rows: list[Row] = []
    heading: Span | None = None
    for index in range(header.first, len(grid.rows)):
        origin = _row_heading(document, _printed_cells(grid, index), origins)
        if origin:
            heading = origin
            continue
        # A country that is printed beside the first of its companies alone.
        country = grid.cell(index, columns["origin"]) if "origin" in columns else None
        if country and has_cjk(document.body.folded, Span(country.start, country.end)):
            heading = trimmed(document.body.folded, country.start, country.end)
        rows += _table_row(document, grid, header, index, measures, heading)
    if _announced_as_duty(document, table):
        rows = [row._replace(weight=2) for row in rows]
    return rows


def _printed_cells(grid: Grid, row: int) -> list[TextCell]:
    """The cells of a row that are not empty, each once."""
    cells = {id(cell): cell for cell in grid.rows[row] if cell is not None and cell.text.strip()}
    return list(cells.values())


def _row_heading(document: Document, cells: list[TextCell], origins: list[str]) -> Span | None:
    """The origin in a row of one cell: 日本公司"""
    if len(cells) != 1:
        return None
    heading = heading_of(fold(cells[0].text), origins)
    if heading is None:
        return None
    name = heading["origin"]
    at = document.body.folded.find(name, cells[0].start, cells[0].end)
    return Span(at, at + len(name)) if at >= 0 else None


def _without_header(
    document: Document, table: TextTable, grid: Grid, origins: list[str]
) -> list[Row]:
    """Rows of a table without a header: a company, its foreign name if it has one, a rate."""
    weight = 2 if _announced_as_duty(document, table) else 0
    rows: list[Row] = []
    heading: Span | None = None
    for index in range(len(grid.rows)):
        cells = _printed_cells(grid, index)
        origin = _row_heading(document, cells, origins)
        if origin:
            heading = origin
            continue
        row = _bare_row(document, cells, origins, heading, weight)
        if row:
            rows.append(row)
    return rows


def _bare_row(
    document: Document,
    cells: list[TextCell],
    origins: list[str],
    heading: Span | None,
    weight: int,
) -> Row | None:
    folded = document.body.folded
    found = [
        (cell, rate)
        for cell in cells
        if (rate := RATE_CELLS.match(squeeze(fold(cell.text)))) and rate.name == "percentage"
    ]
    if len(found) != 1:
        return None
    ((rate_cell, rate),) = found
    country = heading
    name = Name(None, None, 0)
    for cell in cells:
        span = trimmed(folded, cell.start, cell.end)
        if cell is rate_cell:
            continue
        if squeeze(folded[span.start : span.end]) in origins:
            country = span
        elif name.zh is None and name.latin is None:
            marker = marker_at(folded, *span)
            name = name_at(folded, marker.end if marker else span.start, span.end)
        elif name.latin is None and is_latin(folded, inner := trimmed(folded, *span, "（）")):
            name = name._replace(latin=inner)
    if not (name.zh or name.latin) or not is_company(folded, name):
        return None
    at = trimmed(folded, rate_cell.start, rate_cell.end)
    return Row(name, float(rate["rate"]), at, country, weight)


def _announced_as_duty(document: Document, table: TextTable) -> bool:
    """对各公司征收的临时反补贴税保证金比率如下： before a table whose head says 从价补贴率."""
    before = document.body.folded.rfind("\n", 0, max(0, table.start - 1)) + 1
    line = document.body.folded[before : table.start].rstrip("\n")
    return any(form.name == "duty" for form in RATES_OF.finditer(line)) and bool(
        INTRODUCES.search(line.rstrip("。 "))
    )


def _measure_of_column(folded: str, grid: Grid, header: Header, column: int) -> Span | None:
    for row in range(header.first - 1, -1, -1):
        head = grid.cell(row, column)
        measure = measure_named(folded, head.start, head.end) if head else None
        if measure:
            return measure
    return None


def _table_row(
    document: Document,
    grid: Grid,
    header: Header,
    row: int,
    measures: Mapping[str, Span | None],
    heading: Span | None,
) -> list[Row]:
    folded = document.body.folded
    columns = header.columns
    cell = grid.cell(row, columns["name"]) if "name" in columns else None
    name = Name(None, None, 0)
    if cell is not None and cell.text.strip():
        span = trimmed(folded, cell.start, cell.end)
        marker = marker_at(folded, *span)
        begin = marker.end if marker else span.start
        if of := OF_ORIGIN.match(folded, begin, span.end):
            begin, heading = of.end, Span(*of.span("origin"))
        name = name_at(folded, begin, span.end)
    if "latin" in columns:
        foreign = grid.cell(row, columns["latin"])
        if foreign is not None:
            span = trimmed(folded, foreign.start, foreign.end, "（）")
            if is_latin(folded, span):
                name = name._replace(latin=span)
    rows = []
    for kind, measure in measures.items():
        value = grid.cell(row, columns[kind])
        head = grid.cell(header.first - 1, columns[kind])
        if value is None or head is None:
            continue
        rate = RATE_CELLS.match(squeeze(fold(value.text)))
        if rate is None or (rate.name == "number" and "%" not in fold(head.text)):
            continue
        rows.append(
            Row(
                name,
                float(rate["rate"]),
                trimmed(folded, value.start, value.end),
                heading,
                1 if kind == "margin" else 2,
                measure,
            )
        )
    return rows
