"""Queries to the index, and its pages."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.archive.cdx import NotCdx, Query, parse, target
from shared.events import CdxRow

LINE = "cn,gov,mofcom)/a 20230111174105 http://www.mofcom.gov.cn/a text/html 200 {} 1811"
DIGEST = "MGIGF4GRGGF5GKV6VNCBAXOE3OR5BTZC"
ROW = CdxRow(
    urlkey="cn,gov,mofcom)/a",
    timestamp="20230111174105",
    original="http://www.mofcom.gov.cn/a",
    mimetype="text/html",
    statuscode="200",
    digest=DIGEST,
    length="1811",
)
GOOD = LINE.format(DIGEST)


def test_a_query_asks_for_text_with_a_key() -> None:
    query = Query("http://www.mofcom.gov.cn/a?b=c&d", "prefix", "2022", "20230101")
    path, _, text = target(query, 1000, "com%2Ccnn%29%2F+2001:").partition("?")
    assert path == "/cdx/search/cdx"
    asked = parse_qs(text)
    assert asked["url"] == ["http://www.mofcom.gov.cn/a?b=c&d"]
    assert (asked["from"], asked["to"], asked["limit"]) == (["2022"], ["20230101"], ["1000"])
    assert (asked["matchType"], asked["filter"]) == (["prefix"], ["statuscode:200|-"])
    # An old key is urlencoded already and goes back encoded again, as any other value.
    assert asked["resumeKey"] == ["com%2Ccnn%29%2F+2001:"]
    assert "%252Ccnn" in text
    assert not {"page", "resolveRevisits", "collapse", "output"} & set(asked)
    assert "resumeKey" not in parse_qs(urlsplit(target(query, 10)).query)


def test_a_page_with_and_without_a_key() -> None:
    assert parse(f"{GOOD}\n").rows == (ROW,)
    page = parse(f"{GOOD}\n{GOOD}\n\neJxLzy_Tyxxx=\n")
    assert (len(page.rows), page.resume_key) == (2, "eJxLzy_Tyxxx=")


def test_an_empty_page_may_have_a_key() -> None:
    assert parse("") == parse("\n")
    assert parse("").resume_key is None
    assert parse("\nkey\n") == parse("\nkey")
    assert parse("\nkey").resume_key == "key"


def test_dashes_are_nothing_and_originals_that_are_no_url_are_counted() -> None:
    revisit = "cn,gov,mofcom)/a 20230111174105 http://www.mofcom.gov.cn/a warc/revisit - - -"
    data = f"x)/ 20200418003811 data:image/jpeg;base64,/9j text/html 200 {DIGEST} 12"
    page = parse(f"{revisit}\n{data}")
    (row,) = page.rows
    assert (row.mimetype, row.statuscode, row.digest, row.length) == ("warc/revisit", *[None] * 3)
    assert page.odd == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{GOOD}\norg.archive.wayback.exception.ConnectTimeoutException: connect timed out\n",
        "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots\n",
        "<html><body><h1>503 Service Unavailable</h1></body></html>",
        f"{GOOD[:40]}\n",
        f"{GOOD}\n{GOOD[:60]}\n",
        GOOD.replace("20230111174105", "2023"),
        "Requested Line is too large",
    ],
)
def test_what_is_no_page_of_the_index_or_breaks_off_is_an_error(text: str) -> None:
    with pytest.raises(NotCdx):
        parse(text)


HEX = "0123456789abcdef"


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        (GOOD.replace("text/html", "text/html, application/x-javascript"), {}),
        (
            GOOD.replace("text/html", "text/html; charset=GB2312"),
            {"mimetype": "text/html; charset=GB2312"},
        ),
        (GOOD.replace(" text/html", ""), {"mimetype": "unk"}),
        (GOOD.replace("text/html", ""), {"mimetype": "unk"}),
        (GOOD.replace(DIGEST, DIGEST.lower()), {}),
        (GOOD.replace(DIGEST, f"{DIGEST}==="), {}),
        (GOOD.replace(DIGEST, HEX * 2), {"digest": None}),
        (GOOD.replace(DIGEST, f"sha256:{HEX * 4}"), {"digest": None}),
        (GOOD.replace(" 1811", " -1"), {"length": None}),
        (GOOD.replace("mofcom)/a", "mofcom)/a b"), {"urlkey": "cn,gov,mofcom)/a b"}),
        (f"{GOOD} 3 20230111174105", {}),
    ],
)
def test_a_row_with_an_odd_field_is_a_row(line: str, changed: dict[str, str | None]) -> None:
    page = parse(f"{GOOD}\n{line}\n{GOOD}\n")
    assert page.rows == (ROW, ROW.model_copy(update=changed), ROW)
    assert page.odd == 0


@pytest.mark.parametrize(
    "line",
    [
        GOOD.replace(" 200 ", " 0 "),
        GOOD.replace(" 200 ", " 1000 "),
        GOOD.replace("20230111174105", "202301111741"),
        GOOD.replace("20230111174105", "20230111174105123"),
        GOOD.replace("http://www.mofcom.gov.cn/a", "http://www.mofcom.gov.cn/a b c d e f"),
        GOOD.replace("http:", "ftp:"),
        f"dns:www.mofcom.gov.cn 20230111174105 dns:www.mofcom.gov.cn text/dns 0 {DIGEST} 1234",
        f"- 20230111174105 - warc/request - {DIGEST} 1234",
        "",
        "BB 1234",
    ],
)
def test_a_row_that_is_not_understood_is_counted_and_the_others_are_read(line: str) -> None:
    page = parse(f"{GOOD}\n{line}\n{GOOD}\n")
    assert (page.rows, page.odd) == ((ROW, ROW), 1)


def test_a_capture_of_something_else_may_be_the_last_row() -> None:
    line = f"dns:www.mofcom.gov.cn 20230111174105 dns:www.mofcom.gov.cn text/dns 0 {DIGEST} 1234"
    page = parse(f"{GOOD}\n{line}\n")
    assert (page.rows, page.odd) == ((ROW,), 1)


def test_lines_may_end_with_a_carriage_return() -> None:
    assert parse(f"{GOOD}\r\n{GOOD}\r\n\r\nkey\r\n") == parse(f"{GOOD}\n{GOOD}\n\nkey\n")


@given(st.text(max_size=200))
def test_any_text_is_a_page_or_an_error(text: str) -> None:
    try:
        page = parse(text)
    except NotCdx:
        return
    assert len(page.rows) + page.odd <= text.count("\n") + 1
