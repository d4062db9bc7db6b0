"""Reads stored pages with the present parser, and finds those that it reads as they were read before."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from pydantic import ValidationError

from services.parser.settings import ParserSettings
from services.parser.version import PARSER_VERSION
from shared.blobs import Blobs
from shared.errors import BlobMissing
from shared.events import NoticeParsed
from shared.limited_processes import LimitedProcesses

# What only the processes need: it takes a second to load.
_MODULES = ["services.fetcher.sidecar", "services.indexer.rows", "services.parser.parse"]
# Pages that a process takes at once.
_MOST_IN_LOT = 8
# Lots that have been read from the blob store, a process: one under way, one that waits.
_LOTS = 2


class Reading(NamedTuple):
    """A capture's reading as it is stored, and what it was read from: a body, and a request's sidecar."""

    capture_id: str
    request_id: str
    body_sha256: str
    digest: str


class _Page(NamedTuple):
    sidecar: bytes
    body: bytes
    reading: Reading


class Readers:
    """Processes that read pages as the parser does, within its limits."""

    def __init__(self, settings: ParserSettings, blobs: Blobs) -> None:
        self._blobs = blobs
        self._seconds = settings.parse_seconds
        count = settings.parse_workers
        self._processes = LimitedProcesses(count, settings.parse_memory_bytes, _MODULES)
        self._free = asyncio.Semaphore(_LOTS * count)

    async def unchanged(self, readings: Sequence[Reading]) -> list[Reading]:
        """Those of which the parser reads the same now.

        All others are for the pipeline to read and to judge: also a page whose bytes are lost, or that
        cannot be read. Raises DependencyDown when the blob store does not answer.
        """
        lots = [readings[at : at + _MOST_IN_LOT] for at in range(0, len(readings), _MOST_IN_LOT)]
        found = await asyncio.gather(*map(self._lot, lots))
        return [reading for some in found for reading in some]

    async def _lot(self, readings: Sequence[Reading]) -> list[Reading]:
        async with self._free:
            pages = [page for reading in readings if (page := await self._page(reading))]
            # Whatever it was: the parser finds out for each page alone.
            with suppress(Exception):
                same = await self._processes.call(self._seconds, _are_same, pages)
                return [page.reading for page, one in zip(pages, same, strict=True) if one]
        return []

    async def _page(self, reading: Reading) -> _Page | None:
        try:
            sidecar = await self._blobs.get_sidecar(reading.capture_id, reading.request_id)
            return _Page(sidecar, await self._blobs.get_body(reading.body_sha256), reading)
        except BlobMissing:
            return None

    def close(self) -> None:
        """End the processes."""
        self._processes.stop()


def _are_same(pages: Sequence[_Page]) -> list[bool]:
    return [_digest(page) == page.reading.digest for page in pages]


def _digest(page: _Page) -> str | None:
    """The digest of the row that the page would have now; None for one that cannot be read here."""
    from services.fetcher.sidecar import Sidecar
    from services.indexer.rows import reading_row
    from services.parser.parse import UnreadablePage, parse
    from services.parser.reading import known_of, outcome_of

    try:
        fetched = Sidecar.model_validate_json(page.sidecar).fetched
        capture, described = fetched.capture, fetched.body
        if capture is None or described is None or described.sha256 != page.reading.body_sha256:
            return None
        if capture.status >= 400:
            return None
        notice = parse(page.body, capture.url, **known_of(capture, described))
    except (ValidationError, UnreadablePage):
        return None
    event = NoticeParsed(
        fetched=fetched,
        parser_version=PARSER_VERSION,
        outcome=outcome_of(notice),
        parsed_at=datetime.now(UTC),
    )
    digest: str = reading_row(event, capture, notice).digest
    return digest
