"""PDF files to blocks: tables where lines are ruled, paragraphs for what stands outside of them."""

import ctypes
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from services.parser.attachments.limits import (
    MOST_PAGES,
    Damaged,
    Encrypted,
    TooLarge,
    UnreadKind,
    check_cells,
)
from services.parser.attachments.ocr.pictures import page_picture
from services.parser.attachments.ocr.recognise import MOST_RECOGNISED, recognised
from services.parser.attachments.pdf.joined import Part, add
from services.parser.attachments.pdf.lines import (
    TextLine,
    cell_text,
    lines_of,
    paragraph_text,
    paragraphs_of,
)
from services.parser.attachments.pdf.page import Character, PdfPage, read_page
from services.parser.attachments.pdf.ruled import RuledTable, tables_of
from shared.attachment import AttachmentContent, Block, Cell, Paragraph, Table, least_certain

_PAGE_NUMBER = re.compile(
    r"[-—–－‐· ]{0,4}\d{1,4}[-—–－‐· ]{0,4}|第 ?\d{1,4} ?页(?:[ ，,/]*共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4}|Page \d{1,4}(?: of \d{1,4})?"
)
# The margins in which page numbers and running titles stand, as a share of the height of a page.
_MARGIN = 0.11
_RUNNING_ON = 2
# A picture that covers more of a page without text is a scan.
_SCAN = 0.4
_FEW_CHARACTERS = 15
# Characters that a font does not say the meaning of: beyond, the text is none.
_MOST_UNKNOWN = 0.02


@dataclass
class TakenApart:
    """What is read of a page: its tables and lines, in their order."""

    page: PdfPage
    tables: list[tuple[RuledTable, Part]]
    lines: list[TextLine]


def read_pdf(data: bytes, *, ocr: bool = False) -> AttachmentContent:
    """A PDF file. Raises Damaged, Encrypted, TooLarge, or UnreadKind for one of pictures alone, unless those are
    recognised (`ocr`).
    """
    pdfium.FPDF_InitLibrary()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        code = pdfium.FPDF_GetLastError()
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Encrypted("the file has a password")
        raise Damaged(f"PDFium cannot open it, error {code}")
    try:
        return _read(document, ocr=ocr)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _read(document: object, *, ocr: bool) -> AttachmentContent:
    count = pdfium.FPDF_GetPageCount(document)
    if count > MOST_PAGES:
        raise TooLarge(f"{count} pages, over {MOST_PAGES}")
    warnings: list[str] = []
    pages: list[TakenApart] = []
    cells = 0
    for number in range(1, count + 1):
        try:
            page = taken_apart(read_page(document, number))
        except ValueError as error:
            warnings.append(str(error))
            continue
        cells += sum(len(row) for _, part in page.tables for row in part.rows)
        check_cells(cells)
        pages.append(page)
    if not pages:
        raise Damaged("none of its pages can be loaded" if count else "it has no pages")
    scans = [page.page.number for page in pages if _is_scan(page.page)]
    if ocr and scans:
        recognised_ = scans[:MOST_RECOGNISED]
        pages = [
            taken_apart(recognised(page_picture(document, page.page.number), page.page.number))
            if page.page.number in recognised_
            else page
            for page in pages
        ]
        warnings.append(f"pages whose text is recognised in a picture: {_numbers(recognised_)}")
        scans = scans[len(recognised_) :]
    if len(scans) == len(pages):
        raise UnreadKind("its pages are pictures, whose text is not recognised")
    warnings += _doubts([page.page for page in pages], scans)
    blocks = blocks_of(pages, warnings)
    return AttachmentContent(kind="pdf", pages=count, blocks=blocks, warnings=tuple(warnings))


def blocks_of(pages: Sequence[TakenApart], warnings: list[str]) -> tuple[Block, ...]:
    """The blocks of all pages in their order, without page numbers and running titles; doubts are added to `warnings`."""
    _drop_margins(pages)
    return tuple(_blocks(pages, warnings))


def _is_scan(page: PdfPage) -> bool:
    return page.pictured > _SCAN and len(page.characters) < _FEW_CHARACTERS


def _doubts(pages: Sequence[PdfPage], scans: Sequence[int]) -> Iterator[str]:
    if scans:
        yield f"pages that are pictures, whose text is not recognised: {_numbers(scans)}"
    if recognised := [
        page.number for page in pages if page.unpainted > 0.5 and page.pictured > _SCAN
    ]:
        yield f"pages whose text a program has recognised in a picture: {_numbers(recognised)}"
    if unknown := [
        page.number for page in pages if page.unknown > _MOST_UNKNOWN * len(page.characters)
    ]:
        yield f"pages with characters that their font does not explain: {_numbers(unknown)}"
    if crowded := [page.number for page in pages if page.crowded]:
        yield f"pages of too many lines, whose tables are not read: {_numbers(crowded)}"
    if cut := [page.number for page in pages if page.cut]:
        yield f"pages of too many characters, of which not all are read: {_numbers(cut)}"


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")


def taken_apart(page: PdfPage) -> TakenApart:
    """The tables of a page, and the lines of text outside of them."""
    ruled = [] if page.crowded else tables_of(page.rules)
    inside: dict[int, list[Character]] = {}
    outside: list[Character] = []
    for character in page.characters:
        x, y = character.middle
        for index, table in enumerate(ruled):
            if table.left <= x <= table.right and table.top <= y <= table.bottom:
                inside.setdefault(index, []).append(character)
                break
        else:
            outside.append(character)
    tables = []
    for index, table in enumerate(ruled):
        rows = _rows(table, inside.get(index, []), page.number)
        if any(cell.text for row in rows for cell in row):
            tables.append((table, Part(rows, table.columns, page.number)))
    return TakenApart(page, tables, lines_of(outside))


def _rows(table: RuledTable, characters: list[Character], page: int) -> list[list[Cell]]:
    texts: dict[int, list[Character]] = {}
    tops = sorted({cell.top for cell in table.cells})
    by_top: dict[float, list[int]] = {top: [] for top in tops}
    for index, cell in enumerate(table.cells):
        by_top[cell.top].append(index)
    for character in characters:
        x, y = character.middle
        # The cell that begins nearest above.
        for top in reversed(tops[: bisect_right(tops, y)]):
            found = next(
                (
                    index
                    for index in by_top[top]
                    if table.cells[index].left <= x < table.cells[index].right
                    and y <= table.cells[index].bottom
                ),
                None,
            )
            if found is not None:
                texts.setdefault(found, []).append(character)
                break
    rows: list[list[Cell]] = [[] for _ in range(1 + max(cell.row for cell in table.cells))]
    for index, cell in enumerate(table.cells):
        rows[cell.row].append(
            Cell(
                text=cell_text(texts.get(index, []), cell.left, cell.right),
                row_span=cell.row_span,
                column_span=cell.column_span,
                page=page,
                confidence=least_certain(one.confidence for one in texts.get(index, ())),
                box=(
                    round(cell.left, 1),
                    round(cell.top, 1),
                    round(cell.right, 1),
                    round(cell.bottom, 1),
                ),
            )
        )
    return rows


def _drop_margins(pages: Sequence[TakenApart]) -> None:
    """Leave out page numbers, and lines in the margins that stand on most pages, but for their first."""
    running = Counter((line.text, round(line.top)) for page in pages for line in _in_margins(page))
    seen: set[str] = set()
    for page in pages:
        margins = {id(line) for line in _in_margins(page)}
        kept = []
        for line in page.lines:
            if id(line) in margins:
                if _PAGE_NUMBER.fullmatch(line.text) or line.text in seen:
                    continue
                if running[line.text, round(line.top)] >= _RUNNING_ON:
                    seen.add(line.text)
            kept.append(line)
        page.lines = kept


def _in_margins(page: TakenApart) -> Iterator[TextLine]:
    height = page.page.height
    for line in page.lines:
        if line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN):
            yield line


def _blocks(pages: Sequence[TakenApart], warnings: list[str]) -> Iterator[Block]:
    """The blocks of all pages in their order; a table that goes on over pages is one."""
    open_table: Part | None = None
    for page in pages:
        for part in _page_parts(page):
            if isinstance(part, Part):
                if open_table is not None and _is_rest(open_table, part):
                    add(open_table, part, warnings)
                    continue
                if open_table is not None:
                    yield _table(open_table)
                open_table = part
            elif open_table is not None and open_table.page == page.page.number:
                yield _table(open_table)
                open_table = None
                yield part
            elif open_table is not None:
                # Before the table may go on, there is a text on its next page.
                yield _table(open_table)
                open_table = None
                yield part
            else:
                yield part
        if open_table is not None:
            open_table.page = page.page.number
    if open_table is not None:
        yield _table(open_table)


def _is_rest(table: Part, part: Part) -> bool:
    """Whether a table at the top of a page goes on from the one at the foot of the page before."""
    return table.page < part.page and part.has_columns_of(table)


def _page_parts(page: TakenApart) -> Iterator[Part | Paragraph]:
    """The tables and paragraphs of a page from top to bottom."""
    tables = list(page.tables)
    lines: list[TextLine] = []
    for line in page.lines:
        while tables and tables[0][0].top < line.top:
            yield from _paragraphs(lines, page.page)
            lines = []
            yield tables.pop(0)[1]
        lines.append(line)
    yield from _paragraphs(lines, page.page)
    yield from (part for _, part in tables)


def _paragraphs(lines: Sequence[TextLine], page: PdfPage) -> Iterator[Paragraph]:
    for paragraph in paragraphs_of(lines, page.width):
        text = paragraph_text(paragraph)
        if text:
            certain = least_certain(line.confidence for line in paragraph)
            yield Paragraph(text=text, page=page.number, confidence=certain)


def _table(part: Part) -> Table:
    rows = tuple(tuple(row) for row in part.rows if row)
    # What lies between the border of a picture's table and its shadow.
    while len(rows) > 1 and _is_blank(rows[-1], part):
        rows = rows[:-1]
    return Table(rows=rows)


def _is_blank(row: tuple[Cell, ...], part: Part) -> bool:
    return not row[0].text and row[0].column_span == len(part.columns) - 1
