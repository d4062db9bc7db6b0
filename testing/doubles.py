"""Test doubles. Each has the type of the part that it replaces, so that mypy compares them."""

from collections.abc import Iterable

from shared.delivery.publisher import Publication, Publisher
from shared.events import Event
from shared.trace import traceparent


class RecordingPublisher(Publisher):
    """Collects events and confirms them at once; raises the errors in `refuses` first."""

    def __init__(self) -> None:
        self.published: list[Publication] = []
        self.traces: list[str] = []
        self.refuses: list[Exception] = []

    async def publish(self, publications: Iterable[Publication]) -> None:
        """Keep all, and the trace in which they were published."""
        if self.refuses:
            raise self.refuses.pop(0)
        self.published.extend(publications)
        self.traces.append(traceparent("0" * 64))

    @property
    def events(self) -> list[Event]:
        """What was published, without its topics."""
        return [publication.event for publication in self.published]
