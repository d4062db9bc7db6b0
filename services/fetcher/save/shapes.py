"""What Save Page Now 2 is asked and what it answers (docs/archive.md#save-page-now).

The shapes are those of its public documentation ("Save Page Now 2 Public API Docs",
https://docs.google.com/document/d/1Nsv52MvSjbLb2PCpHlat0gkzw0EvtSgpKHu4mk0MnrA) and what clients
have met besides (overcast07/wayback-machine-spn-scripts, spn.sh).
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from services.fetcher.archive.answers import retry_after
from services.fetcher.archive.reading import read
from services.fetcher.archive.reply import NoReply, Reply

SUBMIT = "/save"

# Enough of an answer: a job names at most 500 links and 500 embedded files.
_BYTES = 4 * 1024 * 1024
_SHORT_SECONDS = 60.0
_REFUSED_SECONDS = 3600.0
# Errors of the account or of the service, not of the page: others would end the same now.
_ACCOUNT = {
    "error:user-session-limit",
    "error:celery",
    "error:cannot-fetch",
    "error:no-browsers-available",
}
_DAY = {"error:max-daily-bandwidth"}
_KEYS = {"error:blocked-client-ip"}
# What is so tomorrow too.
_FINAL = {
    "error:blocked-url",
    "error:invalid-url",
    "error:invalid-url-syntax",
    "error:filesize-limit",
    "error:ftp-access-denied",
}
_OVER_DAY = re.compile(r"captures per day|daily .*limit", re.IGNORECASE)
_TOO_MANY = re.compile(
    r"limit of active|active save page now sessions|cannot start capture", re.IGNORECASE
)
_HAS_IT = re.compile(r"the same snapshot had been made|recent capture", re.IGNORECASE)
_STAMP = re.compile(r"[0-9]{14}")
_JOB = re.compile(r"[0-9A-Za-z-]{1,100}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A capture was begun, or is about to."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A capture is under way."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The capture at which a job ended: its timestamp (14 digits), and its URL behind redirects."""

    timestamp: str
    url: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The page cannot be captured, now or (`final`) at all; `reason` is SPN2's code."""

    reason: str
    detail: str
    final: bool


@dataclass(frozen=True, slots=True)
class Busy:
    """Nothing was begun, and no page can be captured for `seconds`."""

    seconds: float
    why: str


_NO_SERVICE = Busy(_REFUSED_SECONDS, "the archive has no Save Page Now (status 404)")


@dataclass(frozen=True, slots=True)
class Unclear:
    """Whether the page was captured only the archive itself can tell."""

    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """How many captures the account may begin now, and how many today; None where it does not say."""

    available: int | None
    left_today: int | None


def submission(url: str, unless_within: timedelta) -> bytes:
    """The form that asks for a capture of `url`, unless there is one no older than `unless_within`.

    `capture_all` is not set: a firewall's 412 or a 404 would be captured instead of the page, and the
    page would no longer count as missing.
    """
    return urlencode(
        {
            "url": url,
            "if_not_archived_within": f"{unless_within.days}d",
            "skip_first_archive": "1",
        }
    ).encode()


def job_target(job_id: str) -> str:
    """The path that tells how a job stands."""
    return f"/save/status/{quote(job_id, safe='')}"


def account_target(now: datetime) -> str:
    """The path that tells the account's limits; with the time, since answers without are cached."""
    return f"/save/status/user?_t={now.timestamp():.0f}"


def submitted(reply: Reply | NoReply, now: datetime) -> Accepted | Failed | Busy | Unclear:
    """What became of a submission."""
    if isinstance(reply, NoReply):
        return Unclear(f"no answer: {reply.detail}")
    if busy := _busy(reply, now):
        return busy
    if reply.status == 404:
        return _NO_SERVICE
    said = _json(reply)
    if said is None:
        return Unclear(f"status {reply.status}, and no JSON")
    job = said.get("job_id")
    if isinstance(job, str) and _JOB.fullmatch(job):
        return Accepted(job)
    message = _text(said, "message")
    if _HAS_IT.search(message):
        return Unclear(message)
    return _error(_text(said, "status_ext"), message, now)


def job(reply: Reply | NoReply, now: datetime) -> Pending | Saved | Failed | Busy | Unclear:
    """How a job stands."""
    if isinstance(reply, NoReply):
        return Pending()
    if busy := _busy(reply, now):
        return busy
    said = _json(reply)
    if reply.status >= 500 or (said is None and reply.status == 200):
        return Pending()
    match said:
        case {"status": "pending"}:
            return Pending()
        case {"status": "success", "timestamp": str(timestamp), "original_url": str(url)} if (
            _STAMP.fullmatch(timestamp)
        ):
            return Saved(timestamp, url)
        case {"status": "error", "status_ext": str(code)} if code != "error:job-not-found":
            return Failed(code, _text(said, "message") or code, code in _FINAL)
    return Unclear(f"the job is not known any more (status {reply.status})")


def account(reply: Reply | NoReply, now: datetime) -> Account | Busy:
    """The account's limits, of which an answer may name some."""
    if isinstance(reply, NoReply):
        return Busy(_SHORT_SECONDS, f"no answer: {reply.detail}")
    if busy := _busy(reply, now):
        return busy
    if reply.status == 404:
        return _NO_SERVICE
    said = _json(reply)
    if said is None:
        return Busy(_SHORT_SECONDS, f"status {reply.status}, and no JSON")
    used, limit = _number(said, "daily_captures"), _number(said, "daily_captures_limit")
    left = None if used is None or limit is None else max(0, limit - used)
    return Account(_number(said, "available"), left)


def day_over(why: str, now: datetime) -> Busy:
    """Nothing more today: days are those of UTC, and the counters may be late."""
    tomorrow = datetime.combine(now.date(), datetime.min.time(), now.tzinfo) + timedelta(days=1)
    return Busy((tomorrow - now).total_seconds() + _SHORT_SECONDS, why)


def _busy(reply: Reply, now: datetime) -> Busy | None:
    if reply.status in (401, 403):
        return Busy(_REFUSED_SECONDS, f"it refuses the keys (status {reply.status})")
    if reply.status == 429:
        wait = retry_after(reply, now) or _SHORT_SECONDS
        return Busy(max(_SHORT_SECONDS, wait), "429 Too Many Requests")
    return None


def _error(code: str, message: str, now: datetime) -> Failed | Busy:
    why = f"{code}: {message}".strip(": ") or "an answer without job and without error"
    if code in _DAY or _OVER_DAY.search(message):
        return day_over(why, now)
    if code in _KEYS:
        return Busy(_REFUSED_SECONDS, why)
    if code in _ACCOUNT or _TOO_MANY.search(message):
        return Busy(_SHORT_SECONDS, why)
    return Failed(code or "refused", message or why, code in _FINAL)


def _json(reply: Reply) -> dict[str, Any] | None:
    try:
        said = json.loads(read(reply, _BYTES).body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _text(said: dict[str, Any] | None, name: str) -> str:
    value = said.get(name) if said else None
    return value[:500] if isinstance(value, str) else ""


def _number(said: dict[str, Any], name: str) -> int | None:
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
