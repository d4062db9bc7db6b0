"""The HTTP response in a record: its status, headers and payload."""

import base64
import hashlib
import io
import re
from dataclasses import dataclass

from warcio.statusandheaders import StatusAndHeadersParser

from services.fetcher.adapters.records import Record
from services.fetcher.archive.reply import Reply

_STATUS = re.compile(rb"HTTP(?:/[\d.]+)?[ \t]+(\d{3})(?!\d)", re.IGNORECASE)
_PARSER = StatusAndHeadersParser([], verify=False)
_CHUNK = re.compile(rb"[ \t]*([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Response:
    """`reply` has the payload with its content coding, without transfer coding.

    `missing`: of what was declared for the transfer, so many bytes are not there.
    """

    reply: Reply
    missing: int = 0


def read_response(record: Record) -> Response | None:
    """The response in a record; None if there is none.

    A `resource` is what was fetched, without a status: it counts as 200.
    """
    if record.kind == "resource":
        typed = [("content-type", _clean(record.content_type))] if record.content_type else []
        return Response(Reply(200, tuple(typed), record.block), record.missing)
    status = _STATUS.match(record.block)
    if status is None:
        return None
    stream = io.BytesIO(record.block)
    headers = tuple(
        (_clean(name).lower(), _clean(value)) for name, value in _PARSER.parse(stream).headers
    )
    body = stream.read()
    reply = Reply(int(status[1]), headers)
    missing = record.missing
    if "chunked" in reply.all("transfer-encoding").lower():
        body, short = _dechunked(body)
        missing += short
    return Response(Reply(reply.status, headers, body), missing)


def _clean(text: str) -> str:
    """A header without NUL, which no database takes."""
    return text.replace("\0", "")


def _dechunked(data: bytes) -> tuple[bytes, int]:
    """The content of a chunked body (RFC 9112, 7.1), and how many bytes its last chunk lacks.

    Many programs write the body without its chunks and leave the header: then it is as it stands.
    """
    parts = []
    at = 0
    while head := _CHUNK.match(data, at):
        size = int(head[1], 16)
        part = data[head.end() : head.end() + size]
        parts.append(part)
        if size == 0 or len(part) < size:
            return b"".join(parts), size - len(part)
        at = head.end() + size
        at += 2 if data.startswith(b"\r\n", at) else data.startswith(b"\n", at)
    return b"".join(parts) + data[at:], 0


def digest_of(header: str | None) -> str | None:
    """A digest in one spelling: SHA-1 in base32 as in an index, ``sha256:`` and hexadecimal.

    ISO 28500 leaves the spelling open; browsertrix writes ``sha256:`` in hexadecimal, Heritrix
    ``sha1:`` in base32. None for any other.
    """
    name, _, value = (header or "").strip().partition(":")
    size = {"sha1": 20, "sha-1": 20, "sha256": 32, "sha-256": 32}.get(name.lower())
    if size is None:
        return None
    try:
        hexadecimal = len(value) == 2 * size
        padded = value.upper() + "=" * (-len(value) % 8)
        raw = bytes.fromhex(value) if hexadecimal else base64.b32decode(padded)
    except ValueError:
        return None
    if len(raw) != size:
        return None
    return _sha1(raw) if size == 20 else f"sha256:{raw.hex()}"


def digests_of(payload: bytes) -> tuple[str, str]:
    """The digests that records may name a payload by."""
    return (
        _sha1(hashlib.sha1(payload, usedforsecurity=False).digest()),
        f"sha256:{hashlib.sha256(payload).hexdigest()}",
    )


def _sha1(raw: bytes) -> str:
    return base64.b32encode(raw).decode()
