"""What Save Page Now 2 says, in the shapes of its documentation and of its clients' reports."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest

from services.fetcher.archive.reply import NoReply, Reply
from services.fetcher.save.shapes import (
    Accepted,
    Account,
    Busy,
    Failed,
    Pending,
    Saved,
    Unclear,
    account,
    account_target,
    job,
    job_target,
    submission,
    submitted,
)

NOW = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
JOB = "spn2-51ef937fdcccbcf485e2d092417ee320a2043b52"
TO_MIDNIGHT = 2 * 3600 + 60


def reply(said: Any, status: int = 200, **headers: str) -> Reply:
    body = said if isinstance(said, str) else json.dumps(said)
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(status, named, body.encode())


def test_what_is_sent() -> None:
    form = parse_qs(submission("http://www.mofcom.gov.cn/a?b=1&c=商", timedelta(days=30)).decode())
    assert form == {
        "url": ["http://www.mofcom.gov.cn/a?b=1&c=商"],
        "if_not_archived_within": ["30d"],
        "skip_first_archive": ["1"],
    }
    assert job_target(JOB) == f"/save/status/{JOB}"
    assert job_target("../../web") == "/save/status/..%2F..%2Fweb"
    assert account_target(NOW) == f"/save/status/user?_t={NOW.timestamp():.0f}"


SUBMITTED: list[tuple[Reply | NoReply, object]] = [
    (reply({"url": "http://example.org/", "job_id": JOB}), Accepted(JOB)),
    (
        reply({"url": "http://example.org/", "job_id": JOB, "message": "The capture will start in ~9 s."}),
        Accepted(JOB),
    ),
    # What `if_not_archived_within` ends in when there is a capture.
    (
        reply({"job_id": None, "message": "The same snapshot had been made 3 hours ago."}),
        Unclear("The same snapshot had been made 3 hours ago."),
    ),
    (
        reply({"status": "error", "status_ext": "error:user-session-limit", "message": "Limit."}),
        Busy(60, "error:user-session-limit: Limit."),
    ),
    (
        reply({"message": "You have already reached the limit of active Save Page Now sessions."}),
        Busy(60, "You have already reached the limit of active Save Page Now sessions."),
    ),
    (
        reply({"message": "You cannot make more than 30,000 captures per day."}),
        Busy(TO_MIDNIGHT, "You cannot make more than 30,000 captures per day."),
    ),
    (
        reply({"status_ext": "error:max-daily-bandwidth", "message": "5GB"}),
        Busy(TO_MIDNIGHT, "error:max-daily-bandwidth: 5GB"),
    ),
    # Of one URL, not of the account.
    (
        reply(
            {
                "status": "error",
                "status_ext": "error:too-many-daily-captures",
                "message": "This URL has been captured 10 times today.",
            }
        ),
        Failed(
            "error:too-many-daily-captures", "This URL has been captured 10 times today.", False
        ),
    ),
    (
        reply({"status": "error", "status_ext": "error:blocked-url", "message": "Blocked."}),
        Failed("error:blocked-url", "Blocked.", True),
    ),
    (reply({}), Failed("refused", "an answer without job and without error", False)),
    (reply({"message": "Log in."}, 401), Busy(3600, "it refuses the keys (status 401)")),
    (reply("<html>", 403), Busy(3600, "it refuses the keys (status 403)")),
    (reply("<h1>429", 429), Busy(60, "429 Too Many Requests")),
    (reply("", 429, retry_after="300"), Busy(300, "429 Too Many Requests")),
    (reply("not here", 404), Busy(3600, "the archive has no Save Page Now (status 404)")),
    (reply("<html>", 502), Unclear("status 502, and no JSON")),
    (reply("[1]"), Unclear("status 200, and no JSON")),
    (reply({"job_id": "a/../b"}), Failed("refused", "an answer without job and without error", False)),
    (NoReply("too slow", "60 s"), Unclear("no answer: 60 s")),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "became"), SUBMITTED)
def test_what_became_of_a_submission(answer: Reply | NoReply, became: object) -> None:
    assert submitted(answer, NOW) == became


JOBS: list[tuple[Reply | NoReply, object]] = [
    (reply({"status": "pending", "job_id": JOB, "resources": []}), Pending()),
    (
        reply(
            {
                "status": "success",
                "job_id": JOB,
                "original_url": "http://brewster.kahle.org/",
                "timestamp": "20180326070330",
                "duration_sec": 6.203,
                "resources": ["http://brewster.kahle.org/"],
                "outlinks": {},
            }
        ),
        Saved("20180326070330", "http://brewster.kahle.org/"),
    ),
    (
        reply(
            {
                "status": "error",
                "exception": "[Errno -2] Name or service not known",
                "status_ext": "error:invalid-host-resolution",
                "job_id": JOB,
                "message": "Couldn't resolve host for http://example5123.com.",
                "resources": [],
            }
        ),
        Failed(
            "error:invalid-host-resolution", "Couldn't resolve host for http://example5123.com.", False
        ),
    ),
    (
        reply({"status": "error", "status_ext": "error:filesize-limit"}),
        Failed("error:filesize-limit", "error:filesize-limit", True),
    ),
    (
        reply({"status": "success", "timestamp": "2018", "original_url": "http://x/"}),
        Unclear("the job is not known any more (status 200)"),
    ),
    (reply({"message": "no such job"}, 404), Unclear("the job is not known any more (status 404)")),
    (reply("", 429), Busy(60, "429 Too Many Requests")),
    (reply("<html>", 503), Pending()),
    (reply("<html>"), Pending()),
    (NoReply("broken", "reset"), Pending()),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "stands"), JOBS)
def test_how_a_job_stands(answer: Reply | NoReply, stands: object) -> None:
    assert job(answer, NOW) == stands


@pytest.mark.parametrize(
    ("answer", "limits"),
    [
        (reply({"available": 12, "processing": 3}), Account(12, None)),
        (
            reply({"available": 8, "daily_captures": 10199, "daily_captures_limit": 10000, "processing": 0}),
            Account(8, 0),
        ),
        (reply({"available": True, "daily_captures": "7"}), Account(None, None)),
        (reply({}, 401), Busy(3600, "it refuses the keys (status 401)")),
        (reply("<html>"), Busy(60, "status 200, and no JSON")),
        (NoReply("too slow", "60 s"), Busy(60, "no answer: 60 s")),
    ],
)  # fmt: skip
def test_the_accounts_limits(answer: Reply | NoReply, limits: object) -> None:
    assert account(answer, NOW) == limits
