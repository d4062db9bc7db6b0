"""From a request to the capture that the archive serves."""

from datetime import timedelta
from pathlib import Path

import pytest

from deploy.local.archive.captures import Capture
from services.fetcher.archive.answers import Asked
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Playback, Player
from services.fetcher.archive.replay import CaptureRef
from shared.events import Answer
from testing.archive.faults import page
from testing.fetcher.pages import AT, BODY, MOVED, PAGE, SITE, STAMP
from testing.fetcher.stage import Stage, staged

DAY = timedelta(hours=24)


async def play(stage: Stage, asked: Asked, limit: int = 1_000_000) -> Playback:
    async with stage.client() as client:
        return await Player(client, limit).play(asked, AT, Priority.LIVE)


async def test_a_capture_as_asked(stage: Stage) -> None:
    playback = await play(stage, Asked(PAGE, STAMP))
    assert playback.verdict.answer is Answer.MEMENTO
    assert playback.body == BODY
    assert playback.served == CaptureRef(STAMP, PAGE)
    assert stage.targets == [f"/web/{STAMP}id_/{PAGE}"]


async def test_the_nearest_for_a_person_and_the_latest(stage: Stage) -> None:
    nearest = await play(stage, Asked(PAGE, "20190102120000"))
    assert (nearest.verdict.answer, nearest.served) == (Answer.SUBSTITUTE, CaptureRef(STAMP, PAGE))
    assert nearest.targets == tuple(f"/web/{at}id_/{PAGE}" for at in ("20190102120000", STAMP))
    latest = await play(stage, Asked(f"{SITE}/list/a.html", None))
    assert latest.verdict.answer is Answer.MEMENTO
    assert latest.served == CaptureRef("20210101000000", f"{SITE}/list/a.html")


async def test_a_listed_capture_has_a_window(stage: Stage) -> None:
    within = await play(stage, Asked(PAGE, "20190101120000", DAY))
    assert within.verdict.answer is Answer.SUBSTITUTE
    outside = await play(stage, Asked(PAGE, "20190103000000", DAY))
    assert outside.verdict.answer is Answer.UNPLAYABLE


@pytest.mark.parametrize("fault", [None, "path-only Location", "schemeless Location"])
async def test_an_archived_redirect_is_followed_inside(stage: Stage, fault: str | None) -> None:
    if fault:
        stage.faults.script(fault, url=MOVED)
    playback = await play(stage, Asked(MOVED, STAMP))
    assert playback.verdict.answer is Answer.ARCHIVED_REDIRECT
    assert (playback.served, playback.body) == (CaptureRef(STAMP, PAGE), BODY)


async def test_a_live_location_is_looked_up_never_followed(stage: Stage) -> None:
    live = page(
        301,
        "text/html",
        "",
        ("location", PAGE),
        ("memento-datetime", "Tue, 01 Jan 2019 00:00:00 GMT"),
    )
    stage.faults.script(live, url=MOVED)
    playback = await play(stage, Asked(MOVED, STAMP))
    assert playback.verdict.answer is Answer.ARCHIVED_REDIRECT
    assert (playback.served, playback.body) == (CaptureRef(STAMP, PAGE), BODY)
    assert stage.targets == [f"/web/{STAMP}id_/{MOVED}", f"/web/{STAMP}id_/{PAGE}"]


@pytest.mark.parametrize("fault", ["redirect loop", "redirect to the live host"])
async def test_a_loop_ends(stage: Stage, fault: str) -> None:
    stage.faults.script(fault)
    playback = await play(stage, Asked(PAGE, STAMP))
    assert playback.verdict.answer is Answer.ARCHIVED_REDIRECT
    assert "loop" in playback.verdict.why
    assert playback.body is None
    assert len(stage.targets) <= 6


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("https://www.example.com/", "another site"),
        ("http://169.254.169.254/latest/", "another site"),
        ("http://127.0.0.1:22/", "another site"),
        ("http://[::1]/", "another site"),
        ("http://www.mofcom.gov.cn@evil.com/", "another site"),
        ("javascript:alert(1)", "out of the archive"),
        ("ftp://www.mofcom.gov.cn/a", "out of the archive"),
    ],
)
async def test_where_an_archived_redirect_may_not_lead(
    stage: Stage, location: str, why: str
) -> None:
    moved = (("location", location), ("memento-datetime", "Tue, 01 Jan 2019 00:00:00 GMT"))
    stage.faults.script(page(302, "text/html", "", *moved))
    playback = await play(stage, Asked(PAGE, STAMP))
    assert playback.verdict.answer is Answer.ARCHIVED_REDIRECT
    assert why in playback.verdict.why
    assert len(stage.targets) == 1


async def test_a_redirect_of_the_archive_itself_that_leads_out_is_not_followed(
    stage: Stage,
) -> None:
    stage.faults.script(page(302, "text/plain", "", ("location", PAGE)))
    playback = await play(stage, Asked(PAGE, STAMP))
    assert playback.verdict.answer is Answer.TRANSIENT
    assert f"sent out of the archive, to {PAGE}" in playback.verdict.why
    assert len(stage.targets) == 1


async def test_more_than_five_redirects(tmp_path: Path) -> None:
    chain = [
        Capture(f"{SITE}/{n}", STAMP, b"", status=301, headers=(("Location", f"/{n + 1}"),))
        for n in range(9)
    ]
    with staged(tmp_path, *chain) as stage:
        playback = await play(stage, Asked(f"{SITE}/0", STAMP))
        assert "more than 5 redirects" in playback.verdict.why
        assert len(stage.targets) == 6


async def test_a_redirect_to_what_was_never_archived(tmp_path: Path) -> None:
    gone = Capture(MOVED, STAMP, b"", status=301, headers=(("Location", "/gone"),))
    with staged(tmp_path, gone) as stage:
        playback = await play(stage, Asked(MOVED, STAMP))
    assert playback.verdict.answer is Answer.ARCHIVED_REDIRECT
    assert "never archived" in playback.verdict.why


@pytest.mark.parametrize("fault", ["false gzip", "unasked gzip", "unasked brotli", None])
async def test_content_codings_are_undone(stage: Stage, fault: str | None) -> None:
    if fault:
        stage.faults.script(fault)
    playback = await play(stage, Asked(PAGE, STAMP))
    assert (playback.verdict.answer, playback.body) == (Answer.MEMENTO, BODY)


async def test_what_is_too_large_has_no_body(stage: Stage) -> None:
    playback = await play(stage, Asked(PAGE, STAMP), limit=50)
    assert playback.verdict.answer is Answer.MEMENTO
    assert playback.body is None
    assert playback.oversize == "more than 50 bytes"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("truncated", Answer.TRUNCATED),
        ("reset", Answer.TRANSIENT),
        ("empty", Answer.TRUNCATED),
        ("503", Answer.TRANSIENT),
        ("504", Answer.TRANSIENT),
        ("excluded", Answer.EXCLUDED),
    ],
)
async def test_faults_end_in_their_class(stage: Stage, fault: str, expected: Answer) -> None:
    stage.faults.script(fault)
    assert (await play(stage, Asked(PAGE, STAMP))).verdict.answer is expected


@pytest.mark.parametrize("status", [403, 404, 412, 429, 500, 521])
async def test_an_archived_error_is_a_capture(tmp_path: Path, status: int) -> None:
    with staged(tmp_path, Capture(PAGE, STAMP, BODY, status=status)) as stage:
        playback = await play(stage, Asked(PAGE, STAMP, DAY))
    assert (playback.verdict.answer, playback.body) == (Answer.MEMENTO, BODY)
    assert playback.reply
    assert playback.reply.status == status
