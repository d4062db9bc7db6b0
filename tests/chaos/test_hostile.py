"""Malformed and malicious input through the whole pipeline: no service stops, nothing is lost."""

import asyncio
import gzip
import random
from collections import Counter
from collections.abc import Callable

import brotli
import psutil
import pytest
import zstandard

from deploy.local.archive.captures import Capture
from shared.envelope import encode
from shared.topics import CAPTURE_FETCHED, CAPTURE_REQUESTED, NOTICE_PARSED, READ_BY
from testing.chaos.plan import SERVICES
from testing.waiting import until
from tests.chaos.mutations import Mutant, mutants
from tests.chaos.stage import Stage
from tests.shared.samples import AT, FETCHED, PARSED, REQUEST

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]

NUMBER = 10_000

DEAD = """
    SELECT service, topic, "partition", record_offset FROM dead_letters WHERE first_seen_at IS NOT NULL
"""


def pids(stage: Stage) -> dict[str, int]:
    """Who runs."""
    replicas = stage.on.processes.replicas
    return {s: replicas[f"{s}-1"].process.pid for s in SERVICES}


def megabytes(stage: Stage) -> dict[str, int]:
    """What each service holds in memory, without its workers."""
    return {s: psutil.Process(pid).memory_info().rss >> 20 for s, pid in pids(stage).items()}


async def still_there(stage: Stage, before: dict[str, int]) -> None:
    """The same processes, ready, and a good capture still goes through."""
    (request,) = await stage.ask(stage.capture())
    assert (await stage.ended(request))["state"] == "done"
    await stage.on.processes.wait_ready(*(f"{service}-1" for service in SERVICES))
    assert pids(stage) == before


async def sent(stage: Stage, mutant: Mutant) -> "asyncio.Future[object]":
    future: asyncio.Future[object] = await stage.publisher._producer.send(
        mutant.topic.name,
        key=mutant.key,
        value=mutant.value,
        headers=mutant.headers,
        timestamp_ms=mutant.timestamp_ms,
    )
    return future


async def test_what_is_no_event_is_one_dead_letter_of_each_who_reads_it(stage: Stage) -> None:
    before = pids(stage)
    hostile = mutants(NUMBER, seed=8)
    assert len(Counter(mutant.how for mutant in hostile)) == 12
    confirmations = [await sent(stage, mutant) for mutant in hostile]
    places = await asyncio.gather(*confirmations)
    expected: Counter[tuple[str, str, int, int]] = Counter()
    for place in places:
        at = (place.topic, place.partition, place.offset)  # type: ignore[attr-defined]
        for service in SERVICES:
            if at[0] in (topic.name for topic in READ_BY[service]):
                expected[(service, *at)] += 1
    await stage.all_read()
    found = Counter(tuple(row) for row in await stage.rows(DEAD))
    assert found == expected
    await still_there(stage, before)


async def test_events_with_values_that_nothing_can_hold_stop_nobody(stage: Stage) -> None:
    before = pids(stage)
    record = encode(REQUEST, "test", AT)
    odd = [
        record.value.replace(b'"attempt":1', b'"attempt":1' + b"0" * 30),
        record.value.replace(b"2023-01-13T05:40:24Z", b"0001-01-01T00:00:00+14:00"),
        record.value.replace(b"2023-01-13T05:40:24Z", b"9999-12-31T23:59:59-14:00"),
        record.value.replace(b"20230103378565", b"\\u0000"),
        record.value.replace(b"http://", b"http://[::1"),
        record.value.replace(b"20230113054024", b"99999999999999"),
    ]
    assert record.value not in odd
    for value in odd:
        await sent(stage, Mutant(CAPTURE_REQUESTED, record.key, value, list(record.headers)))
    for topic, event in ((CAPTURE_FETCHED, FETCHED), (NOTICE_PARSED, PARSED)):
        record = encode(event, "test", AT)
        for old, new in (
            (b"2023-01-13T05:40:24Z", b"0001-01-01T00:00:00+14:00"),
            (b'"attempt":1', b'"attempt":1' + b"0" * 30),
            (b"20230103378565", b"\\u0000"),
        ):
            value = record.value.replace(old, new)
            await sent(stage, Mutant(topic, record.key, value, list(record.headers)))
    await still_there(stage, before)


def page(inner: str) -> bytes:
    return (
        "<html><head><meta charset='utf-8'></head><body>"
        "<div class='art-title'>商务部公告2024年第1号</div>"
        f"<div class='art-con art-con-bottonmLine'><p>{inner}</p><p>商务部</p></div></body></html>"
    ).encode()


def coded(name: str, body: bytes) -> Callable[[Stage], Capture]:
    def make(stage: Stage) -> Capture:
        return stage.capture(body, Content_Type="text/html", Content_Encoding=name)

    return make


def html(inner: str) -> Callable[[Stage], Capture]:
    return lambda stage: stage.capture(page(inner))


ZEROS = b"\0" * (100 << 20)
HOSTILE: dict[str, tuple[Callable[[Stage], Capture], str | None]] = {
    "gzip bomb": (coded("gzip", gzip.compress(ZEROS)), "too large"),
    "gzip in gzip": (coded("gzip, gzip", gzip.compress(gzip.compress(ZEROS))), "too large"),
    "brotli bomb": (coded("br", brotli.compress(ZEROS, quality=1)), "too large"),
    "zstd bomb": (coded("zstd", zstandard.compress(ZEROS)), "too large"),
    "100 MB": (
        lambda stage: stage.capture(
            random.Random(1).randbytes(100 << 20), Content_Type="application/pdf"
        ),
        "too large",
    ),
    "a million tags deep": (html("<b>" * 1_000_000), "too deep"),
    "a million tables deep": (html("<table><tr><td>" * 300_000), "too deep"),
    "entities": (html("&amp;" * 900_000), None),
    "attributes": (html("<p " + "a=b " * 200_000 + ">"), None),
    "comment without end": (html("<!--" + "-" * 1_000_000), None),
    "brackets": (html("〔" * 300_000), None),
    "numbers": (html("商务部公告" + "2024年第" * 200_000), None),
    "digits": (html("1" * 1_000_000), None),
    "dates": (html("2024年1月" * 100_000), None),
    "spaces": (html("<div class='art-title'>商务部" + " " * 500_000 + "公告</div>"), None),
    "titles": (html("《" * 200_000 + "》" * 200_000), None),
    "commas": (html("商务部、" * 200_000), None),
}


async def test_malicious_pages_have_an_outcome_and_do_no_harm(stage: Stage) -> None:
    before = pids(stage)
    captures = {name: make(stage) for name, (make, _) in HOSTILE.items()}
    requests = dict(zip(captures, await stage.ask(*captures.values()), strict=True))
    most: Counter[str] = Counter()
    ended = {}
    for name, request in requests.items():
        ended[name] = await stage.ended(request)
        most |= Counter(megabytes(stage))
    print({name: (row["state"], row["reason"]) for name, row in ended.items()}, dict(most))
    for name, (_, reason) in HOSTILE.items():
        if reason is not None:
            assert ended[name]["reason"] == reason, name
    assert max(most.values()) < 1024
    await still_there(stage, before)


async def test_a_newer_major_version_waits_for_an_upgrade_and_other_pages_go_on(
    stage: Stage,
) -> None:
    """Last: nothing that comes behind it on its partition is read by these services."""
    before = pids(stage)
    record = encode(FETCHED, "test", AT)
    newer = [
        (name, b"urn:mofcom.capture.fetched:2.0" if name == "ce_dataschema" else value)
        for name, value in record.headers
    ]
    dead = "SELECT count(*) FROM dead_letters"
    (counted,) = await stage.rows(dead)
    await (await sent(stage, Mutant(CAPTURE_FETCHED, record.key, record.value, list(newer))))
    await until(
        lambda: not any(map(stage.on.processes.is_ready, ("parser-1", "indexer-1"))),
        lambda: stage.log("parser"),
    )
    assert "is newer than" in stage.log("parser")
    assert tuple(*await stage.rows(dead)) == tuple(counted)
    assert pids(stage) == before
