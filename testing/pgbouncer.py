"""pgbouncer in transaction mode before a Postgres, where the machine has one (Debian: `pgbouncer`)."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from deploy.local.ports import HOST, any_port
from shared.passwords import Role
from testing.waiting import until_now

# Debian's is not on everybody's path.
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
_SETTINGS = """
[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr = {host}
listen_port = {own_port}
unix_socket_dir =
auth_type = plain
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {pool_size}
; The next transaction goes to the session that has waited longest, hardly ever to the same.
server_round_robin = 1
; pgbouncer refuses to run as root.
{user}
"""


@contextmanager
def pgbouncer(
    database_url: str, passwords: Mapping[Role, str], pool_size: int = 3
) -> Iterator[str]:
    """The URL's twin through a pgbouncer, for the URL's user and for those of `passwords`.

    Each role has `pool_size` sessions, which its transactions use in turn.
    """
    assert PROGRAM is not None
    url = urlsplit(database_url)
    users: dict[str, str] = {unquote(url.username or ""): unquote(url.password or "")}
    users.update(passwords.items())
    own_port = any_port()
    with TemporaryDirectory(prefix="mofcom-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "users").write_text("".join(f'"{u}" "{p}"\n' for u, p in users.items()))
        (folder / "pgbouncer.ini").write_text(
            _SETTINGS.format(
                host=HOST,
                port=url.port,
                own_port=own_port,
                folder=folder,
                pool_size=pool_size,
                user="user = nobody" if os.getuid() == 0 else "",
            )
        )
        log = folder / "log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [PROGRAM, str(folder / "pgbouncer.ini")], stdout=file, stderr=file
            )
        try:
            until_now(lambda: _answers(own_port), log.read_text)
            yield database_url.replace(f":{url.port}/", f":{own_port}/")
        finally:
            process.terminate()
            process.wait()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port)):
            return True
    except OSError:
        return False
