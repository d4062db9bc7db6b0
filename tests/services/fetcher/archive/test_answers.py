"""Classification of the archive's answers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.archive.answers import (
    EMPTY_DIGEST,
    Asked,
    classify,
    is_failure,
    is_late,
    is_unavailable,
    retry_after,
)
from services.fetcher.archive.replay import CaptureRef
from services.fetcher.archive.reply import Ending, NoReply, Reply
from shared.events import Answer

URL = "http://www.mofcom.gov.cn/a.html"
WHEN = "20230111174105"
HERE = CaptureRef(WHEN, URL)
DAY = timedelta(hours=24)
GIVEN = Asked(URL, WHEN)
LISTED = Asked(URL, WHEN, DAY, "MGIGF4GRGGF5GKV6VNCBAXOE3OR5BTZC")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def memento(
    status: int = 200,
    moment: str = "Wed, 11 Jan 2023 17:41:05 GMT",
    original: str = URL,
    body: bytes = b"<html>",
    ending: Ending = "whole",
    **headers: str,
) -> Reply:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    links = ("link", f'<{original}>; rel="original"')
    return Reply(status, (("memento-datetime", moment), links, *named), body, ending)


def page(status: int, text: str, **headers: str) -> Reply:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(status, named, text.encode())


def answer(reply: Reply | NoReply, asked: Asked = GIVEN, redirected: bool = False) -> Answer:
    head = b"" if isinstance(reply, NoReply) else reply.body
    return classify(reply, head, asked, HERE, redirected).answer


@pytest.mark.parametrize("status", [200, 203, 304, 400, 403, 404, 412, 429, 500, 503, 521])
@pytest.mark.parametrize("asked", [GIVEN, LISTED])
def test_what_has_a_memento_datetime_is_a_capture_whatever_its_status(
    status: int, asked: Asked
) -> None:
    assert answer(memento(status), asked) is Answer.MEMENTO


@pytest.mark.parametrize(
    ("asked", "moment", "original", "expected"),
    [
        (Asked(URL, None), "Wed, 11 Jan 2023 17:41:05 GMT", URL, Answer.MEMENTO),
        (Asked(URL, "2023"), "Wed, 11 Jan 2023 17:41:05 GMT", URL, Answer.MEMENTO),
        (Asked(URL, "2022"), "Wed, 11 Jan 2023 17:41:05 GMT", URL, Answer.SUBSTITUTE),
        (Asked(URL, "20230113054024"), "Wed, 11 Jan 2023 17:41:05 GMT", URL, Answer.SUBSTITUTE),
        (GIVEN, "Wed, 11 Jan 2023 17:41:05 GMT", URL.replace("http:", "https:"), Answer.MEMENTO),
        (GIVEN, "Wed, 11 Jan 2023 17:41:05 GMT", "http://b.mofcom.gov.cn/", Answer.SUBSTITUTE),
        (LISTED, "Wed, 11 Jan 2023 17:41:05 GMT", URL.replace("p:", "ps:"), Answer.SUBSTITUTE),
        (LISTED, "Thu, 12 Jan 2023 17:41:05 GMT", URL, Answer.SUBSTITUTE),
        (LISTED, "Thu, 12 Jan 2023 17:41:06 GMT", URL, Answer.UNPLAYABLE),
        (LISTED, "Tue, 10 Jan 2023 17:41:04 GMT", URL, Answer.UNPLAYABLE),
    ],
)
def test_another_capture_than_the_asked_one(
    asked: Asked, moment: str, original: str, expected: Answer
) -> None:
    assert answer(memento(moment=moment, original=original), asked) is expected


@pytest.mark.parametrize("ending", ["short", "broken", "too slow", "too large"])
def test_a_redirect_is_one_whatever_became_of_its_body(ending: Ending) -> None:
    moved = memento(301, ending=ending, location="/web/x")
    assert answer(moved) is Answer.ARCHIVED_REDIRECT


def test_archived_redirects() -> None:
    assert answer(memento(301, location="/web/x")) is Answer.ARCHIVED_REDIRECT
    assert answer(memento(), redirected=True) is Answer.ARCHIVED_REDIRECT
    assert answer(memento(moment="Thu, 11 Jan 2024 17:41:05 GMT"), redirected=True) is (
        Answer.ARCHIVED_REDIRECT
    )
    viewed = "<p>Got an HTTP 302 response at crawl time</p><p>Impatient?</p>"
    assert answer(page(200, viewed)) is Answer.ARCHIVED_REDIRECT


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("short", Answer.TRUNCATED),
        ("broken", Answer.TRANSIENT),
        ("too slow", Answer.TRANSIENT),
        ("too large", Answer.MEMENTO),
    ],
)
def test_a_body_that_breaks_off(ending: Ending, expected: Answer) -> None:
    assert answer(memento(ending=ending)) is expected
    assert answer(Reply(200, (), b"", ending)) is Answer.TRANSIENT


@pytest.mark.parametrize(
    ("asked", "length", "expected"),
    [
        (GIVEN, "12", Answer.TRUNCATED),
        (LISTED, "12", Answer.TRUNCATED),
        (GIVEN, "0", Answer.MEMENTO),
        (Asked(URL, WHEN, DAY, EMPTY_DIGEST), "12", Answer.MEMENTO),
    ],
)
def test_no_bytes_are_a_capture_only_when_something_says_so(
    asked: Asked, length: str, expected: Answer
) -> None:
    assert answer(memento(body=b"", x_archive_orig_content_length=length), asked) is expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (page(429, "<h1>429 Too Many Requests</h1>"), Answer.THROTTLED),
        (NoReply("refused", "ConnectError"), Answer.THROTTLED),
        (NoReply("broken", "ReadError"), Answer.TRANSIENT),
        (NoReply("too slow", "ReadTimeout"), Answer.TRANSIENT),
        (page(200, "<h1>Internet Archive: Temporarily Offline</h1>"), Answer.OUTAGE),
        (page(503, "<title>Internet Archive: Temporarily Offline</title>"), Answer.OUTAGE),
        (page(503, "<h1>503 Service Unavailable</h1> No server is available"), Answer.TRANSIENT),
        (page(504, ""), Answer.TRANSIENT),
        (page(502, ""), Answer.TRANSIENT),
        (page(200, "This URL has been excluded from the Wayback Machine."), Answer.EXCLUDED),
        (page(403, "AdministrativeAccessControlException: Blocked Site Error"), Answer.EXCLUDED),
        (
            page(403, "", x_archive_wayback_runtime_error="x.AdministrativeAccessControlException"),
            Answer.EXCLUDED,
        ),
        (page(200, "x.RobotAccessControlException: Blocked By Robots\n"), Answer.ROBOTS),
        (page(404, "The Wayback Machine has not archived that URL."), Answer.NEVER_ARCHIVED),
        (page(404, "<html>", x_ts="404"), Answer.NEVER_ARCHIVED),
        (page(404, "<b>http://x</b> could not be found in this collection"), Answer.NEVER_ARCHIVED),
        # Somebody else's 404 (a proxy's, a wrong MOFCOM_ARCHIVE_URL) says nothing of captures.
        (page(404, "<h1>404 Not Found</h1><hr>nginx"), Answer.TRANSIENT),
        (page(200, "<html>who knows</html>"), Answer.TRANSIENT),
        (page(403, "Forbidden"), Answer.TRANSIENT),
        (page(200, "", memento_datetime="not a date"), Answer.TRANSIENT),
    ],
)
def test_answers_of_the_archive_itself(reply: Reply | NoReply, expected: Answer) -> None:
    assert answer(reply) is expected
    assert answer(reply, LISTED) is expected


def test_an_archived_page_about_throttling_or_outage_is_a_page() -> None:
    for text in ("Temporarily Offline", "429 Too Many Requests", "Blocked By Robots"):
        reply = memento(429, body=text.encode())
        assert answer(reply) is Answer.MEMENTO
        assert not is_unavailable(classify(reply, text.encode(), GIVEN, HERE))
        assert not failed(reply)
        assert not is_late(reply)


def failed(reply: Reply | NoReply) -> bool:
    head = b"" if isinstance(reply, NoReply) else reply.body
    return is_failure(reply, classify(reply, head, GIVEN, HERE))


def test_failures_are_answers_that_the_archive_does_not_give() -> None:
    assert failed(NoReply("broken", ""))
    assert failed(page(503, ""))
    assert failed(page(403, "403 Forbidden"))
    assert failed(page(200, "Access to this site is blocked"))
    assert failed(page(404, ""))
    assert not failed(page(404, "The Wayback Machine has not archived that URL."))
    assert not failed(page(403, "This URL has been excluded from the Wayback Machine."))
    assert is_late(NoReply("too slow", ""))
    assert is_late(page(504, ""))
    assert not is_late(memento(504))
    assert not is_late(NoReply("refused", ""))


def test_what_another_says_is_quoted_without_its_markup() -> None:
    said = "<html><head><title>Blocked</title><style>p {}</style></head><body><h1>Access\n denied"
    why = classify(page(200, said), said.encode(), GIVEN, HERE).why
    assert why == "status 200 without Memento-Datetime: 'Blocked Access denied'"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 23 Nov 2026 12:01:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(page(429, "", retry_after=value), NOW) == seconds
    assert retry_after(page(429, ""), NOW) is None
    assert retry_after(NoReply("refused", ""), NOW) is None


@given(
    st.integers(100, 599),
    st.dictionaries(
        st.sampled_from(
            ["memento-datetime", "link", "location", "x-archive-wayback-runtime-error", "x-ts"]
        ),
        st.sampled_from(["Wed, 11 Jan 2023 17:41:05 GMT", "404", "/web/1/x"]) | st.text(max_size=9),
    ),
    st.binary(max_size=60),
    st.sampled_from(["whole", "short", "broken", "too slow", "too large"]),
    st.sampled_from([GIVEN, LISTED, Asked(URL, None), Asked(URL, "20000800241623", DAY)]),
)
def test_every_answer_has_a_class_and_only_a_capture_counts_as_one(
    status: int, headers: dict[str, str], body: bytes, ending: Ending, asked: Asked
) -> None:
    reply = Reply(status, tuple(headers.items()), body, ending)
    verdict = classify(reply, body, asked, HERE)
    assert verdict.why
    if "GMT" not in headers.get("memento-datetime", ""):
        assert verdict.answer not in (Answer.MEMENTO, Answer.SUBSTITUTE, Answer.TRUNCATED)
