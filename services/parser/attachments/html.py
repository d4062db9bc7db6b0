"""HTML under another name, as sites serve tables as .xls: rendered as pages are."""

from selectolax.lexbor import LexborHTMLParser

from services.parser.attachments.limits import Damaged, check_cells
from services.parser.layouts.rendering import render
from services.parser.limits import UnreadablePage, check_depth
from shared.attachment import AttachmentContent, Block, Cell, Paragraph, Table
from shared.charset import decode


def read_html(data: bytes) -> AttachmentContent:
    """An HTML file. Raises Damaged for one that nests too deeply to be read."""
    html = decode(data).text
    try:
        check_depth(html)
    except UnreadablePage as refused:
        raise Damaged(str(refused)) from refused
    check_cells(html.count("<td"))
    body = LexborHTMLParser(html).body
    text = render([body] if body is not None else [])
    tables = {table.start: table for table in text.tables}
    blocks: list[Block] = []
    at = until = 0
    for line in text.body_text.split("\n"):
        table = tables.get(at)
        if table is not None:
            blocks.append(Table(rows=table.cells(Cell)))
            until = table.end
        elif at >= until and line:
            blocks.append(Paragraph(text=line))
        at += len(line) + 1
    return AttachmentContent(kind="html", blocks=tuple(blocks))
