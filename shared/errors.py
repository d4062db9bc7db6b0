"""Errors that several parts of the system act on, and what each means for a message."""

from datetime import UTC, datetime


class DependencyDown(Exception):
    """The archive, the broker, the database or the blob store does not answer.

    The message is held, not dropped: it is retried until the dependency is back.
    """

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


class GaveUp(Exception):
    """A message is not retried any more: it becomes a dead letter under `reason`.

    `reason` is a short constant phrase, `detail` says what happened the last time. `at` is when: now, but
    for a message that was given up before and is delivered once more.
    """

    def __init__(self, reason: str, detail: str, at: datetime | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.at = at or datetime.now(UTC)


class BlobMissing(GaveUp):
    """A blob that an event points to is not in the store."""

    def __init__(self, path: str) -> None:
        super().__init__("blob missing", path)


class BlobDamaged(BlobMissing):
    """A blob's bytes do not have the sha256 that is its name."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.reason = "blob damaged"


class InvalidEvent(ValueError):
    """A record that is not a valid event of the expected type; the message says why."""


class NewerSchema(Exception):
    """An event of a newer major version: it waits until the service is upgraded."""


class EventTooLarge(ValueError):
    """An event that exceeds Kafka's limit, however often it is sent."""


class Stalled(Exception):
    """A service made no progress although work waited: it ends, to be started again."""


class TopicMadeAgain(Exception):
    """A topic was deleted and made again: a service ends, and reads it from its beginning when it starts again."""


class TopicsMissing(Exception):
    """Topics do not exist; the init job creates them."""
