"""The captures of the bundled archive: read from WARC files, in CDX order."""

import hashlib
from base64 import b32encode
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader

from shared.identity import url_key

Row = tuple[str, str, str, str, str, str, str]
"""One CDX row: the values of FIELDS, in that order."""

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


@dataclass(frozen=True)
class Capture:
    """One answer of a site, as a crawler recorded it.

    `timestamp` is 14 digits, `headers` and `body` are the site's own, the body with its content
    coding (gzip) still on. `source` names the WARC file. A `revisit` is a capture whose crawler
    found the bytes of an earlier one again and stored only that; its body is the earlier one's.
    """

    original: str
    timestamp: str
    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)
    source: str = "bundled/added.warc.gz"
    length: int | None = None
    revisit: bool = False

    @cached_property
    def urlkey(self) -> str:
        """The key that CDX sorts and matches by. Raises ValueError when there is no host."""
        return url_key(self.original)

    @cached_property
    def digest(self) -> str:
        """base32 of the body's SHA-1, as CDX prints it."""
        return b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()

    def header(self, name: str) -> str | None:
        """The archived header of that name, whatever its case."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)

    @cached_property
    def row(self) -> Row:
        """The capture's CDX row; a revisit is `warc/revisit` with status `-`, as recorded."""
        mimetype = (self.header("content-type") or "unk").split(";")[0].strip().lower()
        return (
            self.urlkey,
            self.timestamp,
            self.original,
            "warc/revisit" if self.revisit else mimetype or "unk",
            "-" if self.revisit else str(self.status),
            self.digest,
            "-" if self.length is None else str(self.length),
        )


class Captures:
    """All captures of an archive in CDX order; more can be added while a server replays them.

    Adding replaces the sorted list instead of changing it, so that a request that is being
    answered in another thread goes on with the list that it began with. One thread may add.
    """

    def __init__(self, captures: Iterable[Capture] = ()) -> None:
        self._held: list[Capture] = []
        self.add(*captures)

    def add(self, *captures: Capture) -> None:
        """Add captures. Raises ValueError if an original URL has no host."""
        self._held = sorted([*self._held, *captures], key=lambda c: c.row[:3])

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Capture]:
        return iter(self._held)

    def of(self, urlkey: str) -> list[Capture]:
        """The captures of one page, oldest first."""
        return list(takewhile(lambda c: c.urlkey == urlkey, self.starting(urlkey)))

    def starting(self, prefix: str, after: tuple[str, str] = ("", "")) -> Iterator[Capture]:
        """The captures whose key starts with `prefix`, in order, behind (urlkey, timestamp)."""
        held = self._held
        # No timestamp sorts behind ":", so this starts behind every capture of that second.
        start = max((prefix, ""), (after[0], after[1] + ":") if after[0] else ("", ""))
        first = bisect_left(held, start, key=lambda c: c.row[:2])
        return takewhile(
            lambda c: c.urlkey.startswith(prefix), (held[i] for i in range(first, len(held)))
        )


def read_warc(path: Path) -> list[Capture]:
    """The captures in a WARC file: its response records, and the revisits of those.

    A revisit whose payload is not in the file is left out: it cannot be replayed. Raises OSError
    when the file cannot be read, warcio's ArchiveLoadFailed when it is not a WARC.
    """
    found: list[Capture] = []
    by_digest: dict[str, Capture] = {}
    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            if record.rec_type not in ("response", "revisit") or record.http_headers is None:
                continue
            payload = _payload(record)
            known = by_digest.get(record.rec_headers.get_header("WARC-Payload-Digest") or "")
            if record.rec_type == "revisit":
                if known is None:
                    continue
                payload = known.body
            capture = Capture(
                original=record.rec_headers.get_header("WARC-Target-URI"),
                timestamp=_timestamp(record.rec_headers.get_header("WARC-Date")),
                body=payload,
                status=int(record.http_headers.get_statuscode()),
                headers=tuple(record.http_headers.headers),
                source=f"bundled/{path.name}",
                length=records.get_record_length(),
                revisit=record.rec_type == "revisit",
            )
            found.append(capture)
            by_digest.setdefault(f"sha1:{capture.digest}", capture)
    return found


def _payload(record: Any) -> bytes:
    """The body with transfer coding undone and content coding kept."""
    stream = record.raw_stream
    if (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    parts = iter(lambda: stream.read(65536), b"")
    return b"".join(parts)


def _timestamp(warc_date: str) -> str:
    return "".join(filter(str.isdigit, warc_date))[:14]
