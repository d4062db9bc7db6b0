"""Doubts that come from the capture: what is dated later cannot be right, what was cut is not whole."""

from datetime import datetime

from shared.chinese.dates import BEIJING
from shared.identity import moment
from shared.notice import Notice

# What the missing digits of a short timestamp are: the archive's latest capture of that time.
_LATEST = "99991231235959"


def doubt_later_dates(notice: Notice, timestamp: str) -> Notice:
    """The notice with a warning for a date of issue or publication later than its capture.

    `timestamp` is the archive's, 1 to 14 digits in UTC. One that is no time doubts nothing.
    """
    captured = _instant(timestamp)
    if captured is None:
        return notice
    warnings = []
    if notice.issued_on is not None and notice.issued_on > captured.astimezone(BEIJING).date():
        warnings.append(f"issued_on: later than the capture of {timestamp}")
    if notice.published_at is not None and notice.published_at > captured:
        warnings.append(f"published_at: later than the capture of {timestamp}")
    if not warnings:
        return notice
    return notice.model_copy(update={"warnings": (*notice.warnings, *warnings)})


def doubt_cut_text(notice: Notice, size: int, declared_size: int) -> Notice:
    """The notice with a warning that only `size` bytes of its page were captured."""
    warning = f"body_text: the capture was cut, {size} of {declared_size} bytes are there"
    return notice.model_copy(update={"warnings": (*notice.warnings, warning)})


def _instant(timestamp: str) -> datetime | None:
    digits = timestamp + _LATEST[len(timestamp) :]
    # A short timestamp may end in a month without a 31st.
    for day in ("", "30", "29", "28"):
        text = digits[:6] + day + digits[8:] if day and len(timestamp) < 8 else digits
        try:
            return moment(text)
        except ValueError:
            continue
    return None
