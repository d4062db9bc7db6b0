"""The topics: the events of each, and the number of its partitions."""

from dataclasses import dataclass, field, replace

from shared import events
from shared.archives import WAYBACK_MACHINE
from shared.events import Event

# Kafka deletes nothing by itself: what has been read is deleted by the indexer (services/indexer/retention.py), in
# whole segments, which are small for that.
_KEEP_EVERYTHING = {"retention.ms": "-1", "segment.bytes": str(64 * 1024 * 1024)}
# Events contain parsed notices and contents of attachments of up to 512 kB, dead letters contain whole records.
_LARGE = {"max.message.bytes": str(8 * 1024 * 1024)}


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    event: type[Event]
    partitions: int
    config: dict[str, str] = field(default_factory=lambda: dict(_KEEP_EVERYTHING))


# One partition each: exactly one fetcher is active and the others are on standby, whatever the number.
ADDRESS_REQUESTED = Topic("address.requested", events.AddressRequested, 1)
CAPTURE_REQUESTED = Topic("capture.requested", events.CaptureRequested, 1)
CAPTURE_BACKLOG = Topic("capture.backlog", events.CaptureRequested, 1)
# Of other archives than the Wayback Machine: neither waits for the other.
CAPTURE_ELSEWHERE = Topic("capture.elsewhere", events.CaptureRequested, 1)

ADDRESS_EXPANDED = Topic("address.expanded", events.AddressExpanded, 12)
CAPTURE_FETCHED = Topic("capture.fetched", events.CaptureFetched, 12)
NOTICE_PARSED = Topic("notice.parsed", events.NoticeParsed, 12, _KEEP_EVERYTHING | _LARGE)
ATTACHMENT_READ = Topic("attachment.read", events.AttachmentRead, 12, _KEEP_EVERYTHING | _LARGE)
LISTS_REQUESTED = Topic("lists.requested", events.ListsRequested, 12)
LISTS_READ = Topic("lists.read", events.ListsRead, 12, _KEEP_EVERYTHING | _LARGE)
NOTICE_TRANSLATED = Topic(
    "notice.translated", events.NoticeTranslated, 12, _KEEP_EVERYTHING | _LARGE
)
# Translations in the background, after everything live; read only by the translator.
TRANSLATION_REQUESTED = Topic("translation.requested", events.TranslationRequested, 12)
DEAD_LETTER = Topic("dead-letter", events.DeadLetter, 12, _KEEP_EVERYTHING | _LARGE)
DEAD_LETTER_HANDLED = Topic("dead-letter-handled", events.DeadLetterHandled, 12)

# For programs of others. Nothing here reads it, so that Kafka's own clock deletes what is 90 days old.
NOTICE_CHANGED = Topic(
    "notice.changed", events.NoticeChanged, 12, {"retention.ms": str(90 * 86_400_000)}
)

# What the pipeline itself exchanges.
EXCHANGED = (
    ADDRESS_REQUESTED,
    CAPTURE_REQUESTED,
    CAPTURE_BACKLOG,
    CAPTURE_ELSEWHERE,
    ADDRESS_EXPANDED,
    CAPTURE_FETCHED,
    NOTICE_PARSED,
    ATTACHMENT_READ,
    LISTS_REQUESTED,
    LISTS_READ,
    NOTICE_TRANSLATED,
    TRANSLATION_REQUESTED,
    DEAD_LETTER,
    DEAD_LETTER_HANDLED,
)
TOPICS = (*EXCHANGED, NOTICE_CHANGED)

# By consumer group, which is a service's name.
READ_BY = {
    "fetcher": (ADDRESS_REQUESTED, CAPTURE_REQUESTED, CAPTURE_BACKLOG, CAPTURE_ELSEWHERE),
    "parser": (CAPTURE_FETCHED, LISTS_REQUESTED),
    "translator": (NOTICE_PARSED,),
    "indexer": EXCHANGED,
}

# The group that reads TRANSLATION_REQUESTED, which nobody waits for.
TRANSLATOR_BACKGROUND = "translator-background"

# By user, which is a service, or the operator of the command line.
_REQUESTS = (CAPTURE_REQUESTED, CAPTURE_BACKLOG, CAPTURE_ELSEWHERE)
WRITTEN_BY = {
    "fetcher": (ADDRESS_REQUESTED, *_REQUESTS, ADDRESS_EXPANDED, CAPTURE_FETCHED, DEAD_LETTER),
    # Pages that a page names.
    "parser": (*_REQUESTS, NOTICE_PARSED, ATTACHMENT_READ, LISTS_READ, DEAD_LETTER),
    "translator": (TRANSLATION_REQUESTED, NOTICE_TRANSLATED, DEAD_LETTER),
    # What is retried, or was lost; notices whose attachments are read.
    "indexer": (ADDRESS_REQUESTED, *_REQUESTS, LISTS_REQUESTED, DEAD_LETTER),
    "notifier": (NOTICE_CHANGED,),
    "operator": TOPICS,
    # Dead letters that an operator replays: to where they came from.
    "console": tuple(topic for topic in EXCHANGED if topic is not DEAD_LETTER),
}


def with_partitions(number: int) -> tuple[Topic, ...]:
    """The topics with so many partitions each, but for those that must have one."""
    return tuple(
        topic if topic.partitions == 1 else replace(topic, partitions=number) for topic in TOPICS
    )


def topic_of(request: events.CaptureRequested) -> Topic:
    """The topic in which a request for a capture waits."""
    if request.archive != WAYBACK_MACHINE:
        return CAPTURE_ELSEWHERE
    return CAPTURE_BACKLOG if request.backlog else CAPTURE_REQUESTED


BY_NAME = {topic.name: topic for topic in TOPICS}
