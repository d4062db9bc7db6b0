"""Content codings, claimed and real."""

import gzip
import os
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.archive.bodies import BodyTooLarge, CorruptBody, decode_content

PAGE = "<html>商务部</html>".encode() * 20
LIMIT = 1024 * 1024


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@given(st.binary(max_size=3000), st.sampled_from(sorted(ENCODERS)))
def test_what_was_encoded_is_decoded(data: bytes, coding: str) -> None:
    coded = ENCODERS[coding](data)
    assert decode_content(coded, coding, "text/html", LIMIT).body == data


@pytest.mark.parametrize(
    ("body", "claimed", "codings"),
    [
        (gzip.compress(PAGE), "gzip", ("gzip",)),
        (gzip.compress(PAGE), ", gzip", ("gzip",)),
        (gzip.compress(PAGE), "", ("gzip",)),
        (gzip.compress(PAGE), "identity", ("gzip",)),
        (gzip.compress(PAGE), "br", ("gzip",)),
        (gzip.compress(PAGE), "x-gzip", ("gzip",)),
        (gzip.compress(gzip.compress(PAGE)), "gzip, gzip", ("gzip", "gzip")),
        (gzip.compress(brotli.compress(PAGE)), "br, gzip", ("gzip", "br")),
        (gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), "gzip", ("gzip",)),
        (gzip.compress(PAGE) + b"\0\0", "gzip", ("gzip",)),
        (raw_deflate(PAGE), "deflate", ("deflate",)),
        (zstandard.compress(PAGE[:9]) + zstandard.compress(PAGE[9:]), "", ("zstd",)),
        (PAGE, "gzip", ()),
        (PAGE, "br", ()),
        (PAGE, "deflate", ()),
        (PAGE, "utf-8", ()),
        (PAGE, "", ()),
    ],
    # gzip holds the time: its bytes are no name for a test.
    ids=lambda value: "body" if isinstance(value, bytes) else None,
)
def test_headers_lie_in_both_directions(
    body: bytes, claimed: str, codings: tuple[str, ...]
) -> None:
    decoded = decode_content(body, claimed, "text/html; charset=utf-8", LIMIT)
    assert (decoded.body, decoded.codings) == (PAGE, codings)


def test_a_file_that_is_meant_to_be_gzip_stays_so() -> None:
    file = gzip.compress(PAGE)
    assert decode_content(file, "", "application/gzip", LIMIT).body == file
    assert decode_content(gzip.compress(file), "gzip", "application/gzip", LIMIT).body == file


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_coding_that_breaks_off_is_no_page(coding: str) -> None:
    coded = ENCODERS[coding](os.urandom(5000))
    with pytest.raises(CorruptBody, match=coding):
        decode_content(coded[:-1000], coding, "text/html", LIMIT)


@pytest.mark.parametrize("coding", sorted(ENCODERS))
def test_a_bomb_is_stopped_at_the_limit(coding: str) -> None:
    bomb = ENCODERS[coding](bytes(64 * 1024 * 1024))
    tracemalloc.start()
    with pytest.raises(BodyTooLarge):
        decode_content(bomb, coding, "text/html", LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * 1024 * 1024


@given(st.binary(max_size=300), st.text(max_size=12))
def test_any_bytes_under_any_header_are_read_or_named_broken(body: bytes, claimed: str) -> None:
    try:
        decoded = decode_content(body, claimed, "text/html", LIMIT)
    except (CorruptBody, BodyTooLarge):
        return
    assert decoded.codings or decoded.body == body
