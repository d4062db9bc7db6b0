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
from services.fetcher.archive.http import Http
from services.fetcher.archive.reply import NoReply, Reply
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.connection import Store
from shared.errors import DependencyDown
from testing.archive.faults import FaultyArchive
from testing.archive.server import serve
from testing.waiting import LIMIT_SECONDS

_MOMENT = 0.2


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
        # Longer than a busy machine takes; see `impatient`.
        "read_seconds": LIMIT_SECONDS,
        "answer_seconds": LIMIT_SECONDS,
        "archive_pause_seconds": 0.2,
        "hold_seconds": 0.05,
        "confirm_seconds": LIMIT_SECONDS,
    }
    return FetcherSettings(**(fast | changed))


class UncontestedLease(ArchiveLease):
    """The lease to use the archive when there is no other fetcher."""

    def held(self) -> bool:
        """Always."""
        return True

    async def wait(self) -> None:
        """Without waiting."""


class Impatient(Http):
    """Waits for an answer as long as the settings say, but a moment for `impatient` targets."""

    def __init__(
        self, settings: FetcherSettings, impatient: Callable[[str], bool], asked: list[str]
    ) -> None:
        super().__init__(settings)
        self._asked = asked
        moment = {"read_seconds": _MOMENT, "answer_seconds": _MOMENT}
        self._brief = Http(settings.model_copy(update=moment))
        self._impatient = impatient

    async def get(self, target: str) -> Reply | NoReply:
        impatient = self._impatient(target)
        self._asked.append(target)
        if impatient:
            return await self._brief.get(target)
        return await super().get(target)

    async def close(self) -> None:
        await self._brief.close()
        await super().close()


@dataclass
class Stage(ArchiveLease):
    """An archive at `url`; `faults` takes the script of what it does wrong.

    `store` is without Postgres unless a test gives it one. `asked` are the targets that clients asked for:
    what was given up soon the archive may not have seen.
    """

    faults: FaultyArchive
    url: str
    folder: Path
    store: Store = field(default_factory=lambda: Store("postgresql://mofcom@127.0.0.1:9/mofcom"))
    standing_by: bool = False
    clock: Callable[[], float] = time
    pauses: list[Pause] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def settings(self, **changed: Any) -> FetcherSettings:
        return settings(self.folder, self.url, **changed)

    @asynccontextmanager
    async def client(
        self, impatient: Callable[[str], bool] = lambda target: False, **changed: Any
    ) -> AsyncIterator[Client]:
        """A client that gives up soon on targets that are `impatient`: the script leaves them without
        an answer. It waits for all others, so that a busy machine makes no difference.
        """
        settings = self.settings(**changed)
        client = Client(settings, self, self.kept, self.clock)
        client._http = Impatient(settings, impatient, self.asked)
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
            raise DependencyDown("lease", "standing by")

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
