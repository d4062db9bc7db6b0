"""When digests are due, and what failed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.notifier.due import next_digest, retry_seconds

MOMENTS = st.timedeltas(timedelta(0), timedelta(days=7000)).map(
    lambda since: datetime(2020, 1, 1, tzinfo=UTC) + since
)


@given(MOMENTS)
def test_a_digest_comes_within_its_period_at_eight_in_china(moment: datetime) -> None:
    daily, weekly = next_digest("daily", moment), next_digest("weekly", moment)
    assert daily is not None
    assert weekly is not None
    for due, most in ((daily, timedelta(days=1)), (weekly, timedelta(days=7))):
        assert moment < due <= moment + most
        assert (due.hour, due.minute, due.utcoffset()) == (8, 0, timedelta(hours=8))
    assert weekly.weekday() == 0
    # The one after it is another one.
    assert next_digest("daily", daily) == daily + timedelta(days=1)


def test_what_is_told_at_once_is_never_digested() -> None:
    assert next_digest("at once", datetime.now().astimezone()) is None


def test_attempts_of_a_day_grow_apart_and_stay_few() -> None:
    seconds = [retry_seconds(failures, 5, 3600) for failures in range(1, 10_000)]
    assert seconds == sorted(seconds)
    assert seconds[0] == 5
    assert max(seconds) == 3600
    of_a_day = next(n for n in range(len(seconds)) if sum(seconds[:n]) > 86_400)
    assert 24 < of_a_day < 48
