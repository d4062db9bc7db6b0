"""Many captures, every fault the archive is known for, mixed: each ends in one right outcome."""

import asyncio
import hashlib
from pathlib import Path
from random import Random

from deploy.local.archive.answer import Answer as Honest
from deploy.local.archive.app import Request, compressed
from deploy.local.archive.captures import Capture
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from shared.blobs import Blobs
from shared.delivery.dependency import DependencyDown
from shared.events import CaptureFetched, CaptureRequested, Done, RetryAt, Skipped
from tests.archive.faults import FAULTS, Wire, slow
from tests.services.fetcher.pages import BODY, SITE, STAMP, request
from tests.services.fetcher.stage import staged

CAPTURES = 1000
SHARE = 0.2
RATE = 400
# What changes what is answered for good, not only this time, has tests of its own.
MIXED = [
    "429",
    "503",
    "504",
    "outage page",
    "truncated",
    "empty",
    "reset",
    "false gzip",
    "unasked gzip",
    "unasked brotli",
    "dropped",
    "gzip under an empty coding",
    "gzip under a list with nothing first",
    "gzip without a coding",
]


async def test_every_capture_ends_in_one_right_outcome(tmp_path: Path) -> None:
    await mixed_run(tmp_path, CAPTURES)


async def mixed_run(tmp_path: Path, captures: int) -> int:
    """Fetch so many captures; answers how often the archive was asked. Raises AssertionError."""
    chance = Random(20261123)

    def mixed(honest: Honest, asked: Request) -> Wire:
        if chance.random() >= SHARE:
            return Wire(compressed(honest, asked))
        fault = chance.choice(MIXED)
        return slow(0.7)(honest, asked) if fault == "504" else FAULTS[fault](honest, asked)

    bodies = {f"{SITE}/p/{n}.html": BODY + b"%d" % n for n in range(0, captures, 2)}
    ended: dict[str, CaptureFetched] = {}
    with staged(tmp_path, *(Capture(url, STAMP, body) for url, body in bodies.items())) as stage:
        stage.faults.script(mixed)
        changed = {"mementos_per_second": RATE, "pause_seconds": 0.05, "longest_pause_seconds": 0.1}
        settings = stage.settings(**changed, attempts=50)
        async with stage.client(**changed) as client:
            player = Player(client, settings.body_bytes)
            handler = FetchCapture(player, Blobs(settings.blob_url), settings)

            async def fetch(asked: CaptureRequested) -> None:
                """As the ledger and Settle do it, without the waits."""
                while True:
                    try:
                        fetched = await handler(asked)
                    except DependencyDown:
                        await asyncio.sleep(0.02)
                        continue
                    if not isinstance(fetched.outcome, RetryAt):
                        assert asked.request_id not in ended
                        ended[asked.request_id] = fetched
                        return
                    asked = asked.model_copy(update={"attempt": asked.attempt + 1})

            waiting = asyncio.Queue[CaptureRequested]()
            for number in range(captures):
                waiting.put_nowait(request(f"{SITE}/p/{number}.html"))

            async def work() -> None:
                while not waiting.empty():
                    await fetch(waiting.get_nowait())

            await asyncio.gather(*(work() for _ in range(28)))
        times = stage.faults.archive.times("memento")
    assert len(ended) == captures
    for fetched in ended.values():
        body = bodies.get(fetched.request.url)
        if body is None:
            assert isinstance(fetched.outcome, Skipped)
            assert fetched.outcome.reason == "never archived"
        else:
            assert fetched.outcome == Done()
            assert fetched.body
            assert fetched.body.sha256 == hashlib.sha256(body).hexdigest()
    assert len(times) > captures
    assert len(times) / (times[-1] - times[0]) <= RATE
    return len(times)
