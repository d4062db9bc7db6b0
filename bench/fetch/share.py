"""(a) How much of the allowed rate is used while some answers are very slow."""

import asyncio
from math import log
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from deploy.local.archive.app import compressed
from deploy.local.archive.captures import Capture
from services.fetcher.archive.answers import Asked
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Player
from testing.archive.faults import Wire
from testing.fetcher.pages import AT, BODY, SITE, STAMP
from testing.fetcher.stage import staged

_RATE = 8.0
_MEDIAN, _LONGEST = 0.3, 45.0
_SECONDS = 60


async def share_used() -> float:
    """Requests sent, of those allowed, in a run with the fetcher's own windows."""
    chance = Random(1)  # noqa: S311 - the same run each time

    def latency(honest: Any, request: Any) -> Wire:
        slow = chance.random() < 0.01
        wait = _LONGEST if slow else chance.lognormvariate(log(_MEDIAN), 0.5)
        return Wire(compressed(honest, request), wait=wait)

    page = f"{SITE}/a.html"
    with TemporaryDirectory() as folder, staged(Path(folder), Capture(page, STAMP, BODY)) as stage:
        stage.faults.script(latency)
        changed: dict[str, Any] = {
            "archive_mementos_per_second": _RATE,
            "read_seconds": 60,
            "answer_seconds": 90,
        }
        settings = stage.settings(**changed)
        async with stage.client(**changed) as client:
            player = Player(client, settings.body_bytes)

            async def work() -> None:
                while True:
                    await player.play(Asked(page, STAMP), AT, Priority.LIVE)

            window = settings.live_window + settings.backlog_window
            working = [asyncio.create_task(work()) for _ in range(window)]
            await asyncio.sleep(_SECONDS)
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
        times = stage.faults.archive.times("memento")
    return (len(times) - 1) / (times[-1] - times[0]) / _RATE
