"""Files that are made to exhaust a reader end in an outcome, and quickly."""

import time
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from services.parser.attachments import limits
from services.parser.attachments.read import read_attachment
from tests.services.parser.attachments.authoring.raw_pdf import pdf
from tests.services.parser.attachments.authoring.raw_xlsx import SHEET, workbook
from tests.services.parser.attachments.authoring.wordprocessing import document, paragraph, zipped

MOST_SECONDS = 20.0


def _zeros() -> bytes:
    """27 members of 10 MB that a few kilobytes inflate to."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for index in range(27):
            archive.writestr(f"{index}.txt", bytes(10_000_000))
    return out.getvalue()


def _one_large() -> bytes:
    return zipped({"a.txt": bytes(70 * 1024 * 1024)})


def _lying() -> bytes:
    """A member that inflates to more than it states."""
    data = bytearray(zipped({"a.txt": b"a" * 100_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def _many() -> bytes:
    return zipped({f"{index}.txt": b"" for index in range(limits.MOST_MEMBERS + 1)})


def _deep() -> bytes:
    data = b"a"
    for _ in range(50):
        data = zipped({"a.zip" if data.startswith(b"PK") else "a.txt": data})
    return data


def _entities() -> bytes:
    """Billion laughs in a Word document."""
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    xml = f'<!DOCTYPE w [<!ENTITY a0 "ha">{laughs}]><w:document><w:body>&a9;</w:body></w:document>'
    return _with_part(document(paragraph("x")), "word/document.xml", xml.encode())


def _external() -> bytes:
    """An entity that names a file of the machine."""
    xml = (
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document xmlns:w="http://schemas.openxmlformats'
        '.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    )
    return _with_part(document(paragraph("x")), "word/document.xml", xml.encode())


def _nested_tables() -> bytes:
    table, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return document(table * 20_000 + end * 20_000)


def _million_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 400_001))
    return workbook(SHEET.format(rows))


def _two_corners() -> bytes:
    """Two cells with 17 billion places between them."""
    return workbook(
        SHEET.format(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        )
    )


def _repeated_cells() -> bytes:
    """A cell that is repeated over a sheet of an OpenDocument workbook."""
    xml = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table '
        'table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": xml.encode()}
    )


def _nested_html() -> bytes:
    return b"<html>" + b"<div>" * 100_000


def _pages() -> bytes:
    return pdf([b"BT /F 9 Tf 72 700 Td (x) Tj ET"], pages=10_000)


def _lines() -> bytes:
    """A page of 300,000 ruled lines."""
    return pdf(
        [
            b"".join(
                b"%d %d m %d %d l S\n" % (n % 500, n % 800, n % 500 + 50, n % 800)
                for n in range(300_000)
            )
        ]
    )


def _letters() -> bytes:
    """A page of 100,000 letters."""
    return pdf([b"BT /F 1 Tf 1 700 Td " + b"(abcdefghij) Tj " * 10_000 + b"ET"])


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return zipped({**parts, name: content})


@pytest.mark.parametrize(
    ("make", "state", "reason"),
    [
        (_zeros, "too large", "when inflated"),
        (_many, "too large", "members"),
        (_entities, "too large", "entities"),
        (_external, "too large", "entities"),
        (_nested_tables, "too large", "depth"),
        (_million_rows, "too large", "cells"),
        (_repeated_cells, "too large", "cells"),
        (_nested_html, "damaged", "elements open at once"),
        (_pages, "too large", "10000 pages"),
    ],
)
def test_bomb(make: Callable[[], bytes], state: str, reason: str) -> None:
    data = make()
    began = time.process_time()
    content = read_attachment(data)
    assert time.process_time() - began < MOST_SECONDS
    assert content.state == state
    assert reason in (content.reason or "")


@pytest.mark.parametrize("make", [_lines, _letters])
def test_a_page_that_is_too_much_is_read_as_far_as_it_is_one(make: Callable[[], bytes]) -> None:
    began = time.process_time()
    content = read_attachment(make())
    assert time.process_time() - began < MOST_SECONDS
    assert content.state == "read"
    assert content.warnings


@pytest.mark.parametrize(
    ("make", "state"), [(_one_large, "too large"), (_lying, "damaged"), (_deep, "too large")]
)
def test_bomb_in_an_archive(make: Callable[[], bytes], state: str) -> None:
    content = read_attachment(make())
    while content.members:
        content = content.members[0].content
    assert content.state == state


def test_cells_far_apart_need_no_room_for_what_is_between() -> None:
    content = read_attachment(_two_corners())
    assert content.text == "1\n1"


def test_a_workbook_as_the_bombs_have_it_is_read() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    content = read_attachment(workbook(SHEET.format(row + row.replace("1", "2"))))
    assert content.state == "read"
