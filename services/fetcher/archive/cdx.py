"""The archive's CDX index: from a query to its URL, from a page of text to rows.

Text output is requested, since no recording exists of JSON with a resume key. A page is valid only
if every line is: rows are streamed, so an error after the first row arrives as text inside a 200
(docs/archive.md#the-cdx-index).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from shared.events import CdxRow

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")

_TIMESTAMP = re.compile(r"\d{14}")
_STATUS = re.compile(r"\d{3}|-")
_DIGEST = re.compile(r"[A-Z2-7]{32}|-")
_LENGTH = re.compile(r"\d+|-")
_ORIGINAL = re.compile(r"https?://[^/?#]+", re.IGNORECASE)


class NotCdx(ValueError):
    """An answer that is not a valid page of the index; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query to the index: captures of `url`, for a prefix of all URLs that start with it.

    `since` and `until` have 1 to 14 digits, both inclusive; `filters` are the CDX server's own,
    ``field:regex``.
    """

    url: str
    match: Literal["exact", "prefix", "host", "domain"]
    since: str | None = None
    until: str | None = None
    filters: tuple[str, ...] = ("statuscode:200",)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the order received, how many were not captures of a URL, the key of the next page."""

    rows: tuple[CdxRow, ...]
    odd: int
    resume_key: str | None


def target(query: Query, limit: int, resume_key: str | None = None) -> str:
    """Path and query of a page of at most `limit` rows.

    A resume key is opaque and sent back unchanged; ``page=`` is never used, since it omits the
    newest months.
    """
    parameters = [
        ("url", query.url),
        ("matchType", query.match),
        ("fl", ",".join(FIELDS)),
        *(("filter", text) for text in query.filters),
        ("limit", str(limit)),
        ("showResumeKey", "true"),
    ]
    optional = (("from", query.since), ("to", query.until), ("resumeKey", resume_key))
    parameters += [(name, value) for name, value in optional if value]
    return f"/cdx/search/cdx?{urlencode(parameters, quote_via=quote)}"


def parse(text: str) -> Page:
    """Parse a page of the index.

    Originals that are not http URLs (crawlers met ``mailto:`` and ``data:``) are counted and
    skipped. Raises NotCdx if anything else is wrong with it.
    """
    # Only \n ends a line: an original may contain other separators.
    text = text.removesuffix("\n")
    lines = text.split("\n") if text else []
    resume_key = None
    if len(lines) >= 2 and lines[-2] == "" and lines[-1] and " " not in lines[-1]:
        resume_key = lines[-1]
        lines = lines[:-2]
    read = [_row(line) for line in lines]
    rows = tuple(row for row in read if row is not None)
    return Page(rows, len(read) - len(rows), resume_key)


def _row(line: str) -> CdxRow | None:
    """A row; None for a capture whose original is not an http URL."""
    parts = line.split(" ")
    if len(parts) != len(FIELDS) or not _valid(parts):
        raise NotCdx(f"not a line of the index: {line[:200]!r}")
    if not _ORIGINAL.match(parts[2]):
        return None
    values: dict[str, str | None] = {
        name: None if value == "-" and name in ("statuscode", "digest", "length") else value
        for name, value in zip(FIELDS, parts, strict=True)
    }
    return CdxRow.model_validate(values)


def _valid(parts: Sequence[str]) -> bool:
    urlkey, timestamp, _, _, status, digest, length = parts
    return bool(
        urlkey
        and _TIMESTAMP.fullmatch(timestamp)
        and _STATUS.fullmatch(status)
        and _DIGEST.fullmatch(digest)
        and _LENGTH.fullmatch(length)
    )
