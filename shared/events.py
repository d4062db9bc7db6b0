"""The events that services exchange: requests, fetched captures, parsed and translated notices.

Every event contains its predecessor (a parsed notice its capture, a capture its request), so that
a reader can use each alone, in any order. A change that an old reader cannot read needs a new major
`SCHEMA`; the JSON Schemas are in `docs/events/`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.identity import event_id, url_key
from shared.notice import Notice
from shared.translation import Translation, TranslationState


class _Value(BaseModel):
    # A reader of an older minor version must accept what a newer one adds.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Event(_Value):
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


class Done(_Value):
    """Ended with a result; `detail` says what is special about it."""

    state: Literal["done"] = "done"
    detail: str | None = None


class Skipped(_Value):
    """Ended finally without a result; the reason is a short constant phrase."""

    state: Literal["skipped"] = "skipped"
    reason: str
    detail: str | None = None


class RetryAt(_Value):
    """To be retried at `at`, by the ledger's scheduler."""

    state: Literal["retry"] = "retry"
    at: datetime
    reason: str
    detail: str | None = None


Outcome = Annotated[Done | Skipped | RetryAt, Field(discriminator="state")]


# -- asked ----------------------------------------------------------------------------------


class AddressRequested(Event):
    """An address as it was added: an archive URL, an original URL, a prefix with ``*``."""

    TYPE: ClassVar[str] = "mofcom.address.requested"

    address_id: str
    address: str
    origin: str = Field(description="Where it was added: FILE:LINE of a seeds file, cli, http.")
    asked_at: datetime
    attempt: int = 1

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
    requests: int
    odd_rows: int = 0
    partial: bool = False
    outcome: Outcome

    @property
    def id(self) -> str:
        return event_id(self.address.address_id, "expanded", str(self.address.attempt))

    @property
    def key(self) -> str:
        return self.address.key


class CdxRow(_Value):
    """A row of the archive's CDX index, unchanged; `urlkey` is the archive's own key."""

    urlkey: str
    timestamp: str
    original: str
    mimetype: str | None = None
    statuscode: str | None = None
    digest: str | None = None
    length: str | None = None


class CaptureRequested(Event):
    """One capture to be fetched.

    `timestamp` is 1 to 14 digits as given, None for the latest; `listed` is the index's row if the
    request comes from one; `hops` (since 1.1) is the number of pages that led from the original
    request to this one, 0 for the original itself.
    """

    TYPE: ClassVar[str] = "mofcom.capture.requested"
    SCHEMA: ClassVar[str] = "1.1"

    schema_version: str = "1.1"
    request_id: str
    address_id: str | None = None
    url: str
    timestamp: str | None = None
    kind: Literal["page", "attachment"] = "page"
    listed: CdxRow | None = None
    asked_at: datetime
    asked_on: date
    attempt: int = 1
    backlog: bool = False
    hops: int = 0

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


class Body(_Value):
    """Pointer to the payload in the blob store, after content coding, before charset decoding.

    `charset` is the fetcher's choice, for all who decode the body (`shared.charset.decode`);
    `replaced` is the share of characters that could not be decoded, 0 to 1. Both are None for
    bodies that are not text. `declared_size` is the Content-Length that the site sent, where fewer
    bytes than that were captured.
    """

    sha256: str
    size: int
    content_type: str | None = None
    charset: str | None = None
    replaced: float | None = None
    declared_size: int | None = None


class Capture(_Value):
    """A capture that the archive served; `timestamp` has 14 digits, `url` is the original URL."""

    capture_id: str
    url: str
    timestamp: str
    status: int
    digest: str | None = None


class CaptureFetched(Event):
    """The archive's answer to a request, whatever it was. (1.1: `hops` of the request.)"""

    TYPE: ClassVar[str] = "mofcom.capture.fetched"
    SCHEMA: ClassVar[str] = "1.1"

    schema_version: str = "1.1"

    request: CaptureRequested
    answer: Answer
    outcome: Outcome
    capture: Capture | None = None
    body: Body | None = None
    fetched_at: datetime

    @property
    def id(self) -> str:
        return event_id(self.request.request_id, "fetched", str(self.request.attempt))

    @property
    def key(self) -> str:
        return self.request.key


# -- parsed ---------------------------------------------------------------------------------


class NoticeBlob(_Value):
    """Pointer to a parsed notice too large for an event."""

    sha256: str
    size: int


class NoticeParsed(Event):
    """A parsed body. `outcome` is done with a notice, or skipped with the reason."""

    TYPE: ClassVar[str] = "mofcom.notice.parsed"
    SCHEMA: ClassVar[str] = "1.2"

    schema_version: str = "1.2"
    fetched: CaptureFetched
    parser_version: int
    outcome: Outcome
    notice: Notice | None = None
    notice_blob: NoticeBlob | None = None
    parsed_at: datetime

    @property
    def id(self) -> str:
        request = self.fetched.request
        return event_id(
            request.request_id, "parsed", str(request.attempt), str(self.parser_version)
        )

    @property
    def key(self) -> str:
        return self.fetched.key


# -- translated -----------------------------------------------------------------------------


class TranslationRequested(Event):
    """A notice to be translated (again), in the background.

    `source` is the parsed notice's JSON in the blob store; `on` is the notice's date, by which names
    are chosen. Requested by the translator itself when no engine was available (`reason` pending),
    or by a person (retranslate).
    """

    TYPE: ClassVar[str] = "mofcom.translation.requested"

    capture: Capture
    parser_version: int
    source: NoticeBlob
    on: date | None = None
    reason: Literal["pending", "retranslate"]
    asked_at: datetime

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
    parser_version: int
    source: NoticeBlob
    on: date | None = None
    state: TranslationState
    made_by: str
    translation: Translation | None = None
    translation_blob: NoticeBlob | None = None
    translated_at: datetime

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


# -- dead -----------------------------------------------------------------------------------


class Origin(_Value):
    """The position of a record in Kafka."""

    topic: str
    partition: int
    offset: int

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
    event_id: str | None = None
    service: str
    version: str
    reason: str
    error: str
    record_key: str | None = Field(None, description="Key of the record, base64.")
    record_value: str | None = Field(None, description="Value of the record, base64.")
    record_headers: tuple[tuple[str, str], ...] = Field((), description="Values in base64.")
    request_id: str | None = None
    address_id: str | None = None
    attempt: int | None = None
    first_seen_at: datetime = Field(description="When the record was written to Kafka.")
    died_at: datetime | None = Field(None, description="When the service gave up; since 1.1.")

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

    service: str
    subject: str
    action: Literal["replayed", "reinserted", "dropped"]
    note: str | None = None
    handled_at: datetime

    @property
    def id(self) -> str:
        return event_id(self.service, self.subject, self.action, self.handled_at.isoformat())

    @property
    def key(self) -> str:
        return event_id(self.service, self.subject)
