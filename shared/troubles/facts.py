"""What is known of a pipeline at one moment, in plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Reader(NamedTuple):
    """A service's consumer group: its members, and the messages that it has not read."""

    members: int
    lag: int


class First(NamedTuple):
    """How many there are, and the first of them."""

    number: int
    first: str


class Pause(NamedTuple):
    """Until when something is not asked, and why."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Facts:
    """`kafka` and `postgres` say why they do not answer, and are empty when they do.

    `problems` are those of each service's /ready; `silent` are services that do not answer, and why.
    `other_pauses` are those of archives beside the Wayback Machine, by name.
    `still` are services that make no progress, `engines` those that are down and why. `bodies` are
    those missing of so many that were looked for, `disk` the free and all bytes of the blob store's
    disk, `tables` the newest tables file of the database and of the program, `restoring` how many
    parts of the memory are read, `alerts` what is wrong with the file of alerts. None: not looked at, or nothing.
    """

    kafka: str = ""
    postgres: str = ""
    readers: Mapping[str, Reader] = field(default_factory=dict)
    still: Sequence[str] = ()
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    silent: Mapping[str, str] = field(default_factory=dict)
    engines: Mapping[str, str] = field(default_factory=dict)
    pause: Pause | None = None
    save_pause: Pause | None = None
    other_pauses: Mapping[str, Pause] = field(default_factory=dict)
    restoring: int | None = None
    bodies: tuple[int, int] | None = None
    disk: tuple[int, int] | None = None
    tables: tuple[int, int] | None = None
    between: int = 0
    gap: int = 0
    without_english: int = 0
    outdated: int = 0
    partial: First | None = None
    refused_seeds: First | None = None
    alerts: str = ""
    disabled_targets: First | None = None
    dead_letters: int = 0
