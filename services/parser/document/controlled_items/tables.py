"""Catalogues of goods in tables: 商品编号, 商品名称, 管制编码, 禁止方式, 目的国."""

from typing import NamedTuple

from services.parser.document.controlled_items.codes import is_control_code
from services.parser.document.controlled_items.goods import Good
from services.parser.document.controlled_items.regulation import Regulation, places_in
from services.parser.document.customs_codes import LABEL, Codes, Role, codes_within
from services.parser.document.document import Document
from services.parser.document.grid import Grid, Header, grid_of, header_of
from services.parser.layouts.page import TextCell, TextTable
from shared.chinese.characters import compact
from shared.chinese.form import Form, Forms
from shared.chinese.text import Span, trimmed
from shared.notice import Direction

# The columns by the words of their headings.
COLUMNS = Forms(
    Form(
        "hs",
        rf"{LABEL}|^编码$|商品代码",
        yes=("海关商品编号", "税则号列", "参考税号"),
        no=("管制编码",),
    ),
    Form("code", r"(?:管制|控制|物项|清单)(?:编码|编号)|^管制码", yes=("管制编码", "控制编码")),
    Form("place", r"目的国|目的地|国家|国别|地区|原产地|原产国", yes=("目的国", "原产地")),
    Form(
        "manner",
        r"(?:禁止|管理|监管|管制|限制)(?:方式|类型|措施)|进出口(?:类型|方向)|^流向$",
        yes=("禁止方式", "管理方式"),
    ),
    Form(
        "name",
        r"(?:商品|货物|物项|技术|产品|品种)(?:名称|品名)|^名称|^品名|^物项$|^货物$|中文名称|商品名|^商品$|^产品$",
        yes=("货物名称", "物项", "禁运产品名称"),
        no=("货物种类",),
    ),
    Form("description", r"描述|^货物种类|^商品种类|^类别", yes=("货物种类",)),
)
MANNERS = Forms(
    Form(
        "both",
        r"(?P<ban>禁止)?(?P<word>进出口|出口、进口|进口、出口|进、出口)",
        yes=("禁止进出口", "进口、出口"),
    ),
    Form("export", r"(?P<ban>禁止)?(?P<word>出口)", yes=("禁止出口",), no=("进口",)),
    Form("import", r"(?P<ban>禁止)?(?P<word>进口)", yes=("禁止进口",)),
)
_DIRECTIONS: dict[str, tuple[Direction, ...]] = {
    "both": ("export", "import"),
    "export": ("export",),
    "import": ("import",),
}


class Row(NamedTuple):
    """One item of a table: cells with the same name below each other are one item. `regulation` is
    what its own cells say: 禁止方式, 目的国.
    """

    good: Good
    regulation: Regulation


def rows_of(document: Document, table: TextTable) -> list[Row]:
    """The items of a table that has a column of names and one of customs or control codes."""
    grid = grid_of(table)
    header = header_of(grid, COLUMNS)
    columns = header.columns
    name_column = columns.get("name", columns.get("description"))
    if name_column is None or not {"hs", "code"} & columns.keys():
        return []
    folded = document.body.folded
    rows: list[Row] = []
    last: TextCell | None = None
    for row in range(header.first, len(grid.rows)):
        cell = grid.cell(row, name_column)
        if cell is None or not cell.text.strip():
            continue
        hs = _customs_codes(document, grid, header, row)
        codes = _control_codes(document, _cell(grid, header, row, "code"))
        if not hs.found and not codes:
            continue
        if cell is last and rows:
            good = rows[-1].good
            known = {code.span for code in good.hs}
            more = tuple(code for code in hs.found if code.span not in known)
            good = good._replace(hs=good.hs + more, doubts=good.doubts + hs.doubts)
            rows[-1] = rows[-1]._replace(good=good)
            continue
        last = cell
        name = trimmed(folded, cell.start, cell.end, "。；;")
        good = Good(name, codes, hs.found, doubts=hs.doubts)
        rows.append(Row(good, _regulation(folded, grid, header, row)))
    return rows


def _regulation(folded: str, grid: Grid, header: Header, row: int) -> Regulation:
    place, manner = (_cell(grid, header, row, column) for column in ("place", "manner"))
    places = places_in(folded, place.start, place.end) if place else ()
    form = MANNERS.search(folded, manner.start, manner.end) if manner else None
    if form is None:
        return Regulation(places=places)
    word = Span(*form.span("word"))
    ban = Span(*form.span("ban")) if form.holds("ban") else None
    return Regulation(_DIRECTIONS[form.name], word, "ban" if ban else None, ban, places)


def _cell(grid: Grid, header: Header, row: int, column: str) -> TextCell | None:
    return grid.cell(row, header.columns[column]) if column in header.columns else None


def _customs_codes(document: Document, grid: Grid, header: Header, row: int) -> Codes:
    head = _cell(grid, header, header.first - 1, "hs")
    cell = _cell(grid, header, row, "hs")
    if head is None or cell is None:
        return Codes()
    folded = document.body.folded
    role: Role = "reference" if "参考" in head.text else "scope"
    label = Span(head.start, head.end)
    return codes_within(folded, cell.start, cell.end, label=label, role=role)


def _control_codes(document: Document, cell: TextCell | None) -> tuple[Span, ...]:
    if cell is None:
        return ()
    span = trimmed(document.body.folded, cell.start, cell.end)
    text = compact(document.body.folded, *span).text.rstrip(".")
    return (span,) if is_control_code(text) else ()
