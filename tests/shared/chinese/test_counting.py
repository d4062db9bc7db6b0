"""How bodies count their documents."""

from datetime import date

import pytest

from shared.chinese.counting import congress_in, congress_on, counting_of


@pytest.mark.parametrize(
    ("day", "congress"),
    [
        (date(1982, 12, 4), None),
        (date(1994, 5, 12), 8),
        (date(1998, 3, 15), 8),
        (date(1998, 3, 16), 9),
        (date(2003, 8, 27), 10),
        (date(2025, 12, 27), 14),
        (date(2027, 12, 31), 14),
        (date(2028, 6, 1), None),
    ],
)
def test_congress_on_a_day(day: date, congress: int | None) -> None:
    assert congress_on(day) == congress


def test_the_year_of_an_election_tells_no_congress() -> None:
    assert [congress_in(year) for year in (2002, 2003, 2004)] == [9, None, 10]


@pytest.mark.parametrize(
    ("issuer", "kind", "counting"),
    [
        ("商务部", "令", "by year"),
        ("国务院", "令", "continuous"),
        ("国家主席", "令", "by congress"),
        ("发展改革委", "令", "unknown"),
        ("国务院", "公告", "by year"),
        (None, None, "by year"),
    ],
)
def test_counting(issuer: str | None, kind: str | None, counting: str) -> None:
    assert counting_of(issuer, kind) == counting
