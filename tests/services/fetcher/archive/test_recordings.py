"""The client on recorded answers of web.archive.org."""

from itertools import pairwise

import pytest

from services.fetcher.archive.answers import Asked, Verdict, classify, is_unavailable, redirects
from services.fetcher.archive.cdx import NotCdx, parse
from services.fetcher.archive.replay import (
    CaptureRef,
    is_loop,
    memento_datetime,
    parse_location,
    served,
    target,
)
from services.fetcher.archive.reply import Reply
from shared.events import Answer
from shared.identity import url_key
from testing.archive.recordings import RECORDINGS, Exchange, recorded

ARCHIVE = "https://web.archive.org"
REPLAY = f"{ARCHIVE}/web/"
EDGI = "edgi-wayback/"


def reply_of(exchange: Exchange) -> Reply:
    return Reply(exchange.status, tuple(exchange.headers.items()), exchange.body)


def requested_ref(exchange: Exchange) -> CaptureRef:
    ref = parse_location(exchange.url, REPLAY)
    assert ref
    return ref


def verdict_of(exchange: Exchange, asked: Asked | None = None, redirected: bool = False) -> Verdict:
    ref = requested_ref(exchange)
    asked = asked or Asked(ref.url, ref.timestamp)
    return classify(reply_of(exchange), exchange.body[: 256 * 1024], asked, ref, redirected)


def location_of(exchange: Exchange) -> CaptureRef | None:
    return parse_location(exchange.headers["location"], REPLAY)


@pytest.mark.parametrize(
    "name",
    [
        "docs/tutorial",
        "test_get_memento",
        "test_get_memento_with_cdx_record",
        "test_get_memento_with_mode_string",
        "test_get_memento_with_string_datetime",
    ],
)
def test_plain_captures(name: str) -> None:
    exchange = recorded(f"{EDGI}{name}.yaml")[-1]
    assert verdict_of(exchange).answer is Answer.MEMENTO


def test_the_request_of_a_raw_capture_is_the_recorded_one() -> None:
    exchange = recorded(EDGI + "test_get_memento.yaml")[0]
    assert ARCHIVE + target(requested_ref(exchange), "/web/") == exchange.url


def test_the_nearest_capture_is_a_substitute() -> None:
    first, last = recorded(EDGI + "test_get_memento_target_window.yaml")
    assert redirects(reply_of(first))
    assert verdict_of(first).answer is not Answer.ARCHIVED_REDIRECT
    assert location_of(first) == CaptureRef("20171124151315", "https://www.fws.gov/birds/")
    asked = Asked("https://www.fws.gov/birds/", "20171101000000")
    assert verdict_of(last, asked).answer is Answer.SUBSTITUTE


def test_listed_but_a_neighbour_six_days_away_is_served() -> None:
    (found,) = recorded(EDGI + "test_get_memento_should_fail_for_non_playbackable_mementos.yaml")
    following = location_of(found)
    assert following == CaptureRef("20150503090125", "http://www.fws.gov/birds/")


def test_an_archived_redirect_is_distinguished_from_the_archives_own() -> None:
    name = "test_get_memento_follows_historical_redirects.yaml"
    own, archived, own_again, last = recorded(EDGI + name)
    assert [
        verdict_of(x).answer is Answer.ARCHIVED_REDIRECT for x in (own, archived, own_again)
    ] == [
        False,
        True,
        False,
    ]
    asked = Asked("http://epa.gov/climatechange", "20200201020357")
    assert verdict_of(last, asked, redirected=True).answer is Answer.ARCHIVED_REDIRECT


@pytest.mark.parametrize("form", ["path_based", "schemeless"])
def test_path_only_and_schemeless_locations_lead_to_the_next_recorded_request(form: str) -> None:
    exchanges = recorded(f"{EDGI}test_get_memento_with_{form}_redirects.yaml")
    for exchange, following in pairwise(exchanges):
        assert location_of(exchange) == requested_ref(following)
    assert verdict_of(exchanges[-1]).answer is Answer.MEMENTO
    assert exchanges[-1].status == 404


def test_a_loop_is_seen() -> None:
    name = "test_get_memento_raises_for_mementos_that_redirect_in_a_loop.yaml"
    exchanges = recorded(EDGI + name)
    visited = [requested_ref(exchanges[0])]
    for exchange in exchanges:
        following = location_of(exchange)
        assert following
        visited.append(following)
        if is_loop(visited):
            break
    assert is_loop(visited)
    assert len(visited) <= 6


def test_the_page_of_a_redirect_in_view_mode_is_no_capture() -> None:
    exchange = recorded(EDGI + "test_get_memento_with_redirect_in_view_mode.yaml")[0]
    assert verdict_of(exchange).answer is Answer.ARCHIVED_REDIRECT


def test_excluded_never_archived_and_an_archived_429() -> None:
    (blocked,) = recorded(EDGI + "test_get_memento_raises_blocked_error.yaml")
    assert blocked.status == 200
    assert verdict_of(blocked).answer is Answer.EXCLUDED
    (never,) = recorded(EDGI + "test_get_memento_raises_no_memento_error.yaml")
    assert verdict_of(never).answer is Answer.NEVER_ARCHIVED
    name = "test_get_memento_works_on_archived_rate_limit_responses.yaml"
    archived = next(x for x in recorded(EDGI + name) if x.status == 429)
    assert verdict_of(archived).answer is Answer.MEMENTO
    assert not is_unavailable(verdict_of(archived))


def test_what_was_served_is_read_from_the_headers() -> None:
    name = "test_get_memento_returns_memento_with_accurate_url.yaml"
    exchange = recorded(EDGI + name)[0]
    moment = memento_datetime(exchange.headers["memento-datetime"])
    ref = served(requested_ref(exchange), moment, exchange.headers["link"])
    assert ref == CaptureRef("20171124143728", "https://www.fws.gov/")


@pytest.mark.parametrize(
    ("name", "pages", "rows"),
    [("test_search_multipage", 15, 355), ("test_search_with_date", 3, None)],
)
def test_pages_of_the_index_are_wholly_read(name: str, pages: int, rows: int | None) -> None:
    read = [parse(exchange.body.decode()) for exchange in recorded(f"{EDGI}{name}.yaml")]
    assert len(read) == pages
    assert all(page.resume_key for page in read[:-1])
    assert read[-1].resume_key is None
    assert sum(page.odd for page in read) == 0
    if rows is None:
        assert sum(len(page.rows) for page in read) > 2000
    else:
        # The last page is empty, although the one before had a key.
        assert len(read[-1].rows) == 0


def test_the_new_backends_page_and_key() -> None:
    page = parse(recorded(EDGI + "docs/tutorial.yaml")[0].body.decode())
    assert len(page.rows) == 1000
    assert page.resume_key == "eJxLzy_TyUssTtTUVzAyMDAxsDQwNTA3NTe0BABfMwZl"


@pytest.mark.parametrize(
    ("name", "odd"),
    [("malformed_cdx", 1), ("bad_timestamp_cdx", 0), ("zero_length_cdx", 0)],
)
def test_known_oddities_are_counted_not_fatal(name: str, odd: int) -> None:
    path = RECORDINGS / EDGI / "test_files" / f"{name}.txt"
    if not path.is_file():
        pytest.skip("the archive's recordings are not beside this checkout")
    page = parse(path.read_text())
    assert (page.odd, len(page.rows) > 0) == (odd, True)


def test_an_excluded_site_in_the_index() -> None:
    (exchange,) = recorded(EDGI + "test_search_raises_for_blocked_urls.yaml")
    verdict = classify(reply_of(exchange), exchange.body, Asked("x", None), CaptureRef("1", "x"))
    assert verdict.answer is Answer.EXCLUDED
    with pytest.raises(NotCdx):
        parse(exchange.body.decode())


def test_our_url_key_is_the_archives_on_every_recorded_row() -> None:
    names = ["docs/tutorial", "test_search_does_not_repeat_results", "test_search_with_date"]
    for name in names:
        for exchange in recorded(f"{EDGI}{name}.yaml"):
            if "/cdx/" in exchange.url:
                for row in parse(exchange.body.decode()).rows:
                    assert url_key(row.original) == row.urlkey
