"""The pages of the benchmark, and what is right about each.

Ours are the golden pages of the tests, whose answers were reviewed by hand. Those beside the
checkout are other people's: real pages of 2018-2019, for which the page's own variables give title
and time, and labelled notices set into the site's markup, for which the labels give all three.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from testing.corpus import GOLDEN, SHARED
from testing.markup import page_2018, page_2026, paragraphs

_TEXT_KINDS = frozenset({"notice", "news", "interview", "interpretation", "law"})
_TIME = "2025-01-01 09:00"
_TIME_LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d$")


class Truth(NamedTuple):
    """The labels of a page; None for fields without a label."""

    title: str | None
    published_on: date | None
    text: str | None


class Page(NamedTuple):
    """`truth` is None for pages that are no document: they are timed only."""

    source: str
    name: str
    body: bytes
    url: str
    truth: Truth | None


def pages() -> Iterator[Page]:
    """All pages that are there."""
    yield from _golden()
    yield from _real()
    yield from _labelled()


def _golden() -> Iterator[Page]:
    for file in sorted(GOLDEN.glob("*.html")):
        first, _, body = file.read_bytes().partition(b"\n")
        url = first.decode().removeprefix("<!--").removesuffix("-->").strip()
        expected = json.loads(file.with_suffix(".json").read_text("utf-8"))
        truth = None
        if expected["page_kind"] in _TEXT_KINDS:
            published = expected.get("published_at")
            truth = Truth(
                expected.get("title"),
                datetime.fromisoformat(published).date() if published else None,
                expected.get("body_text"),
            )
        yield Page("golden", file.stem, body, url, truth)


def _real() -> Iterator[Page]:
    for file in sorted((SHARED / "data/pages/www-2018-2019").glob("*.shtml")):
        body = file.read_bytes()
        html = body.decode()
        url = _group(r'<meta content="([^"]+)" name="Url">', html)
        title = _group(r'<h1 id="artitle">([^<]+)</h1>', html)
        published = date.fromisoformat(_group(r'var tm = "(\d{4}-\d\d-\d\d)', html))
        yield Page("2018-2019", file.stem, body, url, Truth(title, published, None))


def _labelled() -> Iterator[Page]:
    file = SHARED / "data/notices/labelled-notices.json"
    for notice in json.loads(file.read_text("utf-8")) if file.exists() else ():
        lines = [line.strip() for line in notice["text"].split("\n")[1:] if line.strip()]
        title = lines.pop(0)
        time = lines.pop(0) if _TIME_LINE.match(lines[0]) else _TIME
        url = notice["gold"]["url"]
        truth = Truth(title, date.fromisoformat(time[:10]), "\n".join(lines))
        body = paragraphs(lines)
        for source, page in (
            ("labelled, 2018 markup", page_2018(title, body, time=time + ":00")),
            ("labelled, 2026 markup", page_2026(title, body, time=time)),
        ):
            yield Page(source, url[-20:], page, url, truth)


def _group(pattern: str, html: str) -> str:
    match = re.search(pattern, html)
    if match is None:
        raise ValueError(f"no {pattern}")
    return match.group(1)
