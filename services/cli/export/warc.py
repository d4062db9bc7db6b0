"""Writes the stored captures to a WARC file, which pywb replays."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import asyncpg
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from services.fetcher.archive.replay import CaptureRef, target
from services.fetcher.sidecar import Sidecar
from shared.blobs import Blobs
from shared.database import connect, rows_in_parts
from shared.errors import BlobMissing
from shared.tables.plain_text import STANDARD_OUTPUT
from shared.version import __version__

_STORED = """
SELECT capture_id, url, "timestamp", status, body_sha256, archive FROM archive_captures
WHERE state = 'held' AND ($1::timestamptz IS NULL OR held_at >= $1)
ORDER BY "timestamp", capture_id
"""
_AT_ONCE = 500
# Headers that describe the bytes as they were sent, not the body that is stored.
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding", "connection"}
_ORIGINAL = "x-archive-orig-"
_DECLARED = "x-archive-orig-content-length"


async def export_warc(
    dsn: str, blob_url: str, since: datetime | None, path: Path
) -> tuple[int, int]:
    """Write the captures stored (`since` then) to a gzip WARC file, oldest first.

    Headers are those of the capture as the archive gave them back; the body has its content coding
    undone. WARC-Source-URI is where the archive has the capture, as in the files of cdx_toolkit, and
    X-Archive-Orig-Content-Length the length that the site declared, where the body is shorter. The
    file is there when it is whole. Answers how many were written and how many bodies were missing.
    Raises OSError, asyncpg's errors and DependencyDown.
    """
    if path == STANDARD_OUTPUT:
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            return await _write(dsn, blob_url, since, writer, "captures.warc.gz")
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        counts = await _write(dsn, blob_url, since, WARCWriter(file, gzip=True), path.name)
    new.replace(path)
    return counts


async def _write(
    dsn: str, blob_url: str, since: datetime | None, writer: WARCWriter, name: str
) -> tuple[int, int]:
    info = {"software": f"mofcom-notices/{__version__}", "format": "WARC File Format 1.0"}
    writer.write_record(writer.create_warcinfo_record(name, info))
    blobs = Blobs(blob_url)
    written = missing = 0
    async for row in _stored(dsn, since):
        try:
            body = await blobs.get_body(row["body_sha256"])
        except BlobMissing:
            missing += 1
            continue
        record = writer.create_warc_record(
            row["url"],
            "response",
            payload=BytesIO(body),
            http_headers=await _http(blobs, row, len(body)),
            warc_headers_dict=_warc_headers(row),
        )
        await asyncio.to_thread(writer.write_record, record)
        written += 1
    return written, missing


def _warc_headers(row: asyncpg.Record) -> dict[str, str]:
    headers = {"WARC-Date": _date(row["timestamp"])}
    archive = row["archive"]
    if archive is not None:
        capture = CaptureRef(row["timestamp"], row["url"])
        # Of a file of Common Crawl's no more is known than the host.
        headers["WARC-Source-URI"] = target(capture, archive) if archive.endswith("/") else archive
    return headers


async def _http(blobs: Blobs, row: asyncpg.Record, size: int) -> StatusAndHeaders:
    """Status line and headers of a capture whose body has `size` bytes."""
    sidecar = await _sidecar(blobs, row["capture_id"])
    headers = original_headers(sidecar.headers) if sidecar else []
    headers.append(("Content-Length", str(size)))
    body = sidecar.fetched.body if sidecar else None
    if body and body.declared_size:
        headers.append((_DECLARED, str(body.declared_size)))
    phrase = "OK" if row["status"] == 200 else "Archived"
    return StatusAndHeaders(f"{row['status']} {phrase}", headers, protocol="HTTP/1.1")


def original_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The site's own headers among those of the archive's answer.

    The archive repeats them as ``x-archive-orig-*``, but for the content type. A WARC file that
    was taken in has them as they are: without any of the archive's, all are the site's.
    """
    given = [(name, value) for name, value in headers if name not in _OF_THE_WIRE]
    given = [(name, value) for name, value in given if name != _DECLARED]
    archived = any(name == "memento-datetime" for name, _ in given)
    found = [
        (name.removeprefix(_ORIGINAL), value)
        for name, value in given
        if not archived or name == "content-type" or name.startswith(_ORIGINAL)
    ]
    return [(name, value) for name, value in found if name not in _OF_THE_WIRE]


async def _stored(dsn: str, since: datetime | None) -> AsyncIterator[asyncpg.Record]:
    connection = await connect(dsn)
    try:
        async with connection.transaction(readonly=True):
            async for rows in rows_in_parts(connection, _STORED, [since], _AT_ONCE):
                for row in rows:
                    yield row
    finally:
        await connection.close()


async def _sidecar(blobs: Blobs, capture_id: str) -> Sidecar | None:
    """A capture's sidecar with headers, else that of the capture whose body it shares."""
    async for found in blobs.sidecars(capture_id):
        sidecar = Sidecar.model_validate_json(found)
        if sidecar.headers:
            return sidecar
        if sidecar.same_as and sidecar.same_as != capture_id:
            return await _sidecar(blobs, sidecar.same_as)
    return None


def _date(timestamp: str) -> str:
    """A timestamp of 14 digits as WARC writes it; a few in the index have a month or day 00, which no date has."""
    year, month, day = timestamp[:4], timestamp[4:6], timestamp[6:8]
    hour, minute, second = (timestamp[n : n + 2] for n in (8, 10, 12))
    month, day = (part.replace("00", "01") for part in (month, day))
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"
