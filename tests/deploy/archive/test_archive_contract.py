"""The bundled archive against recorded answers of web.archive.org."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from deploy.local.archive.answer import Answer
from deploy.local.archive.captures import FIELDS, Capture, Captures
from deploy.local.archive.cdx import search
from deploy.local.archive.replay import replay
from testing.archive.recordings import Exchange, recorded

EDGI = "edgi-wayback/"
ARCHIVE = "https://web.archive.org"
# Headers of the service's machinery (load balancing, limits, page policy), which no client reads.
MACHINERY = {
    "connection",
    "content-encoding",
    "content-security-policy",
    "date",
    "server",
    "server-timing",
    "transfer-encoding",
    "x-app-server",
    "x-archive-screenname",
    "x-cache-key",
    "x-location",
    "x-page-cache",
}


def listed(row: list[str]) -> Capture:
    """A capture that CDX lists as this row; its bytes are not known, so the digest is set."""
    fields = dict(zip(FIELDS, row, strict=True))
    capture = Capture(
        fields["original"],
        fields["timestamp"],
        b"",
        status=int(fields["statuscode"]) if fields["statuscode"] != "-" else 200,
        headers=(("Content-Type", fields["mimetype"]),),
        length=int(fields["length"]),
        revisit=fields["mimetype"] == "warc/revisit",
    )
    vars(capture)["digest"] = fields["digest"]
    return capture


def text_rows(exchange: Exchange) -> list[list[str]]:
    rows = exchange.body.decode().partition("\n\n")[0]
    return [line.split(" ") for line in rows.splitlines()]


def same_query(exchange: Exchange, rows: list[list[str]]) -> Answer:
    query = parse_qsl(urlsplit(exchange.url).query)
    return search(query, Captures(listed(row) for row in rows))


def played(exchange: Exchange, *captures: Capture) -> Answer:
    asked = exchange.url.removeprefix(f"{ARCHIVE}/web/")
    assert asked != exchange.url
    return replay(asked, Captures(captures), ARCHIVE)


def test_a_page_of_text_with_its_resume_key_is_the_recorded_one() -> None:
    exchange = recorded(EDGI + "docs/tutorial.yaml")[0]
    found = same_query(exchange, text_rows(exchange))
    assert found.body == exchange.body
    assert found.header("content-type") == exchange.headers["content-type"]


@pytest.mark.parametrize(
    "name",
    [
        "test_search_does_not_repeat_results",
        "test_search_with_filter_list",
        "test_search_with_filter",
    ],
)
def test_rows_are_in_the_recorded_order(name: str) -> None:
    exchange = recorded(f"{EDGI}{name}.yaml")[0]
    rows = text_rows(exchange)
    found = same_query(exchange, rows)
    assert text_rows(Exchange("", 200, {}, found.body)) == rows


def test_the_page_behind_a_full_last_page_is_empty() -> None:
    *_, last = recorded(EDGI + "test_search_multipage.yaml")
    before, _ = recorded(EDGI + "test_search_multipage.yaml")[-2:]
    assert last.body == b""
    rows = text_rows(before)
    query = [("url", "cnn.com"), ("limit", str(len(rows))), ("showResumeKey", "true")]
    captures = Captures(listed(row) for row in rows)
    key = search(query, captures).body.decode().splitlines()[-1]
    assert search([*query, ("resumeKey", key)], captures).body == b""


@pytest.mark.parametrize("name", ["test_multi_ia.jsonl", "test_warc_prefix_2.jsonl"])
def test_json_is_the_recorded_text(name: str) -> None:
    exchange = recorded(f"cdx_toolkit/{name}")[0]
    found = same_query(exchange, json.loads(exchange.body)[1:])
    assert found.body == exchange.body
    assert found.header("content-type") == exchange.headers["content-type"]


@pytest.mark.parametrize(
    "name",
    [
        "test_get_memento_with_date_datetime",
        "test_get_memento_with_inexact_string_datetime",
        "test_get_memento_target_window",
        "test_get_memento_should_fail_for_non_playbackable_mementos",
    ],
)
def test_the_nearest_capture_is_a_redirect_with_the_recorded_headers(name: str) -> None:
    exchange = recorded(f"{EDGI}{name}.yaml")[0]
    served = exchange.headers["location"].removeprefix(f"{ARCHIVE}/web/")
    timestamp, _, original = served.partition("id_/")
    found = played(exchange, Capture(original, timestamp, b"page"))
    assert (found.status, found.body) == (exchange.status, exchange.body)
    assert dict(found.headers) == {
        name: value
        for name, value in exchange.headers.items()
        if name not in MACHINERY | {"x-na", "x-nid", "x-rl", "x-tr"}
        and name not in ("permissions-policy", "referrer-policy")
    }


@pytest.mark.parametrize(
    "name", ["test_get_memento_with_string_datetime", "test_get_memento_with_archive_url"]
)
def test_a_memento_has_the_recorded_headers(name: str) -> None:
    exchange = recorded(f"{EDGI}{name}.yaml")[0]
    mementos = _mementos(exchange.headers["link"])
    site = tuple(
        (header.removeprefix("x-archive-orig-"), value)
        for header, value in exchange.headers.items()
        if header.startswith("x-archive-orig-")
    )
    source = exchange.headers["x-archive-src"]
    headers = (("content-type", exchange.headers["content-type"]), *site)
    found = played(
        exchange,
        *(Capture(url, ts, exchange.body, headers=headers, source=source) for ts, url in mementos),
    )
    assert (found.status, found.body) == (200, exchange.body)
    assert dict(found.headers) == {
        name: value for name, value in exchange.headers.items() if name not in MACHINERY
    }


def _mementos(link: str) -> list[tuple[str, str]]:
    """(timestamp, original) of the captures that a recorded Link header names."""
    targets = [part.split(">")[0] for part in link.split("<") if "memento" in part]
    found = (t.removeprefix(f"{ARCHIVE}/web/").partition("/") for t in targets)
    return sorted({(timestamp, url) for timestamp, _, url in found})


def test_an_archived_redirect_leads_where_the_recorded_one_does() -> None:
    exchange = recorded(EDGI + "test_get_memento_follows_historical_redirects.yaml")[1]
    location = exchange.headers["location"]
    live = location.partition("id_/")[2]
    found = played(
        exchange,
        Capture(
            "https://www.epa.gov/climatechange",
            "20200201023757",
            exchange.body,
            status=301,
            headers=(("Content-Type", exchange.headers["content-type"]), ("Location", live)),
        ),
    )
    assert (found.status, found.body) == (301, exchange.body)
    assert found.header("location") == location
    assert found.header("memento-datetime") == exchange.headers["memento-datetime"]


def test_an_archived_redirect_in_view_mode_is_the_recorded_kind_of_page() -> None:
    exchange = recorded(EDGI + "test_get_memento_with_redirect_in_view_mode.yaml")[0]
    asked = exchange.url.partition("/web/20201027215555/")[2]
    moved = (("Location", "/ostp/about/student/faqs"),)
    found = played(exchange, Capture(asked, "20201027215555", b"", status=301, headers=moved))
    assert found.status == exchange.status == 200
    for header in ("content-type", "memento-datetime", "link", "x-ts"):
        assert found.header(header) == exchange.headers.get(header)
    for part in (
        b"Got an HTTP 301 response at crawl time",
        b"21:55:55 October 27, 2020",
        b'<p class="code shift target">/ostp/about/student/faqs</p>',
        b'<a href="/web/20201027215555/https://www.whitehouse.gov/ostp/about/student/faqs">',
    ):
        assert part in exchange.body
        assert part in found.body


def test_what_was_never_archived_has_the_recorded_shape() -> None:
    exchange = recorded(EDGI + "test_get_memento_raises_no_memento_error.yaml")[0]
    found = played(exchange)
    assert found.status == exchange.status == 404
    for header in ("content-type", "memento-datetime", "link", "x-ts"):
        assert found.header(header) == exchange.headers.get(header)
    for part in (b"<title>Wayback Machine</title>", b"has not archived that URL."):
        assert part in exchange.body
        assert part in found.body


def test_the_same_page_under_another_address_is_served_as_recorded() -> None:
    exchange = recorded(EDGI + "test_get_memento_returns_memento_with_accurate_url.yaml")[0]
    original = exchange.headers["link"].partition(">")[0].removeprefix("<")
    assert original not in exchange.url
    found = played(exchange, Capture(original, "20171124143728", b"page"))
    assert found.status == 200
    assert (found.header("link") or "").startswith(f'<{original}>; rel="original"')
