"""What is done to the pipeline, drawn from a seed: the same seed, the same plan."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from testing.chaos.proxy import Harm

SERVICES = ("fetcher", "parser", "indexer")

Blow = Literal["SIGKILL", "SIGTERM"]
Trouble = Literal[
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

    blow: Blow
    service: str
    number: int
    after: float


@dataclass(frozen=True, slots=True)
class Disaster:
    """Something that lasts `seconds`; `service` and `other` name the two ends of a network."""

    trouble: Trouble
    seconds: float
    service: str = ""
    other: str = ""
    harm: Harm | None = None

    def __str__(self) -> str:
        if self.trouble == "network":
            return f"{self.service}-{self.other} {self.harm}"
        return f"{self.trouble} {self.service}".strip()


LINKS = (
    ("fetcher", "kafka"),
    ("parser", "kafka"),
    ("indexer", "kafka"),
    ("fetcher", "postgres"),
    ("indexer", "postgres"),
    ("fetcher", "archive"),
)


def kills(number: int, replicas: int, seconds_between: float, seed: int) -> Sequence[Kill]:
    """`number` signals; every replica of every service has its share, a third are SIGTERM."""
    draw = random.Random(seed)
    targets = [(service, n) for service in SERVICES for n in range(1, replicas + 1)]
    blows: tuple[Blow, ...] = ("SIGKILL", "SIGKILL", "SIGTERM")
    planned: list[Kill] = []
    while len(planned) < number:
        draw.shuffle(targets)
        for service, replica in targets[: number - len(planned)]:
            after = draw.expovariate(1 / seconds_between)
            planned.append(Kill(draw.choice(blows), service, replica, min(after, 10.0)))
    return planned


def disasters(seed: int, freeze_seconds: float, network_seconds: float) -> Sequence[Disaster]:
    """Every disaster there is, in an order of the seed's: servers twice, each link in each way."""
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
        Disaster("network", network_seconds, service, other, harm)
        for service, other in LINKS
        for harm in get_args(Harm)
    ]
    scaled = [Disaster("scaled down", 4.0, service) for service in SERVICES]
    planned = [*servers, *networks, *scaled]
    draw.shuffle(planned)
    return planned


def few_disasters(seed: int) -> Sequence[Disaster]:
    """One of each that is over soon, for a run in between."""
    draw = random.Random(seed + 1)
    service, other = draw.choice(LINKS)
    planned = [
        Disaster("kafka killed", 0.5),
        Disaster("postgres killed", 0.5),
        Disaster("network", 1.5, service, other, draw.choice(get_args(Harm))),
    ]
    draw.shuffle(planned)
    return planned
