"""WARC, ARC and WACZ files: each record is the source of one capture.

A file is read twice: first what captures it has, so that a revisit may stand before its response and a
redirect before its target; then their bodies, one at a time.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO
from urllib.parse import urljoin

from services.fetcher.adapters.file_plan import Head, Plan
from services.fetcher.adapters.payload import Response, digest_of, digests_of, read_response
from services.fetcher.adapters.records import Damage, NotWarc, Record, read_records, timestamp_of
from services.fetcher.adapters.replayed import (
    archive_of,
    copied_at,
    is_own_message,
    is_replay,
    replayed,
)
from services.fetcher.addresses import in_scope
from services.fetcher.addresses.archived import original_of
from services.fetcher.archive.answers import Asked, Verdict, leads_to, redirects
from services.fetcher.archive.bodies import BodyTooLarge, CorruptBody, decode_content
from services.fetcher.archive.lengths import length, whole_length
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback
from services.fetcher.archive.replay import CaptureRef, parse_timestamp
from services.fetcher.archive.reply import Reply
from shared.events import Answer, CdxRow
from shared.identity import is_capture_time, url_key

__all__ = ["NotWarc", "WarcCapture", "WarcFile"]

_MOST_HEADERS = 256 * 1024
_NO_CAPTURES = ("warcinfo", "request", "metadata")
_CAPTURES = ("response", "resource", "revisit")
_OWN_MESSAGE = "a web archive's own message or redirect, not a capture"
_SAME_SECOND = "another capture of the same page and second counts"


@dataclass(frozen=True, slots=True)
class WarcCapture:
    """A record: `row` is its row in a CDX index, `playback` its content."""

    row: CdxRow
    playback: Playback

    @property
    def archive(self) -> str | None:
        """What the file says of where it has the record from."""
        return self.playback.archive

    async def play(self, asked: Asked, asked_at: datetime, priority: Priority) -> Playback:
        """The one capture of this record."""
        return self.playback


@dataclass(frozen=True, slots=True)
class _Found:
    """A capture in a record; `rewritten`: an archive's page, with its links in place of the captured;
    `origin`: the archive that the record was copied from, as far as it says so.
    """

    head: Head
    response: Response
    rewritten: bool = False
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class _PassedOver:
    """A record that is not a capture; `reason` is one of a few constant phrases."""

    reason: str


class WarcFile:
    """The captures of mofcom.gov.cn in a seekable file, bodies up to `limit` bytes.

    `records` are all in it, `elsewhere` those of other sites; `passed_over` counts by reason the
    records that should be captures and are not; `damage` says what could not be read, by how often.
    """

    def __init__(self, file: BinaryIO, limit: int, now: datetime) -> None:
        """Reads what the file has. Raises NotWarc if it has no records."""
        self._file = file
        self._limit = limit
        self._now = now
        self._plan = Plan()
        self.records = 0
        self.elsewhere = 0
        self.passed_over = Counter[str]()
        self.damage = Counter[str]()
        for ordinal, record in enumerate(read_records(file, _MOST_HEADERS)):
            if isinstance(record, Damage):
                self.damage[record.why] += 1
                continue
            self.records += 1
            self._survey(ordinal, record)
        if repeated := self._plan.duplicates.total():
            self.passed_over[_SAME_SECOND] += repeated
        self._plan.connect()

    def captures(self) -> Iterator[WarcCapture]:
        """Every capture; revisits and redirects follow the one whose body they have."""
        most = self._limit + _MOST_HEADERS
        for ordinal, record in enumerate(read_records(self._file, most)):
            if isinstance(record, Damage):
                continue
            found = _capture(ordinal, record, self._now)
            if not isinstance(found, _Found) or found.head.revisit or found.head.target:
                continue
            if self._plan.counts(found.head.ref, ordinal):
                capture = _played(found, record, self._limit)
                yield capture
                body = found.response.reply.body
                digests = digests_of(body) if self._plan.wants_digests else ()
                yield from self._following(found.head.ref, capture, digests)
        for head in list(self._plan.left()):
            yield _without_body(head)

    def _survey(self, ordinal: int, record: Record) -> None:
        found = _capture(ordinal, record, self._now)
        if isinstance(found, _PassedOver):
            self.passed_over[found.reason] += 1
        elif found is None:
            self.elsewhere += record.kind in _CAPTURES
        else:
            self._plan.add(found.head)

    def _following(
        self, ref: CaptureRef, capture: WarcCapture, digests: tuple[str, ...] = ()
    ) -> Iterator[WarcCapture]:
        for head in self._plan.followers(ref, digests):
            following = _follower(head, capture)
            yield following
            yield from self._following(head.ref, following)


def _capture(ordinal: int, record: Record, now: datetime) -> _Found | _PassedOver | None:
    """The capture of the site in a record; None for what is of another site, or no answer to a request."""
    if record.kind in _NO_CAPTURES:
        return None
    if record.kind not in _CAPTURES:
        return _PassedOver(f"a record of the type {record.kind[:40] or 'none'}")
    if not record.url:
        return _PassedOver("no WARC-Target-URI")
    archived = is_replay(record.url)
    if not archived and not in_scope(record.url):
        return None
    source = record.headers.get_header("WARC-Source-URI")
    copied = copied_at(source, record.url)
    timestamp = timestamp_of(copied or record.date or "", now)
    if copied and parse_timestamp(copied) is None and is_capture_time(copied):
        # A few in the index have a month or day 00; WARC-Date has the nearest day.
        timestamp = copied
    if timestamp is None:
        return _PassedOver("no possible date" if record.date else "no date")
    response = read_response(record)
    if response is None:
        if record.kind != "revisit" or record.block.strip():
            return _PassedOver("no HTTP response in it")
        # The headers of a revisit may be left out, too.
        response = Response(Reply(304, ()))
    ref, rewritten = CaptureRef(timestamp, record.url), False
    if archived:
        saved_page = replayed(record.url, response.reply)
        if saved_page is None or timestamp_of(saved_page.ref.timestamp, now) is None:
            return _PassedOver(_OWN_MESSAGE)
        ref, rewritten = saved_page.ref, saved_page.rewritten
    elif copied and is_own_message(response.reply):
        return _PassedOver(_OWN_MESSAGE)
    if record.kind != "revisit" and response.reply.status == 304:
        return _PassedOver("status 304, which has no page")
    archive = archive_of(record.url if archived else source)
    return _Found(_head(ordinal, record, response.reply, ref, now), response, rewritten, archive)


def _head(ordinal: int, record: Record, reply: Reply, ref: CaptureRef, now: datetime) -> Head:
    headers = record.headers
    bare = Reply(reply.status, reply.headers)
    digest = digest_of(headers.get_header("WARC-Payload-Digest"))
    if record.kind == "revisit":
        url = headers.get_header("WARC-Refers-To-Target-URI")
        date = timestamp_of(headers.get_header("WARC-Refers-To-Date") or "", now)
        refers = CaptureRef(date, url.strip("<> ").replace(" ", "%20")) if url and date else None
        refers_id = headers.get_header("WARC-Refers-To")
        return Head(ordinal, ref, bare, digest, revisit=True, refers=refers, refers_id=refers_id)
    record_id = headers.get_header("WARC-Record-ID")
    target = _target(record.url or "", reply) if redirects(reply) else None
    return Head(ordinal, ref, bare, digest, record_id=record_id, target=target)


def _target(url: str, reply: Reply) -> str:
    """The original URL to which a redirect leads, as far as it is one."""
    location = (reply.header("location") or "").strip()
    try:
        target = urljoin(url, location)
        target = original_of(target).url if is_replay(target) else target
        url_key(target)
    except ValueError:
        return "http://invalid/"
    return target


def _row(head: Head, reply: Reply, *, known: bool = True) -> CdxRow:
    """The row that an index would have; of a rewritten page, little of it is `known`."""
    return CdxRow(
        urlkey=url_key(head.ref.url),
        timestamp=head.ref.timestamp,
        original=head.ref.url,
        mimetype=(reply.header("content-type") or "unk").partition(";")[0].strip().lower(),
        statuscode=str(reply.status) if known else None,
        digest=head.digest if known else None,
    )


def _played(found: _Found, record: Record, limit: int) -> WarcCapture:
    head, reply = found.head, found.response.reply
    row = _row(head, reply, known=not found.rewritten)
    if found.rewritten:
        why = "as an archive shows it, not as captured: asked of the archive"
        return WarcCapture(row, Playback(Verdict(Answer.TRANSIENT, why), head.reply))
    played = _playback(head, found.response, record, limit)
    return WarcCapture(row, replace(played, archive=found.archive))


def _playback(head: Head, response: Response, record: Record, limit: int) -> Playback:
    ref, reply = head.ref, response.reply
    played = Playback(Verdict(Answer.MEMENTO, "in a WARC file"), head.reply, ref)
    if len(reply.body) > limit or record.size - record.missing > len(record.block):
        return replace(played, oversize=f"more than {limit} bytes")
    try:
        content_type = reply.header("content-type") or ""
        decoded = decode_content(reply.body, reply.all("content-encoding"), content_type, limit)
    except BodyTooLarge as error:
        return replace(played, oversize=str(error))
    except CorruptBody as error:
        return replace(played, verdict=Verdict(Answer.TRUNCATED, str(error)))
    declared = _declared_size(response, decoded.body, decoded.codings)
    if record.headers.get_header("WARC-Truncated") and declared is None:
        return replace(played, verdict=Verdict(Answer.TRUNCATED, "the crawler cut it"))
    return replace(played, body=decoded.body, codings=decoded.codings, declared_size=declared)


def _declared_size(response: Response, body: bytes, codings: tuple[str, ...]) -> int | None:
    """The length that the site or the record declares, if fewer bytes are there and no coding explains it."""
    reply = response.reply
    coded = codings or reply.header("content-encoding")
    if reply.status not in (200, 206) or coded or reply.header("x-archive-orig-content-encoding"):
        return None
    names = ("content-length", "x-archive-orig-content-length")
    declared = max(
        len(body) + response.missing,
        *(length(reply.header(name)) or 0 for name in names),
        whole_length(reply.header("content-range")) or 0,
    )
    return declared if declared > len(body) else None


def _follower(head: Head, source: WarcCapture) -> WarcCapture:
    """A revisit or redirect with the body of the capture that it repeats or leads to."""
    played = source.playback
    reply = played.reply or head.reply
    if head.target is not None:
        verdict = played.verdict
        if played.body is not None and (there := played.served):
            why = f"led to {there.timestamp}/{there.url}"
            verdict = Verdict(Answer.ARCHIVED_REDIRECT, why)
        row = _row(head, reply).model_copy(update={"statuscode": str(head.reply.status)})
        return WarcCapture(row, replace(played, verdict=verdict))
    served = head.ref if played.served else None
    return WarcCapture(_row(head, reply), replace(played, served=served))


def _without_body(head: Head) -> WarcCapture:
    if head.target is None:
        why = "a revisit of a capture that is not stored"
        verdict = Verdict(Answer.NEVER_ARCHIVED, why)
    elif not in_scope(head.target):
        verdict = Verdict(Answer.ARCHIVED_REDIRECT, f"leads to another site: {head.target[:200]}")
    else:
        where = leads_to(head.target, head.ref.url)
        why = f"{where}, which this file has no capture of within a day"
        verdict = Verdict(Answer.ARCHIVED_REDIRECT, why)
    row = _row(head, head.reply)
    if head.revisit and head.reply.status == 304:
        row = row.model_copy(update={"statuscode": None})
    return WarcCapture(row, Playback(verdict, head.reply))
