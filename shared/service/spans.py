"""Spans to a collector over OTLP, where OTEL_EXPORTER_OTLP_ENDPOINT names one.

The variables are OpenTelemetry's own, https://opentelemetry.io/docs/specs/otel/protocol/exporter/. Its
library is imported only then: a service that nobody traces neither loads nor feeds it.
"""

import logging
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from shared.trace import make_spans_with
from shared.version import __version__

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

log = structlog.get_logger()

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
# Of the time that a service has to stop; what is not sent by then is lost.
_FLUSH_SECONDS = 3.0


def start_spans(service: str) -> Callable[[], None]:
    """Make the spans of `service` if there is a collector; returns what sends the last ones."""
    if not any(os.environ.get(name) for name in _ENDPOINTS):
        return lambda: None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # What it logs for each attempt, `_saying_once` says once.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    named = {"service.name": f"mofcom-{service}", "service.version": __version__}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(_saying_once(OTLPSpanExporter())))
    make_spans_with(OtlpSpans(provider))

    def stop() -> None:
        # By a thread that nothing waits for: a collector that is down must not hold the end up.
        flushing = threading.Thread(target=provider.shutdown, daemon=True)
        flushing.start()
        flushing.join(_FLUSH_SECONDS)

    return stop


class OtlpSpans:
    """`shared.trace.Spans` of OpenTelemetry's library."""

    def __init__(self, provider: "TracerProvider") -> None:
        self._tracer = provider.get_tracer("mofcom", __version__)

    @contextmanager
    def span(self, parent: str, name: str, attributes: Mapping[str, str]) -> Iterator[str]:
        """A span around a block, with its own traceparent."""
        from opentelemetry.trace import SpanKind

        with self._tracer.start_as_current_span(
            name, _context(parent), SpanKind.CONSUMER, dict(attributes)
        ) as span:
            own = span.get_span_context()
            yield f"00-{own.trace_id:032x}-{own.span_id:016x}-01"

    def failed(self, why: str) -> None:
        """Mark the current span as failed."""
        from opentelemetry.trace import StatusCode, get_current_span

        get_current_span().set_status(StatusCode.ERROR, why)

    def record(self, parent: str, name: str, attributes: Mapping[str, str], started: int) -> None:
        """A span of something that ended now."""
        from opentelemetry.trace import SpanKind

        self._tracer.start_span(
            name, _context(parent), SpanKind.CONSUMER, dict(attributes), start_time=started
        ).end()


def _context(parent: str) -> "Context":
    from opentelemetry.context import Context
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    if (found := _TRACEPARENT.fullmatch(parent)) is None:
        return Context()
    trace, span = (int(digits, 16) for digits in found.groups())
    known = SpanContext(trace, span, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    return set_span_in_context(NonRecordingSpan(known), Context())


def _saying_once(exporter: "SpanExporter") -> "SpanExporter":
    """The exporter, which logs once that the collector takes no spans, and once that it does again."""
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

    class Saying(SpanExporter):
        _down = False

        def export(self, spans: "Sequence[ReadableSpan]") -> "SpanExportResult":
            result = exporter.export(spans)
            down = result is not SpanExportResult.SUCCESS
            if down != self._down:
                self._down = down
                log.warning("the collector takes no spans" if down else "the collector takes spans")
            return result

        def shutdown(self) -> None:
            exporter.shutdown()

    return Saying()
