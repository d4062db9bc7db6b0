"""The topics, and how many partitions each has."""

from dataclasses import dataclass, field

_KEEP_EVERYTHING = {"retention.ms": "-1"}
# A parsed notice of up to 512 kB travels in its event, a dead letter holds a whole record.
_LARGE = {"max.message.bytes": str(8 * 1024 * 1024)}


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    partitions: int
    config: dict[str, str] = field(default_factory=lambda: dict(_KEEP_EVERYTHING))


# One partition each: Kafka itself then keeps exactly one fetcher at work and the others standing
# by, because Faust gives topics with equal partition counts to one worker.
ADDRESS_REQUESTED = Topic("address.requested", 1)
CAPTURE_REQUESTED = Topic("capture.requested", 1)
CAPTURE_BACKLOG = Topic("capture.backlog", 1)

ADDRESS_EXPANDED = Topic("address.expanded", 12)
CAPTURE_FETCHED = Topic("capture.fetched", 12)
NOTICE_PARSED = Topic("notice.parsed", 12, _KEEP_EVERYTHING | _LARGE)
NOTICE_TRANSLATED = Topic("notice.translated", 12, _KEEP_EVERYTHING | _LARGE)
# What is to be translated again, after everything live; read by the translator alone.
TRANSLATION_REQUESTED = Topic("translation.requested", 12)
DEAD_LETTER = Topic("dead-letter", 12, _KEEP_EVERYTHING | _LARGE)

TOPICS = (
    ADDRESS_REQUESTED,
    CAPTURE_REQUESTED,
    CAPTURE_BACKLOG,
    ADDRESS_EXPANDED,
    CAPTURE_FETCHED,
    NOTICE_PARSED,
    NOTICE_TRANSLATED,
    TRANSLATION_REQUESTED,
    DEAD_LETTER,
)
