"""Listings: paging, halving, and what is never listed twice."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.archive.cdx import Page, Query
from services.fetcher.archive.listing import Cursor, Range, advance, begin, halve
from shared.events import CdxRow

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUERY = Query("http://www.mofcom.gov.cn/a", "prefix")


def row(path: str, timestamp: str = "20230111174105", scheme: str = "http") -> CdxRow:
    original = f"{scheme}://www.mofcom.gov.cn/{path}"
    return CdxRow(urlkey=f"cn,gov,mofcom)/{path}", timestamp=timestamp, original=original)


def listed(cursor: Cursor, *pages: Page, most: int = 100) -> tuple[Cursor, list[CdxRow]]:
    found: list[CdxRow] = []
    for page in pages:
        cursor, rows = advance(cursor, page, most)
        found += rows
    return cursor, found


def test_a_query_without_dates_reaches_from_the_archives_beginning_to_tomorrow() -> None:
    assert begin(QUERY, NOW).ranges == (Range("19960101000000", "20261124120000"),)


def test_a_short_timestamp_covers_all_that_begins_with_it() -> None:
    year = begin(replace(QUERY, since="2024", until="2024"), NOW)
    assert year.ranges == (Range("20240101000000", "20241231235959"),)
    february = begin(replace(QUERY, since="202402", until="202402"), NOW)
    assert february.ranges == (Range("20240201000000", "20240229235959"),)


def test_pages_follow_the_key_also_past_an_empty_page() -> None:
    cursor, found = listed(
        begin(QUERY, NOW), Page((row("a"),), 1, "k1"), Page((), 0, "k2"), Page((row("b"),), 0, None)
    )
    assert found == [row("a"), row("b")]
    assert (cursor.partial, cursor.odd, cursor.rows) == (None, 1, 2)
    # The second at which the first page ended is left.
    assert [(r.since, r.until, r.edge) for r in cursor.ranges] == [
        ("20230111174105", "20230111174105", True)
    ]
    cursor, found = listed(cursor, Page((row("a"), row("b")), 0, None))
    assert (found, cursor.ended, cursor.rows) == ([], True, 2)


def test_a_repeated_key_ends_the_listing_as_partial() -> None:
    cursor, found = listed(
        begin(QUERY, NOW), Page((row("a"),), 0, "k1"), Page((row("b"),), 0, "k2"), Page((), 0, "k1")
    )
    assert (cursor.ended, len(found)) == (True, 2)
    assert cursor.partial
    assert "twice" in cursor.partial


def test_more_pages_than_allowed_are_partial_too() -> None:
    cursor, _ = listed(begin(QUERY, NOW), Page((), 0, "k1"), Page((), 0, "k2"), most=2)
    assert cursor.partial == "more than 2 pages"


def test_repeated_rows_are_listed_once() -> None:
    same_second = [row("a"), row("a"), row("a", scheme="https"), row("a")]
    _, found = listed(
        begin(QUERY, NOW), Page(tuple(same_second), 0, "k"), Page((row("a"), row("b")), 0, None)
    )
    assert found == [row("a"), row("a", scheme="https"), row("b")]


def test_what_a_key_loses_of_a_second_is_listed_once() -> None:
    both = row("a"), row("a", scheme="https")
    cursor, found = listed(begin(QUERY, NOW), Page(both[:1], 0, "k"), Page((row("b"),), 0, None))
    cursor, more = listed(cursor, Page((*both, row("b")), 0, None))
    assert [*found, *more] == [row("a"), row("b"), row("a", scheme="https")]
    assert cursor.ended


def test_a_key_that_loses_nothing_doubles_nothing() -> None:
    both = row("a"), row("a", scheme="https")
    cursor, found = listed(begin(QUERY, NOW), Page(both[:1], 0, "k"), Page(both[1:], 0, None))
    cursor, more = listed(cursor, Page(both, 0, None))
    assert [*found, *more] == list(both)
    assert cursor.ended


def test_rows_out_of_order_are_listed_all_the_same() -> None:
    stamps = [f"2023011117410{n}" for n in range(10)]
    rows = tuple(row("a", stamp) for stamp in [*stamps[7:], *stamps[:7]])
    cursor, found = listed(begin(QUERY, NOW), Page(rows, 0, None))
    assert (sorted(r.timestamp for r in found), cursor.partial) == (stamps, None)
    cursor, found = listed(begin(QUERY, NOW), Page(rows[:5], 0, "k"), Page(rows[5:], 0, None))
    assert sorted(r.timestamp for r in found) == stamps


def test_a_page_that_begins_before_the_last_one_is_listed_and_each_of_its_rows_once() -> None:
    early, late = (row("a"), row("b")), (row("c"), row("d"))
    _, found = listed(
        begin(QUERY, NOW), Page(late, 0, "k"), Page((early[0], early[0], early[1]), 0, None)
    )
    assert found == [*late, *early]


def test_a_halved_range_of_an_unsorted_index_is_listed_from_its_start() -> None:
    cursor, found = listed(begin(QUERY, NOW), Page((row("b"), row("a")), 0, "k"))
    halved = halve(cursor)
    assert halved
    cursor, more = listed(halved, Page((row("c"), row("a"), row("b")), 0, None))
    assert {*found, *more} == {row("a"), row("b"), row("c")}
    assert cursor.partial is None


def test_where_order_was_relied_on_and_is_not_there_the_listing_is_partial() -> None:
    cursor, _ = listed(begin(QUERY, NOW), Page((row("b"),), 0, "k"))
    halved = halve(cursor)
    assert halved
    cursor, found = listed(halved, Page((row("c"), row("a")), 0, None))
    assert cursor.partial == "the index does not list in order"
    assert set(found) == {row("a"), row("c")}


def test_halving_asks_both_halves_and_misses_no_second() -> None:
    halved = halve(begin(replace(QUERY, since="2024", until="2024"), NOW))
    assert halved
    assert [(r.since, r.until) for r in halved.ranges] == [
        ("20240101000000", "20240701235959"),
        ("20240702000000", "20241231235959"),
    ]


def test_a_halved_range_continues_behind_the_last_row() -> None:
    cursor, found = listed(begin(QUERY, NOW), Page((row("a"), row("b", "20100101000000")), 0, "k"))
    halved = halve(cursor)
    assert halved
    cursor, more = listed(
        halved, Page((row("a"), row("b", "20100101000000"), row("c", "20090101000000")), 0, None)
    )
    assert [*found, *more] == [row("a"), row("b", "20100101000000"), row("c", "20090101000000")]
    assert [r.edge for r in cursor.ranges] == [False, True]


def test_a_range_of_less_than_an_hour_is_not_halved() -> None:
    assert halve(begin(replace(QUERY, since="2024010112", until="2024010112"), NOW)) is None


@given(
    st.sets(st.tuples(st.sampled_from("abcd"), st.integers(2000, 2026))),
    st.integers(0),
)
def test_every_row_is_listed_exactly_once_however_the_pages_fall(
    captures: set[tuple[str, int]], seed: int
) -> None:
    """An archive that fails now and then: each failure halves the range that was asked."""
    chance = Random(seed)
    rows = [row(path, f"{year}0601000000") for path, year in sorted(captures)]
    cursor, found = begin(QUERY, NOW), list[CdxRow]()
    while not cursor.ended:
        if len(cursor.ranges) < 20 and chance.random() < 0.3 and (halved := halve(cursor)):
            cursor = halved
            continue
        now = cursor.ranges[0]
        within = [r for r in rows if now.since <= r.timestamp <= now.until]
        start, size = int(cursor.key or 0), chance.randint(1, 10)
        key = str(start + size) if start + size < len(within) else None
        cursor, new = advance(cursor, Page(tuple(within[start : start + size]), 0, key), 1000)
        found += new
    assert cursor.partial is None
    assert sorted(found, key=str) == sorted(rows, key=str)
