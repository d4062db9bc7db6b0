"""Heads of answers as old servers wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.archive.heads import end_of_head, mend

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\nmemento-datetime: x\r\n"


def with_line(line: bytes) -> bytes:
    return OK + line + b"\r\n\r\n"


@pytest.mark.parametrize(
    "line",
    [
        b"x-a: b",
        b"x-a:",
        b"x-a:\t b\t",
        b'content-disposition: attachment; filename="' + "公告".encode("gbk") + b'"',
    ],
)
def test_what_is_well_formed_stays_as_it_is(line: bytes) -> None:
    assert mend(with_line(line)) == with_line(line)


@pytest.mark.parametrize(
    "line",
    [
        b"x powered by: asp.net",
        b"x-archive-orig-(null): 1",
        "x-archive-orig-服务器: 1".encode(),
        b": 1",
        b"no colon",
        b"x-long: " + b"x" * 200_000,
        b"content-length: 3",
    ],
)
def test_malformed_headers_are_dropped_and_the_connection_is_closed(line: bytes) -> None:
    head, blank = mend(with_line(line)).split(b"connection: close")
    assert blank == b"\r\n\r\n"
    assert sorted(head.splitlines()) == sorted(OK.splitlines())


@pytest.mark.parametrize(
    ("line", "repaired"),
    [
        (b"x-a: a\0b", b"x-a: a b"),
        (b"x-a: a\rb", b"x-a: a b"),
        (b"x-a: a\r\n b", b"x-a: a b"),
        (b"x-a : b", b"x-a: b"),
        (b"set-cookie: a=\x01\x02b", b"set-cookie: a=  b"),
    ],
)
def test_what_can_be_repaired_is(line: bytes, repaired: bytes) -> None:
    assert repaired in mend(with_line(line)).split(b"\r\n")


def test_lines_may_end_with_a_line_feed_alone() -> None:
    assert mend(with_line(b"a: 1").replace(b"\r\n", b"\n")).startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_length_beside_a_transfer_coding_is_dropped_and_two_lengths_stay() -> None:
    coded = mend(with_line(b"transfer-encoding: chunked"))
    assert b"content-length" not in coded
    coded = mend(with_line(b"transfer-encoding: chunked\r\ncontent-length: 5"))
    assert b"content-length" not in coded
    assert mend(with_line(b"content-length: 5")).count(b"content-length") == 2


def test_a_repaired_head_has_one_connection_header() -> None:
    head = mend(with_line(b"no colon\r\nConnection: keep-alive")).lower()
    assert head.count(b"connection:") == 1


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=6))
def test_any_repaired_head_is_well_formed(lines: list[bytes]) -> None:
    head = b"\r\n".join([b"HTTP/1.1 200 OK", *lines, b"", b""])
    repaired = mend(head)
    assert end_of_head(repaired) == len(repaired)
    assert mend(repaired) == repaired


def test_where_the_body_begins() -> None:
    assert end_of_head(OK) is None
    assert end_of_head(OK + b"\r\n" + b"abc") == len(OK) + 2
    assert end_of_head(b"HTTP/1.1 200 OK\n\nabc") == 17
