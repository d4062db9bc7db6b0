"""Which port each part listens on: always the same one, or the next that is free."""

import fcntl
import os
import random
import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

HOST = "127.0.0.1"

# Below the ports that systems give to outgoing connections (Linux: from 32768 upward), one of
# which might take a port between the choice and its use.
_FIRST, _PORTS = 20_000, 12_000
_choices = count(random.randrange(_PORTS))  # noqa: S311


@contextmanager
def claimed_ports(preferred: Iterable[int]) -> Iterator[list[int]]:
    """A port for each of `preferred`: that one, or the first above it that is free.

    They are held until the end of the block against others of the same user who choose here too,
    before anything listens on them. Raises OSError when there is none up to 65535.
    """
    # Not in the data folder: two stacks with a folder each look at the same ports, and would choose the
    # same one if neither saw the other's claims. Nor in /tmp: only this user may put a link here.
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "mofcom", "ports")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with ExitStack() as held:
        yield [_claim(port, folder, held) for port in preferred]


def _claim(preferred: int, folder: Path, held: ExitStack) -> int:
    for port in range(preferred, 65536):
        claim = held.enter_context((folder / str(port)).open("w"))
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        if _is_free(port):
            return port
    raise OSError(f"no port from {preferred} upward is free")


def any_port() -> int:
    """A port that is free now, and another one at each call; for tests, which run side by side."""
    return next(port for n in _choices if _is_free(port := _FIRST + n % _PORTS))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A listener on all addresses does not stop every system from binding to this one.
        if probe.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as probe:
        # Connections of the last run that are still closing do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
