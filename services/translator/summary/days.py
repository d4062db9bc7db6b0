"""The days of a notice: the last one of a term whose end is an instant."""

from datetime import date, datetime, timedelta


def last_day(until: datetime | None) -> date | None:
    """The last day of a term, whose `until` is the first instant behind it."""
    return (until - timedelta(microseconds=1)).date() if until else None
