"""Where in Kafka a row comes from: the trace and place of its record, and how far was read. Pure."""

from hashlib import sha256

from services.indexer.ledger import LedgerChange
from services.indexer.tables import OffsetRow, Row, without_nul
from shared.delivery.message import Message
from shared.trace import trace_id


def offset_row(last: Message, resumed: bool) -> OffsetRow:
    """How far a partition was read when `last` is the last record of it that was written."""
    return OffsetRow(
        topic=last.topic,
        partition=last.partition,
        next_offset=last.offset + 1,
        event_id=record_identity(last),
        resumed=resumed,
    )


def with_position(row: Row, message: Message) -> Row:
    """A row of the ledger with the trace of its record; while it waits for an outcome, its place."""
    if not isinstance(row, LedgerChange):
        return row
    row = row._replace(trace=trace_id(message.headers))
    if row.state not in ("waiting", "fetched"):
        return row
    return row._replace(topic=message.topic, partition=message.partition, offset=message.offset)


def record_identity(message: Message) -> str:
    """By what a record is known again: its ``ce_id``, else what it holds."""
    named = dict(message.headers).get("ce_id")
    if named is None:
        return f"sha256:{sha256(message.value or b'').hexdigest()}"
    return without_nul(named.decode("utf-8", "replace"))
