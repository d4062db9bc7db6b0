"""From Kafka records to units of rows: decodes events and reads their blobs."""

import asyncio
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aiokafka import TopicPartition

from services.indexer.kafka_positions import with_position
from services.indexer.rows import rows_of
from services.indexer.store import Refused, Store, Unit
from services.indexer.tables import BodyRow
from shared.attachment import AttachmentContent, Lists
from shared.blobs import Blobs
from shared.charset import decode as decode_text
from shared.charset import is_text
from shared.delivery.message import Message
from shared.envelope import decode
from shared.errors import BlobMissing, DependencyDown, InvalidEvent, NewerSchema
from shared.events import (
    AttachmentRead,
    Body,
    CaptureFetched,
    Done,
    Event,
    ListsRead,
    NoticeParsed,
    NoticeTranslated,
)
from shared.notice import Notice
from shared.topics import BY_NAME
from shared.translation import Translation

# The reason of dead letters with an unexpected error.
UNKNOWN = "unexpected error"

# Blobs read at once.
_READERS = 16


@dataclass(frozen=True, slots=True)
class Taken:
    """A decoded batch. `newer` has the messages at which a partition must wait for an upgrade."""

    events: list[tuple[Message, Event]] = field(default_factory=list)
    refused: list[Refused[Message]] = field(default_factory=list)
    last: dict[TopicPartition, Message] = field(default_factory=dict)
    newer: dict[TopicPartition, tuple[Message, str]] = field(default_factory=dict)


def take(batch: Mapping[TopicPartition, Iterable[Message]]) -> Taken:
    """Decode a batch; a partition only up to its first event of a newer schema."""
    taken = Taken()
    for partition, messages in batch.items():
        for message in messages:
            try:
                event = decode(BY_NAME[partition.topic].event, message.value, message.headers)
            except NewerSchema as error:
                taken.newer[partition] = (message, str(error))
                break
            except InvalidEvent as error:
                taken.refused.append(Refused(message, "invalid event", str(error)))
            except Exception:  # noqa: BLE001 - no record may stop the others; it is kept whole
                taken.refused.append(Refused(message, UNKNOWN, traceback.format_exc()))
            else:
                taken.events.append((message, event))
            taken.last[partition] = message
    return taken


class Intake:
    """Turns events into units of rows, reading notices and bodies from the blob store."""

    def __init__(self, blobs: Blobs, store: Store) -> None:
        self._blobs = blobs
        self._store = store

    async def units(
        self, events: Sequence[tuple[Message, Event]]
    ) -> tuple[list[Unit[Message]], list[Refused[Message]]]:
        """The rows of each event, and the events that have to be refused.

        Raises DependencyDown when the blob store or the database does not answer.
        """
        texts = [found for _, event in events if (found := _text_of(event))]
        known = await self._store.known_bodies(sorted({body.sha256 for body in texts}))
        reading = asyncio.Semaphore(_READERS)

        async def unit(message: Message, event: Event) -> Unit[Message] | Refused[Message]:
            try:
                async with reading:
                    notice = await self._notice(event)
                    body = await self._body(event, known)
                    translation = await self._translation(event)
                    content = await self._content(event)
                    lists = await self._lists(event)
                rows = rows_of(event, notice, body, translation, content, lists)
                return Unit(message, [with_position(row, message) for row in rows])
            except DependencyDown:
                raise
            except BlobMissing as error:
                return Refused(message, "blob missing", str(error))
            except Exception:  # noqa: BLE001 - one event must not stop the others; it is kept whole
                return Refused(message, UNKNOWN, traceback.format_exc())

        prepared = await asyncio.gather(*(unit(message, event) for message, event in events))
        return (
            [unit for unit in prepared if isinstance(unit, Unit)],
            [refused for refused in prepared if isinstance(refused, Refused)],
        )

    async def _notice(self, event: Event) -> Notice | None:
        if not isinstance(event, NoticeParsed):
            return None
        if event.notice_blob is None:
            return event.notice
        data = await self._blobs.get_parsed(event.notice_blob.sha256)
        return Notice.model_validate_json(data)

    async def _translation(self, event: Event) -> Translation | None:
        if not isinstance(event, NoticeTranslated):
            return None
        if event.translation_blob is None:
            return event.translation
        data = await self._blobs.get_parsed(event.translation_blob.sha256)
        return Translation.model_validate_json(data)

    async def _content(self, event: Event) -> AttachmentContent | None:
        if not isinstance(event, AttachmentRead):
            return None
        body = event.fetched.body
        if event.content is not None or body is None or not isinstance(event.outcome, Done):
            return event.content
        data = await self._blobs.get_content(body.sha256, event.parser_version, ocr=event.ocr)
        return AttachmentContent.model_validate_json(data)

    async def _lists(self, event: Event) -> Lists | None:
        if not isinstance(event, ListsRead):
            return None
        if event.lists_blob is None:
            return event.lists
        return Lists.model_validate_json(await self._blobs.get_parsed(event.lists_blob.sha256))

    async def _body(self, event: Event, known: Mapping[str, str]) -> BodyRow | None:
        body = _text_of(event)
        if body is None:
            return None
        content_type = body.content_type or ""
        if body.sha256 in known and content_type <= known[body.sha256]:
            return None
        data = await self._blobs.get_body(body.sha256)
        # In a thread: a large page of unknown charset takes a second.
        decoded = await asyncio.to_thread(decode_text, data, body.content_type, body.charset)
        return BodyRow(body.sha256, content_type, decoded.charset, decoded.text)


def _text_of(event: Event) -> Body | None:
    """The body of `event` if it is text; a page without a content type counts as text."""
    if not isinstance(event, CaptureFetched) or event.body is None or event.capture is None:
        return None
    untyped = event.request.kind == "page"
    return event.body if is_text(event.body.content_type, untyped=untyped) else None
