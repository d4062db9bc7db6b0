"""Watches the seeds folder and adds every line of its files, once for ever."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import structlog

from services.fetcher.addresses import seed_requested
from services.fetcher.seeds import Line, read_seeds, seed_files
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.connection import Store
from services.fetcher.store.seed_lines import SeedLines
from services.fetcher.store.seed_refusals import Refusal, SeedRefusals
from shared.delivery.publisher import Publication, Publisher
from shared.health import Health
from shared.loops import every, while_down
from shared.topics import ADDRESS_REQUESTED

log = structlog.get_logger()

_AT_ONCE = 500
# Of a file: a million lines have 100 MB.
_MOST_BYTES = 256 * 1024 * 1024
# Refused lines of a file that are kept for the view refused_seeds, and logged.
_MOST_REFUSED, _MOST_LOGGED = 10_000, 100
# Characters of a refused line that are kept.
_LONGEST_LINE = 200


class Stamp(NamedTuple):
    """Shows whether a file has changed: its modification time (epoch seconds) and size."""

    changed: float
    size: int


class SeedsWatcher:
    """Reads the lists in the folder and those below it (``.txt``, ``.csv``, ``.tsv``) at the start and
    whenever one changes, while `active`.

    It polls the folder itself: file system events do not pass Docker's bind mounts, and watchfiles'
    polling misses a second change within one second.
    """

    def __init__(
        self,
        settings: FetcherSettings,
        store: Store,
        publisher: Publisher,
        health: Health,
        active: Callable[[], bool],
    ) -> None:
        self._folder = settings.seeds_dir
        self._poll_seconds = settings.seeds_poll_seconds
        self._hold_seconds = settings.hold_seconds
        self._lines = SeedLines(store)
        self._refusals = SeedRefusals(store)
        self._publisher = publisher
        self._health = health
        self._active = active
        self._worked = False
        # The stamp of each file when it was last seen, and when it was last read.
        self._seen: dict[Path, Stamp] = {}
        self._read: dict[Path, Stamp] = {}
        # Refused lines that were logged and still exist, by file.
        self._refused: dict[Path, set[str]] = {}
        self._known: set[Path] | None = None

    async def run(self) -> None:
        """Watch until cancelled. While Postgres or Kafka is down it waits and reports it."""
        await every(self._poll_seconds, self._poll)

    async def _poll(self) -> None:
        works, worked = self._active(), self._worked
        self._worked = works
        if works and not worked:
            # Lines that another fetcher, or this one before it was killed, did not finish.
            self._read.clear()
            await self._retry([])
        if works and (files := self._changed(time.time())):
            await self._retry(files)
        if works and self._known != set(self._seen):
            await while_down(self._forget_gone, self._health, self._hold_seconds)

    def _changed(self, now: float) -> list[Path]:
        """Files that have changed since they were read, and are no longer being written."""
        stamps = {file: _stamp(file) for file in sorted(seed_files(self._folder))}
        settled = {
            file
            for file, stamp in stamps.items()
            if stamp == self._seen.get(file) or 0 < stamp.changed < now - self._poll_seconds
        }
        self._seen = stamps
        self._read = {file: stamp for file, stamp in self._read.items() if file in stamps}
        self._refused = {file: lines for file, lines in self._refused.items() if file in stamps}
        changed = [file for file in settled if stamps[file] != self._read.get(file)]
        self._read.update({file: stamps[file] for file in changed})
        return sorted(changed)

    async def _retry(self, files: Sequence[Path]) -> None:
        await while_down(lambda: self._publish_new(files), self._health, self._hold_seconds)

    async def _publish_new(self, files: Sequence[Path]) -> None:
        """Record new lines, then publish everything that Kafka has not confirmed yet."""
        now = datetime.now(UTC)
        for file in files:
            await self._remember(file, now)
        while waiting := await self._lines.unconfirmed(_AT_ONCE):
            await self._publisher.publish(Publication(ADDRESS_REQUESTED, line) for line in waiting)
            await self._lines.confirm([line.address_id for line in waiting], datetime.now(UTC))
            log.info("seeds added", lines=len(waiting))

    async def _remember(self, file: Path, now: datetime) -> None:
        """A part at a time and in a thread: a file may have a million lines, and HTTP must answer."""
        name = self._name(file)
        if (data := await asyncio.to_thread(self._read_file, file)) is None:
            return
        lines = read_seeds(data, file.name)
        refused: list[Line] = []
        while part := await asyncio.to_thread(lambda: list(islice(lines, _AT_ONCE))):
            requested = [
                seed_requested(line.address, name, line.number, now)
                for line in part
                if line.address is not None
            ]
            if requested:
                await self._lines.remember(requested)
            room = _MOST_REFUSED - len(refused)
            refused += [line for line in part if line.refusal is not None][:room]
        kept = [Refusal(r.number, r.text[:_LONGEST_LINE], r.refusal or "") for r in refused]
        await self._refusals.replace(name, kept, now)
        self._log_refused(file, refused)

    async def _forget_gone(self) -> None:
        files = set(self._seen)
        await self._refusals.keep_only([self._name(file) for file in files])
        self._known = files

    def _read_file(self, file: Path) -> bytes | None:
        try:
            if file.stat().st_size > _MOST_BYTES:
                raise OSError(f"larger than {_MOST_BYTES} bytes: split it")
            return file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            log.error("seeds file cannot be read", file=self._name(file), why=str(error))
            return None

    def _log_refused(self, file: Path, lines: Sequence[Line]) -> None:
        known = self._refused.get(file, set())
        self._refused[file] = {line.text for line in lines}
        new = [line for line in lines if line.text not in known]
        for line in new[:_MOST_LOGGED]:
            where = f"{self._name(file)}:{line.number}"
            text = line.text[:_LONGEST_LINE]
            log.error("seeds line refused", at=where, line=text, why=line.refusal)
        if (more := len(new) - _MOST_LOGGED) > 0:
            log.error("more seeds lines refused", file=self._name(file), lines=more)

    def _name(self, file: Path) -> str:
        """The path below the folder: ``2023/tariffs.txt``."""
        return file.relative_to(self._folder).as_posix()


def _stamp(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return Stamp(0.0, 0)
    return Stamp(status.st_mtime_ns / 1e9, status.st_size)
