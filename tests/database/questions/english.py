"""The English that rules and glossary make of notices, without any engine, as the translator publishes it."""

from collections.abc import Iterable

from shared.events import Event, NoticeBlob, NoticeParsed, NoticeTranslated
from tests.services.translator.fakes import at_once, translator


async def with_english(events: Iterable[Event]) -> list[Event]:
    """The events, each reading followed by its translation."""
    translate = translator()
    found: list[Event] = []
    for event in events:
        found.append(event)
        if isinstance(event, NoticeParsed) and event.notice and event.fetched.capture:
            on = event.notice.issued_on
            translation = await translate(event.notice, on, at_once, later="no engine is set")
            found.append(
                NoticeTranslated(
                    capture=event.fetched.capture,
                    parser_version=event.notice.parser_version,
                    source=NoticeBlob(sha256="a" * 64, size=1),
                    on=on,
                    state=translation.title.state,
                    made_by="rules",
                    translated_at=translation.title.translated_at,
                    translation=translation,
                )
            )
    return found
