"""The dead letter of a record that cannot be processed."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime

from shared.delivery.message import Message
from shared.delivery.names import subject
from shared.envelope import decode
from shared.errors import InvalidEvent, NewerSchema
from shared.events import MOST_ATTEMPTS, DeadLetter, Origin
from shared.topics import BY_NAME
from shared.version import __version__

# A larger record does not fit into another one as base64. It stays in its own topic, and the dead
# letter has only the beginnings of its headers.
_LARGEST_RECORD = 5 * 1024 * 1024
_MOST_HEADERS, _HEADER_BYTES = 100, 1000


def dead_letter(
    message: Message, service: str, reason: str, error: str, died_at: datetime | None = None
) -> DeadLetter:
    """The dead letter of `message`: the whole record (up to 5 MiB), its position, the reason.

    `reason` is a short constant phrase, `error` the details, `died_at` now if not given. When the
    record's value names a request or an address, so does the dead letter, and the ledger's row gets its
    outcome.
    """
    value = message.value
    named = subject(value)
    attempt = named.get("attempt")
    whole = _size(message) <= _LARGEST_RECORD
    headers = message.headers if whole else _beginnings(message.headers)
    return DeadLetter(
        origin=Origin(topic=message.topic, partition=message.partition, offset=message.offset),
        event_id=_event_id(message),
        service=service,
        version=__version__,
        reason=reason,
        error=error[-20_000:],
        record_key=_base64(message.key if whole else None),
        record_value=_base64(value if whole else None),
        record_headers=tuple((name, _base64(text) or "") for name, text in headers),
        request_id=_text(named.get("request_id")),
        address_id=_text(named.get("address_id")),
        attempt=attempt if isinstance(attempt, int) and 1 <= attempt <= MOST_ATTEMPTS else None,
        first_seen_at=message.sent_at.astimezone(UTC),
        died_at=died_at or datetime.now(UTC),
    )


def _event_id(message: Message) -> str | None:
    """The id of the event in a record; None unless it is a valid event of its topic.

    Also None for a dead letter, whose id is that of the message that it is about.
    """
    topic = BY_NAME.get(message.topic)
    if topic is None or topic.event is DeadLetter:
        return None
    try:
        return decode(topic.event, message.value, message.headers).id
    except (InvalidEvent, NewerSchema, ValueError):
        # A valid event may still contain a URL that is too malformed for an id.
        return None


def _size(message: Message) -> int:
    # A header may be there without a value.
    headers = sum(len(name) + len(text or b"") for name, text in message.headers)
    return len(message.key or b"") + len(message.value or b"") + headers


def _beginnings(headers: Sequence[tuple[str, bytes]]) -> Sequence[tuple[str, bytes]]:
    return [
        (name[:_HEADER_BYTES], (text or b"")[:_HEADER_BYTES])
        for name, text in headers[:_MOST_HEADERS]
    ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and "\0" not in value else None


def _base64(value: bytes | None) -> str | None:
    return None if value is None else b64encode(value).decode()
