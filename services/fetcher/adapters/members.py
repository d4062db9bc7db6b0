"""The parts of a file that are compressed each by itself: members of gzip, frames of zstd.

A WARC file has one per record, so that one that is damaged costs no other (ISO 28500, annex A).
"""

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import zstandard

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
# The first frame of a .warc.zst may be a dictionary, in a frame that other readers skip
# (https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"
_LARGEST_DICTIONARY = 64 * 1024 * 1024
_AHEAD = 1024 * 1024


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Coding:
    """`piece`: as many bytes are decompressed at once, so that a bomb fills no memory."""

    magic: bytes
    new: Callable[[], _Decompressor]
    piece: int


class Member(io.RawIOBase):
    """One part, decompressed. When it has been read to its end, `damage` says what is wrong with it.

    `has_end`: it says itself where it ends, so that one that was cut is known.
    """

    damage: str | None = None
    has_end = True

    def readable(self) -> bool:
        return True


class _Compressed(Member):
    def __init__(self, file: BinaryIO, coding: _Coding) -> None:
        self._file = file
        self._decompressor = coding.new()
        self._piece = coding.piece
        self._plain = b""

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        while not self._plain:
            if self.damage or self._decompressor.eof:
                return 0
            self._plain = self._more()
        part, self._plain = self._plain[: len(buffer)], self._plain[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _more(self) -> bytes:
        data = self._file.read(self._piece)
        if not data:
            self.damage = "the file ends in the middle of a record"
            return b""
        try:
            plain = self._decompressor.decompress(data)
        except (zlib.error, zstandard.ZstdError) as error:
            self.damage = f"a record is damaged: {error}"
            return b""
        if self._decompressor.eof:
            # The next one begins there.
            self._file.seek(-len(self._decompressor.unused_data), io.SEEK_CUR)
        return plain


class _Plain(Member):
    has_end = False

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def read_members(file: BinaryIO) -> Iterator[Member]:
    """The parts of a seekable file, each to be read to its end; a file not compressed is one part.

    Behind a damaged part it goes on with what looks like the beginning of the next.
    """
    coding = _coding(file)
    if coding is None:
        yield _Plain(file)
        return
    start = file.tell()
    while (start := _find(file, coding.magic, start)) >= 0:
        file.seek(start)
        member = _Compressed(file, coding)
        yield member
        start = start + 1 if member.damage else file.tell()


def _coding(file: BinaryIO) -> _Coding | None:
    """How a file is compressed, by its first bytes; None if it is not."""
    start = file.tell()
    head = file.read(8)
    file.seek(start)
    if head.startswith(GZIP):
        return _Coding(GZIP, lambda: zlib.decompressobj(wbits=31), 16 * 1024)
    if head.startswith(ZSTD):
        return _Coding(ZSTD, zstandard.ZstdDecompressor().decompressobj, 1024)
    if head.startswith(ZSTD_DICTIONARY):
        size = int.from_bytes(head[4:8], "little")
        file.seek(start + 8)
        content = file.read(min(size, _LARGEST_DICTIONARY))
        if content.startswith(ZSTD):
            content = _dictionary(content)
        words = zstandard.ZstdCompressionDict(content)
        return _Coding(ZSTD, zstandard.ZstdDecompressor(dict_data=words).decompressobj, 1024)
    return None


def _dictionary(content: bytes) -> bytes:
    """A compressed dictionary; nothing if it is damaged, and then its frames are, too."""
    try:
        return zstandard.ZstdDecompressor().decompress(content, max_output_size=_LARGEST_DICTIONARY)
    except zstandard.ZstdError:
        return b""


def _find(file: BinaryIO, magic: bytes, start: int) -> int:
    """Where `magic` stands next from `start`; -1 if nowhere."""
    kept = b""
    file.seek(start)
    while data := file.read(len(magic) if not kept and start == file.tell() else _AHEAD):
        data = kept + data
        at = data.find(magic)
        if at >= 0:
            return file.tell() - len(data) + at
        kept = data[-(len(magic) - 1) :]
    return -1
