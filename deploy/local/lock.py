"""One `mofcom up` on a data folder at a time."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_FILE_NAME = "up.lock"
# `is_held` has the lock for an instant.
_LOOK_SECONDS = 0.1


class AlreadyRunning(Exception):
    """Another process holds the data folder."""


@contextmanager
def exclusive(data_dir: Path) -> Iterator[None]:
    """Lock the folder until the end of the block. Raises AlreadyRunning at once if it is locked.

    The system releases the lock when the process ends, however it ends.
    """
    with (data_dir / _FILE_NAME).open("a+") as file:
        if not _taken(file):
            time.sleep(_LOOK_SECONDS)
        if not _taken(file):
            file.seek(0)
            raise AlreadyRunning(
                f"{data_dir} is in use by process {file.read().strip()}: "
                "stop it first, or set MOFCOM_DATA_DIR to another folder"
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_held(data_dir: Path) -> bool:
    """Whether a process has the folder locked."""
    try:
        with (data_dir / _FILE_NAME).open() as file:
            return not _taken(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def _taken(file: IO[str], kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
