"""Kafka and Postgres that can be killed and frozen; each service reaches them through a proxy."""

import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import psutil

from deploy.local import kafka, postgres
from deploy.local.leftovers import Record
from deploy.local.ports import HOST, any_port
from deploy.local.processes import Supervisor
from deploy.passwords import make_passwords, new_password
from shared.database_url import with_parts
from shared.passwords import (
    KAFKA,
    database_password_file,
    kafka_password_file,
    password_files,
)
from testing.chaos.proxy import Proxy
from testing.kafka_login import broker_environment, set_password

Server = Literal["kafka", "postgres"]

# As seen from the broker's folder.
_PASSWORDS = f"../passwords/{KAFKA}"


class Servers:
    """A broker with a listener for each service, so that what it advertises is the proxy.

    `services` are the names; one more listener and Postgres' own port are for those who watch.
    """

    def __init__(self, folder: Path, services: Iterable[str]) -> None:
        self._folder = folder
        self._supervisor = Supervisor(Record(folder / "chaos.pids"))
        self._password = new_password()
        self._passwords = folder / "passwords"
        set_password(folder)
        make_passwords(password_files(self._passwords))
        self._kafka_port, self._controller_port = any_port(), any_port()
        self._postgres_port = any_port()
        self._listeners = {name: any_port() for name in services}
        self.kafka_links = {name: Proxy(port) for name, port in self._listeners.items()}
        self.postgres_links = {name: Proxy(self._postgres_port) for name in services}

    @property
    def kafka_bootstrap_servers(self) -> str:
        """The broker without a proxy, for observers."""
        return f"{HOST}:{self._kafka_port}"

    @property
    def database_url(self) -> str:
        """The database without a proxy."""
        return postgres.url(self._postgres_port, self._password)

    @property
    def blob_url(self) -> str:
        """The blob store's URL."""
        return (self._folder / "blobs").as_uri()

    def environment(self, service: str) -> dict[str, str]:
        """How `service` reaches everything: by its own proxies, and the database as itself."""
        database = postgres.url(self.postgres_links[service].port, self._password)
        own = database_password_file(self._passwords, service)
        return {
            "MOFCOM_KAFKA_BOOTSTRAP_SERVERS": f"{HOST}:{self.kafka_links[service].port}",
            "MOFCOM_KAFKA_SECURITY_PROTOCOL": "sasl_plaintext",
            "MOFCOM_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
            "MOFCOM_KAFKA_SASL_USERNAME": service,
            "MOFCOM_KAFKA_SASL_PASSWORD_FILE": str(kafka_password_file(self._passwords, service)),
            # Which two of the services have no use for.
            "MOFCOM_DATABASE_URL": with_parts(database, user=service),
            "MOFCOM_DATABASE_PASSWORD_FILE": str(own),
            "MOFCOM_BLOB_URL": self.blob_url,
        }

    def init_environment(self) -> dict[str, str]:
        """How the init job reaches the servers, as the owner, which makes the roles."""
        return {
            "MOFCOM_KAFKA_BOOTSTRAP_SERVERS": self.kafka_bootstrap_servers,
            **broker_environment(self._folder),
            "MOFCOM_DATABASE_URL": self.database_url,
            "MOFCOM_PASSWORDS_DIR": str(self._passwords),
        }

    async def start_links(self) -> None:
        """Start the proxies, whose ports the broker has to know."""
        for proxy in (*self.kafka_links.values(), *self.postgres_links.values()):
            await proxy.start()

    async def stop_links(self) -> None:
        """Stop the proxies."""
        for proxy in (*self.kafka_links.values(), *self.postgres_links.values()):
            await proxy.stop()

    def start(self, *names: Server) -> None:
        """Start or restart servers; returns when they answer."""
        for name in names:
            if name == "kafka":
                self._start_kafka()
            else:
                postgres.start(
                    self._supervisor,
                    self._folder / "postgres",
                    self._postgres_port,
                    self._password,
                    new_password=False,
                )

    def stop(self) -> None:
        """End both."""
        for name in ("kafka", "postgres"):
            if name in self._supervisor._children:
                self.signal("kafka" if name == "kafka" else "postgres", signal.SIGCONT)
        self._supervisor.stop()

    def signal(self, name: Server, number: signal.Signals) -> None:
        """Send a signal to a server and all processes of it."""
        process = self._process(name)
        if process.poll() is not None:
            return
        family = psutil.Process(process.pid)
        # A postmaster at work starts more, which would outlive it and keep the next one from starting.
        family.suspend()
        for one in (*family.children(recursive=True), family):
            try:
                one.send_signal(number)
            except psutil.NoSuchProcess:
                continue

    def pid(self, name: str) -> int:
        """The process of a server."""
        return self._supervisor._children[name].process.pid

    def kill(self, name: Server) -> None:
        """As a machine without power ends it."""
        self.signal(name, signal.SIGKILL)
        self._ended(name)

    def end(self, name: Server) -> None:
        """As an operator restarts it: in order, whoever is connected."""
        number = signal.SIGINT if name == "postgres" else signal.SIGTERM
        self._process(name).send_signal(number)
        self._ended(name)

    def _ended(self, name: Server) -> None:
        process = self._process(name)
        process.wait(300)
        self._supervisor._record.remove(process.pid)

    def _process(self, name: Server) -> "subprocess.Popen[bytes]":
        return self._supervisor._children[name].process

    def _start_kafka(self) -> None:
        folder = self._folder / kafka.NAME
        folder.mkdir(parents=True, exist_ok=True)
        own = kafka.properties(self._kafka_port, self._controller_port, _PASSWORDS)
        more = _listeners(own, self._listeners, self.kafka_links)
        (folder / kafka.SETTINGS).write_text(own + more)
        kafka.run(self._supervisor, folder)


def _listeners(own: str, ports: Mapping[str, int], links: Mapping[str, Proxy]) -> str:
    """The lines that give each service a listener too."""
    of = dict(line.partition("=")[::2] for line in own.splitlines())
    added = {
        "listeners": (f"{n.upper()}://{HOST}:{port}" for n, port in ports.items()),
        "advertised.listeners": (f"{n.upper()}://{HOST}:{links[n].port}" for n in ports),
        "listener.security.protocol.map": (f"{n.upper()}:SASL_PLAINTEXT" for n in ports),
    }
    lines = {name: ",".join((of[name], *more)) for name, more in added.items()}
    logins = (kafka.login(name, _PASSWORDS) for name in ports)
    return "".join(f"{name}={value}\n" for one in (lines, *logins) for name, value in one.items())
