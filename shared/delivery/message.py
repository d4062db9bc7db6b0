"""A Kafka record, independent of the client that received it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

_LATEST = datetime(9998, 12, 31, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True)
class Message:
    """One record: its position, its bytes, and its timestamp as set by the producer (UTC)."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]
    sent_at: datetime

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


class _Record(Protocol):
    topic: str
    partition: int
    offset: int
    key: Any
    value: Any
    headers: Any
    timestamp: Any


def from_faust(record: _Record) -> Message:
    """From a Faust ``event.message``, whose timestamp is in seconds."""
    return _message(record, float(record.timestamp))


def from_aiokafka(record: _Record) -> Message:
    """From an aiokafka ``ConsumerRecord``, whose timestamp is in milliseconds."""
    return _message(record, record.timestamp / 1000)


def _message(record: _Record, seconds: float) -> Message:
    headers = record.headers or ()
    return Message(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=tuple(headers.items() if isinstance(headers, dict) else headers),
        # Whoever produced the record may have set any time.
        sent_at=datetime.fromtimestamp(min(max(seconds, 0.0), _LATEST), UTC),
    )
