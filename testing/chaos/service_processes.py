"""The services' replicas as processes: started, killed, stopped, and restarted when they end."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from deploy.local.ports import HOST, any_port
from testing.waiting import until

_POLL_SECONDS = 0.05
# What Docker's grace would be; a service's own limit is below it.
_GRACE_SECONDS = 45.0
_PAUSE_SECONDS = 0.3


@dataclass
class Replica:
    """One process of a service; `asked` is the last signal sent to it, and when."""

    service: str
    number: int
    port: int
    process: "subprocess.Popen[bytes]"
    asked: tuple[signal.Signals, float] | None = None
    wanted: bool = True

    @property
    def name(self) -> str:
        """Service and number, as in logs and reports."""
        return f"{self.service}-{self.number}"


@dataclass
class Ended:
    """How a process ended: after which signal, with which status, after how many seconds.

    `last_log` is the end of the log of a process that ended without a signal.
    """

    name: str
    asked: signal.Signals | None
    status: int
    seconds: float
    last_log: str = ""


@dataclass
class ServiceProcesses:
    """`environment` of each service; logs go to `folder`."""

    folder: Path
    environment: Mapping[str, Mapping[str, str]]
    replicas: dict[str, Replica] = field(default_factory=dict)
    ended: list[Ended] = field(default_factory=list)
    _sessions: dict[int, str] = field(default_factory=dict)
    _noted: set[int] = field(default_factory=set)

    def start(self, service: str, number: int = 1, **settings: str) -> Replica:
        """Start a replica; does not wait."""
        return self.start_program(service, number, ("testing.service", service), **settings)

    def start_program(
        self, service: str, number: int, module: tuple[str, ...], **settings: str
    ) -> Replica:
        """Start `module` (with arguments) in the place of a service's own."""
        name = f"{service}-{number}"
        before = self.replicas.get(name)
        port = before.port if before else any_port()
        environment = {
            **os.environ,
            **self.environment[service],
            "MOFCOM_HTTP_PORT": str(port),
            **settings,
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *module],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                # To find what a killed one leaves behind.
                start_new_session=True,
            )
        self._sessions[process.pid] = name
        replica = Replica(service, number, port, process)
        self.replicas[name] = replica
        return replica

    def kill(self, name: str) -> None:
        """Send SIGKILL to the one process, as the out-of-memory killer does."""
        self._send(name, signal.SIGKILL)

    def terminate(self, name: str) -> None:
        """Send SIGTERM, as Docker does."""
        self._send(name, signal.SIGTERM)

    async def watch(self) -> None:
        """Restart whatever ends, as `restart: unless-stopped` does, until cancelled."""
        while True:
            for replica in list(self.replicas.values()):
                if self._poll(replica) and replica.wanted:
                    await asyncio.sleep(_PAUSE_SECONDS)
                    self.start(replica.service, replica.number)
            await asyncio.sleep(_POLL_SECONDS)

    async def wait_ready(self, *names: str) -> None:
        """Return when all of `names` (else every replica) say that they are ready."""
        for name in names or [n for n, one in self.replicas.items() if one.wanted]:
            ready, log = partial(asyncio.to_thread, self.is_ready, name), partial(self.log, name)
            await until(ready, log)

    async def wait_ended(self, name: str, seconds: float = _GRACE_SECONDS) -> int:
        """The exit status of a replica that was sent a signal, or kills itself."""
        process = self.replicas[name].process
        return await asyncio.to_thread(process.wait, seconds)

    def is_ready(self, name: str) -> bool:
        """Whether a replica's /ready answers 200."""
        try:
            with urlopen(f"http://{HOST}:{self.replicas[name].port}/ready", timeout=2):
                return True
        except (URLError, OSError):
            return False

    def log(self, name: str) -> str:
        """The end of a replica's log."""
        return (self.folder / f"{name}.log").read_text(errors="replace")[-5000:]

    def scale(self, service: str, number: int) -> None:
        """Run `number` replicas of a service: stop surplus ones, start missing ones."""
        for replica in self.replicas.values():
            if replica.service == service and replica.number > number and replica.wanted:
                replica.wanted = False
                self.terminate(replica.name)
        for wanted in range(1, number + 1):
            known = self.replicas.get(f"{service}-{wanted}")
            if known is None or (not known.wanted and known.process.poll() is not None):
                self.start(service, wanted)
            else:
                known.wanted = True

    async def stop(self) -> None:
        """Terminate all; kill those that do not end."""
        for replica in self.replicas.values():
            replica.wanted = False
            self.terminate(replica.name)
        while [one for one in self.replicas.values() if not self._poll(one)]:  # noqa: ASYNC110
            await asyncio.sleep(_POLL_SECONDS)

    def orphans(self) -> list[psutil.Process]:
        """Processes that outlived the replica that started them."""
        found = []
        running = {one.process.pid for one in self.replicas.values() if one.process.poll() is None}
        for process in psutil.process_iter(["pid", "status"]):
            try:
                session = os.getsid(process.pid)
            except ProcessLookupError:
                continue
            if process.info["status"] == psutil.STATUS_ZOMBIE:
                continue
            if session in self._sessions and session not in running and session != process.pid:
                found.append(process)
        return found

    def end_orphans(self) -> list[str]:
        """Kill processes that outlived their replica; whose they were, and their commands."""
        found = []
        for process in self.orphans():
            with suppress(psutil.NoSuchProcess):
                found.append(f"of {self._sessions[os.getsid(process.pid)]}: {process.cmdline()}")
                process.kill()
        return found

    def _send(self, name: str, number: signal.Signals) -> None:
        replica = self.replicas[name]
        if replica.process.poll() is None:
            replica.asked = (number, time.monotonic())
            replica.process.send_signal(number)

    def _poll(self, replica: Replica) -> bool:
        """Whether it has ended; one that exceeds its grace period is killed."""
        status = replica.process.poll()
        now = time.monotonic()
        asked = replica.asked
        if status is None:
            if asked and now - asked[1] > _GRACE_SECONDS:
                # Still counts as terminated by SIGTERM.
                replica.process.kill()
            return False
        if replica.process.pid not in self._noted:
            self.ended.append(
                Ended(
                    replica.name,
                    asked[0] if asked else None,
                    status,
                    now - asked[1] if asked else 0.0,
                    "" if asked else self.log(replica.name)[-1500:],
                )
            )
            self._noted.add(replica.process.pid)
        return True
