"""The archive's CDX index: from a query to its URL, from a page of text to rows.

Text output is requested, since no recording exists of JSON with a resume key. Rows are streamed, so an
error after the first row arrives as text inside a 200, as the last line (docs/archive.md#the-cdx-index).
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from shared.events import CdxRow
from shared.identity import has_key, is_capture_time

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")

# A row, however odd its fields: the key may hold blanks; the media type too, behind a comma or semicolon
# (``text/html, application/x-javascript``), or be missing; the digest may be of another kind (sha256:…); columns
# of a server's own may follow.
_ROW = re.compile(
    r"(?P<urlkey>\S.*?) (?P<timestamp>\d{14}) (?P<original>\S+)(?: (?P<mimetype>[^\s,;]*(?:[,;].*?)?))??"
    r" (?P<statuscode>\d{3}|-) (?P<digest>\S+) (?P<length>-?\d+|-)(?: \S+)*"
)
_DIGEST = re.compile(r"(?:sha1:)?([A-Z2-7]{32})=*", re.IGNORECASE)
_ORIGINAL = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
# What begins like a row, whatever follows: a capture of something else than a page, or a row that
# cannot be understood.
_ROW_LIKE = re.compile(r"\S.* \d{8,17} ")
_LONGEST_LOOKED_AT = 4096


class NotCdx(ValueError):
    """An answer that is not a valid page of the index; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query to the index: captures of `url`, for a prefix of all URLs that start with it.

    `since` and `until` have 1 to 14 digits, both inclusive. Captures with status 200 are asked for, and
    `revisits`: crawlers store unchanged pages so, without a status of their own.
    """

    url: str
    match: Literal["exact", "prefix", "host", "domain"]
    since: str | None = None
    until: str | None = None
    revisits: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the order received, how many were not captures of a URL, the key of the next page.

    `cut` says that there are more rows, to which no key leads.
    """

    rows: tuple[CdxRow, ...]
    odd: int
    resume_key: str | None
    cut: bool = False


def target(query: Query, limit: int, resume_key: str | None = None) -> str:
    """Path and query of a page of at most `limit` rows.

    A resume key is opaque and sent back unchanged; ``page=`` is never used, since it omits the
    newest months.
    """
    parameters = [
        ("url", query.url),
        ("matchType", query.match),
        ("fl", ",".join(FIELDS)),
        ("filter", "statuscode:200|-" if query.revisits else "statuscode:200"),
        ("limit", str(limit)),
        ("showResumeKey", "true"),
    ]
    optional = (("from", query.since), ("to", query.until), ("resumeKey", resume_key))
    parameters += [(name, value) for name, value in optional if value]
    return f"/cdx/search/cdx?{urlencode(parameters, quote_via=quote)}"


def parse(text: str) -> Page:
    """Parse a page of the index.

    Lines that are not captures of a URL (crawlers met ``mailto:`` and ``data:``) or cannot be understood
    are counted and passed over. Raises NotCdx if there are only such lines, and if the last is no
    beginning of a row: then it may be an error, after which nothing came.
    """
    # Only \n ends a line: an original may contain other separators.
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    resume_key = None
    if len(lines) >= 2 and lines[-2] == "" and " " not in lines[-1]:
        resume_key = lines[-1]
        lines = lines[:-2]
    rows = tuple(row for line in lines if (row := _row(line)))
    if lines and not (rows or all(map(_ROW_LIKE.match, lines))):
        raise NotCdx(f"not a page of the index: {lines[0][:200]!r}")
    if lines and not (_ROW.fullmatch(lines[-1]) or _is_whole(lines[-1])):
        raise NotCdx(f"ends with what is not a row of the index: {lines[-1][:200]!r}")
    return Page(rows, len(lines) - len(rows), resume_key)


def begins_with_row(text: bytes) -> bool:
    """Whether the first line of an answer looks like a row."""
    return bool(_ROW_LIKE.match(text[:_LONGEST_LOOKED_AT].decode("utf-8", "replace")))


def digest_of(text: str) -> str | None:
    """A SHA-1 in base32; None for a digest of another kind."""
    digest = _DIGEST.fullmatch(text)
    return digest[1].upper() if digest else None


def _is_whole(line: str) -> bool:
    """Whether a line that is not understood has at least the fields of a row."""
    return bool(_ROW_LIKE.match(line)) and line.count(" ") >= len(FIELDS) - 2


def is_capture(original: str, timestamp: str) -> bool:
    """Whether a row is of an http URL, at a possible time."""
    return bool(_ORIGINAL.match(original)) and is_capture_time(timestamp) and has_key(original)


def _row(line: str) -> CdxRow | None:
    """A row; None for what is not a capture of an http URL at a possible time."""
    found = _ROW.fullmatch(line)
    if found is None or "\0" in line or not is_capture(found["original"], found["timestamp"]):
        return None
    values = found.groupdict()
    values["digest"] = digest_of(found["digest"])
    values["mimetype"] = (found["mimetype"] or "").partition(",")[0].strip() or "unk"
    for name in ("statuscode", "length"):
        if values[name].startswith("-"):
            values[name] = None
    return CdxRow.model_validate(values)
