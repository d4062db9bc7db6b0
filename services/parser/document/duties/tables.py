"""Rates by company in tables."""

import re
from collections.abc import Sequence

from services.parser.document.document import Document
from services.parser.document.duties.rows import DUTY, HEADING, INTRODUCES, Row
from services.parser.document.duties.terms import measure_named
from services.parser.document.text.characters import fold, squeeze
from services.parser.document.text.grid import Grid, Header, grid_of, header_of
from services.parser.document.text.markers import marker_at
from services.parser.document.text.names import Name, has_cjk, is_latin, name_at
from services.parser.document.text.spans import Span, trimmed
from services.parser.layouts.page import TextTable

_NUMBER = re.compile(r"^(?P<rate>\d{1,4}(?:[.]\d{1,4})?)%?$")
_KINDS = (
    ("countervailing", re.compile(r"反补贴|补贴税")),
    ("duty", re.compile(r"反倾销税|税率|比率|保证金|关税")),
    ("margin", re.compile(r"幅度|补贴率")),
    ("latin", re.compile(r"英文|外文|English")),
    ("origin", re.compile(r"国别|国家|地区|原产地|原产国|来源")),
    ("name", re.compile(r"公司|企业|生产商|出口商|厂商|名称|应诉")),
)


def table_rows(document: Document, table: TextTable, origins: list[str]) -> list[Row]:
    """The rows of one table; none when its head names neither a rate nor whose it is."""
    grid = grid_of(table)
    header = header_of(grid, _KINDS)
    columns = header.columns
    rate_columns = [kind for kind in ("duty", "countervailing", "margin") if kind in columns]
    if "duty" in columns or "countervailing" in columns:
        rate_columns = [kind for kind in rate_columns if kind != "margin"]
    if not rate_columns or ("name" not in columns and "origin" not in columns):
        return []
    rows: list[Row] = []
    heading: Span | None = None
    for place in range(header.first, len(grid.rows)):
        cells = {id(cell) for cell in grid.rows[place] if cell is not None and cell.text.strip()}
        first = next((cell for cell in grid.rows[place] if cell and cell.text.strip()), None)
        if len(cells) == 1 and first is not None:
            text = squeeze(fold(first.text))
            match = HEADING.match(text) or (HEADING.match(text + "：") if text in origins else None)
            if match:
                name = match["origin"] or match["origin2"]
                at = document.folded.find(name, first.start, first.end)
                heading = Span(at, at + len(name)) if at >= 0 else None
                continue
        rows += _table_row(document, grid, header, place, rate_columns, heading)
    if _announced_as_duty(document, table):
        rows = [row._replace(weight=2) for row in rows]
    return rows


def _announced_as_duty(document: Document, table: TextTable) -> bool:
    """对各公司征收的临时反补贴税保证金比率如下： before a table whose head says 从价补贴率."""
    before = document.folded.rfind("\n", 0, max(0, table.start - 1)) + 1
    line = document.folded[before : table.start].rstrip("\n")
    return bool(INTRODUCES.search(line.rstrip("。 "))) and bool(DUTY.search(line))


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
    place: int,
    rate_columns: Sequence[str],
    heading: Span | None,
) -> list[Row]:
    folded = document.folded
    columns = header.columns
    cell = grid.cell(place, columns["name"]) if "name" in columns else None
    country = grid.cell(place, columns["origin"]) if "origin" in columns else None
    name = Name(None, None, 0)
    if cell is not None and cell.text.strip():
        span = trimmed(folded, cell.start, cell.end)
        marker = marker_at(folded, *span)
        name = name_at(folded, marker.end if marker else span.start, span.end)
    if "latin" in columns:
        foreign = grid.cell(place, columns["latin"])
        if foreign is not None:
            span = trimmed(folded, foreign.start, foreign.end, "（）")
            if is_latin(folded, span):
                name = name._replace(latin=span)
    origin = trimmed(folded, country.start, country.end) if country else heading
    if origin and not has_cjk(folded, origin):
        origin = heading
    rows = []
    for kind in rate_columns:
        value = grid.cell(place, columns[kind])
        head = grid.cell(header.first - 1, columns[kind])
        if value is None or head is None:
            continue
        text = squeeze(fold(value.text))
        match = _NUMBER.match(text)
        if match is None or not ("%" in text or "%" in fold(head.text)):
            continue
        rows.append(
            Row(
                name,
                float(match["rate"]),
                trimmed(folded, value.start, value.end),
                origin or None,
                1 if kind == "margin" else 2,
                _measure_of_column(folded, grid, header, columns[kind]),
            )
        )
    return rows
