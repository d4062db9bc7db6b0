"""Addresses that people give: the page that they meant."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.local.archive.captures import Capture
from services.fetcher.archive.answers import Asked
from services.fetcher.archive.given import GivenPlayer
from services.fetcher.archive.listing import Lister
from services.fetcher.archive.nearby import other_forms
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback, Player
from services.fetcher.archive.replay import CaptureRef
from shared.events import Answer
from testing.archive.faults import Fault, Wire
from testing.fetcher.pages import AT, BODY, SITE
from testing.fetcher.stage import Stage, staged

URL = f"{SITE}/article/b.shtml"
GONE = Capture(URL, "20260801000000", b"<h1>404 Not Found</h1>", status=404)


async def play(stage: Stage, url: str, timestamp: str | None = None, tries: int = 3) -> Playback:
    async with stage.client() as client:
        player = GivenPlayer(Player(client, 1_000_000), Lister(client, 1000, 100, 1_000_000), tries)
        return await player.play(Asked(url, timestamp), AT, Priority.LIVE)


@pytest.mark.parametrize("status", [404, 412, 521])
async def test_of_a_page_whose_latest_capture_is_an_error_the_newest_good_one(
    tmp_path: Path, status: int
) -> None:
    gone = Capture(URL, "20260801000000", b"<h1>no</h1>", status=status)
    good = [Capture(URL, f"201{n}0101000000", BODY + b"%d" % n) for n in range(5)]
    with staged(tmp_path, *good, gone) as stage:
        playback = await play(stage, URL)
    assert playback.served == CaptureRef("20140101000000", URL)
    assert playback.body == BODY + b"4"
    why = f"the latest capture has status {status}, 20140101000000 is good"
    assert (playback.verdict.answer, playback.verdict.why) == (Answer.SUBSTITUTE, why)


async def test_as_many_are_tried_as_the_setting_says(tmp_path: Path) -> None:
    good = [Capture(URL, f"201{n}0101000000", BODY) for n in range(5)]
    with staged(tmp_path, *good, GONE) as stage:
        stage.faults.script("503", url="/web/2013")
        stage.faults.script("503", url="/web/2014")
        assert (await play(stage, URL, tries=2)).body == GONE.body
        assert (await play(stage, URL, tries=3)).body == BODY
        assert (await play(stage, URL, tries=0)).body == GONE.body


async def test_an_error_that_was_asked_for_by_its_time_is_what_it_is(tmp_path: Path) -> None:
    with staged(tmp_path, Capture(URL, "20190101000000", BODY), GONE) as stage:
        assert (await play(stage, URL, GONE.timestamp)).body == GONE.body


async def test_a_listed_capture_is_what_the_index_says(tmp_path: Path) -> None:
    shared = f"{URL}?from=timeline"
    with staged(tmp_path, Capture(URL, "20190101000000", BODY)) as stage:
        async with stage.client() as client:
            player = GivenPlayer(Player(client, 1_000_000), Lister(client, 1000, 100, 1_000_000), 3)
            listed = Asked(shared, "20190101000000", timedelta(hours=24))
            playback = await player.play(listed, AT, Priority.LIVE)
    assert playback.verdict.answer is Answer.NEVER_ARCHIVED


@pytest.mark.parametrize("fault", ["503", lambda honest, asked: Wire(replace(honest, body=b""))])
async def test_where_the_index_lists_none_years_before_are_asked_for(
    tmp_path: Path, fault: str | Fault
) -> None:
    with staged(tmp_path, Capture(URL, "20190101000000", BODY), GONE) as stage:
        stage.faults.script(fault, endpoint="cdx")
        playback = await play(stage, URL)
        assert (playback.body, playback.verdict.answer) == (BODY, Answer.SUBSTITUTE)
        assert playback.verdict.why == "the latest capture has status 404, 20190101000000 is good"
        # Of one and of three years before the nearest is the same error.
        assert (await play(stage, URL, tries=2)).body == GONE.body


CHALLENGE = b"<title>x</title><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script><noscript>Enable scripts"


@pytest.mark.parametrize(
    ("latest", "is_taken"),
    [
        (CHALLENGE, False),
        (b"<script>document.cookie='__jsl_clearance_s=1';location.reload()</script>", False),
        (CHALLENGE + BODY, True),
        (b"<script>track()</script>", True),
    ],
)
async def test_a_challenge_with_status_200_is_an_error_too(
    tmp_path: Path, latest: bytes, is_taken: bool
) -> None:
    earlier = Capture(URL, "20190101000000", BODY)
    with staged(tmp_path, earlier, Capture(URL, "20260801000000", latest)) as stage:
        playback = await play(stage, URL)
    assert playback.body == (latest if is_taken else BODY)


@pytest.mark.parametrize(
    "given_url",
    [
        f"{URL}?utm_source=x&utm_medium=y",
        f"{URL}?from=timeline&isappinstalled=0",
        f"{URL}?spm=a.b",
        f"{URL}?share_token=1",
    ],
)
async def test_a_shared_address_is_the_page_that_was_archived(
    tmp_path: Path, given_url: str
) -> None:
    with staged(tmp_path, Capture(URL, "20190101000000", BODY)) as stage:
        playback = await play(stage, given_url)
    assert playback.served == CaptureRef("20190101000000", URL)
    assert playback.verdict.why == f"never archived as given, but as {URL}"


@pytest.mark.parametrize(
    ("archived", "asked"),
    [(f"{SITE}/b/", f"{SITE}/b/index.html"), (f"{SITE}/b/index.html", f"{SITE}/b/")],
)
async def test_a_folder_and_its_index_are_one_page(
    tmp_path: Path, archived: str, asked: str
) -> None:
    with staged(tmp_path, Capture(archived, "20190101000000", BODY)) as stage:
        assert (await play(stage, asked)).body == BODY


async def test_what_was_never_archived_in_any_form_stays_so(tmp_path: Path) -> None:
    with staged(tmp_path, Capture(f"{SITE}/b?id=1", "20190101000000", BODY)) as stage:
        playback = await play(stage, f"{SITE}/b.html?id=1&from=x")
    assert playback.verdict.answer is Answer.NEVER_ARCHIVED


def test_a_query_without_tracking_is_left_as_it_is() -> None:
    assert other_forms(f"{SITE}/b/?q=%b9%ab+x&y") == [
        f"{SITE}/b/index.html?q=%b9%ab+x&y",
        f"{SITE}/b/index.shtml?q=%b9%ab+x&y",
    ]


@given(st.from_regex(r"\Ahttp://www\.mofcom\.gov\.cn(/[a-z.]{0,9}){0,3}(\?[a-z=&_]{0,20})?\Z"))
def test_other_forms_are_few_and_none_is_the_one_given(url: str) -> None:
    forms = other_forms(url)
    assert url not in forms
    assert len(forms) <= 3
    assert len(set(forms)) == len(forms)
