"""Build seeds/demo.warc.gz from the pages and files in seeds/pages: `python -m seeds.make_warc`.

The same pages give the same bytes: dates come from captures.toml, record ids from the content.
"""

import io
import tomllib
import uuid
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGES = Path(__file__).parent / "pages"
WARC = Path(__file__).parent / "demo.warc.gz"

_STATUS = {200: "200 OK", 301: "301 Moved Permanently", 404: "404 Not Found"}


def build(pages: Path = PAGES) -> bytes:
    """The gzipped WARC of all captures in `pages/captures.toml`, in its order.

    Raises FileNotFoundError for a page that is not there, KeyError for a capture without url or
    timestamp, or with a status that the table above does not know.
    """
    captures = tomllib.loads((pages / "captures.toml").read_text(encoding="utf-8"))["capture"]
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for capture in captures:
        body = (pages / capture["file"]).read_bytes() if "file" in capture else b""
        writer.write_record(_record(writer, capture, body))
    return buffer.getvalue()


def _record(writer: WARCWriter, capture: dict[str, Any], body: bytes) -> Any:
    url = capture["url"]
    when = datetime.strptime(capture["timestamp"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    headers = [
        ("Server", "nginx"),
        ("Date", format_datetime(when, usegmt=True)),
        ("Content-Type", capture.get("content_type", "text/html")),
        ("Content-Length", str(len(body))),
    ]
    if "location" in capture:
        headers.append(("Location", capture["location"]))
    content = uuid.uuid5(uuid.NAMESPACE_URL, f"{capture['timestamp']}/{url}/{body.hex()}")
    return writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders(
            _STATUS[capture.get("status", 200)], headers, protocol="HTTP/1.1"
        ),
        warc_headers_dict={
            "WARC-Record-ID": f"<urn:uuid:{content}>",
            "WARC-Date": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
    )


if __name__ == "__main__":
    WARC.write_bytes(build())
    print(f"wrote {WARC}: {WARC.stat().st_size} bytes")
