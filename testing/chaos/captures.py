"""The load: distinct pages, some of them poison, in an archive with faults."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from deploy.local.archive.answer import Answer
from deploy.local.archive.app import Request, compressed
from deploy.local.archive.captures import Capture
from shared.events import CaptureRequested
from shared.identity import request_id
from testing.archive.faults import FAULTS, Fault, Wire

DAY = date(2024, 1, 1)
POISON = "too deep"

# Those after which the same question gets its answer; the others are answers of their own.
_PASSING = ("503", "504", "truncated", "empty", "reset", "429", "unasked gzip", "slow")


@dataclass(frozen=True, slots=True)
class Load:
    """Captures in the order of their requests, and how many of them are poison."""

    captures: Sequence[Capture]
    poison: int


def load(number: int, poison_share: float, seed: int) -> Load:
    """`number` captures; poison, which no parser can read, is at least one of them if any."""
    draw = random.Random(seed + 2)
    poison = set(draw.sample(range(number), _share(number, poison_share)))
    return Load([_page(n + 1, n in poison) for n in range(number)], len(poison))


def _share(number: int, share: float) -> int:
    return max(1, round(number * share)) if share else 0


def requested(capture: Capture, backlog: bool) -> CaptureRequested:
    """The request for a capture; always the same event."""
    return CaptureRequested(
        request_id=request_id(capture.original, capture.timestamp, DAY),
        url=capture.original,
        timestamp=capture.timestamp,
        asked_at=datetime.now(UTC),
        asked_on=DAY,
        backlog=backlog,
    )


def now_and_then(share: float, seed: int) -> Fault:
    """A fault for the archive's script that misbehaves for that share of its answers."""
    draw = random.Random(seed + 3)

    def fault(honest: Answer, request: Request) -> Wire:
        if draw.random() >= share:
            return Wire(compressed(honest, request))
        return FAULTS[draw.choice(_PASSING)](honest, request)

    return fault


def _page(number: int, poison: bool) -> Capture:
    nested = "<div>" * 1_500 if poison else ""
    html = (
        '<html><head><meta charset="utf-8"></head><body>'
        f'<div class="art-title">商务部公告2024年第{number}号</div>'
        '<div class="art-con art-con-bottonmLine">'
        f"<p>商务部公告2024年第{number}号</p><p>为测试，现公告如下。</p>"
        f"<p>商务部</p><p>2024年1月1日</p>{nested}</div></body></html>"
    )
    url = f"http://www.mofcom.gov.cn/article/chaos/202401/{20240100000000 + number}.shtml"
    return Capture(url, "20240102000000", html.encode())
