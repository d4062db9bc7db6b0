"""WARC, ARC and WACZ files: every capture in them, and the reason why a record is none."""

import bz2
import gzip
import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import randbytes
from typing import Any

import pytest
import zstandard

from services.fetcher.adapters.warc import NotWarc, WarcCapture, WarcFile
from shared.events import Answer
from testing.corpus import shared
from testing.fetcher.pages import BODY, PAGE, SITE
from testing.fetcher.warcs import DATE, gzipped, http, record, sha1, sha256

NOW = datetime(2026, 1, 1, tzinfo=UTC)
INFO = record(None, b"software: own\r\n", kind="warcinfo")
ONE = record(PAGE, http(BODY))
LATER = "2019-06-01T00:00:00Z"
HTTP = http(BODY)


def read(data: bytes, limit: int = 10**6) -> tuple[WarcFile, list[WarcCapture]]:
    warc = WarcFile(io.BytesIO(data), limit, NOW)
    return warc, list(warc.captures())


def whole(capture: WarcCapture) -> bool:
    return capture.playback.body == BODY and capture.playback.declared_size is None


# -- files ----------------------------------------------------------------------------------


def arc(version: int) -> bytes:
    more = " 200 - - 0 x.arc" if version == 2 else ""
    head = b"%d 0 Own\nURL IP-address Archive-date Content-type Archive-length\n" % version
    return (
        b"filedesc://x.arc 0.0.0.0 20190101000000 text/plain%s %d\n" % (more.encode(), len(head))
        + head
        + b"\n"
        + f"{PAGE} 10.0.0.1 20190101000000 text/html{more} {len(HTTP)}\n".encode()
        + HTTP
        + b"\n"
    )


def wacz(method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", gzipped(INFO, ONE))
    return file.getvalue()


def zipped_wacz() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one.wacz", wacz())
    return file.getvalue()


def zstd_with_dictionary() -> bytes:
    samples: list[bytes | bytearray | memoryview] = [
        f"WARC/1.1 WARC-Type: response {n} {SITE}/{n * 7}.html".encode() for n in range(900)
    ]
    words = zstandard.train_dictionary(4096, samples)
    content = words.as_bytes()
    frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    compressor = zstandard.ZstdCompressor(dict_data=words)
    return frame + b"".join(map(compressor.compress, (INFO, ONE)))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(INFO + ONE, id="plain"),
        pytest.param(gzipped(INFO, ONE), id="gzip"),
        pytest.param(gzip.compress(INFO + ONE), id="one member"),
        pytest.param(b"\xef\xbb\xbf" + INFO + ONE, id="byte order mark"),
        pytest.param(gzipped(INFO, ONE) + b"\0" * 4096, id="padded"),
        pytest.param((INFO + ONE).replace(b"\r\n\r\nWARC", b"WARC"), id="no blank lines"),
        pytest.param(b"".join(map(zstandard.compress, (INFO, ONE))), id="zstd"),
        pytest.param(zstd_with_dictionary(), id="zstd with a dictionary"),
        pytest.param(wacz(), id="wacz"),
        pytest.param(wacz(zipfile.ZIP_DEFLATED), id="wacz deflated"),
        pytest.param(arc(1), id="arc"),
        pytest.param(arc(2), id="arc 2"),
        pytest.param(gzip.compress(arc(1)), id="arc.gz"),
    ],
)
def test_files_of_every_kind(data: bytes) -> None:
    warc, (capture,) = read(data)
    assert whole(capture)
    assert (capture.row.original, capture.row.timestamp) == (PAGE, "20190101000000")
    assert (warc.records, warc.damage.total()) == (2, 0)


def test_no_archive_says_what_to_give() -> None:
    empty_zip = io.BytesIO()
    zipfile.ZipFile(empty_zip, "w").close()
    for data, why in (
        (b"", "empty"),
        (b"<!DOCTYPE html>", "what is read is"),
        (gzip.compress(b"http://www.mofcom.gov.cn/"), "no WARC"),
        (bz2.compress(ONE), "bzip2 file .* unpack it"),
        (zipped_wacz(), "of WACZ files: unpack it"),
        (empty_zip.getvalue(), "without WARC files"),
        (wacz()[:-30], "damaged"),
    ):
        with pytest.raises(NotWarc, match=why):
            read(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzipped(ONE) + gzip.compress(ONE)[:-30], id="gzip"),
        pytest.param(ONE + ONE[:-80], id="plain"),
        pytest.param(gzip.compress(ONE + record(PAGE, http(randbytes(99))))[:-40], id="one member"),
    ],
)
def test_of_a_file_that_was_cut_the_whole_records_are_read(data: bytes) -> None:
    warc, captures = read(data)
    assert [whole(capture) for capture in captures] == [True]
    assert warc.damage == {"the file ends in the middle of a record": 1}


def test_a_damaged_member_costs_no_other() -> None:
    bad = bytearray(gzip.compress(record(f"{SITE}/bad.html", http(BODY * 50))))
    bad[len(bad) // 2] ^= 0xFF
    last = record(f"{SITE}/last.html", http(BODY))
    warc, captures = read(gzipped(ONE) + bytes(bad) + gzipped(last))
    assert [c.row.original for c in captures] == [PAGE, f"{SITE}/last.html"]
    assert warc.damage.total() == 1


def test_a_record_without_length_costs_no_other() -> None:
    bad = ONE.replace(b"Content-Length", b"X-Length", 1)
    warc, captures = read(bad + record(f"{SITE}/last.html", http(BODY)))
    assert len(captures) == 1
    assert warc.damage.total() == 1


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 5000, "１２"])
def test_a_record_with_an_impossible_length_costs_no_other(length: str) -> None:
    bad = ONE.replace(b"Content-Length: ", b"Content-Length: " + length.encode() + b"x-", 1)
    bad = bad.replace(b"x-", b"\r\nX-", 1)
    warc, captures = read(bad + record(f"{SITE}/last.html", http(BODY)))
    assert (len(captures), warc.damage.total()) == (1, 1)


def test_headers_that_no_database_takes() -> None:
    headers = {"Content-Length": "9" * 5000, "Content-Type": "text/\0html"}
    _, (capture,) = read(record(PAGE, http(BODY, headers=headers)))
    assert whole(capture)
    assert capture.row.mimetype == "text/html"


def test_a_damaged_dictionary_is_no_crash() -> None:
    content = b"\x28\xb5\x2f\xfdnonsense"
    frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    with pytest.raises(NotWarc):
        read(frame + zstandard.compress(b"")[:-3] + b"x")


# -- records --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (record(None, HTTP), "no WARC-Target-URI"),
        (record(PAGE, BODY), "no HTTP response in it"),
        (record(PAGE, HTTP, None), "no date"),
        (record(PAGE, HTTP, "2025-04-31T25:00:00Z"), "no possible date"),
        (record(PAGE, HTTP, "2025-04"), "no possible date"),
        (record(PAGE, HTTP, "2126-01-01T00:00:00Z"), "no possible date"),
        (record(PAGE, HTTP, "0001-01-01T00:00:00+08:00"), "no possible date"),
        (record(PAGE, BODY, kind="conversion"), "a record of the type conversion"),
        (record(PAGE, http(b"", "304 Not Modified")), "status 304, which has no page"),
    ],
)
def test_what_is_no_capture_is_counted_and_costs_no_other(bad: bytes, why: str) -> None:
    good = [record(f"{SITE}/{n}.html", HTTP) for n in range(3)]
    warc, captures = read(gzipped(good[0], bad, *good[1:]))
    assert [whole(capture) for capture in captures] == [True] * 3
    assert warc.passed_over == {why: 1}


@pytest.mark.parametrize(
    ("date", "timestamp"),
    [
        ("2025-04-01", "20250401000000"),
        ("2025-04-01T08:00:00+08:00", "20250401000000"),
        ("2025-04-01T08:00:00+0800", "20250401000000"),
        ("2025-04-01T00:00:00.123456Z", "20250401000000"),
        ("2025-04-01T00:00:00.123456789Z", "20250401000000"),
        ("2025-04-01t23:59:59z", "20250401235959"),
        ("2025-04-01T00:00:00", "20250401000000"),
        ("20250401000000", "20250401000000"),
        ("20250401", "20250401000000"),
    ],
)
def test_dates(date: str, timestamp: str) -> None:
    _, (capture,) = read(record(PAGE, HTTP, date))
    assert capture.row.timestamp == timestamp


def test_a_resource_is_a_page() -> None:
    _, (capture,) = read(record(PAGE, BODY, kind="resource", Content_Type="text/html"))
    assert whole(capture)
    assert (capture.row.statuscode, capture.row.mimetype) == ("200", "text/html")


@pytest.mark.parametrize("status", ["404 Not Found", "412 Precondition Failed", "521 "])
def test_errors_are_captures(status: str) -> None:
    _, (capture,) = read(record(PAGE, http(BODY, status)))
    assert whole(capture)
    assert capture.row.statuscode == status[:3]


@pytest.mark.parametrize(
    "block",
    [
        http(BODY, headers={"Transfer-Encoding": "chunked"}),
        http(
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), headers={"Transfer-Encoding": "chunked"}
        ),
        http(BODY, headers={"Content-Encoding": "gzip"}),
        http(gzip.compress(BODY), headers={"Content-Encoding": "gzip"}),
        HTTP.replace(b"HTTP/1.1 200 OK", b"HTTP/2 200"),
        HTTP.replace(b"HTTP/1.1 200 OK", b"HTTP 200 Document follows"),
    ],
)
def test_codings_and_status_lines(block: bytes) -> None:
    block = block.replace(b"Content-Length", b"X-Length")
    _, (capture,) = read(record(PAGE, block))
    assert whole(capture)


def test_a_body_above_the_limit_is_reported() -> None:
    _, (capture,) = read(ONE, limit=40)
    assert (capture.playback.body, capture.playback.oversize) == (None, "more than 40 bytes")
    _, (capture,) = read(record(PAGE, http(b"x" * 10**6)), limit=40)
    assert capture.playback.oversize == "more than 40 bytes"


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (gzipped(record(PAGE, http(BODY, length=len(BODY) + 500))), len(BODY) + 500),
        (gzipped(record(PAGE, HTTP, length=len(HTTP) + 70)), len(BODY) + 70),
        (record(PAGE, HTTP, length=len(HTTP) - 10) + ONE, len(BODY)),
    ],
    ids=["http", "record", "record too short"],
)
def test_a_body_shorter_than_declared_says_so(data: bytes, declared: int) -> None:
    _, captures = read(data)
    assert captures[0].playback.body
    assert BODY.startswith(captures[0].playback.body)
    assert captures[0].playback.declared_size == declared


def test_of_a_part_the_whole_length_is_declared() -> None:
    part = http(BODY, "206 Partial Content", {"Content-Range": f"bytes 0-9/{len(BODY) + 70}"})
    _, (capture,) = read(record(PAGE, part))
    assert (capture.playback.body, capture.playback.declared_size) == (BODY, len(BODY) + 70)


# -- captures of each other -----------------------------------------------------------------


@pytest.mark.parametrize("digest", [sha1(BODY), sha256(BODY), sha256(BODY).upper()])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("declared", [True, False])
def test_revisits_by_digest(digest: str, order: int, declared: bool) -> None:
    fields: dict[str, Any] = {"WARC_Payload_Digest": digest}
    records = [
        record(PAGE, HTTP, **(fields if declared else {})),
        record(PAGE, http(b""), LATER, "revisit", **fields),
        record(f"{SITE}/other.html", b"", LATER, "revisit", **fields),
    ]
    _, captures = read(gzipped(*records[::order]))
    assert all(whole(capture) for capture in captures)
    assert sorted((c.row.original, c.row.timestamp, c.row.statuscode) for c in captures) == sorted(
        [
            (PAGE, "20190101000000", "200"),
            (PAGE, "20190601000000", "200"),
            (f"{SITE}/other.html", "20190601000000", "200"),
        ]
    )
    for capture in captures:
        served = capture.playback.served
        assert served
        assert (served.url, served.timestamp) == (capture.row.original, capture.row.timestamp)


def test_a_revisit_of_another_address_and_a_revisit_of_that() -> None:
    first = record(f"{SITE}/b.html", http(b""), LATER, "revisit", WARC_Refers_To_Target_URI=PAGE,
                   WARC_Refers_To_Date=DATE)  # fmt: skip
    second = record(f"{SITE}/c.html", http(b""), LATER, "revisit",
                    WARC_Refers_To_Target_URI=f"{SITE}/b.html", WARC_Refers_To_Date=LATER)  # fmt: skip
    _, captures = read(gzipped(second, first, ONE))
    assert [whole(capture) for capture in captures] == [True] * 3


def test_revisits_of_another_form_of_the_address_and_by_the_records_id() -> None:
    (name,) = re.findall(rb"WARC-Record-ID: (\S+)", ONE)
    secure = record(PAGE.replace("http:", "https:"), http(b""), LATER, "revisit",
                    WARC_Refers_To_Target_URI=PAGE.replace("http:", "https:"),
                    WARC_Refers_To_Date=DATE)  # fmt: skip
    by_id = record(f"{SITE}/b.html", http(b""), LATER, "revisit", WARC_Refers_To=name.decode())
    _, captures = read(gzipped(secure, by_id, ONE))
    assert [whole(capture) for capture in captures] == [True] * 3


def test_an_address_in_another_charset_is_percent_encoded() -> None:
    gbk = record(f"{SITE}/NAME.html", HTTP).replace(b"NAME", "公告".encode("gbk"))
    utf8 = record(f"{SITE}/é.html", HTTP)
    _, captures = read(gzipped(gbk, utf8))
    urls = [capture.row.original for capture in captures]
    assert urls == [f"{SITE}/%B9%AB%B8%E6.html", f"{SITE}/é.html"]


def test_revisits_without_their_capture_each_end_once() -> None:
    itself = record(PAGE, b"", LATER, "revisit", WARC_Refers_To_Target_URI=PAGE,
                    WARC_Refers_To_Date=LATER)  # fmt: skip
    alone = record(f"{SITE}/a.html", http(b""), kind="revisit", WARC_Payload_Digest=sha256(b"?"))
    _, captures = read(gzipped(itself, alone))
    assert [c.playback.verdict.answer for c in captures] == [Answer.NEVER_ARCHIVED] * 2


def moved(path: str, to: str, date: str = DATE) -> bytes:
    return record(f"{SITE}/{path}", http(b"", "302 Found", {"Location": to}), date)


def test_redirects_lead_to_the_capture_next_in_time() -> None:
    target = record(PAGE, HTTP, "2019-01-01T00:00:02Z")
    _, captures = read(gzipped(moved("m.html", "/x.html"), moved("x.html", PAGE), target))
    assert [c.playback.verdict.answer for c in captures] == [
        Answer.MEMENTO,
        Answer.ARCHIVED_REDIRECT,
        Answer.ARCHIVED_REDIRECT,
    ]
    for capture in captures:
        assert whole(capture)
        assert capture.playback.served == captures[0].playback.served
    last = captures[-1]
    assert (last.row.original, last.row.statuscode) == (f"{SITE}/m.html", "302")
    assert last.playback.verdict.why == f"led to 20190101000002/{PAGE}"


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([moved("m.html", "http://example.org/")], "another site"),
        ([moved("m.html", "http://[broken")], "another site"),
        ([moved("m.html", PAGE)], "no capture of within a day"),
        (
            [moved("m.html", f"{SITE}/m.html".replace("http:", "https:"))],
            "leads to itself as https:",
        ),
        ([moved("m.html", PAGE), record(PAGE, HTTP, LATER)], "no capture of within a day"),
        ([moved("m.html", "/n.html"), moved("n.html", "/m.html")], "no capture of within a day"),
    ],
)
def test_redirects_that_lead_nowhere_say_so(records: list[bytes], why: str) -> None:
    _, captures = read(gzipped(*records))
    ends = [c.playback.verdict for c in captures if c.row.statuscode == "302"]
    assert len(ends) == len([each for each in records if b"302 Found" in each])
    for verdict in ends:
        assert verdict.answer is Answer.ARCHIVED_REDIRECT
        assert why in verdict.why


@pytest.mark.parametrize("seconds", [0, 1, 2])
@pytest.mark.parametrize("order", [1, -1])
def test_a_wall_and_its_page(seconds: int, order: int) -> None:
    wall = record(PAGE, http(b"wall", "412 Precondition Failed"), "2019-01-01T00:00:00.120Z")
    page = record(PAGE, HTTP, f"2019-01-01T00:00:0{seconds}.870Z")
    warc, captures = read(gzipped(*[wall, page][::order]))
    bodies = {c.row.timestamp: c.playback.body for c in captures}
    assert bodies[f"2019010100000{seconds}"] == BODY
    assert len(captures) + warc.passed_over.total() == 2
    assert len(captures) == (1 if seconds == 0 else 2)


# -- pages of web archives ------------------------------------------------------------------


def test_a_page_of_an_archive_is_the_capture_that_it_is() -> None:
    url = f"https://web.archive.org/web/20180501000000id_/{PAGE}"
    headers = {"Memento-Datetime": "Tue, 01 May 2018 00:00:03 GMT"}
    _, (capture,) = read(record(url, http(BODY, headers=headers)))
    assert whole(capture)
    assert (capture.row.original, capture.row.timestamp) == (PAGE, "20180501000003")


def test_a_rewritten_page_is_asked_of_the_archive() -> None:
    page = BODY + b"<!-- FILE ARCHIVED ON 00:00:00 May 01, 2018 -->"
    url = f"https://web.archive.org/web/20180501000000/{PAGE}"
    _, (capture,) = read(record(url, http(page), WARC_Payload_Digest=sha1(page)))
    assert (capture.row.timestamp, capture.row.digest) == ("20180501000000", None)
    assert (capture.playback.verdict.answer, capture.playback.body) == (Answer.TRANSIENT, None)


def test_an_archives_redirect_leads_to_the_capture() -> None:
    base = "https://web.archive.org/web/20180501000000id_/"
    headers = {
        "Memento-Datetime": "Tue, 01 May 2018 00:00:00 GMT",
        "Location": f"/web/20180501000000id_/{PAGE}",
    }
    redirect = record(f"{base}{SITE}/m.html", http(b"", "301 Moved", headers))
    nearby = record(
        f"{base}{SITE}/n.html", http(b"", "302 Found", {"Location": headers["Location"]})
    )
    warc, captures = read(gzipped(redirect, nearby, record(f"{base}{PAGE}", HTTP)))
    assert [whole(capture) for capture in captures] == [True, True]
    assert captures[1].playback.verdict.answer is Answer.ARCHIVED_REDIRECT
    assert warc.passed_over.total() == 1


def test_other_pages_of_an_archive_are_elsewhere() -> None:
    urls = (
        "https://web.archive.org/web/20180501000000/http://example.org/",
        f"https://web.archive.org/cdx/search/cdx?url={PAGE}",
        f"https://web.archive.org/web/2018*/{PAGE}",
    )
    warc, captures = read(gzipped(*(record(url, HTTP) for url in urls)))
    assert (warc.elsewhere, captures) == (3, [])


# -- the cases at hand ----------------------------------------------------------------------

CASES = {
    "w01-one-gzip-member.warc.gz": (2, {}),
    "w02-no-target-uri.warc.gz": (2, {"no WARC-Target-URI": 1}),
    "w03c-chunked-decoded-but-gzip-header.warc.gz": (1, {}),
    "w04c-challenge-then-page-two-seconds.warc.gz": (2, {}),
    "w07-revisit-of-other-url.warc.gz": (3, {}),
    "w07b-revisit-before-response.warc.gz": (2, {}),
    "w08-resource.warc.gz": (1, {"a record of the type conversion": 1}),
    "w12-no-header-block.warc.gz": (1, {"no HTTP response in it": 1}),
    "w16.warc.zst": (1, {}),
    "w17.wacz": (1, {}),
    "w18-odd-dates.warc.gz": (4, {"no possible date": 1}),
    "w24-body-shorter-than-declared.warc.gz": (1, {}),
    "w26-last-member-cut.warc.gz": (1, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_the_cases_at_hand(name: str) -> None:
    path: Path = shared("data/cases/archive/warcs") / name
    warc, captures = read(path.read_bytes())
    assert ([bool(c.playback.body) for c in captures], warc.passed_over) == (
        [True] * CASES[name][0],
        CASES[name][1],
    )
    assert bool(warc.damage) == name.startswith("w26")
    assert any(c.playback.declared_size for c in captures) == name.startswith("w24")


# -- cdx_toolkit ----------------------------------------------------------------------------


def from_wayback(
    day: str | None, *headers: tuple[str, str], timestamp: str = "20190101000000"
) -> bytes:
    """As `cdxt --ia warc` writes a capture of the Wayback Machine: `day` is the site's own Date, and the time of
    copying where it sent none; the archive's headers are kept under X-Archive-, its time in WARC-Source-URI.
    """
    source = f"https://web.archive.org/web/{timestamp}id_/http%3A{PAGE.removeprefix('http:')}"
    kept = {"X-Archive-server": "nginx", "X-Archive-Content-Length": "9999", **dict(headers)}
    block = http(BODY, headers=kept)
    return record(
        PAGE, block, day, WARC_Source_URI=source, WARC_Creation_Date="2025-11-29T10:00:00Z"
    )


MEMENTO = ("X-Archive-memento-datetime", "Tue, 01 Jan 2019 00:00:00 GMT")


@pytest.mark.parametrize("day", ["2018-12-31T23:51:07Z", "2025-11-29T10:00:00Z"])
def test_what_was_copied_from_the_wayback_machine_has_the_archives_time(day: str) -> None:
    _, (capture,) = read(gzipped(INFO, from_wayback(day, MEMENTO)))
    assert (capture.row.timestamp, capture.row.original) == ("20190101000000", PAGE)
    assert whole(capture)
    assert capture.playback.archive == "https://web.archive.org/web/"


def test_what_was_copied_and_is_the_archives_own_message_is_no_capture() -> None:
    warc, captures = read(gzipped(from_wayback(DATE), ONE))
    assert len(captures) == 1
    assert warc.passed_over == {"a web archive's own message or redirect, not a capture": 1}


def test_a_source_of_another_page_gives_no_time() -> None:
    source = f"https://web.archive.org/web/20200101000000id_/{SITE}/another.html"
    _, (capture,) = read(gzipped(record(PAGE, http(BODY), WARC_Source_URI=source)))
    assert capture.row.timestamp == "20190101000000"


def test_what_was_copied_from_common_crawl() -> None:
    """As `cdxt --cc warc` writes it: the crawl's own record, with the place that it was copied from."""
    crawl = (
        "https://data.commoncrawl.org/crawl-data/CC-MAIN-2024-10/segments/1/warc/CC-MAIN-1.warc.gz"
    )
    page = record(
        PAGE,
        http(BODY, headers={"X-Crawl-Content-Encoding": "gzip", "X-Crawl-Content-Length": "5365"}),
        LATER,
        WARC_Identified_Payload_Type="text/html",
        WARC_Payload_Digest=sha1(BODY),
        WARC_Source_URI=crawl,
        WARC_Source_Range="bytes=81614902-81620266",
    )
    cut_url = f"{SITE}/cut.html"
    cut = record(cut_url, http(BODY), LATER, WARC_Truncated="length", WARC_Source_URI=crawl)
    asked = record(PAGE, b"GET / HTTP/1.1\r\n\r\n", LATER, kind="request")
    warc, (whole_page, cut_page) = read(gzipped(INFO, asked, page, cut))
    assert whole(whole_page)
    assert whole_page.row.timestamp == "20190601000000"
    assert whole_page.playback.archive == "https://data.commoncrawl.org"
    assert cut_page.playback.verdict.answer is Answer.TRUNCATED
    assert warc.passed_over == {}
