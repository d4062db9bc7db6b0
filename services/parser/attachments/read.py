"""Attachments as one pure function: from the bytes of a file to what it contains, or why that is not read."""

from collections.abc import Callable, Mapping

from services.parser.attachments.archive import files_of
from services.parser.attachments.html import read_html
from services.parser.attachments.kinds import is_encrypted_office, kind_of
from services.parser.attachments.limits import (
    MOST_BYTES,
    MOST_DEPTH,
    Encrypted,
    TooLarge,
    Unreadable,
    UnreadKind,
)
from services.parser.attachments.ocr.read import read_picture
from services.parser.attachments.pdf.read import read_pdf
from services.parser.attachments.plain import read_plain
from services.parser.attachments.sheets.ods import read_ods
from services.parser.attachments.sheets.sheet import Sheet, blocks_of
from services.parser.attachments.sheets.xls import read_xls
from services.parser.attachments.sheets.xlsx import read_xlsx
from services.parser.attachments.word.doc import read_doc
from services.parser.attachments.word.docx import read_docx
from shared.attachment import AttachmentContent, Kind, Member


def read_attachment(data: bytes, *, ocr: bool = False) -> AttachmentContent:
    """What a file contains; with `ocr` also the text that is recognised in scans and pictures. A file that is not read has a state and a reason, and no exception is raised.

    Pure, but for a temporary folder of a converter. What a crafted file may still do to its process (time,
    memory, a crash) is bounded by whoever calls: services/parser/attachment_workers.py.
    """
    return _read(data, 1, ocr=ocr)


def _read(data: bytes, depth: int, *, ocr: bool) -> AttachmentContent:
    kind = kind_of(data)
    try:
        if len(data) > MOST_BYTES:
            raise TooLarge(f"{len(data)} bytes, over {MOST_BYTES}")
        if kind == "zip":
            return _read_archive(data, depth, ocr=ocr)
        if ocr and kind in _PICTURES:
            return _PICTURES[kind](data)
        reader = _READERS.get(kind)
        if reader is None:
            raise _why_unread(data, kind)
        return reader(data)
    except Unreadable as refused:
        return _unread(kind, refused)
    except (MemoryError, RecursionError) as broken:
        return _unread(kind, TooLarge(f"{type(broken).__name__} while reading"))


def _unread(kind: Kind, refused: Unreadable) -> AttachmentContent:
    return AttachmentContent(kind=kind, state=refused.state, reason=str(refused))


def _why_unread(data: bytes, kind: Kind) -> Unreadable:
    if not data:
        return UnreadKind("an empty file")
    if is_encrypted_office(data):
        return Encrypted("the Office file has a password")
    if kind == "image":
        return UnreadKind("a picture, whose text is not recognised")
    return UnreadKind("no reader for its bytes" if kind == "other" else f"no reader for {kind}")


def _read_archive(data: bytes, depth: int, *, ocr: bool) -> AttachmentContent:
    if depth > MOST_DEPTH:
        raise TooLarge(f"archives within archives, over {MOST_DEPTH}")
    members = tuple(
        Member(
            name=file.name,
            size=file.size,
            content=_unread("other", file.data)
            if isinstance(file.data, Unreadable)
            else _read(file.data, depth + 1, ocr=ocr),
        )
        for file in files_of(data)
    )
    if members and all(member.content.state == "encrypted" for member in members):
        raise Encrypted("all its files have a password")
    return AttachmentContent(kind="zip", members=members)


def _workbook(
    kind: Kind, read: Callable[[bytes], list[Sheet]]
) -> Callable[[bytes], AttachmentContent]:
    def reader(data: bytes) -> AttachmentContent:
        blocks, warnings = blocks_of(read(data))
        return AttachmentContent(kind=kind, blocks=blocks, warnings=warnings)

    return reader


_READERS: Mapping[Kind, Callable[[bytes], AttachmentContent]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "doc": lambda data: read_doc(data, "doc"),
    "wps": lambda data: read_doc(data, "wps"),
    "xlsx": _workbook("xlsx", read_xlsx),
    "xls": _workbook("xls", read_xls),
    "et": _workbook("et", read_xls),
    "ods": _workbook("ods", read_ods),
    "html": read_html,
    "text": read_plain,
}
# With optical character recognition.
_PICTURES: Mapping[Kind, Callable[[bytes], AttachmentContent]] = {
    "pdf": lambda data: read_pdf(data, ocr=True),
    "image": read_picture,
}
