"""Selects translations to be redone, and publishes the requests."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from services.translator.glossary import glossary
from services.translator.version import RULES_VERSION
from shared.database import connect
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.events import IN_EVENT_BYTES, Capture, NoticeBlob, TranslationRequested
from shared.notice import Notice
from shared.settings import Settings
from shared.topics import TRANSLATION_REQUESTED

_CONNECT_SECONDS = 10
_AT_ONCE = 500
# The notice's own number and date; the greatest reading of a capture is the one that was translated.
_FOUND = """
SELECT t.capture_id, c.url, c."timestamp", c.status, t.parser_version, t.provenance
FROM ingest.translation AS t
JOIN ingest.capture AS c USING (capture_id)
LEFT JOIN ingest.reading AS r USING (capture_id)
WHERE ($1::text IS NULL OR r.document_number = $1)
  AND ($2::date IS NULL OR coalesce(r.issued_on, r.published_at::date, c.captured_at::date) >= $2)
ORDER BY c.captured_at DESC, t.capture_id
"""
# What the parser read; text and version have columns of their own.
_NOTICES = """
SELECT capture_id, notice::text AS notice, body_text, parser_version FROM ingest.reading
WHERE capture_id = ANY ($1) AND notice IS NOT NULL
"""
_NUMBERS = re.compile(r"\d+")

Provenance = Mapping[str, Any]


class Wanted(NamedTuple):
    """A selection of translations: all given conditions must hold."""

    flag: str | None = None
    engine_before: str | None = None
    outdated: bool = False

    def of(self, fields: Sequence[Provenance]) -> bool:
        """Whether a translation with these fields is selected."""
        flag, engine = self.flag, self.engine_before
        return (
            (flag is None or any(_has(field, flag) for field in fields))
            and (engine is None or any(_before(field, engine) for field in fields))
            and (not self.outdated or any(_outdated(field) for field in fields))
        )


async def ask(
    dsn: str,
    settings: Settings,
    number: str | None,
    since: date | None,
    wanted: Wanted,
) -> int:
    """Publish the requests; returns how many. Raises asyncpg's and Kafka's errors."""
    database = await connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        rows = await database.fetch(_FOUND, number, since)
        requests = chosen([dict(row) for row in rows], wanted, datetime.now(UTC))
        if requests:
            async with KafkaPublisher(settings, "cli") as publisher:
                for start in range(0, len(requests), _AT_ONCE):
                    some = requests[start : start + _AT_ONCE]
                    ids = [one.capture.capture_id for one in some]
                    read = {r["capture_id"]: dict(r) for r in await database.fetch(_NOTICES, ids)}
                    await publisher.publish(
                        Publication(
                            TRANSLATION_REQUESTED,
                            with_notice(one, read.get(one.capture.capture_id)),
                        )
                        for one in some
                    )
    finally:
        await database.close()
    return len(requests)


def with_notice(
    asked: TranslationRequested, reading: Mapping[str, Any] | None
) -> TranslationRequested:
    """A request with the notice of its row of `ingest.reading`; one that is too large stays in the blob store."""
    if reading is None:
        return asked
    texts = {name: reading[name] for name in ("body_text", "parser_version")}
    notice = Notice.model_validate(json.loads(reading["notice"]) | texts)
    source = NoticeBlob.naming(notice)
    if source.size > IN_EVENT_BYTES:
        return asked
    found = {"notice": notice, "source": source, "parser_version": reading["parser_version"]}
    return asked.model_copy(update=found)


def chosen(
    rows: Sequence[Mapping[str, Any]], wanted: Wanted, asked_at: datetime
) -> list[TranslationRequested]:
    """What is asked of rows of `ingest.translation` with their captures.

    `provenance` is the stored translation without its texts, as JSON. A row is asked for when any
    of its fields is wanted by the flag, any by the engine, any by its age, of those that are given.
    """
    requests = []
    for row in rows:
        provenance: Provenance = json.loads(row["provenance"] or "{}")
        source = provenance.get("source")
        fields = [provenance.get(name) or {} for name in ("title", "text", "summary")]
        if not source or not wanted.of(fields):
            continue
        requests.append(
            TranslationRequested(
                capture=Capture(
                    capture_id=row["capture_id"],
                    url=row["url"],
                    timestamp=row["timestamp"],
                    status=row["status"],
                ),
                parser_version=row["parser_version"],
                source=NoticeBlob(sha256=source["sha256"], size=source["size"]),
                on=source.get("on"),
                reason="retranslate",
                asked_at=asked_at,
            )
        )
    return requests


def _has(field: Provenance, flag: str) -> bool:
    return any(one.get("check") == flag for one in field.get("flags") or ())


def _before(field: Provenance, engine: str) -> bool:
    """Whether a field with sentences of an engine's was made by another or an earlier one."""
    if not field.get("sentences"):
        return False
    name, _, version = engine.partition(" ")
    if field.get("engine") != name:
        return True
    return bool(version) and _ordered(str(field.get("engine_version"))) < _ordered(version)


def _outdated(field: Provenance) -> bool:
    versions = (field.get("glossary_version"), field.get("rules_version"))
    return versions != (glossary().version, RULES_VERSION)


def _ordered(version: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(version)]
