"""Rates by company as notices list them, in lines (1. 甲公司 36.2%（Alpha Inc.）) and in tables."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from services.parser.document.document import Document, Line
from services.parser.document.duties.terms import measure_named
from services.parser.document.text.characters import fold, squeeze
from services.parser.document.text.grid import Grid, Header, grid_of, header_of
from services.parser.document.text.markers import marker_at
from services.parser.document.text.names import Name, has_cjk, is_latin, kind_of, name_at
from services.parser.document.text.spans import Span, trimmed
from services.parser.layouts.page import TextTable

RATE = r"(?P<rate>\d{1,4}(?:[.]\d{1,4})?)\s?%"
_RATE = re.compile(rf"(?<![\d.]){RATE}")
_NUMBER = re.compile(r"^(?P<rate>\d{1,4}(?:[.]\d{1,4})?)%?$")
# 对各公司征收的反倾销税税率如下： / 各公司的倾销幅度如下：
_DUTY = re.compile(r"税率|比率|保证金|反倾销税|反补贴税|关税")
_MARGIN = re.compile(r"幅度|补贴率")
_INTRODUCES = re.compile(r"如下|见下表|[：:]$|为$|列表|一览表|税率表|比率表")
_HEADING = re.compile(
    r"^(?P<origin>[^，。：%（）\d]{1,14}?)(?:的)?(?:公司|企业|生产商|出口商|厂商)(?:及(?:其)?(?:税率|比率))?[：:]?$"
    r"|^(?P<origin2>[^，。：%（）\d]{1,10})[：:]$"
)
_OTHERS = re.compile(
    r"^(?:其他|其它|所有|全部|未应诉|应诉)|公司$|企业$|厂商$|All Others", re.IGNORECASE
)
_NO_COMPANY = re.compile(
    r"征收|决定|公告|计算|审定|自\d|调查(?!的(?:公司|企业|生产商))|合计|增值税|产量|数量|占|比例|进口额|关税税率"
)
_SEPARATORS = " ，,、：:；;—-–…·.。=　"
_LONGEST = 260


class Row(NamedTuple):
    """One company's rate. `weight` is 2 for a duty or deposit, 1 for a margin, 0 where a row stands
    without a line that says what it is. `measure` is where the table's head or the line above says
    反倾销 or 反补贴.
    """

    name: Name
    rate: float
    rate_span: Span
    origin: Span | None
    weight: int
    measure: Span | None = None


def listed_rows(document: Document, start: int, end: int, origins: list[str]) -> list[Row]:
    """The rows between two offsets, in the order of the text."""
    tables = [table for table in document.tables if start <= table.start and table.end <= end]
    rows: list[Row] = []
    for table in tables:
        rows += _table(document, table, origins)
    reader = _Lines(document, origins)
    for line in document.lines:
        if not (start <= line.start and line.end <= end):
            continue
        if any(table.start <= line.start <= table.end for table in tables):
            continue
        reader.read(line)
    return sorted([*rows, *reader.rows], key=lambda row: row.rate_span)


class _Lines:
    """Reads lines one by one; a company, its foreign name and its rate may stand on three."""

    def __init__(self, document: Document, origins: list[str]) -> None:
        self.folded = document.folded
        self.origins = origins
        self.rows: list[Row] = []
        self.weight = 0
        self.measure: Span | None = None
        self.origin: Span | None = None
        self.open_name: Name | None = None
        # The row that the line before ended with; a foreign name may follow.
        self.last_is_row = False

    def read(self, line: Line) -> None:
        folded = self.folded
        marker = marker_at(folded, line.start, line.end)
        body = trimmed(folded, marker.end if marker else line.start, line.end)
        text = folded[body.start : body.end]
        rates = list(_RATE.finditer(folded, *body))
        if not text:
            return
        if self._foreign_name(body, text, numbered=marker is not None):
            return
        if len(rates) == 1 and self._row(body, rates[0], numbered=marker is not None):
            return
        self.last_is_row = False
        name, self.open_name = self.open_name, None
        if rates:
            bare = trimmed(folded, body.start, rates[0].start(), _SEPARATORS)
            if name and len(rates) == 1 and not bare and len(text) < 12:
                self._add(name, rates[0])
                return
            return
        if self._introduce(body, text):
            return
        heading = _HEADING.match(squeeze(text))
        if heading and self._heading(body, heading):
            return
        candidate = name_at(folded, *body)
        a_company = candidate.zh and is_company(folded, candidate) and len(text) < 160
        if a_company and (self.weight or marker) and "。" not in text:
            self.open_name = candidate
        elif "。" in text or (marker and marker.level <= 2):
            self.weight, self.measure, self.origin = 0, None, None

    def _introduce(self, body: Span, text: str) -> bool:
        says = _INTRODUCES.search(text.rstrip("。"))
        if not says or len(text) > 200:
            return False
        if _DUTY.search(text):
            self.weight = 2
        elif _MARGIN.search(text):
            self.weight = 1
        else:
            return False
        self.measure = measure_named(self.folded, *body)
        self.origin = None
        for origin in self.origins:
            # 对美国公司征收的反倾销税税率如下
            place = text.find(origin + "公司")
            if place >= 0 and sum(text.count(one + "公司") for one in self.origins) == 1:
                at = self.folded.rfind(origin + "公司", 0)
                self.origin = Span(at, at + len(origin)) if at >= 0 else None
        return True

    def _heading(self, body: Span, heading: re.Match[str]) -> bool:
        origin = heading["origin"] or heading["origin2"]
        known = origin in self.origins
        if origin.startswith(("其他", "其它", "所有", "各", "对")) or not (known or self.weight):
            return False
        if not known and (not heading.group().endswith(("：", ":")) or len(origin) > 6):
            return False
        place = self.folded.find(origin, *body)
        if place < 0:
            return False
        self.origin = Span(place, place + len(origin))
        return True

    def _foreign_name(self, body: Span, text: str, *, numbered: bool) -> bool:
        inner = trimmed(self.folded, body.start, body.end, "（）")
        if numbered or not is_latin(self.folded, inner) or _RATE.search(text):
            return False
        if self.open_name is not None and self.open_name.latin is None:
            self.open_name = self.open_name._replace(latin=inner)
            return True
        if self.last_is_row and self.rows[-1].name.latin is None:
            last = self.rows[-1]
            self.rows[-1] = last._replace(name=last.name._replace(latin=inner))
            return True
        return False

    def _row(self, body: Span, rate: re.Match[str], *, numbered: bool) -> bool:
        folded = self.folded
        if body.end - body.start > _LONGEST:
            return False
        before = trimmed(folded, body.start, rate.start(), _SEPARATORS)
        after = trimmed(folded, rate.end(), body.end, _SEPARATORS)
        if not before:
            return False
        text = folded[before.start : before.end]
        if _NO_COMPANY.search(text) or "。" in text or text.count("，") > 2:
            return False
        if after and not folded.startswith("（", after.start) and not is_latin(folded, after):
            return False
        name = name_at(folded, *before)
        if after and name.latin is None:
            inner = trimmed(folded, after.start, after.end, "（）")
            if is_latin(folded, inner):
                name = name._replace(latin=inner)
        if not (name.zh or name.latin) or not is_company(folded, name):
            return False
        others = re.match(r"(?:其[他它]|所有).{1,12}公司$", text)
        if not (self.weight or numbered or name.latin or others):
            return False
        self._add(name, rate)
        return True

    def _add(self, name: Name, rate: re.Match[str]) -> None:
        self.rows.append(
            Row(
                name,
                float(rate["rate"]),
                Span(rate.start(), rate.end()),
                self.origin,
                self.weight,
                self.measure,
            )
        )
        self.open_name = None
        self.last_is_row = True


def is_company(folded: str, name: Name) -> bool:
    """Whether a name is a company's or stands for companies: 其他美国公司, All Others."""
    if kind_of(folded, name):
        return True
    return any(
        _OTHERS.search(folded[span.start : span.end]) for span in (name.zh, name.latin) if span
    )


_KINDS = (
    ("countervailing", re.compile(r"反补贴|补贴税")),
    ("duty", re.compile(r"反倾销税|税率|比率|保证金|关税")),
    ("margin", re.compile(r"幅度|补贴率")),
    ("latin", re.compile(r"英文|外文|English")),
    ("origin", re.compile(r"国别|国家|地区|原产地|原产国|来源")),
    ("name", re.compile(r"公司|企业|生产商|出口商|厂商|名称|应诉")),
)


def _table(document: Document, table: TextTable, origins: list[str]) -> list[Row]:
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
            match = _HEADING.match(text) or (
                _HEADING.match(text + "：") if text in origins else None
            )
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
    return bool(_INTRODUCES.search(line.rstrip("。 "))) and bool(_DUTY.search(line))


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
