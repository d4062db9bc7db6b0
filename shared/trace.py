"""The trace that a request's events share, from the request to the row: W3C Trace Context.

The identity is always propagated (``traceparent``). The id of the first event names the trace, so that
a repeated request has the same trace. Spans are made where somebody collects them
(`shared.service.spans`); then what is published within one names it as its parent.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Protocol

import structlog

HEADER = "traceparent"
"""https://www.w3.org/TR/trace-context/#traceparent-header"""

_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


class Spans(Protocol):
    """Makes the spans of a service."""

    def span(
        self, parent: str, name: str, attributes: Mapping[str, str]
    ) -> AbstractContextManager[str]:
        """A span around a block; `parent` is a traceparent or empty, and so is the span's own."""

    def failed(self, why: str) -> None:
        """Mark the current span as failed."""

    def record(self, parent: str, name: str, attributes: Mapping[str, str], started: int) -> None:
        """A span of something that ended now; `started` is in nanoseconds since 1970."""


class NoSpans:
    """Nobody collects any."""

    @contextmanager
    def span(self, parent: str, name: str, attributes: Mapping[str, str]) -> Iterator[str]:
        """Only the identity is passed on."""
        yield parent

    def failed(self, why: str) -> None:
        """Do nothing."""

    def record(self, parent: str, name: str, attributes: Mapping[str, str], started: int) -> None:
        """Do nothing."""


_spans: Spans = NoSpans()


def make_spans_with(spans: Spans) -> None:
    """Make the spans of this process with these from now on."""
    global _spans
    _spans = spans


def traceparent(event_id: str) -> str:
    """The trace to propagate with an event: the current one, else a new one named by the event.

    `event_id` is a sha256 in hex; 32 characters name the trace, the next 16 the span.
    """
    return _current.get() or f"00-{event_id[:32]}-{event_id[32:48]}-01"


def trace_id(headers: Iterable[tuple[str, bytes]]) -> str | None:
    """The 32 hexadecimal characters of a record's trace id; None if it has none."""
    parts = _header(headers).split("-")
    return parts[1] if len(parts) == 4 and len(parts[1]) == 32 else None


@contextmanager
def traced(headers: Iterable[tuple[str, bytes]], what: str, **names: str) -> Iterator[None]:
    """Propagate a record's trace to everything published in this block, and log it with `names`.

    `what` is done with the record: the name of the span.
    """
    headers = list(headers)
    with _spans.span(_header(headers), what, names) as current:
        token = _current.set(current or None)
        try:
            with structlog.contextvars.bound_contextvars(trace=trace_id(headers), **names):
                yield
        finally:
            _current.reset(token)


def failed(why: str) -> None:
    """Mark the current span as failed, for instance of a message that became a dead letter."""
    _spans.failed(why)


def record(headers: Iterable[tuple[str, bytes]], what: str, started: int, **names: str) -> None:
    """A span in a record's trace of work that was done for many records at once and has ended now.

    `started` is in nanoseconds since 1970.
    """
    _spans.record(_header(headers), what, names, started)


def _header(headers: Iterable[tuple[str, bytes]]) -> str:
    return (dict(headers).get(HEADER) or b"").decode("ascii", "replace")
