"""Deadlines in tables: a column of days (申报期限, 截止时间) beside one of what is due (报送材料, 工作任务)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.force.deadlines.forms import LIMITS, SPANS
from services.parser.document.force.deadlines.limits import Limit, limit_of
from services.parser.document.grid import Grid, grid_of, header_of
from services.parser.layouts.page import TextCell, TextTable
from shared.chinese.dates import calendar_day, find_dates
from shared.chinese.form import Form, Forms
from shared.chinese.sentences import STOPS
from shared.chinese.text import Span, trimmed

_DUE = "申报|报送|上报|申请|提交|递交|完成|受理|办理|报名|反馈|缴费|缴纳|填报|备案|整改|征集"
# The columns by the words of their headings.
COLUMNS = Forms(
    Form(
        "until",
        rf"(?:{_DUE})(?:工作)?(?:起止|截止|最后)?(?:时限|期限|时间|日期|日)$|^(?:截止|截至)(?:时间|日期|日)$|^时限(?:要求)?$|^时间节点$",
        yes=("申报期限", "报送时间", "截止日期", "完成时限"),
        no=("有效期限", "发布时间", "实施期限"),
    ),
    Form(
        "due",
        r"(?:事项|任务|内容|材料|报表|项目|工作|名称|类别|阶段|品种|商品|产品|货物)(?:名称)?$",
        yes=("报送材料", "工作任务", "配额品种名称"),
        no=("联系人",),
    ),
)


class Days(NamedTuple):
    """Days that a cell prints, and the last of them."""

    start: int
    end: int
    on: date | None
    doubt: str | None = None


class RowTerm(NamedTuple):
    """What a cell prints, the words for what is due, and the row that it stands in."""

    limit: Limit | Days
    due: Span
    row: Span


def table_terms(document: Document, table: TextTable) -> Iterator[RowTerm]:
    """The deadlines of a table in the order of its rows; none where no column is one of days by which something is due."""
    grid = grid_of(table)
    header = header_of(grid, COLUMNS)
    until = header.columns.get("until")
    if until is None:
        return
    due = header.columns.get("due")
    seen: set[tuple[int, int]] = set()
    for number in range(header.first, len(grid.rows)):
        cell = grid.cell(number, until)
        if cell is None or not cell.text.strip():
            continue
        what = _what(document, grid, number, due, header.first, until)
        if what is None or (cell.start, what.start) in seen:
            continue
        seen.add((cell.start, what.start))
        limit = _limit(document, cell)
        if limit is not None:
            cells = [one for one in grid.rows[number] if one is not None]
            row = Span(min(one.start for one in cells), max(one.end for one in cells))
            yield RowTerm(limit, what, row)


def _what(
    document: Document, grid: Grid, row: int, due: int | None, first: int, until: int
) -> Span | None:
    """The words for what is due: those of its column, else the heading of the days (申报期限)."""
    folded = document.body.folded
    cell = grid.cell(row, due) if due is not None else grid.cell(first - 1, until)
    if cell is None:
        return None
    return trimmed(folded, cell.start, cell.end, STOPS) or None


def _limit(document: Document, cell: TextCell) -> Limit | Days | None:
    """The last day that a cell names, or a period; None where it names neither (另行通知)."""
    folded = document.body.folded
    if span := SPANS.search(folded, cell.start, cell.end):
        days = find_dates(folded, span.start, span.end)
        first, last = days[0].value, days[-1].value
        if len(days) == 1:
            month = int(span["month"]) if span["month"] else first.month
            last = calendar_day(first.year, month, int(span["day"])) or first
        return Days(span.start, span.end, last if last > first else None)
    if form := LIMITS.search(folded, cell.start, cell.end):
        return limit_of(document, form)
    days = find_dates(folded, cell.start, cell.end)
    return Days(days[-1].start, days[-1].end, days[-1].value) if days else None
