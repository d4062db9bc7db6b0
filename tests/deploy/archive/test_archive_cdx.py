"""CDX search over a handful of captures."""

import base64
import json
import zlib
from urllib.parse import parse_qsl

import pytest

from deploy.local.archive.captures import Capture, Captures
from deploy.local.archive.cdx import search

PAGE = "http://www.mofcom.gov.cn/article/a.shtml"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def stored() -> Captures:
    return Captures(
        [
            Capture(PAGE, "20180101000000", b"one", length=300),
            Capture(PAGE, "20190101000000", b"one", length=301),
            Capture(PAGE, "20200101000000", b"two", length=302),
            Capture(PAGE, "20200101000000", b"one", revisit=True, length=90),
            Capture("https://mofcom.gov.cn/article/b.shtml", "20190601000000", b"", status=404),
            Capture("http://www.mofcom.gov.cn/article2/c.shtml", "20190601000000", b"c"),
            Capture("http://trb.mofcom.gov.cn/", "20190601000000", b"d", headers=()),
            Capture("http://www.mofcom2.gov.cn/", "20190601000000", b"e"),
        ]
    )


def asked(query: str) -> list[str]:
    found = search(parse_qsl(query), stored())
    assert found.status == 200, found.body
    assert found.header("content-type") == "text/plain"
    return found.body.decode().splitlines()


def timestamps(query: str) -> list[str]:
    return asked(f"{query}&fl=timestamp")


def test_a_row_has_the_seven_public_fields() -> None:
    (row,) = asked(f"url={PAGE}&to=2018")
    assert row == (
        "cn,gov,mofcom)/article/a.shtml 20180101000000 http://www.mofcom.gov.cn/article/a.shtml"
        " text/html 200 7YC3ZXG4JEUACJ4BUXY2FJ34XNJZRYIG 300"
    )


def test_a_revisit_and_a_bare_answer_have_no_status_and_no_type() -> None:
    rows = asked("url=mofcom.gov.cn&matchType=domain&fl=original,mimetype,statuscode,length")
    assert f"{PAGE} warc/revisit - 90" in rows
    assert "http://trb.mofcom.gov.cn/ unk 200 -" in rows


def test_exact_finds_every_form_of_the_address() -> None:
    assert len(asked("url=https://MOFCOM.gov.cn:443/article/a.shtml")) == 4


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("url=www.mofcom.gov.cn/article/*", 5),
        ("url=www.mofcom.gov.cn/article*", 6),
        ("url=www.mofcom.gov.cn/article/&matchType=prefix", 5),
        ("url=www.mofcom.gov.cn&matchType=host", 6),
        ("url=mofcom.gov.cn&matchType=domain", 7),
        ("url=*.mofcom.gov.cn", 7),
        ("url=trb.mofcom.gov.cn&matchType=domain", 1),
        ("url=http://www.mofcom.gov.cn/article/", 0),
    ],
)
def test_scope(query: str, count: int) -> None:
    assert len(asked(query)) == count


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=2019", ["20190101000000", "20200101000000", "20200101000000"]),
        ("to=2018", ["20180101000000"]),
        ("from=20190101000000&to=201901", ["20190101000000"]),
        ("limit=1", ["20180101000000"]),
        ("limit=-1", ["20200101000000"]),
        ("collapse=timestamp:3", ["20180101000000", "20200101000000"]),
        ("collapse=digest", ["20180101000000", "20200101000000", "20200101000000"]),
    ],
)
def test_narrowing(query: str, expected: list[str]) -> None:
    assert timestamps(f"url={PAGE}&{query}") == expected


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("filter=statuscode:200", 5),
        ("filter=statuscode:20", 0),  # the whole field must match
        ("filter=!statuscode:200", 2),
        ("filter=mimetype:text/.*&filter=statuscode:[45]..", 1),
        ("filter=~original:shtml", 6),
        ("filter=!~original:shtml", 1),
        ("filter=.*warc/revisit.*", 1),
    ],
)
def test_filters(filters: str, count: int) -> None:
    assert len(asked(f"url=mofcom.gov.cn&matchType=domain&{filters}")) == count


def test_paging_ends_with_an_empty_page_when_the_last_one_was_full() -> None:
    query = f"url={PAGE}&fl=timestamp&limit=1&showResumeKey=true&filter=mimetype:text/html"
    pages, key = [], ""
    for _ in range(4):
        lines = asked(f"{query}&resumeKey={key}")
        pages.append(lines[:1])
        key = lines[2] if len(lines) == 3 else ""
    assert pages == [["20180101000000"], ["20190101000000"], ["20200101000000"], []]


def test_the_resume_key_is_opaque_but_of_the_new_style() -> None:
    *_, blank, key = asked(f"url={PAGE}&limit=2&showResumeKey=true")
    assert blank == ""
    plain = zlib.decompress(base64.urlsafe_b64decode(key))
    assert plain == b"cn,gov,mofcom)/article/a.shtml 20190101000000"


def test_rows_of_one_second_at_a_page_edge_are_lost() -> None:
    *_, key = asked(f"url={PAGE}&limit=3&showResumeKey=true")
    assert asked(f"url={PAGE}&limit=3&showResumeKey=true&resumeKey={key}") == []


def test_json_has_the_header_first_and_the_key_last() -> None:
    query = f"url={PAGE}&output=json&fl=timestamp,statuscode&limit=1&showResumeKey=true"
    found = search(parse_qsl(query), stored())
    assert found.header("content-type") == "application/json"
    *rows, empty, key = json.loads(found.body)
    assert rows == [["timestamp", "statuscode"], ["20180101000000", "200"]]
    assert empty == []
    assert len(key) == 1
    assert found.body.startswith(b'[["timestamp","statuscode"],\n["20180101000000","200"],\n[],\n[')


def test_nothing_found() -> None:
    assert search([("url", "mofcom.gov.cn/none")], stored()).body == b""
    assert search([("url", "mofcom.gov.cn/none"), ("output", "json")], stored()).body == b"[]\n"


@pytest.mark.parametrize(
    "query",
    [
        "limit=5",
        "url=http://",
        f"url={PAGE}&limit=many",
        f"url={PAGE}&matchType=near",
        f"url={PAGE}&from=yesterday",
        f"url={PAGE}&from=2020&to=2019",
        f"url={PAGE}&fl=title",
        f"url={PAGE}&filter=statuscode:[",
        f"url={PAGE}&filter=title:x",
        f"url={PAGE}&collapse=title",
        f"url={PAGE}&collapse=timestamp:x",
        f"url={PAGE}&resumeKey=com%2Ccnn%29",
    ],
)
def test_a_wrong_parameter_is_refused_in_plain_text(query: str) -> None:
    refused = search(parse_qsl(query), stored())
    assert refused.status == 400
    assert refused.header("content-type") == "text/plain"
    assert refused.body.count(b"\n") == 1
