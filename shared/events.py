"""The events that services exchange: requests, fetched captures, what was read in them, and its English.

Every event contains its predecessor (a parsed notice its capture, a capture its request), so that
a reader can use each alone, in any order. A change that an old reader cannot read needs a new major
`SCHEMA`; the JSON Schemas are in `docs/events/`.
"""

import hashlib
import re
from base64 import b64decode
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from shared.archives import WAYBACK_MACHINE
from shared.attachment import AttachmentContent, Lists
from shared.identity import captured_at, event_id, url_key
from shared.notice import Notice
from shared.translation import Translation, TranslationState
from shared.value import Value

# Of each request a few are made in a day: a larger number is forged.
MOST_ATTEMPTS = 1_000_000

# Part of a path: no dots, no slashes, and no longer than a file's name may be.
_BLOB_NAME = re.compile(r"[0-9a-z]{1,64}")


def _text(text: str) -> str:
    if "\0" in text:
        raise ValueError("has a U+0000, which Postgres does not store")
    return text


def _number(number: int) -> int:
    if abs(number) >= 2**62:
        raise ValueError("is no number of 8 bytes")
    return number


def _attempt(number: int) -> int:
    if not 1 <= number <= MOST_ATTEMPTS:
        raise ValueError(f"is no number of an attempt, 1 to {MOST_ATTEMPTS}")
    return number


def _moment(moment: datetime) -> datetime:
    # Times of day 1 and of the last day overflow in another time zone.
    if moment.tzinfo is None or not 1 < moment.year < 9999:
        raise ValueError("is no time with a zone, of the years 2 to 9998")
    return moment


def _blob_name(text: str) -> str:
    if not _BLOB_NAME.fullmatch(text):
        raise ValueError("is no sha256 in hex")
    return text


def _original(url: str) -> str:
    url_key(url)
    return _text(url)


def _fourteen(timestamp: str) -> str:
    captured_at(timestamp)
    return timestamp


def _base64(text: str) -> str:
    b64decode(text, validate=True)
    return text


# What is looked up or written together with that of other events: one that cannot be must be refused
# before. Checked like this, not by types of their own: the JSON Schemas stay as they are.
Text = Annotated[str, AfterValidator(_text)]
BlobName = Annotated[str, AfterValidator(_blob_name)]
Number = Annotated[int, AfterValidator(_number)]
Attempt = Annotated[int, AfterValidator(_attempt)]
Moment = Annotated[datetime, AfterValidator(_moment)]
OriginalUrl = Annotated[str, AfterValidator(_original)]
"""A URL that has a key (`shared.identity.url_key`)."""
Timestamp = Annotated[str, AfterValidator(_fourteen)]
"""14 digits that are a time."""
Base64 = Annotated[str, AfterValidator(_base64)]


class Event(Value):
    """Base of all events. `schema_version` is MAJOR.MINOR of the event's own type."""

    TYPE: ClassVar[str]
    SCHEMA: ClassVar[str] = "1.0"

    schema_version: str = "1.0"

    @property
    def id(self) -> str:
        """Deterministic: equal for a repeated event."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """The Kafka key, which keeps the events of a page in order."""
        raise NotImplementedError


# -- how a step ended -----------------------------------------------------------------------


class Done(Value):
    """Ended with a result; `detail` says what is special about it."""

    state: Literal["done"] = "done"
    detail: str | None = None


class Skipped(Value):
    """Ended finally without a result; the reason is a short constant phrase."""

    state: Literal["skipped"] = "skipped"
    reason: str
    detail: str | None = None


class RetryAt(Value):
    """To be retried at `at`, by the ledger's scheduler."""

    state: Literal["retry"] = "retry"
    at: Moment
    reason: str
    detail: str | None = None


Outcome = Annotated[Done | Skipped | RetryAt, Field(discriminator="state")]


# -- asked ----------------------------------------------------------------------------------


class AddressRequested(Event):
    """An address as it was added: an archive URL, an original URL, a prefix with ``*``."""

    TYPE: ClassVar[str] = "mofcom.address.requested"

    address_id: Text
    address: Text
    origin: Text = Field(description="Where it was added: FILE:LINE of a seeds file, cli, http.")
    asked_at: Moment
    attempt: Attempt = 1

    @property
    def id(self) -> str:
        return event_id(self.address_id, "requested", str(self.attempt))

    @property
    def key(self) -> str:
        return self.address_id


class AddressExpanded(Event):
    """An address was expanded into `requests` requests, all confirmed by Kafka before this.

    `odd_rows` counts lines of the index that are not captures of a page in scope; `partial` says
    that the index may have more captures than it returned.
    """

    TYPE: ClassVar[str] = "mofcom.address.expanded"

    address: AddressRequested
    requests: Number
    odd_rows: Number = 0
    partial: bool = False
    outcome: Outcome

    @property
    def id(self) -> str:
        return event_id(self.address.address_id, "expanded", str(self.address.attempt))

    @property
    def key(self) -> str:
        return self.address.key


class CdxRow(Value):
    """A row of the archive's CDX index, unchanged; `urlkey` is the archive's own key."""

    urlkey: Text
    timestamp: Text
    original: Text
    mimetype: Text | None = None
    statuscode: Text | None = None
    digest: Text | None = None
    length: Text | None = None


class CaptureRequested(Event):
    """One capture to be fetched.

    `timestamp` is 1 to 14 digits as given, None for the latest; `listed` is the index's row if the
    request comes from one; `hops` (since 1.1) is the number of pages that led from the original
    request to this one, 0 for the original itself. `archive` (since 1.2) is the one to ask, as in
    `Capture`.
    """

    TYPE: ClassVar[str] = "mofcom.capture.requested"
    SCHEMA: ClassVar[str] = "1.2"

    schema_version: str = "1.2"
    request_id: Text
    address_id: Text | None = None
    url: OriginalUrl
    timestamp: Text | None = None
    kind: Literal["page", "attachment"] = "page"
    listed: CdxRow | None = None
    asked_at: Moment
    asked_on: date
    attempt: Attempt = 1
    backlog: bool = False
    hops: Number = 0
    archive: Text = WAYBACK_MACHINE

    @property
    def id(self) -> str:
        return event_id(self.request_id, "requested", str(self.attempt))

    @property
    def key(self) -> str:
        return url_key(self.url)


# -- fetched --------------------------------------------------------------------------------


class Answer(StrEnum):
    """The class of the archive's answer; the fetcher acts on this alone."""

    MEMENTO = "memento"
    SUBSTITUTE = "substitute"
    ARCHIVED_REDIRECT = "archived redirect"
    NEVER_ARCHIVED = "never archived"
    EXCLUDED = "excluded"
    ROBOTS = "robots"
    THROTTLED = "throttled"
    TRANSIENT = "transient"
    OUTAGE = "outage"
    TRUNCATED = "truncated"
    UNPLAYABLE = "unplayable"


class Body(Value):
    """Pointer to the payload in the blob store, after content coding, before charset decoding.

    `charset` is the fetcher's choice, for all who decode the body (`shared.charset.decode`);
    `replaced` is the share of characters that could not be decoded, 0 to 1. Both are None for
    bodies that are not text. `declared_size` is the Content-Length that the site sent, where fewer
    bytes than that were captured.
    """

    sha256: BlobName
    size: Number
    content_type: Text | None = None
    charset: Text | None = None
    replaced: float | None = None
    declared_size: Number | None = None


class Capture(Value):
    """A capture that an archive served; `timestamp` has 14 digits, `url` is the original URL.

    `archive` is where it comes from: the address behind which ``TIMESTAMP/URL`` shows it; without a slash at
    the end, a place that shows no captures (``https://data.commoncrawl.org``); None for a WARC file that
    does not say so. Events that do not have it are from when there was one archive.
    """

    capture_id: Text
    url: OriginalUrl
    timestamp: Timestamp
    status: Number
    digest: Text | None = None
    archive: Text | None = WAYBACK_MACHINE


class CaptureFetched(Event):
    """The archive's answer to a request, whatever it was.

    (1.1: `hops` of the request; 1.2: `archive` of the request and of the capture.)
    """

    TYPE: ClassVar[str] = "mofcom.capture.fetched"
    SCHEMA: ClassVar[str] = "1.2"

    schema_version: str = "1.2"

    request: CaptureRequested
    answer: Answer
    outcome: Outcome
    capture: Capture | None = None
    body: Body | None = None
    fetched_at: Moment

    @property
    def id(self) -> str:
        return event_id(self.request.request_id, "fetched", str(self.request.attempt))

    @property
    def key(self) -> str:
        return self.request.key


# -- parsed ---------------------------------------------------------------------------------


# Of JSON. What is larger goes to the blob store, and its event holds a pointer: Kafka's default limit for a
# message is 1 MB.
IN_EVENT_BYTES = 512 * 1024


class NoticeBlob(Value):
    """Pointer to a parsed notice, or its lists, too large for an event, or the name of one that is in it."""

    sha256: BlobName
    size: Number

    @classmethod
    def naming(cls, notice: Notice) -> "NoticeBlob":
        """The name that a notice's JSON has, or would have, in the blob store."""
        data = notice.model_dump_json().encode()
        return cls(sha256=hashlib.sha256(data).hexdigest(), size=len(data))


class NoticeParsed(Event):
    """A parsed body. `outcome` is done with a notice, or skipped with the reason."""

    TYPE: ClassVar[str] = "mofcom.notice.parsed"
    SCHEMA: ClassVar[str] = "1.2"

    schema_version: str = "1.2"
    fetched: CaptureFetched
    parser_version: Number
    outcome: Outcome
    notice: Notice | None = None
    notice_blob: NoticeBlob | None = None
    parsed_at: Moment

    @property
    def id(self) -> str:
        request = self.fetched.request
        return event_id(
            request.request_id, "parsed", str(request.attempt), str(self.parser_version)
        )

    @property
    def key(self) -> str:
        return self.fetched.key


class AttachmentRead(Event):
    """The bytes of a fetched attachment, read. `outcome` is done, or skipped with the content's state as the reason.

    `ocr` says whether text was to be recognised in scans and pictures. A `content` that is too large for an event is in
    the blob store alone, under the sha256 of the bytes, `parser_version` and `ocr` (`Blobs.get_content`). There is none of an attachment that the site answered with an error.
    """

    TYPE: ClassVar[str] = "mofcom.attachment.read"

    fetched: CaptureFetched
    parser_version: Number
    ocr: bool = False
    outcome: Outcome
    content: AttachmentContent | None = None
    read_at: Moment

    @property
    def id(self) -> str:
        request = self.fetched.request
        reader = f"{self.parser_version}{' ocr' if self.ocr else ''}"
        return event_id(request.request_id, "attachment read", str(request.attempt), reader)

    @property
    def key(self) -> str:
        return self.fetched.key


class AttachedFile(Value):
    """An attachment of a notice: its address, as the notice links to it, and the sha256 of its bytes."""

    url: Text
    sha256: BlobName


class ListsRequested(Event):
    """A notice is to be read together with its attachments, in the order of its links.

    `inputs` names all that the reading follows from: what the page says by itself, and what the files contain.
    """

    TYPE: ClassVar[str] = "mofcom.lists.requested"

    inputs: BlobName
    capture: Capture
    body: Body
    attachments: tuple[AttachedFile, ...]
    asked_at: Moment

    @property
    def id(self) -> str:
        return event_id(self.inputs, "lists requested", self.asked_at.isoformat())

    @property
    def key(self) -> str:
        return url_key(self.capture.url)


class ListsRead(Event):
    """The lists of a notice, read with its attachments: in the event, or if they are too large, in the blob store."""

    TYPE: ClassVar[str] = "mofcom.lists.read"

    requested: ListsRequested
    parser_version: Number
    outcome: Outcome
    lists: Lists | None = None
    lists_blob: NoticeBlob | None = None
    read_at: Moment

    @property
    def id(self) -> str:
        return event_id(self.requested.id, "lists read", str(self.parser_version))

    @property
    def key(self) -> str:
        return self.requested.key


# -- translated -----------------------------------------------------------------------------


class TranslationRequested(Event):
    """A notice to be translated (again), in the background.

    `source` names the parsed notice's JSON; where the event does not have the `notice`, that is in the blob
    store. `on` is the notice's date, by which names are chosen. Requested by the translator itself when no
    engine was available (`reason` pending), or by a person (retranslate).
    """

    TYPE: ClassVar[str] = "mofcom.translation.requested"
    SCHEMA: ClassVar[str] = "1.1"

    schema_version: str = "1.1"
    capture: Capture
    parser_version: Number
    source: NoticeBlob
    on: date | None = None
    reason: Literal["pending", "retranslate"]
    asked_at: Moment
    notice: Notice | None = Field(None, description="Unless it is too large; since 1.1.")

    @property
    def id(self) -> str:
        # A notice that waits for an engine is requested once; a person's request counts each time.
        asked = self.asked_at.isoformat() if self.reason == "retranslate" else ""
        return event_id(self.capture.capture_id, "translation requested", self.source.sha256, asked)

    @property
    def key(self) -> str:
        return url_key(self.capture.url)


class NoticeTranslated(Event):
    """A parsed notice in English, possibly still incomplete.

    `translation` is in the event, or if it is too large its JSON in the blob store; `made_by` names
    everything it depends on (engines, glossary, rules). Of several for one capture the greatest
    (parser_version, translated_at, id) counts.
    """

    TYPE: ClassVar[str] = "mofcom.notice.translated"

    capture: Capture
    parser_version: Number
    source: NoticeBlob
    on: date | None = None
    state: TranslationState
    made_by: str
    translation: Translation | None = None
    translation_blob: NoticeBlob | None = None
    translated_at: Moment

    @property
    def id(self) -> str:
        return event_id(
            self.capture.capture_id,
            "translated",
            str(self.parser_version),
            self.source.sha256,
            self.made_by,
            self.state,
        )

    @property
    def key(self) -> str:
        return url_key(self.capture.url)


# -- changed --------------------------------------------------------------------------------


class ListEntry(Value):
    """An entry of a list, by the names that stand there."""

    list: str
    name_zh: str | None = None
    name_latin: str | None = None


class NoticeChanged(Event):
    """A notice or page that the database has added, changed or removed, or whose status is another one.

    For programs outside of the pipeline. `log` and `sequence` say where it stands: in the view `changes`, or
    among the changes of status, which also time alone brings. What describes the notice is as it was when
    the event was sent.
    """

    TYPE: ClassVar[str] = "mofcom.notice.changed"

    log: Literal["changes", "statuses"]
    sequence: Number
    at: Moment
    change: Literal["added", "changed", "removed", "status"]
    notice_key: Text
    page_kind: str | None = None
    document_number: str | None = None
    title: str | None = None
    title_en: str | None = None
    issued_on: date | None = None
    archived_url: str | None = None
    fields: tuple[str, ...] = Field((), description="Columns of the view pages that changed.")
    entry: ListEntry | None = Field(None, description="The entry of a list that has the status.")
    old_status: str | None = None
    status: str | None = None
    until: Moment | None = Field(None, description="End of the status, exclusive.")
    by_notice_key: str | None = None

    @property
    def id(self) -> str:
        # Sequences of a database that was made anew begin again.
        return event_id(self.log, str(self.sequence), self.notice_key, self.at.isoformat())

    @property
    def key(self) -> str:
        return self.notice_key


# -- dead -----------------------------------------------------------------------------------


class Origin(Value):
    """The position of a record in Kafka."""

    topic: str
    partition: Number
    offset: Number

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


class DeadLetter(Event):
    """A record that could not be processed, stored whole; one per event and service.

    `event_id` is the id of the event in the record, however often it was written to Kafka; None for
    a record that is not a valid event, which is identified by its position.
    """

    TYPE: ClassVar[str] = "mofcom.dead-letter"
    SCHEMA: ClassVar[str] = "1.1"

    schema_version: str = "1.1"
    origin: Origin
    event_id: Text | None = None
    service: Text
    version: str
    reason: str
    error: str
    record_key: Base64 | None = Field(None, description="Key of the record, base64.")
    record_value: Base64 | None = Field(None, description="Value of the record, base64.")
    record_headers: tuple[tuple[str, Base64], ...] = Field((), description="Values in base64.")
    request_id: Text | None = None
    address_id: Text | None = None
    attempt: Number | None = None
    first_seen_at: Moment = Field(description="When the record was written to Kafka.")
    died_at: Moment | None = Field(None, description="When the service gave up; since 1.1.")

    @property
    def subject(self) -> str:
        """What it is about: an event's id, or a position in Kafka as TOPIC/PARTITION/OFFSET."""
        return self.event_id or str(self.origin)

    @property
    def id(self) -> str:
        return event_id(self.service, self.subject)

    @property
    def key(self) -> str:
        return self.id


class DeadLetterHandled(Event):
    """What an operator has done about a dead letter; `note` says why."""

    TYPE: ClassVar[str] = "mofcom.dead-letter-handled"

    service: Text
    subject: Text
    action: Literal["replayed", "reinserted", "dropped"]
    note: str | None = None
    handled_at: Moment

    @property
    def id(self) -> str:
        return event_id(self.service, self.subject, self.action, self.handled_at.isoformat())

    @property
    def key(self) -> str:
        return event_id(self.service, self.subject)
