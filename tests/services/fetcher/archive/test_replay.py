"""Addresses of captures, where redirects lead, what was served."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.archive.replay import (
    CaptureRef,
    capture_ref,
    is_loop,
    memento_datetime,
    parse_location,
    redirect_target,
    served,
    target,
)

ARCHIVE = "https://web.archive.org/web/"
URL = "http://www.mofcom.gov.cn/a.html"
HERE = CaptureRef("20230111174105", URL)


def test_a_target_is_the_raw_capture_with_the_encoding_as_given() -> None:
    assert target(HERE, "/web/") == f"/web/20230111174105id_/{URL}"
    odd = CaptureRef("2023", "http://www.mofcom.gov.cn/%E5%95%86%2f?a=%20&b=商#x")
    expected = "/web/2023id_/http://www.mofcom.gov.cn/%E5%95%86%2f?a=%20&b=%E5%95%86%23x"
    assert target(odd, "/web/") == expected


def test_the_latest_is_what_is_nearest_to_the_moment_of_asking() -> None:
    at = datetime(2026, 11, 23, 15, 0, 1, tzinfo=UTC)
    assert capture_ref(URL, None, at) == CaptureRef("20261123150001", URL)
    assert capture_ref(URL, "2023", at) == CaptureRef("2023", URL)


@pytest.mark.parametrize(
    "location",
    [
        f"https://web.archive.org/web/20230111174105id_/{URL}",
        f"http://web.archive.org/web/20230111174105/{URL}",
        f"//web.archive.org/web/20230111174105if_/{URL}",
        f"/web/20230111174105id_/{URL}",
        "/web/20230111174105id_/http:/www.mofcom.gov.cn/a.html",
    ],
)
def test_locations_inside_the_archive(location: str) -> None:
    assert parse_location(location, ARCHIVE) == HERE


@pytest.mark.parametrize(
    "location",
    [
        URL,
        "",
        "/save/http://www.mofcom.gov.cn/a.html",
        "https://web.archive.org/",
        f"https://web.archive.org.evil.com/web/2023id_/{URL}",
        f"https://web.archive.org@evil.com/web/2023id_/{URL}",
        f"https://web.archive.org:444/web/2023id_/{URL}",
        f"https://evil.com/web/20230111174105id_/{URL}",
        "http://[::1",
        "http://169.254.169.254/web/2023id_/http://www.mofcom.gov.cn/",
    ],
)
def test_locations_that_leave_the_archive(location: str) -> None:
    assert parse_location(location, ARCHIVE) is None


def test_the_archive_may_live_below_a_path() -> None:
    assert parse_location(f"/wayback/web/2023id_/{URL}", "http://host/wayback/web/") == CaptureRef(
        "2023", URL
    )


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("http://www.mofcom.gov.cn/b.html", "http://www.mofcom.gov.cn/b.html"),
        ("/b.html", "http://www.mofcom.gov.cn/b.html"),
        ("b.html", "http://www.mofcom.gov.cn/b.html"),
        ("//aqygzj.mofcom.gov.cn/", "http://aqygzj.mofcom.gov.cn/"),
    ],
)
def test_a_live_location_is_looked_up_in_the_archive(location: str, url: str) -> None:
    assert redirect_target(location, HERE) == CaptureRef("20230111174105", url)


@pytest.mark.parametrize(
    "location", ["javascript:alert(1)", "mailto:a@b", "http://[::1", "ftp://a/"]
)
def test_a_redirect_to_no_page_leads_nowhere(location: str) -> None:
    assert redirect_target(location, HERE) is None


@given(st.text(max_size=60))
def test_any_location_is_judged(location: str) -> None:
    for ref in (parse_location(location, ARCHIVE), redirect_target(location, HERE)):
        if ref is not None:
            assert target(ref, "/web/").isascii()


def test_what_was_served_is_what_the_headers_say() -> None:
    links = (
        '<https://www.mofcom.gov.cn/a,b.html>; rel="original", '
        f'<{ARCHIVE}/web/timemap/link/x>; rel="timemap"; type="application/link-format"'
    )
    time = memento_datetime("Wed, 11 Jan 2023 17:41:06 GMT")
    assert served(HERE, time, links) == CaptureRef(
        "20230111174106", "https://www.mofcom.gov.cn/a,b.html"
    )
    assert served(HERE, time, "") == CaptureRef("20230111174106", URL)


def test_an_original_that_is_encoded_once_too_often_is_the_one_asked() -> None:
    asked = CaptureRef("20230111174105", "http://www.mofcom.gov.cn/%E5%95%86")
    links = '<http://www.mofcom.gov.cn/%25E5%2595%2586>; rel="original"'
    assert served(asked, "20230111174105", links) == asked


def test_a_timestamp_that_is_no_date_stays_what_was_asked() -> None:
    odd = CaptureRef("20000800241623", URL)
    assert served(odd, "20000801001623", "") == odd


@pytest.mark.parametrize("value", [None, "", "yesterday", "Wed, 41 Jan 2023 17:41:06 GMT"])
def test_no_valid_memento_datetime_is_none(value: str | None) -> None:
    assert memento_datetime(value) is None


def test_a_spot_visited_before_is_a_loop() -> None:
    other = CaptureRef("20230111174106", URL)
    assert is_loop([HERE, other, HERE])
    assert not is_loop([HERE, other])
