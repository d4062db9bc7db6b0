"""Injects the planned faults: signals to replicas, and disasters of servers and networks."""

import asyncio
import signal
import time
from collections.abc import Callable, Sequence

from testing.chaos.plan import Disaster, Kill
from testing.chaos.proxy import Proxy
from testing.chaos.servers import Server, Servers
from testing.chaos.service_processes import ServiceProcesses

_BETWEEN_SECONDS = 2.0


class FaultInjector:
    """`done` has each fault and when it was over, on the monotonic clock."""

    def __init__(
        self, servers: Servers, archive: Proxy, processes: ServiceProcesses, replicas: int
    ) -> None:
        self._servers = servers
        self._archive = archive
        self._processes = processes
        self._replicas = replicas
        self.done: list[tuple[str, float]] = []

    async def kill_all(self, kills: Sequence[Kill]) -> None:
        """Send the signals, one after the other."""
        for kill in kills:
            await asyncio.sleep(kill.after)
            name = f"{kill.service}-{kill.number}"
            while self._processes.replicas[name].process.poll() is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            if kill.signal == "SIGKILL":
                self._processes.kill(name)
            else:
                self._processes.terminate(name)
            self._over(f"{kill.signal} {kill.service}")

    async def all_disasters(
        self, disasters: Sequence[Disaster], log: Callable[[str], None]
    ) -> None:
        """One after the other, with a pause between them."""
        for disaster in disasters:
            await asyncio.sleep(_BETWEEN_SECONDS)
            log(f"{disaster}, {disaster.seconds:g} s")
            await self._disaster(disaster)
            self._over(str(disaster))

    async def _disaster(self, disaster: Disaster) -> None:
        match disaster.kind:
            case "kafka killed" | "postgres killed":
                server: Server = "kafka" if disaster.kind == "kafka killed" else "postgres"
                await asyncio.to_thread(self._servers.kill, server)
                await asyncio.sleep(disaster.seconds)
                await asyncio.to_thread(self._servers.start, server)
            case "postgres restarted":
                await asyncio.to_thread(self._servers.end, "postgres")
                await asyncio.sleep(disaster.seconds)
                await asyncio.to_thread(self._servers.start, "postgres")
            case "kafka frozen" | "postgres frozen":
                server = "kafka" if disaster.kind == "kafka frozen" else "postgres"
                self._servers.signal(server, signal.SIGSTOP)
                await asyncio.sleep(disaster.seconds)
                self._servers.signal(server, signal.SIGCONT)
            case "network":
                link = self._link(disaster)
                if disaster.fault is not None:
                    link.inject(disaster.fault)
                await asyncio.sleep(disaster.seconds)
                link.heal()
            case "scaled down":
                self._processes.scale(disaster.service, 1)
                await asyncio.sleep(disaster.seconds)
                self._processes.scale(disaster.service, self._replicas)

    def _link(self, disaster: Disaster) -> Proxy:
        match disaster.other:
            case "kafka":
                return self._servers.kafka_links[disaster.service]
            case "postgres":
                return self._servers.postgres_links[disaster.service]
        return self._archive

    def _over(self, what: str) -> None:
        self.done.append((what, time.monotonic()))
