"""What a file contains as the row of its bytes: its text by page, and the rows of its tables. Pure."""

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from pydantic_core import to_json

from services.indexer.tables import FileRow
from shared.attachment import AttachmentContent, Paragraph
from shared.events import AttachmentRead


class _Text(NamedTuple):
    """Lines of a page or sheet, or of a whole file that has neither; `member` is the path in an archive."""

    member: str | None
    page: int | None
    sheet: str | None
    text: str


class _Row(NamedTuple):
    """A row of a table; `block` counts all that stands in the file and `row` the table's rows, from 1."""

    member: str | None
    block: int
    row: int
    page: int | None
    sheet: str | None
    cells: tuple[str, ...]


def file_row(event: AttachmentRead, content: AttachmentContent) -> FileRow | None:
    """The row of the bytes that `event` is about; None for an event without any."""
    body = event.fetched.body
    if body is None:
        return None
    texts: list[_Text] = []
    rows: list[_Row] = []
    for member, one in _files(content, None):
        texts += _texts(member, one)
        rows += _rows(member, one)
    row = FileRow(
        sha256=body.sha256,
        parser_version=event.parser_version,
        ocr=event.ocr,
        read_at=event.read_at,
        event_id=event.id,
        digest="",
        kind=content.kind,
        state=content.state,
        reason=content.reason,
        pages=content.pages,
        doubts=tuple(_doubts(content)),
        texts=to_json([one._asdict() for one in texts]).decode(),
        rows=to_json([one._asdict() for one in rows]).decode(),
    )
    whole = row[row._fields.index("digest") + 1 :]
    return row._replace(digest=sha256(to_json(whole)).hexdigest())


def _files(
    content: AttachmentContent, member: str | None
) -> Iterator[tuple[str | None, AttachmentContent]]:
    yield member, content
    for one in content.members:
        yield from _files(one.content, f"{member}#{one.name}" if member else one.name)


def _texts(member: str | None, content: AttachmentContent) -> Iterator[_Text]:
    at: tuple[int | None, str | None] | None = None
    lines: list[str] = []
    for page, sheet, line in _lines(content):
        if at is not None and at != (page, sheet):
            yield _Text(member, *at, "\n".join(lines))
            lines = []
        at = page, sheet
        lines.append(line)
    if at is not None:
        yield _Text(member, *at, "\n".join(lines))


def _lines(content: AttachmentContent) -> Iterator[tuple[int | None, str | None, str]]:
    for block in content.blocks:
        if isinstance(block, Paragraph):
            yield block.page, block.sheet, block.text
            continue
        for row in block.rows:
            if row:
                yield row[0].page, block.sheet, "\t".join(cell.text for cell in row)


def _rows(member: str | None, content: AttachmentContent) -> Iterator[_Row]:
    for number, block in enumerate(content.blocks, 1):
        if isinstance(block, Paragraph):
            continue
        for at, row in enumerate(block.rows, 1):
            if row:
                cells = tuple(cell.text for cell in row)
                yield _Row(member, number, at, row[0].page, block.sheet, cells)


def _doubts(content: AttachmentContent) -> Iterator[str]:
    """Why something of a file may be missing or wrong, that of an archive's files with their names."""
    yield from content.warnings
    for member in content.members:
        if member.content.state != "read":
            why = ": ".join(filter(None, (member.content.state, member.content.reason)))
            yield f"{member.name} is not read: {why}"
        for doubt in _doubts(member.content):
            yield f"{member.name}: {doubt}"
