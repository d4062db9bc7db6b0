"""What is due, and in which order."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.fetcher.store.listings import Past
from services.fetcher.watch.slices import Slice, due, first_day, live_since, quarters
from services.fetcher.watch.watch_list import Watched
from testing.fetcher.stage import settings

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
A, B = Watched("http://www.mofcom.gov.cn/a/", "prefix"), Watched("http://x.mofcom.gov.cn/", "host")


def asked(folder: Path, past: dict[str, Past], now: datetime = NOW, **changed: Any) -> list[Slice]:
    return list(due([A, B], past, now, settings(folder, **changed)))


def answered(slices: list[Slice], at: datetime) -> dict[str, Past]:
    return {each.name: Past(at, None) for each in slices}


@pytest.mark.parametrize(
    ("since", "day"),
    [
        ("all", date(1996, 1, 1)),
        ("90d", date(2026, 8, 25)),
        ("1y", date(2025, 11, 23)),
        ("99y", date(1996, 1, 1)),
        ("2000", date(2000, 1, 1)),
        ("202002", date(2020, 2, 1)),
        ("20210231", date(2021, 2, 28)),
        (" 2020-02-03 ", date(2020, 2, 3)),
        ("ALL", date(1996, 1, 1)),
    ],
)
def test_how_far_back(tmp_path: Path, since: str, day: date) -> None:
    assert first_day(settings(tmp_path, watch_since=since).watch_since, NOW.date()) == day


@pytest.mark.parametrize("wrong", ["", "1", "year", "1m", "2020-1-1", "20201301", "1899"])
def test_a_wrong_setting_stops_the_service(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValidationError, match="write 90d, 2y, 2024, 202405, 20240531 or all"):
        settings(tmp_path, watch_since=wrong)


def test_an_overlap_below_seven_days_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        settings(tmp_path, watch_overlap_days=6)


@given(st.dates(date(1996, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_quarters_cover_every_day_from_the_newest_back(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    spans = list(quarters(first, last))
    assert spans[-1][0] == f"{first:%Y%m%d}"
    assert spans[0][1] >= f"{last:%Y%m%d}"
    for (since, _), (_, until) in pairwise(spans):
        after = datetime.strptime(until, "%Y%m%d").replace(tzinfo=UTC) + timedelta(days=1)
        assert f"{after:%Y%m%d}" == since


def test_the_newest_days_are_first_then_the_past_for_all_entries(tmp_path: Path) -> None:
    slices = asked(tmp_path, {}, watch_since="20260801")
    assert [(s.query.url, s.query.match, s.query.since, s.query.until) for s in slices] == [
        (A.url, "prefix", "20261116", None),
        (B.url, "host", "20261116", None),
        (A.url, "prefix", "20261001", "20261231"),
        (B.url, "host", "20261001", "20261231"),
        (A.url, "prefix", "20260801", "20260930"),
        (B.url, "host", "20260801", "20260930"),
    ]
    assert len({s.name for s in slices}) == len(slices)


def test_what_was_answered_is_due_again_later_the_past_more_slowly(tmp_path: Path) -> None:
    past = answered(asked(tmp_path, {}), NOW)
    assert asked(tmp_path, past, NOW + timedelta(hours=23)) == []
    next_day = asked(tmp_path, past, NOW + timedelta(hours=25))
    assert [s.name for s in next_day] == [f"watch new {A.name}", f"watch new {B.name}"]
    assert len(asked(tmp_path, past, NOW + timedelta(days=31))) == len(past)


def test_after_a_long_silence_nothing_falls_between(tmp_path: Path) -> None:
    past = answered(asked(tmp_path, {}), NOW)
    new = asked(tmp_path, past, NOW + timedelta(days=20))[0]
    assert new.query.since == "20261116"


def test_what_was_answered_in_part_waits_a_little_and_is_never_complete(tmp_path: Path) -> None:
    name = f"watch new {A.name}"
    past = answered(asked(tmp_path, {}), NOW) | {name: Past(None, NOW)}
    assert asked(tmp_path, past, NOW + timedelta(minutes=59)) == []
    assert [s.name for s in asked(tmp_path, past, NOW + timedelta(minutes=61))] == [name]


def test_new_is_what_the_overlap_covers(tmp_path: Path) -> None:
    assert live_since(NOW, settings(tmp_path)) == "20261116000000"
