"""A scan, turned and blurred, reads as the table that it was made from, each cell with its confidence."""

from functools import cache

import pytest

from services.parser.attachments.ocr.recognise import is_installed
from services.parser.attachments.read import read_attachment
from shared.attachment import AttachmentContent, Paragraph
from testing.attachments import FILES, grid
from testing.scans import scanned
from tests.services.parser.attachments.authoring.content import ITEMS, ITEMS_TITLE

pytestmark = pytest.mark.skipif(not is_installed(), reason="the extra ocr is not installed")


@cache
def _scan() -> bytes:
    file = next(file for file in FILES if file.name == "items-by-libreoffice.pdf")
    return scanned(file.read_bytes())


@pytest.fixture(scope="module")
def content() -> AttachmentContent:
    return read_attachment(_scan(), ocr=True)


def test_a_scan_is_not_read_unless_asked_for() -> None:
    assert read_attachment(_scan()).state == "unread kind"


def test_rows_of_a_scan(content: AttachmentContent) -> None:
    assert (content.kind, content.state, content.pages) == ("pdf", "read", 1)
    assert content.warnings == ("pages whose text is recognised in a picture: 1",)
    (table,) = content.tables
    rows = [[_folded(text) for text in row] for row in grid(table)]
    expected = [[_folded(text) for text in row] for row in ITEMS]
    # A lone dash is no text for it.
    expected[6][3] = rows[6][3] = ""
    right = [row for row, wanted in zip(rows, expected, strict=True) if row == wanted]
    assert [row[2:] for row in rows] == [row[2:] for row in expected]
    assert len(right) >= len(expected) - 1
    first = next(block for block in content.blocks if isinstance(block, Paragraph))
    assert _folded(first.text) == _folded(ITEMS_TITLE)


def test_what_is_recognised_has_a_confidence(content: AttachmentContent) -> None:
    cells = [cell for row in content.tables[0].rows for cell in row if cell.text]
    assert all(cell.confidence is not None and 0 < cell.confidence <= 1 for cell in cells)
    names = [cell for cell in cells if "靶材" in cell.text]
    codes = [cell.confidence or 0 for cell in cells if cell.text.isdigit()]
    assert min(codes) > 0.9
    assert all((cell.confidence or 0) < 0.9 for cell in names)


def _folded(text: str) -> str:
    """Without white space, and with the stops of one width: those are the model's own."""
    return "".join(text.split()).translate(str.maketrans("（）：，；", "():,;"))
