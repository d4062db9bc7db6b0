"""Catalogues of goods in tables: 商品编号, 商品名称, 管制编码."""

import re
from typing import NamedTuple

from services.parser.document.controlled_items.lines import CODE, Code
from services.parser.document.document import Document
from services.parser.document.grid import grid_of, header_of
from services.parser.layouts.page import TextCell, TextTable
from shared.chinese.characters import compact
from shared.chinese.form import Form, Forms
from shared.chinese.text import Span, trimmed
from shared.notice import HsCode

# The columns by the words of their headings.
COLUMNS = Forms(
    Form(
        "hs",
        r"(?:海关)?商品(?:编号|编码)|税则号列?|税号|HS|海关编[号码]|^编码$",
        yes=("海关商品编号", "税则号列"),
        no=("管制编码",),
    ),
    Form("code", r"(?:管制|物项|清单)(?:编码|编号)|^管制码", yes=("管制编码",)),
    Form("destination", r"目的国|目的地|国家|国别|地区", yes=("目的国",)),
    Form(
        "name",
        r"(?:商品|货物|物项|技术|产品)(?:名称|品名)|^名称|^品名|^物项$|^货物$|中文名称|商品名|^商品$",
        yes=("货物名称", "物项"),
        no=("货物种类",),
    ),
    Form("description", r"描述|^货物种类|^商品种类|^类别", yes=("货物种类",)),
)
_NUMBER = re.compile(r"(?<![\d.])\d{4}(?:[.\s]?\d{2}){0,3}(?![\d.]*\d)")
_CODE = re.compile(rf"^{CODE}$")


class Row(NamedTuple):
    """One item of a table: cells with the same name below each other are one item."""

    codes: tuple[Span, ...]
    name: Span
    hs: tuple[Code, ...]


def rows_of(document: Document, table: TextTable) -> list[Row]:
    """The items of a table that has a column of names and one of customs or control codes."""
    grid = grid_of(table)
    header = header_of(grid, COLUMNS)
    columns = header.columns
    name_column = columns.get("name", columns.get("description"))
    if name_column is None or not {"hs", "code"} & columns.keys():
        return []
    head = grid.cell(header.first - 1, columns["hs"]) if "hs" in columns else None
    refers = head is not None and "参考" in head.text
    rows: list[Row] = []
    last: TextCell | None = None
    for row in range(header.first, len(grid.rows)):
        cell = grid.cell(row, name_column)
        if cell is None or not cell.text.strip():
            continue
        hs = (
            _codes(document, grid.cell(row, columns["hs"]), head, refers=refers)
            if "hs" in columns and head is not None
            else ()
        )
        codes = _control(document, grid.cell(row, columns["code"])) if "code" in columns else ()
        name = trimmed(document.body.folded, cell.start, cell.end, "。；;")
        if not hs and not codes:
            continue
        if cell is last and rows:
            known = {code.span for code in rows[-1].hs}
            more = tuple(code for code in hs if code.span not in known)
            rows[-1] = rows[-1]._replace(hs=rows[-1].hs + more)
            continue
        last = cell
        rows.append(Row(codes, name, hs))
    return rows


def _codes(
    document: Document, cell: TextCell | None, head: TextCell, *, refers: bool
) -> tuple[Code, ...]:
    if cell is None:
        return ()
    found = []
    for match in _NUMBER.finditer(document.body.folded, cell.start, cell.end):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) in (4, 6, 8, 10):
            value = HsCode(code=digits, role="reference" if refers else "scope")
            found.append(Code(value, Span(*match.span()), Span(head.start, head.end)))
    return tuple(found)


def _control(document: Document, cell: TextCell | None) -> tuple[Span, ...]:
    if cell is None:
        return ()
    span = trimmed(document.body.folded, cell.start, cell.end)
    text = compact(document.body.folded, *span).text.rstrip(".")
    return (span,) if _CODE.match(text) else ()
