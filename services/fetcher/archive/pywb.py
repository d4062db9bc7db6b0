"""Archives that run pywb, such as arquivo.pt (docs/archive.md#another-archive).

The API of the index is described in https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from services.fetcher.archive import replay
from services.fetcher.archive.archive import Archive, Budget
from services.fetcher.archive.cdx import NotCdx, Page, Query, digest_of, is_capture
from services.fetcher.archive.replay import CaptureRef
from services.fetcher.archive.reply import Reply
from services.fetcher.settings import FetcherSettings
from shared.events import Answer, CdxRow

_FIELDS = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length")
_TYPES = ("text/x-ndjson", "application/x-ndjson", "application/json", "text/plain")
# What servers of the past answered instead of an empty page.
_NOTHING = re.compile(r"no captures? found", re.IGNORECASE)


class Pywb(Archive):
    """The collection of ``MOFCOM_ARCHIVE_OTHER_URL``, e.g. ``https://arquivo.pt/wayback``."""

    def __init__(self, settings: FetcherSettings) -> None:
        self.url = settings.archive_other_url
        self.name = urlsplit(self.url).netloc
        self.prefix = f"{self.url}/"
        per_minute = settings.archive_other_per_minute
        self.budget = Budget(per_minute, per_minute / 60)
        self.page_rows = settings.other_page_rows

    def capture_target(self, ref: CaptureRef) -> str:
        return replay.target(ref, "/")

    def capture_at(self, location: str) -> CaptureRef | None:
        return replay.parse_location(location, self.prefix)

    def says(self, reply: Reply, head: bytes, ref: CaptureRef) -> Answer | None:
        """A page that an archive has not is 404, in the archive's own words, which name the URL; one that it
        may not show is 451 (https://pywb.readthedocs.io/en/latest/manual/access-control.html).
        """
        if reply.status == 451:
            return Answer.EXCLUDED
        # A proxy that knows no such path names the whole path: /wayback/2023id_/http://….
        url = re.escape(ref.url.partition("://")[2].encode())
        named = re.search(rb"(?<!id_/)(?<!id_/http://)(?<!id_/https://)" + url, head)
        return Answer.NEVER_ARCHIVED if reply.status == 404 and url and named else None

    def index_target(self, query: Query, limit: int, resume_key: str | None) -> str:
        """There is no key to resume at: a page that is full is asked for again in halves."""
        parameters = [
            ("url", query.url),
            ("matchType", query.match),
            ("output", "json"),
            ("fl", ",".join(_FIELDS)),
            # A revisit has the status -, or none.
            ("filter", "~status:(200|-)?$" if query.revisits else "=status:200"),
            ("limit", str(limit)),
        ]
        optional = (("from", query.since), ("to", query.until))
        parameters += [(name, value) for name, value in optional if value]
        return f"/cdx?{urlencode(parameters, quote_via=quote)}"

    def is_index(self, reply: Reply, text: bytes) -> bool:
        content_type = (reply.header("content-type") or "").lower()
        if reply.status == 404:
            return "json" in content_type
        return reply.status == 200 and content_type.startswith(_TYPES)

    def index_page(self, text: str, limit: int) -> Page:
        """A JSON object a line. One that is no capture of a URL is counted; one that breaks off at the end
        means that the rest is missing.
        """
        lines = [line for line in text.split("\n") if line.strip()]
        if lines and _NOTHING.search(lines[0]) and _object(lines[0]).get("url") is None:
            return Page((), 0, None)
        objects = [_object(line) for line in lines]
        rows = tuple(row for fields in objects if (row := _row(fields)))
        if lines and not any(map(_is_row, objects)):
            raise NotCdx(f"not a page of the index: {lines[0][:200]!r}")
        if lines and not _is_row(objects[-1]):
            raise NotCdx(f"ends with what is not a row of the index: {lines[-1][:200]!r}")
        return Page(rows, len(lines) - len(rows), None, cut=len(lines) >= limit)


def _object(line: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _is_row(fields: Mapping[str, Any]) -> bool:
    """Whether an object is a row of the index, be it of something else than a page."""
    return "timestamp" in fields and "url" in fields


def _row(fields: Mapping[str, Any]) -> CdxRow | None:
    """A row; None for what is not a capture of an http URL at a possible time."""
    text = {name: str(fields[name]) for name in _FIELDS if fields.get(name) not in (None, "", "-")}
    original, timestamp = text.get("url", ""), text.get("timestamp", "")
    blank = re.search(r"\s", original)
    if blank or not re.fullmatch(r"[0-9]{14}", timestamp) or not is_capture(original, timestamp):
        return None
    status, length = text.get("status", ""), text.get("length", "")
    try:
        "".join(text.values()).encode()
        return CdxRow(
            urlkey=text.get("urlkey", original),
            timestamp=timestamp,
            original=original,
            mimetype=text.get("mime", "unk").partition(",")[0].strip() or "unk",
            statuscode=status if re.fullmatch(r"[0-9]{3}", status) else None,
            digest=digest_of(text.get("digest", "")),
            length=length if length.isdecimal() else None,
        )
    except ValueError:
        # Half a pair of surrogates, a NUL: JSON can say what no text can.
        return None
