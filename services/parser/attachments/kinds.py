"""The kind of a file, by its bytes."""

import re
import struct
from io import BytesIO
from zipfile import ZipFile

import olefile

from services.parser.attachments.limits import BROKEN_ZIP
from services.parser.first_bytes import GIF, JPEG, OLE, PDF, PNG, RAR, RTF, SEVEN_ZIP
from shared.attachment import Kind
from shared.charset import decode

_FIRST_BYTES: tuple[tuple[bytes, Kind], ...] = (
    (RTF, "rtf"),
    (RAR, "rar"),
    (SEVEN_ZIP, "7z"),
    (PNG, "image"),
    (JPEG, "image"),
    (GIF, "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
# Readers of PDF look for the mark in the first kilobyte: some servers put bytes before it.
_PDF_WITHIN = 1024
# A part that only files of a kind have; the narrow ones first.
_ZIP_PARTS: tuple[tuple[str, Kind], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)
_OPEN_DOCUMENT: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
}
# Streams of the Office formats of 1997, and those that WPS Office adds for itself.
_OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("WpsCustomData", "wps"),
    ("WordDocument", "doc"),
    ("ETExtData", "et"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_HTML = re.compile(
    r"\s*(?:<[!?][^>]*>\s*)*<(?:html|head|body|table|meta|style|div|p)\b", re.IGNORECASE
)
# Control characters, but the white space among them.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MOST_CONTROL = 0.01
_LOOK = 4096


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its bytes; `other` for bytes of no kind that is known.

    A name does not count: sites serve HTML tables as .xls, and Word files as .wps.
    """
    for first, kind in _FIRST_BYTES:
        if data.startswith(first):
            return kind
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "image"
    if PDF in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    return _text_kind(data)


def _zip_kind(data: bytes) -> Kind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            for part, kind in _ZIP_PARTS:
                if part in names:
                    return kind
            if "mimetype" in names:
                with archive.open("mimetype") as part_:
                    return _OPEN_DOCUMENT.get(part_.read(100).strip(), "zip")
    except (*BROKEN_ZIP, struct.error):
        # Its reader says what is wrong with it.
        pass
    return "zip"


def is_encrypted_office(data: bytes) -> bool:
    """Whether a file is a newer Office file with a password, which hides what kind is inside."""
    return data.startswith(OLE) and "EncryptedPackage" in _streams(data)


def _streams(data: bytes) -> set[str]:
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return {path[0] for path in file.listdir() if len(path) == 1}
    except Exception:  # noqa: BLE001 (olefile raises whatever its reading of crafted bytes ends in)
        return set()


def _ole_kind(data: bytes) -> Kind:
    names = _streams(data)
    return next((kind for stream, kind in _OLE_STREAMS if stream in names), "other")


def _text_kind(data: bytes) -> Kind:
    start = decode(_whole_lines(data)).text
    if not start.strip() or len(_CONTROL.findall(start)) / len(start) > _MOST_CONTROL:
        return "other"
    return "html" if _HTML.match(start) else "text"


def _whole_lines(data: bytes) -> bytes:
    """The first kilobytes, without a character that they cut in two."""
    start = data[:_LOOK]
    end = start.rfind(b"\n") if len(data) > _LOOK else -1
    return start[: end + 1] if end > 0 else start
