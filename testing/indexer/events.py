"""Hand-written events as the other services publish them."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
from aiokafka import TopicPartition

from shared.attachment import AttachmentContent, Lists
from shared.delivery.message import Message
from shared.envelope import encode
from shared.events import (
    AddressExpanded,
    AddressRequested,
    Answer,
    AttachmentRead,
    Body,
    Capture,
    CaptureFetched,
    CaptureRequested,
    DeadLetter,
    DeadLetterHandled,
    Done,
    Event,
    ListsRead,
    ListsRequested,
    NoticeParsed,
    Origin,
    Outcome,
    Skipped,
)
from shared.identity import address_id, capture_id, request_id
from shared.notice import Notice
from shared.topics import (
    ADDRESS_EXPANDED,
    ADDRESS_REQUESTED,
    ATTACHMENT_READ,
    CAPTURE_BACKLOG,
    CAPTURE_FETCHED,
    CAPTURE_REQUESTED,
    DEAD_LETTER,
    DEAD_LETTER_HANDLED,
    LISTS_READ,
    LISTS_REQUESTED,
    NOTICE_PARSED,
    Topic,
)

DAY = date(2026, 1, 2)
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
SERVED = "20230111174105"
HTML = "<html><title>关于公布名单的通知</title><p>商办建函〔2022〕318号</p></html>"


def address(
    text: str = "http://www.mofcom.gov.cn/1.shtml", attempt: int = 1, **fields: Any
) -> AddressRequested:
    """An address that a user added."""
    return AddressRequested(
        address_id=address_id(text, DAY),
        address=text,
        origin="cli",
        asked_at=NOON,
        attempt=attempt,
        **fields,
    )


def expanded(
    requested: AddressRequested, requests: int = 1, outcome: Outcome | None = None
) -> AddressExpanded:
    """The expansion of an address into so many requests."""
    return AddressExpanded(address=requested, requests=requests, outcome=outcome or Done())


def request(
    url: str = "http://www.mofcom.gov.cn/1.shtml",
    timestamp: str | None = "20230113054024",
    **fields: Any,
) -> CaptureRequested:
    """A request for one capture, asked at noon."""
    named: dict[str, Any] = {"asked_at": NOON, "asked_on": DAY} | fields
    return CaptureRequested(
        request_id=request_id(url, timestamp, DAY), url=url, timestamp=timestamp, **named
    )


def body(data: bytes = HTML.encode(), content_type: str | None = "text/html") -> Body:
    """The description of a body in an event."""
    return Body(sha256=hashlib.sha256(data).hexdigest(), size=len(data), content_type=content_type)


def fetched(requested: CaptureRequested, **fields: Any) -> CaptureFetched:
    """Done with a capture and no body, unless `fields` say otherwise."""
    named: dict[str, Any] = {
        "answer": Answer.SUBSTITUTE,
        "outcome": Done(),
        "capture": Capture(
            capture_id=capture_id(requested.url, SERVED),
            url=requested.url,
            timestamp=SERVED,
            status=200,
        ),
        "fetched_at": NOON + timedelta(minutes=requested.attempt),
    }
    return CaptureFetched(request=requested, **(named | fields))


def notice(**fields: Any) -> Notice:
    """A notice of 2022; `fields` replace or add."""
    named: dict[str, Any] = {
        "page_kind": "notice",
        "layout": "article_2020",
        "layout_confidence": 0.9,
        "parser_version": 1,
        "title": "关于公布名单的通知",
        "document_number": "商办建函〔2022〕318号",
        "issuers": ("商务部办公厅", "发展改革委办公厅"),
        "issued_on": date(2022, 12, 8),
        "body_text": "商办建函〔2022〕318号\n 　各省：　\n现予以公布",
    }
    return Notice(**(named | fields))


def parsed(fetched_event: CaptureFetched, version: int = 1, **fields: Any) -> NoticeParsed:
    """The reading of a fetched capture by a parser of this version, `version` minutes later."""
    named: dict[str, Any] = {
        "outcome": Done(),
        "notice": notice(parser_version=version),
        "parsed_at": fetched_event.fetched_at + timedelta(minutes=version),
    }
    return NoticeParsed(fetched=fetched_event, parser_version=version, **(named | fields))


def attachment_read(
    fetched_event: CaptureFetched, content: AttachmentContent, version: int = 1, **fields: Any
) -> AttachmentRead:
    """What a parser of this version reads in a fetched attachment, `version` minutes later."""
    named: dict[str, Any] = {
        "outcome": Done()
        if content.state == "read"
        else Skipped(reason=content.state, detail=content.reason),
        "content": content,
        "read_at": fetched_event.fetched_at + timedelta(minutes=version),
    }
    return AttachmentRead(fetched=fetched_event, parser_version=version, **(named | fields))


def lists_read(
    requested: ListsRequested, lists: Lists | None, version: int = 1, **fields: Any
) -> ListsRead:
    """What a parser of this version reads in a notice together with its attachments."""
    named: dict[str, Any] = {
        "outcome": Done() if lists else Skipped(reason="too slow"),
        "lists": lists,
        "read_at": requested.asked_at + timedelta(minutes=version),
    }
    return ListsRead(requested=requested, parser_version=version, **(named | fields))


def dead(topic: Topic, offset: int = 0, **fields: Any) -> DeadLetter:
    """The dead letter of a record of `topic`."""
    named: dict[str, Any] = {
        "origin": Origin(topic=topic.name, partition=0, offset=offset),
        "service": "parser",
        "version": "0.1.0",
        "reason": "unexpected error",
        "error": "Traceback ...\nValueError: no",
        "record_key": "a2V5",
        "first_seen_at": NOON + timedelta(hours=1),
    }
    return DeadLetter(**(named | fields))


def topic_of(event: Event) -> Topic:
    """The topic that an event of this kind is published to. Raises TypeError for another kind."""
    match event:
        case AddressRequested():
            return ADDRESS_REQUESTED
        case AddressExpanded():
            return ADDRESS_EXPANDED
        case CaptureRequested():
            return CAPTURE_BACKLOG if event.backlog else CAPTURE_REQUESTED
        case CaptureFetched():
            return CAPTURE_FETCHED
        case NoticeParsed():
            return NOTICE_PARSED
        case AttachmentRead():
            return ATTACHMENT_READ
        case ListsRequested():
            return LISTS_REQUESTED
        case ListsRead():
            return LISTS_READ
        case DeadLetter():
            return DEAD_LETTER
        case DeadLetterHandled():
            return DEAD_LETTER_HANDLED
    raise TypeError(event)


def message(event: Event, offset: int = 0) -> Message:
    """The record of `event` as a consumer sees it."""
    record = encode(event, "test", NOON)
    return Message(topic_of(event).name, 0, offset, record.key, record.value, record.headers, NOON)


def batch(events: Iterable[Event]) -> Mapping[TopicPartition, list[Message]]:
    """Events in the order given, as one batch of a consumer."""
    found: dict[TopicPartition, list[Message]] = {}
    for event in events:
        messages = found.setdefault(TopicPartition(topic_of(event).name, 0), [])
        messages.append(message(event, offset=len(messages)))
    return found


# The time at which a row was written is not part of its content.
_WHEN = ("updated_at", "changed_at", "placed_at")


async def table(connection: asyncpg.Connection, name: str) -> list[tuple[Any, ...]]:
    """All rows of a table of schema `ingest`, sorted, but for when they were written."""
    rows = await connection.fetch(f"SELECT * FROM ingest.{name}")  # noqa: S608 - a name from a test
    return sorted(
        (tuple(value for column, value in row.items() if column not in _WHEN) for row in rows),
        key=repr,
    )


TABLES = (
    "address",
    "request",
    "ledger",
    "capture",
    "served",
    "dead_letter_handled",
    "body",
    "reading",
    "dead_letter",
    "reading_key",
    "joined_page",
    "translation",
    "notice",
    "issuer",
    "citation",
    "regulated_item",
    "duty_rate",
    "listed_entity",
    "deadline",
    "attachment",
    "file",
    "lists",
    "passage",
)
