"""The faults to inject, drawn from a random seed: the same seed, the same plan."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from testing.chaos.proxy import NetworkFault

SERVICES = ("fetcher", "parser", "indexer")

KillSignal = Literal["SIGKILL", "SIGTERM"]
DisasterKind = Literal[
    "kafka killed",
    "kafka frozen",
    "postgres killed",
    "postgres restarted",
    "postgres frozen",
    "network",
    "scaled down",
]


@dataclass(frozen=True, slots=True)
class Kill:
    """A signal to one replica, `after` seconds since the last."""

    signal: KillSignal
    service: str
    number: int
    after: float


@dataclass(frozen=True, slots=True)
class Disaster:
    """Something that lasts `seconds`; `service` and `other` name the two ends of a network."""

    kind: DisasterKind
    seconds: float
    service: str = ""
    other: str = ""
    fault: NetworkFault | None = None

    def __str__(self) -> str:
        if self.kind == "network":
            return f"{self.service}-{self.other} {self.fault}"
        return f"{self.kind} {self.service}".strip()


LINKS = (
    ("fetcher", "kafka"),
    ("parser", "kafka"),
    ("indexer", "kafka"),
    ("fetcher", "postgres"),
    ("indexer", "postgres"),
    ("fetcher", "archive"),
)


def kills(number: int, replicas: int, seconds_between: float, seed: int) -> Sequence[Kill]:
    """`number` signals, spread evenly over all replicas; a third are SIGTERM."""
    draw = random.Random(seed)
    targets = [(service, n) for service in SERVICES for n in range(1, replicas + 1)]
    signals: tuple[KillSignal, ...] = ("SIGKILL", "SIGKILL", "SIGTERM")
    planned: list[Kill] = []
    while len(planned) < number:
        draw.shuffle(targets)
        for service, replica in targets[: number - len(planned)]:
            after = draw.expovariate(1 / seconds_between)
            planned.append(Kill(draw.choice(signals), service, replica, min(after, 10.0)))
    return planned


def disasters(seed: int, freeze_seconds: float, network_seconds: float) -> Sequence[Disaster]:
    """Every disaster, in an order drawn from the seed: servers, each fault of each link, scaling."""
    draw = random.Random(seed + 1)
    servers = [
        Disaster("kafka killed", 0.5),
        Disaster("kafka killed", 3.0),
        Disaster("kafka frozen", freeze_seconds),
        Disaster("postgres killed", 0.5),
        Disaster("postgres restarted", 1.0),
        Disaster("postgres frozen", min(freeze_seconds, 15.0)),
    ]
    networks = [
        Disaster("network", network_seconds, service, other, fault)
        for service, other in LINKS
        for fault in get_args(NetworkFault)
    ]
    scaled = [Disaster("scaled down", 4.0, service) for service in SERVICES]
    planned = [*servers, *networks, *scaled]
    draw.shuffle(planned)
    return planned


def few_disasters(seed: int) -> Sequence[Disaster]:
    """One short disaster of each kind, for a quick run."""
    draw = random.Random(seed + 1)
    service, other = draw.choice(LINKS)
    planned = [
        Disaster("kafka killed", 0.5),
        Disaster("postgres killed", 0.5),
        Disaster("network", 1.5, service, other, draw.choice(get_args(NetworkFault))),
    ]
    draw.shuffle(planned)
    return planned
