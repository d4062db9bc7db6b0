"""The errors that more than one part of the system acts on, and what each means for a message."""


class DependencyDown(Exception):
    """The archive, the broker, the database or the blob store does not answer.

    A message met by this is held, not judged: it is tried again until the dependency is back.
    """

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


class GaveUp(Exception):
    """A message is not tried again: it becomes a dead letter under `reason`.

    `reason` is a short constant phrase, `detail` says what happened the last time.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


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
    """A record that is no event of the type expected; the message says why."""


class NewerSchema(Exception):
    """An event of a newer major version: the service must be upgraded, the event kept."""


class EventTooLarge(ValueError):
    """An event that Kafka will never take, however often it is sent."""


class TopicsMissing(Exception):
    """Topics are not there; the init job makes them."""
