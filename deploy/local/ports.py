"""Which port each part listens on: always the same one, or the next that is free."""

import socket
from collections.abc import Container

HOST = "127.0.0.1"


def free_port(preferred: int, taken: Container[int] = ()) -> int:
    """`preferred`, or the first port above it that nobody listens on and is not in `taken`.

    Raises OSError when there is none up to 65535.
    """
    for port in range(preferred, 65536):
        if port not in taken and _is_free(port):
            return port
    raise OSError(f"no port from {preferred} upward is free")


def any_port() -> int:
    """A port that is free now, of the system's choice; for tests, which run side by side."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


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
