"""Captures that always fail among good ones, and a blocked connection to the archive."""

import asyncio
from pathlib import Path

import pytest

from deploy.local.archive.captures import Capture
from services.fetcher.archive.answers import Verdict
from services.fetcher.archive.client import Client
from services.fetcher.archive.pace import Pace, Priority
from services.fetcher.archive.playback import Player
from services.fetcher.archive.reply import NoReply, Reply
from services.fetcher.fetch import FetchCapture
from shared.blobs import Blobs
from shared.errors import DependencyDown, GaveUp
from shared.events import Answer, Done, RetryAt
from shared.troubles.find import archive_code
from testing.archive.faults import STRANGERS
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


@pytest.mark.parametrize("blocked", STRANGERS)
@pytest.mark.parametrize("only", [None, GOOD])
async def test_a_blocked_connection_pauses_everything_and_is_quoted(
    tmp_path: Path, blocked: str, only: str | None
) -> None:
    """`only` pages in place of captures; that the archive has not the site's home page comes through."""
    urls = [f"{GOOD}{n:02}.html" for n in range(60)]
    with staged(tmp_path, *(Capture(url, STAMP, BODY) for url in urls)) as stage:
        stage.faults.script(blocked, url=only)
        stage.clock = Clock()
        with pytest.raises(DependencyDown):
            await fetched(stage, urls)
        # Ten in a row and what was under way then, of twelve in hand, each asked twice.
        assert len(stage.targets) <= 10 + 2 * 12 + 2
        (pause, *_) = stage.pauses
        assert archive_code(pause.why) == "archive-blocked"


async def test_when_the_way_is_open_again_nothing_is_lost(tmp_path: Path) -> None:
    waiting = [f"{GOOD}{n:02}.html" for n in range(60)]
    with staged(tmp_path, *(Capture(url, STAMP, BODY) for url in waiting)) as stage:
        stage.clock = clock = Clock()
        stage.faults.script("a firewall's 403", url=GOOD, times=15)
        settings = stage.settings()
        async with stage.client() as client:
            fetch = FetchCapture(
                Player(client, settings.body_bytes), Blobs(settings.blob_url), settings
            )
            while waiting:
                url = waiting.pop(0)
                try:
                    outcome = (await fetch(request(url, STAMP, listed=True))).outcome
                except DependencyDown:
                    clock.move(settings.outage_seconds)
                    waiting.append(url)
                    continue
                if not isinstance(outcome, Done):
                    waiting.append(url)
        # Closed by ten in a row, kept closed by the capture wanted each time, opened by the first served.
        assert [pause.over for pause in stage.pauses] == [False] * 5 + [True]


async def test_pages_in_place_of_captures_keep_nothing_from_the_index(tmp_path: Path) -> None:
    async def ask(client: Client, target: str, pace: Pace) -> Answer:
        def judge(reply: Reply | NoReply) -> Verdict:
            index = pace is client.cdx_pace
            return Verdict(Answer.MEMENTO if index else Answer.TRANSIENT, "as it is")

        return (await client.get(target, pace, Priority.LIVE, judge))[1].answer

    with staged(tmp_path) as stage:
        stage.clock = clock = Clock()
        stage.faults.script("a firewall's 403", url=GOOD)
        async with stage.client() as client:
            target = f"/web/{STAMP}id_/{GOOD}01.html"
            for _ in range(9):
                await ask(client, target, client.memento_pace)
            for closed in range(1, 4):
                with pytest.raises(DependencyDown):
                    await ask(client, target, client.memento_pace)
                clock.move(900)
                index = await ask(client, f"/cdx/search/cdx?url={SITE}/", client.cdx_pace)
                assert index is Answer.MEMENTO
                assert [pause.over for pause in stage.pauses] == [False] * closed
