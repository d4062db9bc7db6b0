"""The records of WARC and ARC files, alone, compressed, or in a WACZ."""

import codecs
import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from services.fetcher.adapters.members import GZIP, Member, read_members

_HEADERS = StatusAndHeadersParser([], verify=False)
_LONGEST_LINE = 64 * 1024
_MOST_HEADERS = 1024 * 1024
_LENGTH = re.compile(r"\d{1,15}", re.ASCII)
_END = b"\r\n\r\n"
# URL, IP address, date, media type, in version 2 five more, and the length
# (https://archive.org/web/researcher/ArcFileFormat.php).
_ARC = re.compile(
    rb"(?P<url>[a-z]+:\S.*?) [0-9a-f.:]+ (?P<date>\d{8,14}) (?P<type>\S+)(?: \S+){0,5} (?P<length>\d{1,15})\s*",
    re.IGNORECASE,
)
_INSIDE = re.compile(r".*\.w?arc(?:\.gz|\.zst)?", re.IGNORECASE)
_ADDRESS_LINE = re.compile(rb"WARC-(?:Refers-To-)?Target-URI\s*:", re.IGNORECASE)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_PACKED = {b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7z", b"Rar!": "RAR", GZIP: "gzip"}
_DIGITS = re.compile(r"\d{8}(?:\d{4}(?:\d\d)?)?", re.ASCII)
# A date to the day is enough; one to the month would be wrong by weeks.
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d.*)?", re.ASCII)


class NotWarc(ValueError):
    """A file without any record; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: `kind` is its WARC-Type, `url` and `date` are as written.

    `block` is the beginning of its content, up to as many bytes as wanted, of `size` bytes declared;
    so many bytes as `missing` says are not there although the file goes on.
    """

    kind: str
    url: str | None
    date: str | None
    content_type: str
    headers: StatusAndHeaders
    block: bytes
    size: int
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where at least one record cannot be read."""

    why: str


def read_records(file: BinaryIO, most: int) -> Iterator[Record | Damage]:
    """The records of a seekable file, with the first `most` bytes of each.

    Raises NotWarc if there are none.
    """
    file.seek(0)
    head = file.read(64)
    file.seek(0)
    found = False
    for part in _files(file, head):
        for record in _records(part, most):
            found = found or isinstance(record, Record)
            yield record
    if not found:
        raise NotWarc(_no_record(head))


def timestamp_of(date: str, now: datetime) -> str | None:
    """The timestamp (14 digits, UTC) of a record's date; None for one that cannot be.

    As ISO 8601, with any offset, or as digits; to the day it is midnight.
    """
    date = date.strip()
    try:
        if _DIGITS.fullmatch(date):
            moment = datetime.fromisoformat(f"{date[:8]}T{date[8:]:0<6}")
        elif _DATE.fullmatch(date):
            moment = datetime.fromisoformat(date.upper())
        else:
            return None
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # There was no web before, and nothing was captured tomorrow.
    if moment.year < 1990 or (moment - now).days >= 1:
        return None
    return moment.strftime("%Y%m%d%H%M%S")


def _files(file: BinaryIO, head: bytes) -> Iterator[BinaryIO]:
    """The WARC files of a WACZ or another zip file; else the file itself."""
    if not head.startswith(b"PK"):
        yield file
        return
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if _INSIDE.fullmatch(name)]
            if not names:
                inside = any(name.lower().endswith(".wacz") for name in archive.namelist())
                if inside:
                    raise NotWarc("it is a zip file of WACZ files: unpack it")
                raise NotWarc("it is a zip file without WARC files: a WACZ has them in archive/")
            for name in names:
                # What is inside a zip file can be read forwards only.
                with archive.open(name) as part, tempfile.TemporaryFile() as copy:
                    shutil.copyfileobj(part, copy)
                    copy.seek(0)
                    yield copy
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise NotWarc(f"it is a damaged WACZ or zip file ({error}): fetch it again") from error


def _no_record(head: bytes) -> str:
    if not head:
        return "it is empty"
    for beginning, name in _PACKED.items():
        if head.startswith(beginning):
            return f"it is a {name} file with no WARC or ARC record in it: if it is packed files, unpack it"
    return (
        f"it begins with {head[:24]!r} and has no WARC or ARC record; what is read is "
        ".warc, .arc, both as they are or with .gz or .zst, and .wacz"
    )


def _records(file: BinaryIO, most: int) -> Iterator[Record | Damage]:
    for member in read_members(file):
        stream: io.BufferedIOBase = io.BufferedReader(member, 64 * 1024)
        while line := stream.readline(_LONGEST_LINE):
            # Blank lines, padding, the rest of a record whose length is wrong.
            found = _record(stream, line, most)
            if isinstance(found, Record) and found.missing and _is_cut(member):
                member.damage = member.damage or "the file ends in the middle of a record"
                found = None
            if found:
                yield found
        if member.damage:
            yield Damage(member.damage)


def _is_cut(member: Member) -> bool:
    """Whether a part is known not to be whole: one that is not compressed has no other end."""
    return bool(member.damage) or not member.has_end


def _record(stream: io.BufferedIOBase, line: bytes, most: int) -> Record | Damage | None:
    """The record that begins with `line`; None if none does."""
    line = line.removeprefix(codecs.BOM_UTF8)
    if line.startswith(b"WARC/"):
        headers = _header_block(stream, line)
        length = (headers.get_header("Content-Length") or "").strip()
        if not _LENGTH.fullmatch(length):
            return Damage(f"a record has no valid Content-Length ({length[:40]!r})")
        block, missing = _block(stream, int(length), most)
        url = headers.get_header("WARC-Target-URI")
        return Record(
            (headers.get_header("WARC-Type") or "").strip().lower(),
            # Wget 1.19 writes brackets round it.
            url.strip().removeprefix("<").removesuffix(">").replace(" ", "%20") if url else None,
            headers.get_header("WARC-Date"),
            headers.get_header("Content-Type") or "",
            headers,
            block,
            int(length),
            missing,
        )
    if arc := _ARC.fullmatch(line):
        block, missing = _block(stream, int(arc["length"]), most)
        url = arc["url"].decode("utf-8", "replace").replace(" ", "%20")
        kind = "warcinfo" if url.startswith("filedesc:") else "response"
        content_type = arc["type"].decode("latin-1")
        headers = StatusAndHeaders("", [])
        date = arc["date"].decode()
        return Record(kind, url, date, content_type, headers, block, int(arc["length"]), missing)
    return None


def _header_block(stream: io.BufferedIOBase, line: bytes) -> StatusAndHeaders:
    lines = [line]
    size = 0
    while size < _MOST_HEADERS and (line := stream.readline(_LONGEST_LINE)).strip():
        lines.append(_address_of_ascii(line))
        size += len(line)
    return _HEADERS.parse(io.BytesIO(b"".join(lines)))


def _address_of_ascii(line: bytes) -> bytes:
    """A header line; in an address the bytes of another charset than UTF-8 are percent-encoded."""
    if not _ADDRESS_LINE.match(line):
        return line
    try:
        line.decode()
    except UnicodeDecodeError:
        return _NOT_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line)
    return line


def _block(stream: io.BufferedIOBase, size: int, most: int) -> tuple[bytes, int]:
    """The first `most` bytes of a block of `size` bytes, and how many of all are missing."""
    block = stream.read(min(size, most))
    left = size - len(block)
    while left and (part := stream.read(min(left, 64 * 1024))):
        left -= len(part)
    # What ends a record of its own member is not a part of the block.
    if left > 0 and len(block) + left == size and block.endswith(_END):
        return block.removesuffix(_END), left + len(_END)
    return block, left
