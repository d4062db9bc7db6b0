"""The trace that a request's events share, from the request to the row: W3C Trace Context.

Only the identity is propagated (``traceparent``). The id of the first event names the trace, so that
a repeated request has the same trace.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

HEADER = "traceparent"

_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


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
def traced(headers: Iterable[tuple[str, bytes]], **names: str) -> Iterator[None]:
    """Propagate a record's trace to everything published in this block, and log it with `names`."""
    headers = list(headers)
    token = _current.set(_header(headers) or None)
    try:
        with structlog.contextvars.bound_contextvars(trace=trace_id(headers), **names):
            yield
    finally:
        _current.reset(token)


def _header(headers: Iterable[tuple[str, bytes]]) -> str:
    return (dict(headers).get(HEADER) or b"").decode("ascii", "replace")
