"""One `mofcom up` on a data folder at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process holds the data folder."""


@contextmanager
def exclusive(data_dir: Path) -> Iterator[None]:
    """Lock the folder until the end of the block. Raises AlreadyRunning at once if it is locked.

    The system releases the lock when the process ends, however it ends.
    """
    with (data_dir / "up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunning(
                f"{data_dir} is in use by process {file.read().strip()}: "
                "stop it first, or set MOFCOM_DATA_DIR to another folder"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
