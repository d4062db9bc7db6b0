"""Workbooks: by openpyxl, xlwt and odfpy, and what LibreOffice makes of them."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableColumnProperties, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P

from tests.services.parser.attachments.authoring.case import Case
from tests.services.parser.attachments.authoring.content import (
    CLASSES,
    DUTIES,
    ENTITIES,
    ENTITIES_TITLE,
    NOTE,
)
from tests.services.parser.attachments.authoring.libreoffice import converted
from tests.services.parser.attachments.authoring.ole import with_stream

DUTIES_TITLE = "2025年进口商品暂定税率表"
# As sheets keep them: codes as numbers under a format of zeros, rates as fractions, days as days.
_DUTIES = [
    (106, "其他活动物", 0.1, 0.0, date(2025, 1, 1)),
    (2071411, "冻的整鸡腿", 0.125, 0.0625, date(2025, 1, 1)),
    (28046117, "直径在30厘米及以上的单晶硅棒", 0.04, 0.02, date(2025, 7, 1)),
    (8112921010, "未锻轧镓", 0.03, 0.005, date(2026, 1, 1)),
]
_CODE_FORMATS = ("0000", "00000000", "0", "General")
_RATE_FORMATS = ("0%", "0.0%", "0%", "0%"), ("0%", "0.00%", "0%", "0.0%")


def duties_xlsx() -> bytes:
    """A tariff table: title and note in merged cells, numbers under formats."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "税率表"
    sheet["A1"] = DUTIES_TITLE
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(DUTIES[0])
    for index, row in enumerate(_DUTIES):
        sheet.append(row)
        line = sheet[sheet.max_row]
        line[0].number_format = _CODE_FORMATS[index]
        line[2].number_format = _RATE_FORMATS[0][index]
        line[3].number_format = _RATE_FORMATS[1][index]
        line[4].number_format = "yyyy/m/d"
    sheet.append([])
    sheet.append([NOTE])
    return _saved(book)


def _duties_xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("税率表")
    sheet.write_merge(0, 0, 0, 4, DUTIES_TITLE)
    for column, text in enumerate(DUTIES[0]):
        sheet.write(2, column, text)
    for index, row in enumerate(_DUTIES):
        formats = (
            _CODE_FORMATS[index],
            "general",
            _RATE_FORMATS[0][index],
            _RATE_FORMATS[1][index],
            "YYYY/M/D",
        )
        for column, (value, code) in enumerate(zip(row, formats, strict=True)):
            sheet.write(3 + index, column, value, xlwt.easyxf(num_format_str=code))
    sheet.write(8, 0, NOTE)
    return _saved(book)


def _codes_xlsx() -> bytes:
    """What codes become in sheets: texts, numbers, numbers under formats, formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "编码"
    rows = [
        ("写法", "编码", "General"),
        ("文本", "0106", "@"),
        ("数字", 8112921010, "General"),
        ("科学记数", 8112921010, "0.00E+00"),
        ("补零", 1061100, "00000000"),
        ("分段", 2844100090, '0000"."00"."0000'),
        ("小数", 2844.1, "0.00"),
        ("千位", 1234567, "#,##0"),
        ("带单位", 12.5, '0.0"吨"'),
        ("百分数", 0.0875, "0.00%"),
        ("很小", 0.00012, "General"),
        ("真假", True, "General"),
    ]
    for label, value, code in rows:
        sheet.append([label, value])
        sheet.cell(sheet.max_row, 2).number_format = code
    return _saved(book)


CODES = [
    ["写法", "编码"], ["文本", "0106"], ["数字", "8112921010"], ["科学记数", "8112921010"], ["补零", "01061100"],
    ["分段", "2844.10.0090"], ["小数", "2844.10"], ["千位", "1,234,567"], ["带单位", "12.5吨"],
    ["百分数", "8.75%"], ["很小", "0.00012"], ["真假", "TRUE"],
]  # fmt: skip


def _hidden_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    for row in ENTITIES[:7]:
        sheet.append(row)
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    parameters = book.create_sheet("参数")
    parameters.append(["内部", "数据"])
    parameters.sheet_state = "hidden"
    empty = book.create_sheet("Sheet3")
    empty.sheet_state = "veryHidden"
    return _saved(book)


def _hidden_xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    for index, row in enumerate(ENTITIES[:7]):
        for column, text in enumerate(row):
            sheet.write(index, column, text)
    sheet.row(3).hidden = True
    sheet.row(4).hidden = True
    sheet.col(2).hidden = True
    parameters = book.add_sheet("参数")
    parameters.write(0, 0, "内部")
    parameters.visibility = 1
    return _saved(book)


HIDDEN = [[row[0], row[1], row[3]] for index, row in enumerate(ENTITIES[:7]) if index not in (3, 4)]
HIDDEN_WARNINGS = [
    "sheet 名单: hidden and left out: rows 4-5",
    "sheet 名单: hidden and left out: columns C",
    "sheet 参数 is hidden and left out",
]


def _merged_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ["类别", "物项名称", "编码", None],
        [None, None, "海关商品编号", "控制编码"],
        ["一、材料", "金属镓", 8112921010, "3C301.a"],
        [None, "氧化镓", 2825909001, "3C301.b"],
        [None, "磷化铟", 2853904051, "3C304.a"],
        ["二、设备", "离子注入机", 8486202100, "3B001"],
        [None, "（保留）", None, None],
    ]
    for row in rows:
        sheet.append(row)
    for span in ("A1:A2", "B1:B2", "C1:D1", "A3:A5", "A6:A7", "B7:D7"):
        sheet.merge_cells(span)
    return _saved(book)


def _merged_ods() -> bytes:
    """By odfpy: repeated cells, covered cells, a hidden column and a hidden sheet."""
    book = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    narrow = Style(name="narrow", family="table-column")
    narrow.addElement(TableColumnProperties(columnwidth="2cm"))
    book.automaticstyles.addElement(unseen)
    book.automaticstyles.addElement(narrow)
    sheet = Table(name="清单")
    sheet.addElement(TableColumn(stylename=narrow, numbercolumnsrepeated=4))
    sheet.addElement(TableColumn(stylename=narrow, visibility="collapse"))
    spans = {
        (0, 0): (2, 1),
        (0, 1): (2, 1),
        (0, 2): (1, 2),
        (2, 0): (3, 1),
        (5, 0): (2, 1),
        (6, 1): (1, 3),
    }
    covered = {
        (row + down, column + right)
        for (row, column), (rows, columns) in spans.items()
        for down in range(rows)
        for right in range(columns)
        if down or right
    }
    for index, row in enumerate(CLASSES):
        line = TableRow()
        for column, text in enumerate(row):
            if (index, column) in covered:
                line.addElement(CoveredTableCell())
                continue
            rows, columns = spans.get((index, column), (1, 1))
            cell = TableCell(
                valuetype="string", numberrowsspanned=rows, numbercolumnsspanned=columns
            )
            cell.addElement(P(text=text))
            line.addElement(cell)
        secret = TableCell(valuetype="string")
        secret.addElement(P(text="内部"))
        line.addElement(secret)
        line.addElement(TableCell(numbercolumnsrepeated=1000))
        sheet.addElement(line)
    sheet.addElement(TableRow(numberrowsrepeated=1_000_000))
    book.spreadsheet.addElement(sheet)
    hidden = Table(name="参数", stylename=unseen)
    line = TableRow()
    cell = TableCell(valuetype="string")
    cell.addElement(P(text="内部"))
    line.addElement(cell)
    hidden.addElement(line)
    book.spreadsheet.addElement(hidden)
    return _saved(book)


def _two_tables_xlsx() -> bytes:
    """Two tables in a sheet, each with its title, and a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "清单"
    for row in (["附件1"], *DUTIES[:3], [], ["附件2"], *ENTITIES[:4]):
        sheet.append(row)
    second = book.create_sheet("续表")
    for row in (ENTITIES[0], *ENTITIES[4:6]):
        second.append(row)
    return _saved(book)


def _formulas_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "配额"
    for row in (["品种", "数量（吨）"], ["钨", 100], ["锑", 250], ["合计", "=SUM(B2:B3)"]):
        sheet.append(row)
    return _saved(book)


def _saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cases() -> list[Case]:
    """All workbooks."""
    duties = [DUTIES], [DUTIES_TITLE, NOTE]
    quota = [["品种", "数量（吨）"], ["钨", "100"], ["锑", "250"]]
    return [
        Case("duties.xlsx", duties_xlsx, "xlsx", *duties),
        Case("duties.xls", _duties_xls, "xls", *duties),
        Case(
            "duties-by-libreoffice.xlsx",
            lambda: converted(_duties_xls(), "xls", "xlsx"),
            "xlsx",
            *duties,
        ),
        Case(
            "duties-by-libreoffice.xls",
            lambda: converted(duties_xlsx(), "xlsx", "xls"),
            "xls",
            *duties,
        ),
        Case("duties.ods", lambda: converted(duties_xlsx(), "xlsx", "ods"), "ods", *duties),
        Case("codes.xlsx", _codes_xlsx, "xlsx", [CODES]),
        Case("codes.xls", lambda: converted(_codes_xlsx(), "xlsx", "xls"), "xls", [CODES]),
        Case("codes.ods", lambda: converted(_codes_xlsx(), "xlsx", "ods"), "ods", [CODES]),
        Case("hidden.xlsx", _hidden_xlsx, "xlsx", [HIDDEN], [], HIDDEN_WARNINGS),
        Case("hidden.xls", _hidden_xls, "xls", [HIDDEN], [], HIDDEN_WARNINGS),
        Case("merged.xlsx", _merged_xlsx, "xlsx", [CLASSES]),
        Case("merged.xls", lambda: converted(_merged_xlsx(), "xlsx", "xls"), "xls", [CLASSES]),
        Case(
            "merged.ods",
            _merged_ods,
            "ods",
            [CLASSES],
            [],
            ["sheet 清单: hidden and left out: columns E", "sheet 参数 is hidden and left out"],
        ),
        Case(
            "two-tables.xlsx",
            _two_tables_xlsx,
            "xlsx",
            [DUTIES[:3], ENTITIES[:4], [ENTITIES[0], *ENTITIES[4:6]]],
            ["附件1", "附件2"],
        ),
        Case(
            "formulas.xlsx",
            _formulas_xlsx,
            "xlsx",
            [[*quota, ["合计", ""]]],
            [],
            ["sheet 配额: B4: a formula without a value"],
        ),
        Case(
            "formulas-by-libreoffice.xlsx",
            lambda: converted(converted(_formulas_xlsx(), "xlsx", "ods"), "ods", "xlsx"),
            "xlsx",
            [[*quota, ["合计", "350"]]],
        ),
        # As WPS writes it: the stream of Excel 97, and one of its own.
        Case(
            "entities.et",
            lambda: with_stream(_entities_xls(), "ETExtData"),
            "et",
            [ENTITIES],
            [ENTITIES_TITLE],
        ),
        Case("renamed.et", duties_xlsx, "xlsx", *duties),
    ]


def _entities_xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    sheet.write_merge(0, 0, 0, 3, ENTITIES_TITLE)
    for index, row in enumerate(ENTITIES, 1):
        for column, text in enumerate(row):
            sheet.write(index, column, int(text) if column == 0 and index > 1 else text)
    return _saved(book)
