"""Dead letters as rows, made storable whatever they contain. Pure."""

from base64 import b64decode

from pydantic_core import to_json

from services.indexer.tables import DeadLetterRow, without_nul
from shared.events import DeadLetter


def dead_letter_row(event: DeadLetter) -> DeadLetterRow:
    """The row of a storable dead letter. Raises ValueError if its record is not base64."""
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


def direct_dead_letter(event: DeadLetter) -> DeadLetterRow:
    """The row of a dead letter that goes to Postgres directly, without Kafka.

    The ids that the record claims are left out: they may be what cannot be stored.
    """
    nameless = event.model_copy(update={"request_id": None, "address_id": None, "attempt": None})
    return dead_letter_row(storable(nameless))


def _bytes(base64: str | None) -> bytes | None:
    return None if base64 is None else b64decode(base64, validate=True)


def storable(event: DeadLetter) -> DeadLetter:
    """The dead letter without U+0000, which Postgres cannot store: it must always become a row."""
    return event.model_copy(
        update={
            "reason": without_nul(event.reason),
            "error": without_nul(event.error),
            "record_headers": tuple(
                (without_nul(name), without_nul(value)) for name, value in event.record_headers
            ),
        }
    )
