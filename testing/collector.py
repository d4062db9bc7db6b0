"""A collector of traces on loopback: takes spans over OTLP/HTTP, as OpenTelemetry's own does."""

import gzip
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Collected(NamedTuple):
    """A span; ids in hex, times in nanoseconds since 1970, `failed` the message of its status."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    attributes: Mapping[str, str]
    failed: str
    started: int
    ended: int


class Collector:
    """Serves while it is entered."""

    def __init__(self) -> None:
        received: list[ExportTraceServiceRequest] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                right = self.path == "/v1/traces"
                if right:
                    received.append(ExportTraceServiceRequest.FromString(body))
                self.send_response(200 if right else 404)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        self._received = received
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def spans(self) -> list[Collected]:
        """All that came so far, in that order."""
        return list(self._spans())

    def _spans(self) -> Iterator[Collected]:
        for group in (group for request in self._received for group in request.resource_spans):
            resource = {one.key: one.value.string_value for one in group.resource.attributes}
            for span in (span for scope in group.scope_spans for span in scope.spans):
                yield Collected(
                    resource["service.name"],
                    span.name,
                    span.trace_id.hex(),
                    span.span_id.hex(),
                    span.parent_span_id.hex(),
                    {one.key: one.value.string_value for one in span.attributes},
                    span.status.message,
                    span.start_time_unix_nano,
                    span.end_time_unix_nano,
                )
