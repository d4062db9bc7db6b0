"""The header Retry-After: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_to_wait(value: str, now: datetime) -> float | None:
    """The seconds that it asks for from `now` on, in which it may be a number or a date; None if it is neither.

    >>> seconds_to_wait("120", datetime.now(UTC))
    120.0
    """
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value).astimezone(UTC) - now).total_seconds())
    except (ValueError, OverflowError):
        return None
