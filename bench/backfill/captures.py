"""The WARC: the pages of `bench.parse` over and over, each time as another notice."""

import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from bench.parse.pages import pages
from testing.fetcher.warcs import gzipped, http, record, sha1

# 第46号 and 〔2018〕46号
_NUMBER = re.compile(r"(?<=[第〕])\d+(?=号)")
_PARAGRAPH_ENDS = "</p>"


def write_warc(path: Path, captures: int) -> int:
    """As a crawler writes it: gzip by the record, with digests; returns the bytes of all bodies."""
    size = 0
    with path.open("wb") as file:
        for number, page in enumerate(islice(_bodies(), captures)):
            url = f"http://www.mofcom.gov.cn/article/b/made/{number}.shtml"
            day = f"{2020 + number % 6}-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00Z"
            body = _renumbered(page, number)
            size += len(body)
            block = http(body, headers={"Content-Type": "text/html"})
            file.write(gzipped(record(url, block, day, WARC_Payload_Digest=sha1(body))))
    return size


def _bodies() -> Iterator[bytes]:
    return cycle([page.body for page in pages()])


def _renumbered(page: bytes, number: int) -> bytes:
    """The page with another document number and one more paragraph: no copy of another capture."""
    encoding = "utf-8" if "号".encode() in page else "gb18030"
    text = page.decode(encoding, "replace")
    if first := _NUMBER.search(text):
        text = re.sub(rf"(?<!\d){first[0]}(?=号)", f"{1000 + number}", text)
    head, end, tail = text.partition(_PARAGRAPH_ENDS)
    more = f"<p>{1000 + number}</p>" if end else ""
    return f"{head}{end}{more}{tail}".encode(encoding)
