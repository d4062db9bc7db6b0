"""Captures that always fail among good ones, and a blocked connection to the archive."""

import asyncio
from pathlib import Path

import pytest

from deploy.local.archive.captures import Capture
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from shared.blobs import Blobs
from shared.errors import DependencyDown, GaveUp
from shared.events import Done, RetryAt
from testing.archive.faults import page
from testing.clock import Clock
from testing.fetcher.pages import BODY, SITE, STAMP, request
from testing.fetcher.stage import Stage, staged

FAILING, GOOD = f"{SITE}/m", f"{SITE}/z"
_ATTEMPTS = 5


async def fetched(stage: Stage, urls: list[str], silent: bool = False) -> dict[str, str]:
    """How each capture ends: ``done`` or ``dead``. Attempts follow each other without the waits.

    `silent`: no answer to one that fails is waited for.
    """
    ends: dict[str, str] = {}
    settings = stage.settings(fetch_attempts=_ATTEMPTS)
    async with stage.client(impatient=lambda target: silent and FAILING in target) as client:
        fetch = FetchCapture(
            Player(client, settings.body_bytes), Blobs(settings.blob_url), settings
        )
        waiting = [request(url, STAMP, listed=True) for url in urls]

        async def work() -> None:
            while waiting:
                asked = waiting.pop(0)
                try:
                    outcome = (await fetch(asked)).outcome
                except GaveUp:
                    ends[asked.url] = "dead"
                    continue
                if isinstance(outcome, RetryAt):
                    waiting.append(asked.model_copy(update={"attempt": asked.attempt + 1}))
                elif isinstance(outcome, Done):
                    ends[asked.url] = "done"

        await asyncio.gather(*(work() for _ in range(12)))
    return ends


@pytest.mark.parametrize("fault", ["503", "silent", "reset", "dropped"])
async def test_thirty_that_always_fail_end_and_hold_up_nothing(tmp_path: Path, fault: str) -> None:
    failing = [f"{FAILING}{n:02}.html" for n in range(30)]
    good = [f"{GOOD}{n:02}.html" for n in range(60)]
    with staged(tmp_path, *(Capture(url, STAMP, BODY) for url in (*failing, *good))) as stage:
        stage.faults.script(fault, url=FAILING)
        ends = await fetched(stage, [*good[:30], *failing, *good[30:]], fault == "silent")
        assert stage.pauses == []
        assert ends == dict.fromkeys(good, "done") | dict.fromkeys(failing, "dead")
        # Two at once in each attempt, and a probe for ten in a row at most.
        assert len(stage.targets) <= 60 + 30 * _ATTEMPTS * 2 * 1.1


@pytest.mark.parametrize(
    "blocked",
    [
        page(403, "text/html", "<h1>403 Forbidden</h1>"),
        page(200, "text/html", "<title>Web page blocked</title>Category: Anonymizers"),
        page(302, "text/html", "", ("location", "http://10.1.1.1/login")),
        page(407, "text/html", "<h1>Proxy Authentication Required</h1>"),
    ],
)
async def test_a_blocked_connection_pauses_everything_and_is_quoted(
    tmp_path: Path, blocked: object
) -> None:
    urls = [f"{GOOD}{n:02}.html" for n in range(60)]
    with staged(tmp_path, *(Capture(url, STAMP, BODY) for url in urls)) as stage:
        stage.faults.script(blocked)  # type: ignore[arg-type]
        stage.clock = Clock()
        with pytest.raises(DependencyDown):
            await fetched(stage, urls)
        assert len(stage.targets) < 30
        (pause, *_) = stage.pauses
        assert "Memento-Datetime" in pause.why or "sent out of the archive" in pause.why
