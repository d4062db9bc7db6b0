"""From an event to rows of the tables in schema `ingest`. Pure.

A row is a tuple in the order of its table's columns; which of several rows with one key stands is
said by its upsert in `store`, never by which came first.
"""

from base64 import b64decode
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import NamedTuple, TypeVar

from pydantic_core import to_json

from services.indexer.ledger import LedgerChange, LedgerError, change_of, error_of
from shared.delivery.message import Message
from shared.events import (
    AddressExpanded,
    AddressRequested,
    Capture,
    CaptureFetched,
    CaptureRequested,
    DeadLetter,
    DeadLetterHandled,
    Event,
    NoticeParsed,
    NoticeTranslated,
)
from shared.identity import url_key
from shared.notice import Notice
from shared.text import resulting_text
from shared.trace import trace_id
from shared.translation import Translation

# A time that a page prints without a zone is China's.
_CHINA = timezone(timedelta(hours=8))

_Asked = TypeVar("_Asked", AddressRequested, CaptureRequested)


class AddressRow(NamedTuple):
    address_id: str
    address: str
    origin: str
    asked_at: datetime
    asked: str


class RequestRow(NamedTuple):
    request_id: str
    address_id: str | None
    url_key: str
    cdx_urlkey: str | None
    url: str
    timestamp: str | None
    asked_day: date | None
    kind: str
    backlog: bool
    asked_at: datetime
    asked: str


class CaptureRow(NamedTuple):
    capture_id: str
    url_key: str
    url: str
    timestamp: str
    captured_at: datetime
    kind: str
    answer: str
    status: int
    digest: str | None
    body_sha256: str | None
    body_size: int | None
    content_type: str | None
    charset: str | None
    fetched_at: datetime
    event_id: str


class ServedRow(NamedTuple):
    request_id: str
    has_body: bool
    attempt: int
    fetched_at: datetime
    event_id: str
    answer: str
    capture_id: str


class BodyRow(NamedTuple):
    sha256: str
    content_type: str
    charset: str
    html: str


class ReadingRow(NamedTuple):
    capture_id: str
    parser_version: int
    parsed_at: datetime
    event_id: str
    url_key: str
    captured_at: datetime
    outcome: str
    reason: str | None
    detail: str | None
    page_kind: str | None = None
    layout: str | None = None
    layout_confidence: float | None = None
    title: str | None = None
    document_number: str | None = None
    document_number_raw: str | None = None
    document_type: str | None = None
    issuers: tuple[str, ...] = ()
    department: str | None = None
    addressees: tuple[str, ...] = ()
    issued_on: date | None = None
    published_at: datetime | None = None
    effective_on: date | None = None
    effective_at: datetime | None = None
    body_text: str | None = None
    resulting_text: str | None = None
    source: str | None = None
    column_name: str | None = None
    index_number: str | None = None
    validity: str | None = None
    warnings: tuple[str, ...] = ()
    notice: str | None = None
    attachment_keys: tuple[str, ...] = ()


class ReadingKeyRow(NamedTuple):
    """What the notice's key is made of; every key that a capture was ever read under is kept."""

    capture_id: str
    event_id: str
    parsed_at: datetime
    page_kind: str
    document_number: str | None
    issuers: tuple[str, ...]
    url_key: str


class TranslationRow(NamedTuple):
    capture_id: str
    parser_version: int
    translated_at: datetime
    event_id: str
    state: str
    title_en: str | None
    text_en: str | None
    summary_en: str | None
    made_by: str
    provenance: str


class DeadLetterRow(NamedTuple):
    service: str
    subject: str
    died_at: datetime
    version: str
    reason: str
    error: str
    event_id: str | None
    topic: str
    partition: int
    offset: int
    record_key: bytes | None
    record_value: bytes | None
    record_headers: str
    request_id: str | None
    address_id: str | None
    attempt: int | None
    first_seen_at: datetime


class HandledRow(NamedTuple):
    service: str
    subject: str
    handled_at: datetime
    event_id: str
    action: str
    note: str | None


class OffsetRow(NamedTuple):
    """How far a partition was read; `resumed` in its first batch since it was assigned."""

    topic: str
    partition: int
    next_offset: int
    event_id: str | None
    resumed: bool


Row = (
    AddressRow
    | RequestRow
    | LedgerChange
    | LedgerError
    | CaptureRow
    | ServedRow
    | BodyRow
    | ReadingRow
    | ReadingKeyRow
    | TranslationRow
    | DeadLetterRow
    | HandledRow
    | OffsetRow
)


def rows_of(
    event: Event,
    notice: Notice | None = None,
    body: BodyRow | None = None,
    translation: Translation | None = None,
) -> list[Row]:
    """The rows that `event` gives, also of what it rests on: any event may come first.

    `notice` is a parsed event's notice and `translation` a translated event's, wherever they were
    kept, `body` a fetched event's decoded body. Raises ValueError when a timestamp is no time, a dead letter's record no base64.
    """
    if isinstance(event, DeadLetter):
        event = _storable(event)
    rows: list[Row] = []
    match event:
        case AddressRequested():
            rows.append(_address(event))
        case AddressExpanded():
            rows.append(_address(event.address))
        case CaptureRequested():
            rows.append(_request(event))
        case CaptureFetched():
            rows += _fetched(event)
        case NoticeParsed():
            rows += _fetched(event.fetched)
            if event.fetched.capture is not None:
                rows += _read(event, event.fetched.capture, notice)
        case NoticeTranslated():
            rows.append(_translated(event, translation))
        case DeadLetter():
            rows.append(_dead_letter(event))
        case DeadLetterHandled():
            rows.append(
                HandledRow(
                    service=event.service,
                    subject=event.subject,
                    handled_at=event.handled_at,
                    event_id=event.id,
                    action=event.action,
                    note=event.note,
                )
            )
    if body is not None:
        rows.append(body)
    if change := change_of(event):
        rows.append(change)
    if error := error_of(event):
        rows.append(error)
    return rows


def direct_dead_letter(event: DeadLetter) -> DeadLetterRow:
    """The row of a dead letter that goes to Postgres without going through Kafka.

    What the record claims to be about is left out: it may be just what cannot be stored.
    """
    nameless = event.model_copy(update={"request_id": None, "address_id": None, "attempt": None})
    return _dead_letter(_storable(nameless))


def offset_row(last: Message, resumed: bool) -> OffsetRow:
    """How far a partition was read when `last` is the last record of it that was written."""
    return OffsetRow(
        topic=last.topic,
        partition=last.partition,
        next_offset=last.offset + 1,
        event_id=event_mark(last),
        resumed=resumed,
    )


def placed(row: Row, message: Message) -> Row:
    """A row of the ledger with the trace of its record; while it waits for an outcome, its place."""
    if not isinstance(row, LedgerChange):
        return row
    row = row._replace(trace=trace_id(message.headers))
    if row.state not in ("waiting", "fetched"):
        return row
    return row._replace(topic=message.topic, partition=message.partition, offset=message.offset)


def event_mark(message: Message) -> str:
    """By what a record is known again: its ``ce_id``, else what it holds."""
    named = dict(message.headers).get("ce_id")
    if named is None:
        return f"sha256:{sha256(message.value or b'').hexdigest()}"
    return _without_nul(named.decode("utf-8", "replace"))


def _address(event: AddressRequested) -> AddressRow:
    return AddressRow(
        address_id=event.address_id,
        address=event.address,
        origin=event.origin,
        asked_at=event.asked_at,
        asked=_first(event),
    )


def _request(event: CaptureRequested) -> RequestRow:
    return RequestRow(
        request_id=event.request_id,
        address_id=event.address_id,
        url_key=url_key(event.url),
        cdx_urlkey=event.listed.urlkey if event.listed else None,
        url=event.url,
        timestamp=event.timestamp,
        asked_day=_day(event.timestamp),
        kind=event.kind,
        backlog=event.backlog,
        asked_at=event.asked_at,
        asked=_first(event),
    )


def _first(event: _Asked) -> str:
    # Attempts of one request differ in nothing else, so every event of it gives the same row.
    return event.model_copy(update={"attempt": 1}).model_dump_json()


def _day(timestamp: str | None) -> date | None:
    """The day that 4 to 14 digits name, a missing month or day read as the first; else None."""
    if timestamp is None or len(timestamp) < 4:
        return None
    year, month, day = timestamp[:4], timestamp[4:6], timestamp[6:8]
    try:
        return date(
            int(year), int(month) if len(month) == 2 else 1, int(day) if len(day) == 2 else 1
        )
    except ValueError:
        return None


def _captured_at(capture: Capture) -> datetime:
    day, time = capture.timestamp[:8], capture.timestamp[8:]
    return datetime.fromisoformat(f"{day}T{time}+00:00")


def _fetched(event: CaptureFetched) -> list[Row]:
    rows: list[Row] = [_request(event.request)]
    capture, body = event.capture, event.body
    if capture is None:
        return rows
    rows.append(
        CaptureRow(
            capture_id=capture.capture_id,
            url_key=url_key(capture.url),
            url=capture.url,
            timestamp=capture.timestamp,
            captured_at=_captured_at(capture),
            kind=event.request.kind,
            answer=event.answer,
            status=capture.status,
            digest=capture.digest,
            body_sha256=body.sha256 if body else None,
            body_size=body.size if body else None,
            content_type=body.content_type if body else None,
            charset=body.charset if body else None,
            fetched_at=event.fetched_at,
            event_id=event.id,
        )
    )
    rows.append(
        ServedRow(
            request_id=event.request.request_id,
            has_body=body is not None,
            attempt=event.request.attempt,
            fetched_at=event.fetched_at,
            event_id=event.id,
            answer=event.answer,
            capture_id=capture.capture_id,
        )
    )
    return rows


def _read(event: NoticeParsed, capture: Capture, notice: Notice | None) -> list[Row]:
    rows: list[Row] = [_reading(event, capture, notice)]
    if notice is not None:
        rows.append(
            ReadingKeyRow(
                capture_id=capture.capture_id,
                event_id=event.id,
                parsed_at=event.parsed_at,
                page_kind=notice.page_kind,
                document_number=notice.document_number,
                issuers=notice.issuers,
                url_key=url_key(capture.url),
            )
        )
    return rows


def _reading(event: NoticeParsed, capture: Capture, notice: Notice | None) -> ReadingRow:
    outcome = event.outcome
    reading = ReadingRow(
        capture_id=capture.capture_id,
        parser_version=event.parser_version,
        parsed_at=event.parsed_at,
        event_id=event.id,
        url_key=url_key(capture.url),
        captured_at=_captured_at(capture),
        outcome=outcome.state,
        reason=None if outcome.state == "done" else outcome.reason,
        detail=None if outcome.state == "done" else outcome.detail,
    )
    if notice is None:
        return reading
    return reading._replace(
        page_kind=notice.page_kind,
        layout=notice.layout,
        layout_confidence=notice.layout_confidence,
        title=notice.title,
        document_number=notice.document_number,
        document_number_raw=notice.document_number_raw,
        document_type=notice.document_type,
        issuers=notice.issuers,
        department=notice.department,
        addressees=notice.addressees,
        issued_on=notice.issued_on,
        published_at=_zoned(notice.published_at),
        effective_on=notice.effective_on,
        effective_at=_zoned(notice.effective_at),
        body_text=notice.body_text,
        resulting_text=resulting_text(notice.body_text),
        source=notice.source,
        column_name=notice.column,
        index_number=notice.index_number,
        validity=notice.validity,
        warnings=notice.warnings,
        # The text has a column of its own.
        notice=notice.model_dump_json(exclude={"body_text"}),
        attachment_keys=tuple(_key_or_empty(attachment.url) for attachment in notice.attachments),
    )


def _key_or_empty(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return ""


def _translated(event: NoticeTranslated, translation: Translation | None) -> TranslationRow:
    texts = {name: {"text"} for name in ("title", "text", "summary")}
    made = {} if translation is None else translation.model_dump(mode="json", exclude=texts)
    source = event.source.model_dump() | {"on": event.on}
    return TranslationRow(
        capture_id=event.capture.capture_id,
        parser_version=event.parser_version,
        translated_at=event.translated_at,
        event_id=event.id,
        state=event.state,
        title_en=translation.title.text if translation else None,
        text_en=translation.text.text if translation else None,
        summary_en=translation.summary.text if translation else None,
        made_by=event.made_by,
        provenance=to_json({"source": source, **made}).decode(),
    )


def _zoned(time: datetime | None) -> datetime | None:
    return time.replace(tzinfo=_CHINA) if time and time.tzinfo is None else time


def _dead_letter(event: DeadLetter) -> DeadLetterRow:
    return DeadLetterRow(
        service=event.service,
        subject=event.subject,
        died_at=event.died_at or event.first_seen_at,
        version=event.version,
        reason=event.reason,
        error=event.error,
        event_id=event.event_id,
        topic=event.origin.topic,
        partition=event.origin.partition,
        offset=event.origin.offset,
        record_key=_bytes(event.record_key),
        record_value=_bytes(event.record_value),
        record_headers=to_json(event.record_headers).decode(),
        request_id=event.request_id,
        address_id=event.address_id,
        attempt=event.attempt,
        first_seen_at=event.first_seen_at,
    )


def _bytes(base64: str | None) -> bytes | None:
    return None if base64 is None else b64decode(base64, validate=True)


def _storable(event: DeadLetter) -> DeadLetter:
    """The same without U+0000, which Postgres cannot hold: a dead letter must always be a row."""
    return event.model_copy(
        update={
            "reason": _without_nul(event.reason),
            "error": _without_nul(event.error),
            "record_headers": tuple(
                (_without_nul(name), _without_nul(value)) for name, value in event.record_headers
            ),
        }
    )


def _without_nul(text: str) -> str:
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
