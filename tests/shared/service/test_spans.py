"""Spans of a request's events, as a collector receives them over OTLP: a real receiver on loopback."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from time import time_ns

import pytest

from shared import trace
from shared.service.spans import start_spans
from shared.trace import HEADER, NoSpans, failed, make_spans_with, record, traced, traceparent
from testing.collector import Collector
from testing.waiting import LIMIT_SECONDS

EVENT = "0af7651916cd43dd8448eb211c80319c" + "b7ad6b7169203331" + "0" * 16


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with Collector() as made:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", made.url)
        yield made
    make_spans_with(NoSpans())


def headers(parent: str) -> list[tuple[str, bytes]]:
    return [(HEADER, parent.encode())]


def test_each_span_has_the_one_before_as_its_parent(collector: Collector) -> None:
    first = traceparent(EVENT)
    stop = start_spans("parser")
    with traced(headers(first), "parser capture.fetched", request="r1"):
        published = traceparent("f" * 64)
    started = time_ns()
    record(headers(published), "indexer notice.parsed", started, message="notice.parsed/0/7")
    with traced(headers(published), "translator notice.parsed"):
        failed("too slow")
    stop()
    spans = {one.name: one for one in collector.spans()}
    parsed, indexed, translated = (
        spans[name]
        for name in ("parser capture.fetched", "indexer notice.parsed", "translator notice.parsed")
    )
    assert {one.service for one in spans.values()} == {"mofcom-parser"}
    assert {span.trace for span in spans.values()} == {EVENT[:32]}
    assert parsed.parent == EVENT[32:48]
    assert published == f"00-{EVENT[:32]}-{parsed.id}-01"
    assert indexed.parent == translated.parent == parsed.id
    assert parsed.attributes == {"request": "r1"}
    assert (translated.failed, parsed.failed) == ("too slow", "")
    assert indexed.started == started <= indexed.ended


async def test_messages_at_the_same_time_keep_their_own_traces(collector: Collector) -> None:
    stop = start_spans("parser")

    async def handle(digit: str) -> str:
        with traced(headers(traceparent(digit * 64)), "parser capture.fetched"):
            await asyncio.sleep(0)
            return traceparent("0" * 64)

    published = await asyncio.gather(*(handle(digit) for digit in "abc"))
    stop()
    assert [one.split("-")[1] for one in published] == [digit * 32 for digit in "abc"]


@pytest.mark.parametrize("parent", ["", "nonsense", "00-" + "0" * 32 + "-" + "0" * 16 + "-01"])
def test_a_record_without_a_trace_begins_one(collector: Collector, parent: str) -> None:
    stop = start_spans("parser")
    with traced(headers(parent), "parser capture.fetched"):
        assert traceparent(EVENT) != parent
    stop()
    (span,) = collector.spans()
    assert span.parent == ""


def test_without_a_collector_nothing_is_loaded_or_changed() -> None:
    program = (
        "import sys\n"
        "from shared.service.spans import start_spans\n"
        "start_spans('parser')()\n"
        "assert 'opentelemetry.sdk' not in sys.modules\n"
        "assert 'requests' not in sys.modules\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OTEL")}
    subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, timeout=LIMIT_SECONDS
    )
    assert isinstance(trace._spans, NoSpans)
    with traced(headers(traceparent(EVENT)), "parser capture.fetched"):
        assert traceparent("f" * 64) == traceparent(EVENT)


def test_a_collector_that_is_down_is_said_once_and_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    stop = start_spans("parser")
    try:
        with traced(headers(traceparent(EVENT)), "parser capture.fetched"):
            pass
        started = time_ns()
        stop()
        assert time_ns() - started < LIMIT_SECONDS * 1e9
    finally:
        make_spans_with(NoSpans())
    said = capsys.readouterr()
    assert (said.out + said.err).count("the collector takes no spans") == 1
