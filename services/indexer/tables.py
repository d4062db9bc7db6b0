"""The rows of the tables in schema `ingest`: each a tuple in the order of its upsert's columns.

Which of several rows with the same key wins is decided by its upsert in `upserts`, never by order of
arrival.
"""

from collections import namedtuple
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from services.indexer.ledger import LedgerChange, LedgerError
from services.indexer.notice_columns import NO_NOTICE, NOTICE_COLUMNS


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
    archive: str


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
    archive: str | None


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


_READING = (
    "capture_id",
    "parser_version",
    "parsed_at",
    "event_id",
    "digest",
    "url_key",
    "captured_at",
    "site_section",
    "site_rank",
    "outcome",
    "reason",
    "detail",
    "resulting_text",
    "notice",
    "attachment_keys",
    "notice_key",
    "series_key",
    "series",
    "serial",
    "changeable_by",
    *NOTICE_COLUMNS.values(),
)
_ReadingColumns: Any = cast(
    Any,
    namedtuple(
        "_ReadingColumns",
        _READING,
        defaults=(None, None, (), None, None, None, None, (), *NO_NOTICE.values()),
    ),
)


class ReadingRow(_ReadingColumns):  # type: ignore[misc]
    """What was read in a capture: `notice` is all of it but its text as JSON, a string; the fields
    that have a column of their own follow from the model (`notice_columns`). `digest` is the sha256 in
    hex of all columns after it: what a newer parser reads alike has the same.
    """

    __slots__ = ()


class ReadingKeyRow(NamedTuple):
    """Every key that a capture was ever read under is kept."""

    capture_id: str
    notice_key: str


class FileRow(NamedTuple):
    """What the bytes of an attachment contain; `texts` and `rows` are JSON (`file_rows`). `digest` is the sha256 in hex
    of all columns after it.
    """

    sha256: str
    parser_version: int
    ocr: bool
    read_at: datetime
    event_id: str
    digest: str
    kind: str
    state: str
    reason: str | None
    pages: int | None
    doubts: tuple[str, ...]
    texts: str
    rows: str


class ListsRow(NamedTuple):
    """The lists of a notice, read with its attachments; `inputs` names what they were read from, `lists` is JSON."""

    inputs: str
    parser_version: int
    read_at: datetime
    event_id: str
    outcome: str
    reason: str | None
    detail: str | None
    lists: str | None


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
    """How far a partition was read; `resumed` for its first batch since it was assigned."""

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
    | FileRow
    | ListsRow
    | TranslationRow
    | DeadLetterRow
    | HandledRow
    | OffsetRow
)


def without_nul(text: str) -> str:
    """The text without U+0000, which Postgres cannot store."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
