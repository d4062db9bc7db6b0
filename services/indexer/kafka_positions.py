"""Positions in Kafka: trace and position of a row's record, and the offsets read so far. Pure."""

from hashlib import sha256

from services.indexer.ledger import LedgerChange
from services.indexer.tables import OffsetRow, Row, without_nul
from shared.delivery.message import Message
from shared.trace import trace_id


def offset_row(last: Message, resumed: bool) -> OffsetRow:
    """The offset row of a partition whose last written record is `last`."""
    return OffsetRow(
        topic=last.topic,
        partition=last.partition,
        next_offset=last.offset + 1,
        event_id=record_identity(last),
        resumed=resumed,
    )


def with_position(row: Row, message: Message) -> Row:
    """A ledger row with its record's trace and, while it has no outcome, its record's position."""
    if not isinstance(row, LedgerChange):
        return row
    row = row._replace(trace=trace_id(message.headers))
    if row.state not in ("waiting", "fetched"):
        return row
    return row._replace(topic=message.topic, partition=message.partition, offset=message.offset)


def record_identity(message: Message) -> str:
    """Identifies a record: its ``ce_id``, else the hash of its value."""
    named = dict(message.headers).get("ce_id")
    if named is None:
        return f"sha256:{sha256(message.value or b'').hexdigest()}"
    return without_nul(named.decode("utf-8", "replace"))
