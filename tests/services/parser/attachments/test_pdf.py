"""What only PDF files have: fonts that are named alone, lines that are divided, tables that go on."""

import pytest

from services.parser.attachments.pdf.lines import joined
from services.parser.attachments.pdf.page import Rule
from services.parser.attachments.pdf.ruled import tables_of
from services.parser.attachments.read import read_attachment
from tests.services.parser.attachments.authoring.raw_pdf import SIMSUN, pdf


def _written(text: str, x: int, y: int) -> bytes:
    return b"BT /F 10 Tf %d %d Td <%s> Tj ET\n" % (x, y, text.encode("gbk").hex().encode())


def test_single_letters_of_a_font_that_is_not_in_the_file_are_read() -> None:
    # PDFium has no outline for them, and leaves them out of the text of a page.
    content = pdf(
        [_written("1", 72, 700) + _written("镓", 100, 700) + _written("a", 72, 680)], font=SIMSUN
    )
    assert read_attachment(content).text == "1 镓\na"


@pytest.mark.parametrize(
    ("text", "more", "full", "whole"),
    [
        ("海关商", "品编号", True, "海关商品编号"),
        ("甲公司", "乙公司", False, "甲公司 乙公司"),
        ("Orlin Defense", "Systems", True, "Orlin Defense Systems"),
        ("anti-", "dumping", True, "anti-dumping"),
        # A code over two lines, and two codes in two lines.
        ("81129210", "10", True, "8112921010"),
        ("811292101", "0", False, "8112921010"),
        ("8112921010", "8112929090", True, "8112921010 8112929090"),
        ("8112", "2841", False, "8112 2841"),
        ("2844", "100090", True, "2844100090"),
        ("第", "35项", True, "第35项"),
    ],
)
def test_joined(text: str, more: str, full: bool, whole: str) -> None:
    assert joined(text, more, full=full) == whole


def _grid(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def test_a_grid_has_a_cell_for_each_place() -> None:
    (table,) = tables_of(_grid([10, 60, 200], [10, 30, 50, 70]))
    assert [(cell.row, cell.column) for cell in table.cells] == [
        (r, c) for r in range(3) for c in range(2)
    ]
    assert {(cell.row_span, cell.column_span) for cell in table.cells} == {(1, 1)}


def test_borders_that_each_cell_draws_are_one() -> None:
    boxes = [(10, 10, 60, 30), (60.4, 10, 200, 30), (10, 30.3, 60, 50), (60.4, 30.3, 200, 50)]
    rules = [
        rule for left, top, right, bottom in boxes for rule in _grid([left, right], [top, bottom])
    ]
    (table,) = tables_of(rules)
    assert len(table.cells) == 4


def test_dashes_are_a_line() -> None:
    dashes = [Rule(x, 30, x + 3, 30) for x in range(10, 200, 5)]
    (table,) = tables_of([*_grid([10, 200], [10, 50]), *dashes])
    assert len(table.cells) == 2


def test_a_table_without_outer_upright_borders_ends_with_its_lines() -> None:
    level = [Rule(10, y, 200, y) for y in (10, 30, 50)]
    (table,) = tables_of([*level, Rule(100, 10, 100, 50)])
    assert [(cell.left, cell.right) for cell in table.cells[:2]] == [(10, 100), (100, 200)]


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [Rule(10, 10, 200, 10)],
        # A frame is no table; nor are lines that do not meet.
        _grid([10, 200], [10, 50]),
        [Rule(10, 10, 200, 10), Rule(10, 50, 200, 50), Rule(400, 10, 400, 50)],
    ],
)
def test_what_is_no_table(rules: list[Rule]) -> None:
    assert tables_of(rules) == []
