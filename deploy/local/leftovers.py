"""The record of what was started, and the end of what a killed `mofcom up` left running."""

import json
import signal
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

# The system derives a start time from its own boot time, which moves a little when the clock is
# set. A pid does not come round again within this time.
_SAME_START_SECONDS = 2.0
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Started:
    """A process of ours: `created` (Unix seconds) tells it from a later one with the same pid."""

    name: str
    pid: int
    created: float
    stop_signal: int
    stop_seconds: float


class Record:
    """The processes that run now, in a file that outlives the process that started them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started: list[Started] = []
        self._lock = threading.Lock()

    def add(self, started: Started) -> None:
        with self._lock:
            self._started.append(started)
            self._write()

    def remove(self, pid: int) -> None:
        with self._lock:
            self._started = [one for one in self._started if one.pid != pid]
            # On a full disk the file names one more that has ended, which `_find` does not take for ours.
            with suppress(OSError):
                self._write()

    def end_leftovers(self) -> list[str]:
        """Stop what an earlier run left, last started first, and forget it. Returns the names."""
        ended = []
        for entry in reversed(self._read()):
            process = _find(entry)
            if process is not None:
                end(process, entry.stop_signal, entry.stop_seconds)
                ended.append(entry.name)
        self._path.unlink(missing_ok=True)
        return ended

    def _read(self) -> list[Started]:
        if not self._path.exists():
            return []
        return [Started(**entry) for entry in json.loads(self._path.read_text())]

    def _write(self) -> None:
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps([asdict(one) for one in self._started], indent=1))
        new.replace(self._path)


def end(process: psutil.Process, stop_signal: int, seconds: float) -> None:
    """Ask a process to stop; kill it, and what it started, when `seconds` have passed."""
    try:
        family = [process, *process.children(recursive=True)]
        process.send_signal(stop_signal)
    except psutil.NoSuchProcess:
        return
    deadline = time.monotonic() + seconds
    while any(map(_is_alive, family)):
        if time.monotonic() > deadline:
            for one in family:
                _kill(one)
            return
        time.sleep(_POLL_SECONDS)


def _find(entry: Started) -> psutil.Process | None:
    try:
        process = psutil.Process(entry.pid)
        same = abs(process.create_time() - entry.created) < _SAME_START_SECONDS
    except psutil.NoSuchProcess:
        return None
    return process if same and _is_alive(process) else None


def _is_alive(process: psutil.Process) -> bool:
    # One that has ended stays visible until its parent asks; an orphan's new parent may never.
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _kill(process: psutil.Process) -> None:
    try:
        process.send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return
    while _is_alive(process):
        time.sleep(_POLL_SECONDS)
