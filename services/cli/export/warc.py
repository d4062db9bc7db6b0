"""Writes the stored captures to a WARC file, which pywb replays."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import asyncpg
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from services.fetcher.sidecar import Sidecar
from shared.blobs import Blobs
from shared.errors import BlobMissing
from shared.version import __version__

_STORED = """
SELECT capture_id, url, "timestamp", status, body_sha256 FROM archive_captures
WHERE state = 'held' AND ($1::timestamptz IS NULL OR held_at >= $1)
ORDER BY "timestamp", capture_id
"""
_AT_ONCE = 500
# Headers that describe the bytes as they were sent, not the body that is stored.
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding", "connection"}
_ORIGINAL = "x-archive-orig-"


async def export_warc(
    dsn: str, blob_url: str, since: datetime | None, path: Path
) -> tuple[int, int]:
    """Write the captures stored (`since` then) to a gzip WARC file, oldest first.

    Headers are those of the capture as the archive gave them back; the body has its content coding
    undone. The file is there when it is whole. Answers how many were written and how many bodies
    were missing. Raises OSError, asyncpg's errors and DependencyDown.
    """
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
        headers = await _headers(blobs, row["capture_id"])
        http = StatusAndHeaders(
            f"{row['status']} {'OK' if row['status'] == 200 else 'Archived'}",
            [*original_headers(headers), ("Content-Length", str(len(body)))],
            protocol="HTTP/1.1",
        )
        record = writer.create_warc_record(
            row["url"],
            "response",
            payload=BytesIO(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": _date(row["timestamp"])},
        )
        await asyncio.to_thread(writer.write_record, record)
        written += 1
    return written, missing


def original_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The site's own headers among those of the archive's answer.

    The archive repeats them as ``x-archive-orig-*``, but for the content type. A WARC file that
    was taken in has them as they are: without any of the archive's, all are the site's.
    """
    given = [(name, value) for name, value in headers if name not in _OF_THE_WIRE]
    archived = any(name == "memento-datetime" for name, _ in given)
    found = [
        (name.removeprefix(_ORIGINAL), value)
        for name, value in given
        if not archived or name == "content-type" or name.startswith(_ORIGINAL)
    ]
    return [(name, value) for name, value in found if name not in _OF_THE_WIRE]


async def _stored(dsn: str, since: datetime | None) -> AsyncIterator[asyncpg.Record]:
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction(readonly=True):
            async for row in connection.cursor(_STORED, since, prefetch=_AT_ONCE):
                yield row
    finally:
        await connection.close()


async def _headers(blobs: Blobs, capture_id: str) -> list[tuple[str, str]]:
    """The headers in a capture's sidecar, else in that of the capture whose body it shares."""
    async for found in blobs.sidecars(capture_id):
        sidecar = Sidecar.model_validate_json(found)
        if sidecar.headers:
            return list(sidecar.headers)
        if sidecar.same_as and sidecar.same_as != capture_id:
            return await _headers(blobs, sidecar.same_as)
    return []


def _date(timestamp: str) -> str:
    """A timestamp of 14 digits as WARC writes it."""
    year, rest = timestamp[:4], [timestamp[n : n + 2] for n in range(4, 14, 2)]
    return f"{year}-{rest[0]}-{rest[1]}T{rest[2]}:{rest[3]}:{rest[4]}Z"
