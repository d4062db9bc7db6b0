"""The fetcher's parts over a real socket, against an archive with scripted answers."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any

from deploy.local.archive.app import create_app
from deploy.local.archive.captures import Capture, Captures
from services.fetcher.archive.client import ArchiveLease, Client
from services.fetcher.archive.gate import Pause
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.connection import Store
from shared.errors import DependencyDown
from testing.archive.faults import FaultyArchive
from testing.archive.server import serve


def settings(
    folder: Path, archive_url: str = "http://127.0.0.1:9", **changed: Any
) -> FetcherSettings:
    """Settings with delays of milliseconds; blobs and seeds below `folder`."""
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    fast: dict[str, Any] = {
        "archive_url": archive_url,
        "blob_url": f"file://{folder}/blobs",
        "seeds_dir": seeds,
        "seeds_poll_seconds": 0.02,
        "archive_cdx_per_minute": 60_000,
        "archive_mementos_per_second": 1000,
        "read_seconds": 1.0,
        "answer_seconds": 2.0,
        "archive_pause_seconds": 0.2,
        "hold_seconds": 0.05,
        "confirm_seconds": 0.1,
    }
    return FetcherSettings(**(fast | changed))


class UncontestedLease(ArchiveLease):
    """The lease to use the archive when there is no other fetcher."""

    def held(self) -> bool:
        """Always."""
        return True

    async def wait(self) -> None:
        """Without waiting."""


@dataclass
class Stage(ArchiveLease):
    """An archive at `url`; `faults` takes the script of what it does wrong.

    `store` is without Postgres unless a test gives it one.
    """

    faults: FaultyArchive
    url: str
    folder: Path
    store: Store = field(default_factory=lambda: Store("postgresql://mofcom@127.0.0.1:9/mofcom"))
    standing_by: bool = False
    clock: Callable[[], float] = time
    pauses: list[Pause] = field(default_factory=list)

    def settings(self, **changed: Any) -> FetcherSettings:
        return settings(self.folder, self.url, **changed)

    @asynccontextmanager
    async def client(self, **changed: Any) -> AsyncIterator[Client]:
        client = Client(self.settings(**changed), self, self.kept, self.clock)
        try:
            yield client
        finally:
            await client.close()

    def held(self) -> bool:
        """The stage is the right to ask, too."""
        return not self.standing_by

    async def wait(self) -> None:
        """It is had or not, without waiting."""
        if self.standing_by:
            raise DependencyDown("this fetcher", "standing by")

    async def kept(self, pause: Pause) -> None:
        """Keeps the states of the client's gate."""
        self.pauses.append(pause)

    @property
    def targets(self) -> list[str]:
        """What the archive was asked, in order."""
        return [request.target for request in list(self.faults.archive.requests)]


@contextmanager
def staged(folder: Path, *captures: Capture) -> Iterator[Stage]:
    """A stage with these captures."""
    faults = FaultyArchive(create_app(Captures(captures)))
    with serve(faults) as url:
        yield Stage(faults, url, folder)
