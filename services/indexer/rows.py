"""From an event to its rows. Pure."""

from datetime import date
from hashlib import sha256
from typing import TypeVar

from pydantic_core import to_json

from services.indexer.dead_letter_rows import dead_letter_row, storable
from services.indexer.document_numbers import notice_key, own_number, with_number_parts
from services.indexer.file_rows import file_row
from services.indexer.ledger import change_of, error_of
from services.indexer.notice_columns import values_of
from services.indexer.tables import (
    AddressRow,
    BodyRow,
    CaptureRow,
    HandledRow,
    ListsRow,
    ReadingKeyRow,
    ReadingRow,
    RequestRow,
    Row,
    ServedRow,
    TranslationRow,
)
from shared.attachment import AttachmentContent, Lists
from shared.chinese.authority import changeable_by
from shared.events import (
    AddressExpanded,
    AddressRequested,
    AttachmentRead,
    Capture,
    CaptureFetched,
    CaptureRequested,
    DeadLetter,
    DeadLetterHandled,
    Event,
    ListsRead,
    NoticeParsed,
    NoticeTranslated,
)
from shared.identity import captured_at, url_key
from shared.notice import Notice
from shared.site_sections import section_of
from shared.text import resulting_text
from shared.translation import Translation

_Asked = TypeVar("_Asked", AddressRequested, CaptureRequested)


def rows_of(
    event: Event,
    notice: Notice | None = None,
    body: BodyRow | None = None,
    translation: Translation | None = None,
    content: AttachmentContent | None = None,
    lists: Lists | None = None,
) -> list[Row]:
    """The rows that `event` gives, also of what it rests on: any event may come first.

    `notice`, `content`, `lists` and `translation` are those of the event, wherever they were
    kept, `body` a fetched event's decoded body. Raises ValueError when a timestamp is not a time, a dead letter's record not base64.
    """
    if isinstance(event, DeadLetter):
        event = storable(event)
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
        case AttachmentRead():
            rows += _fetched(event.fetched)
            if content is not None and (row := file_row(event, content)):
                rows.append(row)
        case ListsRead():
            rows.append(_lists(event, lists))
        case NoticeTranslated():
            rows.append(_translated(event, translation))
        case DeadLetter():
            rows.append(dead_letter_row(event))
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
        archive=event.archive,
    )


def _first(event: _Asked) -> str:
    # Attempts of one request differ only in this number, so all its events yield the same row.
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
            captured_at=captured_at(capture.timestamp),
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
            archive=capture.archive,
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
    reading = reading_row(event, capture, notice)
    rows: list[Row] = [reading]
    if reading.notice_key is not None:
        rows.append(ReadingKeyRow(capture.capture_id, reading.notice_key))
    return rows


def reading_row(event: NoticeParsed, capture: Capture, notice: Notice | None) -> ReadingRow:
    """The row of what was read in a capture, as a pure function of it and of this program's version."""
    row = _reading(event, capture, with_number_parts(notice) if notice else None)
    whole = row[row._fields.index("digest") + 1 :]
    digested: ReadingRow = row._replace(digest=sha256(to_json(whole)).hexdigest())
    return digested


def _reading(event: NoticeParsed, capture: Capture, notice: Notice | None) -> ReadingRow:
    outcome = event.outcome
    section = section_of(capture.url)
    reading = ReadingRow(
        capture_id=capture.capture_id,
        parser_version=event.parser_version,
        parsed_at=event.parsed_at,
        event_id=event.id,
        digest="",
        url_key=url_key(capture.url),
        captured_at=captured_at(capture.timestamp),
        site_section=section.kind,
        site_rank=section.rank,
        outcome=outcome.state,
        reason=None if outcome.state == "done" else outcome.reason,
        detail=None if outcome.state == "done" else outcome.detail,
    )
    if notice is None:
        return reading
    number = own_number(notice)
    row: ReadingRow = reading._replace(
        resulting_text=resulting_text(notice.body_text),
        # The text and the parser's version have their own columns.
        notice=notice.model_dump_json(exclude={"body_text", "parser_version"}),
        attachment_keys=tuple(_key_or_empty(attachment.url) for attachment in notice.attachments),
        notice_key=notice_key(notice, url_key(capture.url)),
        changeable_by=changeable_by(notice.issuers),
        series_key=number.series_key if number else None,
        series=number.series if number else None,
        serial=number.serial if number else None,
        **values_of(notice),
    )
    return row


def _key_or_empty(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return ""


def _lists(event: ListsRead, lists: Lists | None) -> ListsRow:
    outcome = event.outcome
    return ListsRow(
        inputs=event.requested.inputs,
        parser_version=event.parser_version,
        read_at=event.read_at,
        event_id=event.id,
        outcome=outcome.state,
        reason=None if outcome.state == "done" else outcome.reason,
        detail=outcome.detail,
        lists=lists.model_dump_json() if lists else None,
    )


def _translated(event: NoticeTranslated, translation: Translation | None) -> TranslationRow:
    texts = {name: {"text"} for name in ("title", "text", "summary")}
    fields = {} if translation is None else translation.model_dump(mode="json", exclude=texts)
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
        provenance=to_json({"source": source, **fields}).decode(),
    )
