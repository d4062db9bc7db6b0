"""Undoes content codings: from the bytes received to the bytes captured.

Headers about compression lie in both directions (docs/archive.md#compression-and-charset), so
the first bytes decide wherever a coding has a magic number.
"""

import zlib
from dataclasses import dataclass

import brotli
import zstandard

from shared.charset import is_text

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_PIECE = 256


class CorruptBody(Exception):
    """A compressed body that is truncated or corrupt."""


class BodyTooLarge(Exception):
    """A body that exceeds the limit when decompressed."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A payload, and the codings that it really had, outermost first."""

    body: bytes
    codings: tuple[str, ...]


def decode_content(body: bytes, content_encoding: str, content_type: str, limit: int) -> Decoded:
    """Undo content codings.

    `content_encoding` is the header as it came: empty, wrong, or broken as in ``, gzip``. What is
    claimed and not there is passed over. `limit` counts bytes of the result.

    Raises CorruptBody when a coding that is there cannot be decoded to its end, BodyTooLarge above `limit`.
    """
    codings: list[str] = []
    claimed = [name.strip().lower() for name in content_encoding.split(",")]
    for name in [*reversed([c for c in claimed if c not in ("", "identity")]), ""]:
        detected = _detect(body)
        # A page that is gzip although nothing says so was compressed on its way; a file that is an
        # archive by its own type is meant to be one.
        if name == "" and (codings or not is_text(content_type, untyped=True)):
            detected = None
        coding = detected or (name if name in ("br", "deflate") else None)
        if coding is None:
            continue
        plain = _decode_one(body, coding, limit)
        if plain is None:
            continue
        body = plain
        codings.append(coding)
    if len(body) > limit:
        raise BodyTooLarge(f"{len(body)} bytes, limit {limit}")
    return Decoded(body, tuple(codings))


def _detect(body: bytes) -> str | None:
    if body.startswith(_GZIP):
        return "gzip"
    return "zstd" if body.startswith(_ZSTD) else None


def _decode_one(body: bytes, coding: str, limit: int) -> bytes | None:
    """Decode one coding; None if it has no magic number and turns out to be absent."""
    if coding == "gzip":
        return _gunzip(body, limit)
    if coding == "zstd":
        return _unzstd(body, limit)
    if coding == "br":
        return _unbrotli(body, limit)
    return _inflate(body, limit)


def _gunzip(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body.startswith(_GZIP):
        member = zlib.decompressobj(wbits=31)
        try:
            parts.append(member.decompress(body, limit + 1 - size))
        except zlib.error as error:
            raise CorruptBody(f"gzip: {error}") from error
        size += len(parts[-1])
        if size > limit:
            raise BodyTooLarge(f"more than {limit} bytes")
        if not member.eof:
            raise CorruptBody("gzip: ends too early")
        body = member.unused_data
    return b"".join(parts)


def _inflate(body: bytes, limit: int) -> bytes | None:
    # "deflate" is zlib's format by the standard, and often raw deflate in practice.
    for wbits in (15, -15):
        stream = zlib.decompressobj(wbits=wbits)
        try:
            plain = stream.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(plain) > limit:
            raise BodyTooLarge(f"more than {limit} bytes")
        if stream.eof:
            return plain
    return None


def _unzstd(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body.startswith(_ZSTD):
        frame = zstandard.ZstdDecompressor().decompressobj()
        # In small pieces: a piece's output is not limited, and zstd shrinks zeros 30,000 times.
        start = 0
        try:
            while start < len(body) and not frame.eof:
                parts.append(frame.decompress(body[start : start + _PIECE]))
                start += _PIECE
                size += len(parts[-1])
                if size > limit:
                    raise BodyTooLarge(f"more than {limit} bytes")
        except zstandard.ZstdError as error:
            raise CorruptBody(f"zstd: {error}") from error
        if not frame.eof:
            raise CorruptBody("zstd: ends too early")
        body = frame.unused_data + body[start:]
    return b"".join(parts)


def _unbrotli(body: bytes, limit: int) -> bytes | None:
    stream = brotli.Decompressor()
    try:
        plain: bytes = stream.process(body, output_buffer_limit=limit + 1)
        if len(plain) > limit:
            raise BodyTooLarge(f"more than {limit} bytes")
        while not stream.is_finished() and not stream.can_accept_more_data():
            plain += stream.process(b"", output_buffer_limit=limit + 1 - len(plain))
            if len(plain) > limit:
                raise BodyTooLarge(f"more than {limit} bytes")
    except brotli.error:
        return None
    return plain if stream.is_finished() else None
