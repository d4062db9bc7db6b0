"""Captures out of WARC files."""

import gzip
import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from deploy.local.archive.captures import Capture, Captures, read_warc

PAGE = "http://www.mofcom.gov.cn/a.shtml"


def warc(path: Path, *records: tuple[str, str, list[tuple[str, str]], bytes]) -> Path:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for kind, date, headers, payload in records:
            http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            if kind == "revisit":
                record = writer.create_revisit_record(
                    PAGE, payload.decode(), PAGE, date, http_headers=http
                )
                record.rec_headers.replace_header("WARC-Date", date)
            else:
                record = writer.create_warc_record(
                    PAGE,
                    kind,
                    payload=io.BytesIO(payload),
                    http_headers=http,
                    warc_headers_dict={"WARC-Date": date},
                )
            writer.write_record(record)
    return path


def test_a_response_keeps_its_content_coding_and_loses_its_transfer_coding(tmp_path: Path) -> None:
    packed = gzip.compress(b"page")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    path = warc(tmp_path / "a.warc.gz", ("response", "2018-06-08T01:02:03Z", headers, chunked))
    (capture,) = read_warc(path)
    assert capture.body == packed
    assert capture.timestamp == "20180608010203"
    assert capture.source == "bundled/a.warc.gz"
    assert capture.length is not None
    assert 0 < capture.length <= path.stat().st_size


def test_a_revisit_has_the_bytes_of_the_capture_it_refers_to(tmp_path: Path) -> None:
    digest = Capture(PAGE, "20180101000000", b"page").digest
    captures = read_warc(
        warc(
            tmp_path / "a.warc.gz",
            ("request", "2018-06-08T00:00:00Z", [], b""),
            ("response", "2018-06-08T00:00:00Z", [], b"page"),
            ("revisit", "2019-06-08T00:00:00Z", [], f"sha1:{digest}".encode()),
            ("revisit", "2020-06-08T00:00:00Z", [], b"sha1:AAAA"),
        )
    )
    assert [(c.timestamp, c.revisit, c.body) for c in captures] == [
        ("20180608000000", False, b"page"),
        ("20190608000000", True, b"page"),
    ]


def test_captures_are_sorted_and_added_ones_are_found() -> None:
    captures = Captures(
        [Capture(PAGE, "20190101000000", b""), Capture(PAGE, "20180101000000", b"")]
    )
    captures.add(Capture(PAGE, "20180601000000", b""))
    assert [c.timestamp for c in captures.of("cn,gov,mofcom)/a.shtml")] == [
        "20180101000000",
        "20180601000000",
        "20190101000000",
    ]


def test_the_digest_of_nothing_is_the_archives() -> None:
    assert Capture(PAGE, "20190101000000", b"").digest == "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
