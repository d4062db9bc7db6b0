"""The notifier's parts on a database with the bundled pages, as its own role."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.notifier.alerts_file import Alert
from services.notifier.matching import Matching
from services.notifier.messages import Message
from services.notifier.roster import Roster
from services.notifier.store import Store
from services.notifier.targets.target import NotSent
from testing.servers import as_role
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import connection, write
from tests.database.questions.conftest import bundled
from tests.services.notifier.receiver import Receiver, receiving

__all__ = ["bundled", "connection", "write"]


class Collecting:
    """A target that collects what it is sent; it fails while `why` says so, and waits until it `takes` it."""

    def __init__(self, name: str = "webhook a.example 1", *, together: bool = False) -> None:
        self.name = name
        self.together = together
        self.sent: list[Message] = []
        self.why: NotSent | None = None
        self.takes: asyncio.Event | None = None
        self.asked = 0

    async def send(self, message: Message) -> None:
        self.asked += 1
        if self.takes is not None:
            await self.takes.wait()
        if self.why is not None:
            raise self.why
        self.sent.append(message)

    @property
    def items(self) -> list[Any]:
        return [item for message in self.sent for item in message.items]


class Desk:
    """The alerts of a file, and the step that reads the logs for them."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.file = folder / "alerts.toml"
        self.roster = Roster(folder, store)
        self.matching = Matching(store, batch=50, console_url="http://127.0.0.1:18480")
        self.targets: dict[str, list[Collecting]] = {}

    async def alerts(self, text: str, *targets: Collecting) -> tuple[Alert, ...]:
        """Write the file, and begin its alerts; all tell these targets."""
        self.file.write_text(text)
        alerts = await self.roster.read()
        self.targets = {alert.name: list(targets) for alert in alerts}
        await self.roster.apply(self.targets)
        return alerts

    async def read(self) -> None:
        """Read all that the logs have."""
        for alert in await self.roster.read():
            while await self.matching.read(alert, self.targets[alert.name]):
                pass

    async def found(self, alert: str) -> list[tuple[str, str]]:
        """The document numbers and kinds of what an alert has found, in order."""
        async with self.store.transaction() as transaction:
            rows = await transaction.fetch(
                "SELECT coalesce(document_number, notice_key) AS number, kind FROM alert_matches "
                "WHERE alert = $1 ORDER BY at, length(id), id",
                alert,
            )
        return [(row["number"], row["kind"]) for row in rows]


@pytest.fixture
async def store(bundled: asyncpg.Connection, database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "notifier"), LIMIT_SECONDS)
    await store.start()
    yield store
    await store.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(store, tmp_path)
