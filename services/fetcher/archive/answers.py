"""Classifies the archive's answers: one function decides, and the fetcher acts on its verdict alone.

``Memento-Datetime`` decides, not the status: an archived 404 or 429 is a capture like any other,
and a 200 without the header may be an exclusion notice or an outage page (docs/archive.md#mementos).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.fetcher.archive.archive import Archive
from services.fetcher.archive.replay import (
    CaptureRef,
    memento_datetime,
    parse_timestamp,
    served,
)
from services.fetcher.archive.reply import NoReply, Reply
from shared.events import Answer
from shared.identity import url_key
from shared.retry_after import seconds_to_wait

# base32 of the SHA-1 of nothing: a capture that really is empty.
EMPTY_DIGEST = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"

_EXCLUDED = (
    b"this url has been excluded from the wayback machine",
    b"administrativeaccesscontrolexception",
    b"blocked site error",
)
_ROBOTS = (b"robotaccesscontrolexception", b"blocked by robots")
_NEVER = (
    b"has not archived that url",
    b"resourcenotinarchiveexception",
    # pywb's
    b"could not be found in this collection",
)
_OUTAGE = (b"temporarily offline",)
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
# Of an answer that is not the archive's, as much is quoted as tells whose it is.
_QUOTED_FROM, _QUOTED = 4096, 120
_VIEWED_REDIRECT = b"response at crawl time"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the archive.

    `timestamp` has 1 to 14 digits, None for the latest. `window` is how far from it the capture
    served may be, for captures that the index lists; None for an address that a person added, which
    means the nearest capture. `digest` is from the index.
    """

    url: str
    timestamp: str | None
    window: timedelta | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of an answer, and a short reason for logs and outcomes."""

    answer: Answer
    why: str


def classify(
    reply: Reply | NoReply, head: bytes, asked: Asked, at: CaptureRef, redirected: bool = False
) -> Verdict:
    """Classify the archive's answer to a request for `asked`.

    `head` is the beginning of the decoded body, up to 256 kB. `at` is the capture requested last,
    and `redirected` says whether archived redirects led to it.
    """
    if isinstance(reply, NoReply):
        if reply.why == "refused":
            return Verdict(Answer.THROTTLED, f"connection refused: {reply.detail}")
        return Verdict(Answer.TRANSIENT, reply.detail)
    moment = memento_datetime(reply.header("memento-datetime"))
    if moment is None:
        return _without_memento(reply, head)
    if redirects(reply):
        # Its target is in the headers, so its body does not matter.
        return Verdict(Answer.ARCHIVED_REDIRECT, f"archived with status {reply.status}")
    if reply.ending == "short":
        return Verdict(Answer.TRUNCATED, "less than the declared length arrived")
    if reply.ending in ("broken", "too slow"):
        return Verdict(Answer.TRANSIENT, f"the body was {reply.ending}")
    if _lost(reply, asked):
        return Verdict(Answer.TRUNCATED, "no bytes, and nothing says that there were none")
    return _memento(asked, served(at, moment, reply.all("link")), redirected)


def leads_to(target: str, url: str) -> str:
    """Where an archived redirect of a page leads. One to another form of its own address does not mean
    that the page is gone (see notice_copies.first_gone_at), so it is said in other words.

    >>> leads_to("https://www.mofcom.gov.cn/a.html", "http://mofcom.gov.cn/a.html")
    'leads to itself as https://www.mofcom.gov.cn/a.html'
    """
    itself = url_key(target) == url_key(url)
    return f"leads to {'itself as ' if itself else ''}{target[:200]}"


def redirects(reply: Reply) -> bool:
    """Whether an answer is a redirect, of the archive itself or of the captured site."""
    return reply.status in (301, 302, 303, 307, 308) and bool(reply.header("location"))


def judge(
    archive: Archive,
    reply: Reply | NoReply,
    head: bytes,
    asked: Asked,
    at: CaptureRef,
    redirected: bool = False,
) -> Verdict:
    """Classify an answer as `classify` does, by what is known of `archive`: redirects of its own, which name
    another capture, and its own messages.
    """
    if isinstance(reply, Reply) and not is_memento(reply):
        if redirects(reply):
            location = reply.header("location") or ""
            if archive.capture_at(location):
                return Verdict(Answer.SUBSTITUTE, "the archive names another capture")
            return Verdict(Answer.TRANSIENT, f"sent out of the archive, to {location[:200]}")
        if reply.ending == "whole" and (said := archive.says(reply, head, at)):
            return Verdict(said, f"the archive answers {reply.status}")
    return classify(reply, head, asked, at, redirected)


def is_unavailable(verdict: Verdict) -> bool:
    """Whether an answer means that all requests to the archive must pause for a while."""
    return verdict.answer in (Answer.THROTTLED, Answer.OUTAGE)


def is_memento(reply: Reply) -> bool:
    """Whether an answer is a capture, of whatever status."""
    return reply.header("memento-datetime") is not None


def is_failure(reply: Reply | NoReply, verdict: Verdict) -> bool:
    """Whether an answer is none that the archive gives when it works: no answer, a broken body, a page
    that is neither a capture nor one of its own messages (of a proxy, a firewall, a log-in).
    """
    if isinstance(reply, NoReply) or reply.ending == "broken":
        return True
    return verdict.answer is Answer.TRANSIENT and not is_memento(reply)


def is_foreign(reply: Reply | NoReply, verdict: Verdict) -> bool:
    """Whether a failure is a page of something that stands between (a firewall, a proxy, a log-in), since no
    server of the archive's has an error like it; 511 is of RFC 6585, 6.
    """
    if isinstance(reply, NoReply) or reply.ending != "whole" or not is_failure(reply, verdict):
        return False
    return reply.status < 500 or reply.status == 511


def is_late(reply: Reply | NoReply) -> bool:
    """Whether the request timed out, here or at the archive's gateway."""
    if isinstance(reply, NoReply):
        return reply.why == "too slow"
    if is_memento(reply):
        return False
    return reply.status == 504 or reply.ending == "too slow"


def retry_after(reply: Reply | NoReply, now: datetime) -> float | None:
    """The seconds of Retry-After, which may be a number or a date; None without one."""
    value = None if isinstance(reply, NoReply) else reply.header("retry-after")
    return seconds_to_wait(value, now) if value else None


def _lost(reply: Reply, asked: Asked) -> bool:
    """Whether a body is empty that should not be (the archive serves such for a time)."""
    return (
        reply.status == 200
        and reply.ending == "whole"
        and not reply.body
        and asked.digest != EMPTY_DIGEST
        and reply.header("x-archive-orig-content-length") != "0"
    )


def _memento(asked: Asked, got: CaptureRef, redirected: bool) -> Verdict:
    away = _distance(asked.timestamp, got.timestamp)
    if asked.window is not None and away is not None and away > asked.window:
        return Verdict(Answer.UNPLAYABLE, f"listed, but {got.timestamp} was served instead")
    if redirected:
        return Verdict(Answer.ARCHIVED_REDIRECT, f"led to {got.timestamp}/{got.url}")
    same_time = asked.timestamp is None or got.timestamp.startswith(asked.timestamp)
    same_url = got.url == asked.url if asked.window is not None else _same_page(got, asked)
    if same_time and same_url:
        return Verdict(Answer.MEMENTO, "as asked")
    return Verdict(Answer.SUBSTITUTE, f"{got.timestamp}/{got.url} is the nearest")


def _same_page(got: CaptureRef, asked: Asked) -> bool:
    try:
        return url_key(got.url) == url_key(asked.url)
    except ValueError:
        return False


def _distance(asked: str | None, got: str) -> timedelta | None:
    """None if one of the two is not a valid date or has no seconds."""
    if asked is None or asked == got:
        return None
    then, now = parse_timestamp(asked), parse_timestamp(got)
    return abs(now - then) if then and now else None


def _without_memento(reply: Reply, head: bytes) -> Verdict:
    named = (reply.header("x-archive-wayback-runtime-error") or "").lower().encode()
    message = named + b"\n" + head.lower()
    status = reply.status
    if status == 429:
        return Verdict(Answer.THROTTLED, "429 Too Many Requests")
    if any(text in message for text in _OUTAGE):
        return Verdict(Answer.OUTAGE, "the archive says that it is temporarily offline")
    if any(text in message for text in _EXCLUDED):
        return Verdict(Answer.EXCLUDED, "the site is excluded from the archive")
    if any(text in message for text in _ROBOTS):
        return Verdict(Answer.ROBOTS, "the site's robots.txt keeps it from replay")
    if reply.ending != "whole":
        return Verdict(Answer.TRANSIENT, f"an answer of the archive itself, {reply.ending}")
    if status == 404 and (reply.header("x-ts") == "404" or any(text in message for text in _NEVER)):
        return Verdict(Answer.NEVER_ARCHIVED, "the archive has no capture of it")
    if status == 200 and _VIEWED_REDIRECT in message:
        return Verdict(Answer.ARCHIVED_REDIRECT, "shown as a page, not as captured")
    said = _said(head)
    if redirects(reply):
        said = f"to {(reply.header('location') or '')[:200]}"
    return Verdict(
        Answer.TRANSIENT,
        f"status {status} without Memento-Datetime" + (f": {said!r}" if said else ""),
    )


def _said(head: bytes) -> str:
    """The first words of a page, without its markup."""
    text = _MARKUP.sub(b" ", head[:_QUOTED_FROM]).decode("utf-8", "replace")
    return " ".join(text.split())[:_QUOTED]
