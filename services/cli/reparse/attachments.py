"""Reads stored attachments again, and the notices that list something in them."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg
from rich.console import Console

from services.cli.stored import StoredKey, stored_events
from services.indexer.lists_requests import REQUESTS, requests_of
from shared.blobs import Blobs
from shared.delivery.publisher import Publication, Publisher
from shared.topics import CAPTURE_FETCHED

_AT_ONCE = 100

# Of the notices chosen; $2 to $5 as for pages. One capture of each file: it is read once for all.
_CHOSEN = """
    ($2::text IS NULL OR n.notice_key = $2)
    AND ($3::text IS NULL OR $3 = ANY (n.issuers))
    AND ($4::date IS NULL OR n.issued_on >= $4)
    AND ($5::text IS NULL OR r.layout = $5)
"""


def _is_old(version: str, ocr: str) -> str:
    """Whether a file was read by an earlier parser, or without the optical character recognition that is on now."""
    may_be_pictured = "f.kind IN ('pdf', 'image', 'zip')"
    return (
        f"(coalesce(f.parser_version, 0) < {version} OR {ocr} AND NOT f.ocr AND {may_be_pictured})"
    )


_OLD_FILES = f"""
    SELECT DISTINCT ON (c.body_sha256) c.capture_id, s.request_id, c.body_sha256
    FROM ingest.capture AS c
    JOIN ingest.served AS s USING (capture_id)
    LEFT JOIN ingest.file AS f ON f.sha256 = c.body_sha256
    WHERE c.kind = 'attachment' AND c.status = 200 AND c.body_sha256 IS NOT NULL
        AND {_is_old("$1", "$6::boolean")}
        AND (coalesce($2::text, $3::text, $4::date::text, $5::text) IS NULL OR EXISTS (
            SELECT FROM ingest.attachment AS a
            JOIN ingest.notice AS n USING (notice_key)
            JOIN ingest.reading AS r ON r.capture_id = n.capture_id
            WHERE a.url_key = c.url_key AND {_CHOSEN}))
    ORDER BY c.body_sha256, c.capture_id, s.request_id
"""  # noqa: S608
_OLD_LISTS = f"""
    SELECT DISTINCT n.inputs
    FROM ingest.notice AS n
    JOIN ingest.reading AS r USING (capture_id)
    JOIN ingest.lists AS l ON l.inputs = n.inputs
    WHERE l.parser_version < $1 AND {_CHOSEN}
"""  # noqa: S608
_FILES_LEFT = """
    SELECT count(*) FROM unnest($1::text[]) AS asked (sha256)
    LEFT JOIN ingest.file AS f USING (sha256) WHERE {is_old}
"""
_LISTS_LEFT = """
    SELECT count(*) FROM unnest($1::text[]) AS asked (inputs)
    JOIN ingest.lists AS l USING (inputs) WHERE l.parser_version < $2
"""

Wait = Callable[[str, Sequence[str]], Awaitable[int]]
"""Waits until a query about these names counts none that an earlier parser read; returns how many are left."""


class Attachments:
    """The attachments of the notices `chosen`, as `reparse_all` has them; `ocr` is whether the parser recognises the text
    of scans and pictures.
    """

    def __init__(
        self,
        database: "asyncpg.Connection",
        publisher: Publisher,
        blobs: Blobs,
        chosen: Sequence[Any],
        wait: Wait,
        *,
        ocr: bool,
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._blobs = blobs
        self._chosen = chosen
        self._wait = wait
        self._ocr = ocr

    async def read_again(self, console: Console) -> int:
        """Have files and the notices that list something in them read again; returns how many were not."""
        files, files_left = await self._files()
        lists, lists_left = await self._lists()
        if files or lists:
            console.print(
                f"{files - files_left} attachments read again, and {lists - lists_left} notices with theirs",
                highlight=False,
            )
        return files_left + lists_left

    async def _files(self) -> tuple[int, int]:
        rows = await self._database.fetch(_OLD_FILES, *self._chosen, self._ocr)
        files_left = _FILES_LEFT.format(is_old=_is_old("$2", str(self._ocr)))
        total = left = 0
        for at in range(0, len(rows), _AT_ONCE):
            some: dict[StoredKey, str] = {
                (row["capture_id"], row["request_id"]): row["body_sha256"]
                for row in rows[at : at + _AT_ONCE]
            }
            events = (await stored_events(self._blobs, list(some))).whole
            await self._publisher.publish(
                Publication(CAPTURE_FETCHED, event) for event in events.values()
            )
            total += len(events)
            left += await self._wait(files_left, [some[key] for key in events])
        return total, left

    async def _lists(self) -> tuple[int, int]:
        found = await self._database.fetch(_OLD_LISTS, *self._chosen)
        inputs = [row["inputs"] for row in found]
        left = 0
        for at in range(0, len(inputs), _AT_ONCE):
            rows = await self._database.fetch(REQUESTS, inputs[at : at + _AT_ONCE])
            await self._publisher.publish(requests_of(rows, datetime.now(UTC)))
            left += await self._wait(_LISTS_LEFT, [row["inputs"] for row in rows])
        return len(inputs), left
