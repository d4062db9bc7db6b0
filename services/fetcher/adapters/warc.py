"""WARC files: each record is the source of its one capture."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from services.fetcher.archive.answers import Asked, Verdict
from services.fetcher.archive.bodies import BodyTooLarge, CorruptBody, decode_content
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback
from services.fetcher.archive.replay import CaptureRef
from services.fetcher.archive.reply import Reply
from shared.events import Answer, CdxRow
from shared.identity import url_key


class NotWarc(ValueError):
    """A file that is not a WARC, or is truncated; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class WarcCapture:
    """A record: `row` is its row in a CDX index, `playback` its content."""

    row: CdxRow
    playback: Playback

    async def play(self, asked: Asked, asked_at: datetime, priority: Priority) -> Playback:
        """The one capture of this record."""
        return self.playback


def read_captures(stream: BinaryIO, limit: int) -> Iterator[WarcCapture]:
    """The responses and revisits in a WARC file, gzip or not, one at a time.

    Bodies above `limit` bytes are left out and marked as oversize. A revisit has no body: it stands
    for an earlier capture of the page with the same digest, if that is stored. Redirects are
    skipped, their targets are records of their own. Raises NotWarc.
    """
    records = 0
    try:
        for record in ArchiveIterator(stream):
            if record.format != "warc":
                raise NotWarc(f"a record of the format {record.format}")
            records += 1
            if record.rec_type not in ("response", "revisit") or record.http_headers is None:
                continue
            status = record.http_headers.get_statuscode()
            if not status.isdecimal() or status.startswith("3"):
                continue
            if captured := _capture(record, int(status), limit):
                yield captured
    except NotWarc:
        raise
    except (ArchiveLoadFailed, EOFError, OSError, UnicodeDecodeError, ValueError) as error:
        raise NotWarc(str(error) or type(error).__name__) from error
    if records == 0:
        raise NotWarc("it has no records")


def _capture(record: ArcWarcRecord, status: int, limit: int) -> WarcCapture | None:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    timestamp = "".join(filter(str.isdigit, record.rec_headers.get_header("WARC-Date") or ""))[:14]
    try:
        key = url_key(url)
    except ValueError:
        return None
    if len(timestamp) != 14 or not url.startswith(("http://", "https://")):
        return None
    headers = tuple((name.lower(), value) for name, value in record.http_headers.headers)
    reply = Reply(status, headers)
    digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    row = CdxRow(
        urlkey=key,
        timestamp=timestamp,
        original=url,
        mimetype=(reply.header("content-type") or "unk").partition(";")[0].strip().lower(),
        statuscode=str(status),
        digest=digest[5:].upper() if digest.lower().startswith("sha1:") else None,
    )
    ref = CaptureRef(timestamp, url)
    if record.rec_type == "revisit":
        why = "a revisit of a capture that is not stored"
        return WarcCapture(row, Playback(Verdict(Answer.NEVER_ARCHIVED, why), (ref,), reply))
    return WarcCapture(row, _playback(record, ref, reply, limit))


def _playback(record: ArcWarcRecord, ref: CaptureRef, reply: Reply, limit: int) -> Playback:
    verdict = Verdict(Answer.MEMENTO, "in a WARC file")
    content_type = reply.header("content-type") or ""
    body = _payload(record, limit + 1)
    if len(body) > limit:
        what = f"more than {limit} bytes"
        return Playback(verdict, (ref,), reply, ref, oversize=what)
    if record.rec_headers.get_header("WARC-Truncated"):
        return Playback(Verdict(Answer.TRUNCATED, "the crawler cut it"), (ref,), reply, ref)
    try:
        decoded = decode_content(body, reply.all("content-encoding"), content_type, limit)
    except BodyTooLarge as error:
        return Playback(verdict, (ref,), reply, ref, oversize=str(error))
    except CorruptBody as error:
        return Playback(Verdict(Answer.TRUNCATED, str(error)), (ref,), reply, ref)
    return Playback(verdict, (ref,), reply, ref, decoded.body, decoded.codings)


def _payload(record: ArcWarcRecord, most: int) -> bytes:
    """The first `most` bytes with transfer coding decoded and content coding kept."""
    stream = record.raw_stream
    if (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    parts, size = [], 0
    while size < most and (part := stream.read(min(65_536, most - size))):
        parts.append(part)
        size += len(part)
    # warcio takes the end of a file for the end of a record.
    if size < most and record.raw_stream.limit > 0:
        raise EOFError("it ends in the middle of a record")
    return b"".join(parts)
