"""Files that are whole and on the disk once they are written, or not there."""

import asyncio
import os
import re
import time
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from pathlib import Path
from secrets import randbits

from shared.batcher import Batcher

# An unfinished file: its name and a number, as obstore names them too.
_UNFINISHED = re.compile(r"#\d+$")
# Folders that are known to be flushed: all that bodies have, and some of the captures'.
_FLUSHED_MOST = 100_000
# Files flushed together, and how many times at once.
_MOST, _AT_ONCE = 64, 2

_File = tuple[str, bytes]


class DurableFiles:
    """Files below `folder`. Those that are written at the same time share threads and flushes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Folders whose own directory entries this process has flushed: that a folder exists proves
        # nothing, its creator may have died before.
        self._flushed: set[Path] = set()
        self._in_batch = Batcher(self._written, most=_MOST, at_once=_AT_ONCE)

    async def write(self, path: str, data: bytes) -> None:
        """Write a file, and return when it is on the disk with the entries of all folders above it.

        It gets its name when it is complete. Raises OSError.
        """
        await self._in_batch((path, data))

    async def sweep(self, older_than_seconds: float) -> int:
        """Remove unfinished files of this age that a killed process left; returns how many.

        Raises OSError.
        """
        return await asyncio.to_thread(_sweep, self._folder, time.time() - older_than_seconds)

    async def _written(self, files: Sequence[_File]) -> Sequence[None]:
        await asyncio.to_thread(self._write_all, files)
        return [None] * len(files)

    def _write_all(self, files: Sequence[_File]) -> None:
        parts: dict[Path, Path] = {}
        try:
            with ExitStack() as opened:
                descriptors = []
                for path, data in files:
                    file = self._folder / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    part = file.with_name(f"{file.name}#{randbits(63)}")
                    out = opened.enter_context(part.open("xb"))
                    parts[part] = file
                    out.write(data)
                    out.flush()
                    descriptors.append(out.fileno())
                for descriptor in descriptors:
                    os.fsync(descriptor)
            for part, file in parts.items():
                part.replace(file)
        except BaseException:
            for part in parts:
                part.unlink(missing_ok=True)
            raise
        self._flush_folders(parts.values())

    def _flush_folders(self, files: Collection[Path]) -> None:
        """Flush the entries of files, and those of the folders above that this process has not flushed."""
        below = len(self._folder.parents) + 1
        above = [
            each for file in files for each in file.parents[:-below] if each not in self._flushed
        ]
        for folder in dict.fromkeys([*(f.parent for f in files), *(each.parent for each in above)]):
            _flush(folder)
        if len(self._flushed) > _FLUSHED_MOST:
            self._flushed.clear()
        self._flushed.update(above)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path, before: float) -> int:
    swept = 0
    for name, _, files in os.walk(folder):
        for file in filter(_UNFINISHED.search, files):
            path = Path(name, file)
            try:
                if path.stat().st_mtime < before:
                    path.unlink()
                    swept += 1
            except FileNotFoundError:
                # Finished meanwhile, or swept by another.
                continue
    return swept
