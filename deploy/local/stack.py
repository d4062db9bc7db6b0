"""All parts together on one machine: what `mofcom up` runs, and the servers alone for tests."""

import math
import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from shutil import rmtree
from types import FrameType, MappingProxyType
from urllib.parse import urlsplit

from rich.console import Console

from deploy.local import connections, kafka, lock, postgres
from deploy.local.connections import Connections
from deploy.local.disk import check_room
from deploy.local.leftovers import Record
from deploy.local.ports import HOST, any_port, claimed_ports
from deploy.local.processes import Program, ProgramFailed, Supervisor
from deploy.passwords import make_passwords, new_password
from deploy.private_files import replace_private
from shared.passwords import (
    OPERATOR,
    POSTGRES,
    database_password_file,
    kafka_password_file,
    password_files,
)

SERVICES = ("fetcher", "parser", "indexer", "translator", "console", "notifier")

# So long only where a machine has much else to do; what has ended is noticed at once.
_READY_SECONDS = 600.0
# As long as it takes: the job says for what it waits.
_INIT_SECONDS = math.inf
_STOP_SECONDS = 40.0
_LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Ports:
    """Where each part listens. These are the stable ones; a taken one moves up to the next."""

    postgres: int = 15432
    kafka: int = 19092
    controller: int = 19192
    archive: int = 18090
    fetcher: int = 18080
    parser: int = 18180
    indexer: int = 18280
    translator: int = 18380
    console: int = 18480
    notifier: int = 18580

    @classmethod
    def any(cls) -> "Ports":
        """Free ones in place of the stable ones; for tests, which run side by side."""
        return cls(*(any_port() for _ in fields(cls)))


class Stack:
    """The parts on one data folder. Made by `local_stack`; methods raise as Supervisor's do."""

    def __init__(
        self,
        data_dir: Path,
        ports: Ports,
        supervisor: Supervisor,
        postgres_settings: Mapping[str, str] = MappingProxyType({}),
        *,
        elsewhere: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`elsewhere`: the environment, if servers that it names are used in place of ones started here."""
        self._data_dir = data_dir
        self._ports = ports
        self._supervisor = supervisor
        self._postgres_settings = postgres_settings
        self._environment = {
            **os.environ,
            "MOFCOM_DATA_DIR": str(data_dir),
            "MOFCOM_FIREFOX_MODEL_DIR": os.environ.get("MOFCOM_FIREFOX_MODEL_DIR")
            or str(data_dir / connections.MODELS),
            "PYTHONUNBUFFERED": "1",
        }
        # Each gets its own, and a file would win over the password in the owner's address.
        for owners in ("DATABASE_URL", "DATABASE_PASSWORD_FILE", "PASSWORDS_DIR"):
            self._environment.pop(f"MOFCOM_{owners}", None)
        database = _database_elsewhere(elsewhere)
        brokers = connections.kafka_elsewhere(elsewhere)
        self._own_postgres, self._own_kafka = not database, not brokers
        self._passwords = Path(elsewhere.get("MOFCOM_PASSWORDS_DIR") or data_dir / "passwords")
        _take_over_passwords(self._passwords)
        self._owners = database_password_file(self._passwords, POSTGRES)
        # Not written before Postgres has it: a run killed in between sets a new one.
        self._is_new = not self._owners.exists()
        self._password = new_password() if self._is_new else self._owners.read_text()
        self.connections = Connections(
            database_url=database or postgres.url(ports.postgres, self._password),
            passwords_dir=str(self._passwords),
            # A bucket, for instance; only the servers are its own.
            blob_url=os.environ.get("MOFCOM_BLOB_URL") or (data_dir / "blobs").as_uri(),
            service_urls=",".join(
                f"{name}=http://{HOST}:{getattr(ports, name)}" for name in SERVICES
            ),
            **brokers
            or {
                "kafka_bootstrap_servers": f"{HOST}:{ports.kafka}",
                "kafka_sasl_password_file": str(kafka_password_file(self._passwords, OPERATOR)),
            },
        )

    def start(self, bundled: Path | None = None, *, watch: bool = False) -> None:
        """Everything, in order; returns when all is ready.

        `bundled`: captures to fetch from. `watch`: whether the fetcher may look for what is new;
        MOFCOM_WATCH=false keeps it from that.
        """
        _set_logs_aside(self._data_dir / connections.LOGS)
        given = self._environment.get("MOFCOM_WATCH")
        self._environment["MOFCOM_WATCH"] = (given or "true") if watch else "false"
        self.start_servers()
        self._init()
        if bundled is not None:
            self._start_archive(bundled)
        self._start_services()

    @property
    def console_url(self) -> str:
        """Where the console answers."""
        return f"http://{HOST}:{self._ports.console}"

    @property
    def watches(self) -> bool:
        """Whether the fetcher looks for new captures."""
        return self._environment.get("MOFCOM_WATCH", "").lower() in (
            "1",
            "true",
            "t",
            "yes",
            "y",
            "on",
        )

    def start_database(self) -> None:
        """Postgres alone, for those who only query."""
        self._make_passwords()
        self._start_postgres()
        connections.write(self._data_dir, self.connections)

    def start_servers(self) -> None:
        """Kafka and Postgres, side by side, but for one that is elsewhere. Raises JarsMissing too."""
        (self._data_dir / "blobs").mkdir(mode=0o700, exist_ok=True)
        self._make_passwords()
        own: dict[str, Callable[[], None]] = {}
        if self._own_postgres:
            own["PostgreSQL"] = self._start_postgres
        else:
            host = urlsplit(self.connections.database_url).netloc.rpartition("@")[2]
            self._supervisor.say(f"using PostgreSQL at {host}, as MOFCOM_DATABASE_URL says")
        if self._own_kafka:
            own["Kafka"] = self._start_kafka
        else:
            brokers = self.connections.kafka_bootstrap_servers
            self._supervisor.say(
                f"using Kafka at {brokers}, as MOFCOM_KAFKA_BOOTSTRAP_SERVERS says"
            )
        if own:
            self._start_side_by_side(own)
        connections.write(self._data_dir, self.connections)

    def _start_side_by_side(self, servers: Mapping[str, Callable[[], None]]) -> None:
        self._supervisor.say(f"starting {' and '.join(servers)}")
        started = time.monotonic()
        with ThreadPoolExecutor() as pool:
            starting = [pool.submit(start) for start in servers.values()]
        for one in starting:
            one.result()
        ready = "both are ready" if len(servers) > 1 else "ready"
        self._supervisor.say(f"{ready} after {time.monotonic() - started:.0f} s")

    def _start_kafka(self) -> None:
        kafka.start(
            self._supervisor,
            self._data_dir / "kafka",
            self._ports.kafka,
            self._ports.controller,
            self._passwords,
        )

    def _make_passwords(self) -> None:
        self._passwords.mkdir(mode=0o700, exist_ok=True)
        make_passwords(password_files(self._passwords))

    def _start_postgres(self) -> None:
        postgres.start(
            self._supervisor,
            self._data_dir / "postgres",
            self._ports.postgres,
            self._password,
            new_password=self._is_new,
            settings=self._postgres_settings,
        )
        if self._is_new:
            self._owners.parent.mkdir(mode=0o700, exist_ok=True)
            replace_private(self._owners, self._password)

    def follow(self) -> None:
        """Keep everything running; see `check`."""
        while True:
            self.check()
            time.sleep(_LOOK_SECONDS)

    def check(self) -> None:
        """To be called often, for those who have their own loop: starts dead services again.

        Raises ProgramFailed when a server has ended or the disk is full, Interrupted after Ctrl-C or
        SIGTERM.
        """
        check_room(self._data_dir)
        self._supervisor.check()

    def _init(self) -> None:
        self._supervisor.say("creating topics and tables")
        init = self._python("init", "deploy.init", more=self.connections.init_environment())
        self._supervisor.run(init, _INIT_SECONDS)

    def _start_archive(self, captures: Path) -> None:
        port = self._ports.archive
        url = f"http://{HOST}:{port}"
        self._environment["MOFCOM_ARCHIVE_URL"] = url
        # Nothing but the bundled captures is contacted: a model must be there already.
        self._environment["MOFCOM_FIREFOX_MODEL_MIRROR"] = "none"
        self._supervisor.start(
            replace(
                self._python("archive", "deploy.local.archive", str(captures), "--port", str(port)),
                ready_line="bundled archive:",
            )
        )
        self._supervisor.wait_ready("archive", _READY_SECONDS)

    def _start_services(self) -> None:
        self._supervisor.say(f"starting {', '.join(SERVICES)}")
        if not self._environment.get("MOFCOM_NOTIFY_CONSOLE_URL"):
            self._environment["MOFCOM_NOTIFY_CONSOLE_URL"] = self.console_url
        for name in SERVICES:
            port = getattr(self._ports, name)
            own = self.connections.service_environment(name) | {"MOFCOM_HTTP_PORT": str(port)}
            self._supervisor.start(
                replace(
                    self._python(name, f"services.{name}", more=own),
                    ready_url=f"http://{HOST}:{port}/ready",
                    restart=True,
                )
            )
        for name in SERVICES:
            self._supervisor.wait_ready(name, _READY_SECONDS)

    def _python(
        self,
        name: str,
        module: str,
        *arguments: str,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> Program:
        return Program(
            name,
            (sys.executable, "-m", module, *arguments),
            {**self._environment, **more},
            stop_seconds=_STOP_SECONDS,
        )


@contextmanager
def local_stack(
    data_dir: Path, console: Console | None = None, preferred: Ports | None = None
) -> Iterator[Stack]:
    """A stack on the stable or the `preferred` ports, not started yet, on the servers that settings name.

    All that it starts ends with the block. First ends what a killed run left. Ctrl-C,
    SIGTERM and SIGHUP make the stack's methods raise Interrupted. `console`: where it says how far
    it is; what the programs say goes to the folder ``logs``, and that of the run before to
    ``logs/previous``. Raises AlreadyRunning, and DiskFull.
    """
    supervisor = Supervisor(Record(data_dir / "up.pids"), console, logs=data_dir / connections.LOGS)
    with (
        _interrupted_by_signals(supervisor),
        _held(data_dir, supervisor),
        # After what was left is ended, so that its ports are free again.
        claimed_ports(astuple(preferred or Ports())) as ports,
    ):
        yield Stack(data_dir.resolve(), Ports(*ports), supervisor, elsewhere=os.environ)


@contextmanager
def local_servers(
    data_dir: Path,
    postgres_settings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Connections]:
    """Kafka and Postgres alone, on any free ports, silent; for tests.

    Raises ProgramFailed with the server's last lines when one does not start.
    """
    supervisor = Supervisor(Record(data_dir / "up.pids"))
    with _held(data_dir, supervisor):
        stack = Stack(data_dir.resolve(), Ports.any(), supervisor, postgres_settings)
        stack.start_servers()
        yield stack.connections


@contextmanager
def _held(data_dir: Path, supervisor: Supervisor) -> Iterator[None]:
    try:
        _make_private(data_dir)
    except OSError as error:
        raise ProgramFailed(
            f"{data_dir} cannot be used ({error.strerror}): set MOFCOM_DATA_DIR to another folder"
        ) from error
    check_room(data_dir)
    with lock.exclusive(data_dir):
        connections.remove(data_dir)
        supervisor.end_leftovers()
        (data_dir / connections.LOGS).mkdir(mode=0o700, exist_ok=True)
        try:
            yield
        finally:
            supervisor.stop()
            connections.remove(data_dir)


def _make_private(data_dir: Path) -> None:
    """Make the folder, if need be. Others do not list it; root's PostgreSQL, another user, passes through."""
    data_dir.mkdir(parents=True, exist_ok=True)
    own = data_dir.stat()
    if own.st_uid == os.geteuid():
        others = stat.S_IXGRP | stat.S_IXOTH if own.st_uid == 0 else 0
        data_dir.chmod(stat.S_IMODE(own.st_mode) & stat.S_IRWXU | others)


def _database_elsewhere(environment: Mapping[str, str]) -> str:
    try:
        return connections.database_elsewhere(environment)
    except OSError as error:
        raise ProgramFailed(f"MOFCOM_DATABASE_PASSWORD_FILE cannot be read: {error}") from error


def _take_over_passwords(folder: Path) -> None:
    """Move what version 0.1 kept in files where there are folders now."""
    for name, who in (("owner", POSTGRES), ("analyst", "analyst")):
        old, new = folder / name, database_password_file(folder, who)
        if old.is_file():
            password = old.read_text()
            old.unlink()
            new.parent.mkdir(mode=0o700)
            replace_private(new, password)
    (folder / "ingest").unlink(missing_ok=True)


def _set_logs_aside(logs: Path) -> None:
    """Keep the logs of the last run, and none before it, so that they do not grow for ever."""
    previous = logs / "previous"
    rmtree(previous, ignore_errors=True)
    previous.mkdir(parents=True)
    for log in logs.glob("*.log"):
        log.replace(previous / log.name)


@contextmanager
def _interrupted_by_signals(supervisor: Supervisor) -> Iterator[None]:
    """Held around the end as well: a second Ctrl-C must not cut the clean-up short."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        supervisor.interrupt()

    handled = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in handled}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
