"""ZIP: the names and bytes of its files."""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from services.parser.attachments.limits import (
    BROKEN_ZIP,
    MOST_BYTES,
    MOST_MEMBERS,
    Damaged,
    Encrypted,
    TooLarge,
    Unreadable,
    check_members,
)

_ENCRYPTED, _UTF8 = 0x1, 0x800
# What zipfile decodes a name with that is not marked as UTF-8; every byte is a character there.
_BYTES = "cp437"
# Of macOS, which nobody reads.
_OF_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class File(NamedTuple):
    """A file of an archive: its bytes, or why they cannot be had."""

    name: str
    size: int
    data: bytes | Unreadable


def files_of(data: bytes) -> Iterator[File]:
    """The files of a ZIP file in its order. Raises Damaged, or TooLarge for one that breaks the limits."""
    try:
        archive = ZipFile(BytesIO(data))
    except BROKEN_ZIP as error:
        raise Damaged(f"no readable ZIP file: {error}") from error
    with archive:
        check_members(archive.infolist(), MOST_MEMBERS)
        for info in archive.infolist():
            name = name_of(info)
            if (
                not info.is_dir()
                and not name.startswith(_OF_SYSTEMS[0])
                and not name.endswith(_OF_SYSTEMS[1:])
            ):
                yield File(name, info.file_size, _inflated(archive, info))


def name_of(info: ZipInfo) -> str:
    """A file's name: marked or unmarked UTF-8 (macOS writes it so), else GBK, as Chinese Windows writes."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode(_BYTES, "replace")
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return info.filename


def _inflated(archive: ZipFile, info: ZipInfo) -> bytes | Unreadable:
    if info.flag_bits & _ENCRYPTED:
        return Encrypted("it has a password in the archive")
    if info.file_size > MOST_BYTES:
        return TooLarge(f"over {MOST_BYTES} bytes")
    try:
        return archive.read(info)
    except BROKEN_ZIP as error:
        return Damaged(f"{type(error).__name__}: {error}")
