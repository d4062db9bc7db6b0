"""WARC files for tests, record by record, including malformed ones."""

import base64
import gzip
import hashlib
from collections.abc import Mapping
from uuid import uuid4

DATE = "2019-01-01T00:00:00Z"


def http(
    body: bytes,
    status: str = "200 OK",
    headers: Mapping[str, str] | None = None,
    *,
    length: int | None = None,
) -> bytes:
    """An HTTP response; `length` is its Content-Length if that is not true."""
    fields = {
        "Content-Type": "text/html",
        "Content-Length": str(len(body) if length is None else length),
        **(headers or {}),
    }
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def record(
    url: str | None,
    block: bytes,
    date: str | None = DATE,
    kind: str = "response",
    *,
    length: int | None = None,
    **fields: str,
) -> bytes:
    """A record; `length` is its Content-Length if that is not true, `fields` as WARC_Refers_To_Date."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid4()}>",
        "WARC-Date": date,
        "Content-Type": "application/http; msgtype=response",
        "WARC-Target-URI": url,
        **{name.replace("_", "-"): value for name, value in fields.items()},
        "Content-Length": str(len(block) if length is None else length),
    }
    lines = [f"{name}: {value}" for name, value in named.items() if value is not None]
    return "\r\n".join(["WARC/1.1", *lines, "", ""]).encode() + block + b"\r\n\r\n"


def gzipped(*records: bytes) -> bytes:
    """Each record is a separate gzip member, as ISO 28500 wants it."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def sha1(payload: bytes) -> str:
    """As Heritrix writes a payload's digest."""
    digest = hashlib.sha1(payload, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode()}"


def sha256(payload: bytes) -> str:
    """As browsertrix writes a payload's digest."""
    return f"sha256:{hashlib.sha256(payload).hexdigest()}"
