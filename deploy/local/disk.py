"""The room on the disk of the data folder: without it neither server can go on, or end in order."""

import shutil
from pathlib import Path

from deploy.local.processes import ProgramFailed

_MIB = 1024 * 1024
# PostgreSQL's log grows by 16 MiB at a time, Kafka writes 10 MiB of indexes for a new segment.
LEAST_BYTES = 64 * _MIB


class DiskFull(ProgramFailed):
    """Hardly anything is free on the disk."""


def disk_full(data_dir: Path) -> DiskFull | None:
    """What to say if less than `LEAST_BYTES` are free for the folder."""
    if not data_dir.exists():
        return None
    free = shutil.disk_usage(data_dir).free
    if free >= LEAST_BYTES:
        return None
    return DiskFull(
        f"the disk of {data_dir} is full: {free // _MIB} MiB are free, {LEAST_BYTES // _MIB} are "
        "needed. Make room and start again; nothing is lost"
    )


def check_room(data_dir: Path) -> None:
    """Raises DiskFull if the disk of the folder is."""
    if full := disk_full(data_dir):
        raise full
