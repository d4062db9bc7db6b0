"""Turns parsed notices and requests for translation into translated notices."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime

from services.translator.priority import Priority
from services.translator.translate import Translate
from services.translator.version import RULES_VERSION
from shared.blobs import Blobs
from shared.delivery.publisher import Publication
from shared.errors import InvalidEvent
from shared.events import (
    IN_EVENT_BYTES,
    Capture,
    Done,
    NoticeBlob,
    NoticeParsed,
    NoticeTranslated,
    TranslationRequested,
)
from shared.identity import captured_at
from shared.notice import Notice
from shared.topics import NOTICE_TRANSLATED, TRANSLATION_REQUESTED
from shared.translation import Translation, TranslationSource

# Of sweeps there are thousands: engines take them in the background, so that a live notice does
# not wait for hours behind them.
_SWEEP = "from a sweep of the past: translated after everything live"


class TranslateParsed:
    """Handler of `notice.parsed`: publishes what can be translated now.

    With no engine, and for a notice from a sweep of the past, that is what rules render, state
    pending; the rest is asked for through `translation.requested`, which waits until an engine is
    there and everything live is done.
    """

    def __init__(self, blobs: Blobs, translate: Translate, priority: Priority) -> None:
        self._blobs = blobs
        self._translate = translate
        self._priority = priority

    async def __call__(self, parsed: NoticeParsed) -> Sequence[Publication]:
        """A `notice.translated` for every notice; none for a page without a text.

        Raises InvalidEvent if the page has a text and the event no notice or no capture, BlobMissing,
        DependencyDown.
        """
        if not isinstance(parsed.outcome, Done):
            return []
        capture = parsed.fetched.capture
        if capture is None:
            raise InvalidEvent("done without a capture")
        with self._priority.live():
            notice, source = await self._notice(parsed)
            on = date_of(notice, capture)
            asked = TranslationRequested(
                capture=capture,
                parser_version=parsed.parser_version,
                source=source,
                on=on,
                reason="pending",
                asked_at=datetime.now(UTC),
            )
            later = _SWEEP if parsed.fetched.request.backlog else None
            translation = await self._translate(notice, on, self._priority.before_live_call, later)
        published = [await published_as(self._blobs, asked, translation)]
        if translation.state == "pending":
            asked = asked.model_copy(update={"notice": parsed.notice})
            published.append(Publication(TRANSLATION_REQUESTED, asked))
        return published

    async def _notice(self, parsed: NoticeParsed) -> tuple[Notice, NoticeBlob]:
        """The notice, and the name of its JSON, which is in the blob store if it is not in the event."""
        notice, source = parsed.notice, parsed.notice_blob
        if notice is not None:
            return notice, source or NoticeBlob.naming(notice)
        if source is not None:
            return await read_notice(self._blobs, source), source
        raise InvalidEvent("done without a notice")


class TranslateRequested:
    """Handler of `translation.requested`: waits for an engine, then translates in full."""

    def __init__(
        self,
        blobs: Blobs,
        translate: Translate,
        priority: Priority,
        look_seconds: float,
        longest_seconds: float,
    ) -> None:
        self._blobs = blobs
        self._translate = translate
        self._priority = priority
        self._look_seconds = look_seconds
        self._longest_seconds = longest_seconds

    async def __call__(self, asked: TranslationRequested) -> Sequence[Publication]:
        """Never publishes a pending translation: the existing one is at least as good."""
        notice = asked.notice or await read_notice(self._blobs, asked.source)
        pause = self._look_seconds
        while True:
            translation = await self._translate(
                notice, asked.on, self._priority.before_background_call
            )
            if translation.state != "pending":
                return [await published_as(self._blobs, asked, translation)]
            # Each time the engine said why, in the log. An endpoint that is overloaded gets rest.
            await asyncio.sleep(pause)
            pause = min(2 * pause, self._longest_seconds)


async def read_notice(blobs: Blobs, source: NoticeBlob) -> Notice:
    """The parsed notice that a pointer refers to. Raises BlobMissing, DependencyDown."""
    return Notice.model_validate_json(await blobs.get_parsed(source.sha256))


async def published_as(
    blobs: Blobs, asked: TranslationRequested, translation: Translation
) -> Publication:
    """The event of a translation; a large one goes to the blob store first."""
    fields = (translation.title, translation.text, translation.summary)
    engines = dict.fromkeys(f"{field.engine} {field.engine_version}" for field in fields)
    event = NoticeTranslated(
        capture=asked.capture,
        parser_version=asked.parser_version,
        source=asked.source,
        on=asked.on,
        state=translation.state,
        made_by=f"{', '.join(engines)}; glossary {fields[0].glossary_version}; rules {RULES_VERSION}",
        translated_at=max(field.translated_at for field in fields),
    )
    source = TranslationSource(sha256=asked.source.sha256, size=asked.source.size, on=asked.on)
    translation = translation.model_copy(update={"source": source})
    data = translation.model_dump_json().encode()
    if len(data) <= IN_EVENT_BYTES:
        return Publication(NOTICE_TRANSLATED, event.model_copy(update={"translation": translation}))
    pointer = NoticeBlob(sha256=await blobs.put_parsed(data), size=len(data))
    return Publication(NOTICE_TRANSLATED, event.model_copy(update={"translation_blob": pointer}))


def date_of(notice: Notice, capture: Capture) -> date:
    """The day by which names are chosen: of issue, else of publication, else of the capture."""
    if notice.issued_on:
        return notice.issued_on
    if notice.published_at:
        return notice.published_at.date()
    return captured_at(capture.timestamp).date()
