"""The notifier as a service: reads the logs of changes for every alert, sends messages to targets, publishes `notice.changed`."""

import asyncio
from collections.abc import Collection, Sequence, Set
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from math import inf

from aiokafka import TopicPartition
from starlette.types import ASGIApp

from services.notifier.addresses import Allowed
from services.notifier.alerts_file import Alert
from services.notifier.delivering import Delivering
from services.notifier.due import next_digest
from services.notifier.http import Http
from services.notifier.keeping import Keeping
from services.notifier.listener import Listener
from services.notifier.matching import Matching
from services.notifier.publishing import Publishing
from services.notifier.roster import Roster
from services.notifier.settings import NotifierSettings
from services.notifier.statuses import Statuses
from services.notifier.store import Store
from services.notifier.targets.build import targets_of
from services.notifier.targets.mail import MailServer
from services.notifier.targets.target import Target
from shared.delivery.publisher import KafkaPublisher
from shared.errors import DependencyDown
from shared.health import Health
from shared.kafka import require_topics
from shared.loops import every
from shared.topics import NOTICE_CHANGED, Topic

NAME = "notifier"


class Notifier:
    """A worker of `shared.service.run`. It reads no topic."""

    topics: Sequence[Topic] = ()
    http: ASGIApp | None = None

    def __init__(self, settings: NotifierSettings, health: Health) -> None:
        self._settings, self._health = settings, health
        dsn = settings.dsn_as("notifier")
        self._store = Store(dsn, settings.database_timeout_seconds)
        self._publisher = KafkaPublisher(settings, NAME)
        self._http = Http(Allowed(settings.notify_private_networks), settings.send_seconds)
        self._server = MailServer(
            settings.notify_smtp_url,
            settings.notify_smtp_password_file,
            settings.notify_mail_from,
            settings.send_seconds,
        )
        self._roster = Roster(settings.seeds_dir, self._store)
        self._statuses = Statuses(self._store, settings.rest_factor)
        self._matching = Matching(self._store, settings.batch, settings.notify_console_url)
        self._keeping = Keeping(self._store, settings.keep_days)
        self._delivering = Delivering(self._store, settings)
        self._publishing = Publishing(self._store, self._publisher, settings.batch)
        self._targets: dict[str, list[Target]] = {}
        # Set when there may be more to read, to send, to publish.
        self._read, self._send, self._publish = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._listener = Listener(dsn, (self._read.set, self._publish.set), settings.hold_seconds)
        self._stop = asyncio.Event()
        self._started = AsyncExitStack()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await require_topics(self._settings, (NOTICE_CHANGED,))
        async with AsyncExitStack() as started:
            for part in (self._store, self._publisher):
                await part.start()
                started.push_async_callback(part.stop)
            started.push_async_callback(self._http.stop)
            self._started = started.pop_all()
        loops = (
            (self.read, self._read),
            (self.send, self._send),
            (self._publishing.step, self._publish),
        )
        self._tasks = {
            asyncio.create_task(
                every(
                    self._settings.look_seconds,
                    step,
                    self._health,
                    hold_seconds=self._settings.hold_seconds,
                    stop=self._stop,
                    wake=wake,
                )
            )
            for step, wake in loops
        }
        self._listening = asyncio.create_task(self._listener.run())

    async def read(self) -> float:
        """Read alerts.toml, statuses and the logs; returns the seconds until there is more to read.

        Raises DependencyDown.
        """
        alerts = await self._roster.read()
        self._targets = {
            alert.name: targets_of(alert, self._http, self._server) for alert in alerts
        }
        await self._roster.apply(self._targets)
        now = datetime.now(UTC)
        seconds = min(self._settings.look_seconds, await self._statuses.look(now))
        failed: DependencyDown | None = None
        for alert in alerts:
            try:
                seconds = min(seconds, await self._read_for(alert, now))
            except DependencyDown as error:
                # It may be the statement of this alert that fails: the others go on.
                failed = error
        await self._keeping.look(now)
        self._send.set()
        self._publish.set()
        if failed is not None:
            raise failed
        return seconds

    async def _read_for(self, alert: Alert, now: datetime) -> float:
        """The seconds until there is more to read for this alert."""
        targets = self._targets[alert.name]
        full = await self._matching.read(alert, targets)
        following = next_digest(alert.how_often, now)
        await self._matching.digest(alert, targets, now, following)
        if full:
            return 0
        return inf if following is None else (following - now).total_seconds()

    async def send(self) -> float | None:
        """Send targets what waits for them. Raises DependencyDown."""
        return await self._delivering.step(self._targets)

    def assigned(self) -> Set[TopicPartition]:
        return frozenset()

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        """There is no topic to read again."""

    async def ended(self) -> None:
        done, _ = await asyncio.wait(
            {*self._tasks, *filter(None, [self._listening])}, return_when=asyncio.FIRST_COMPLETED
        )
        for task in done:
            task.result()

    async def stop(self) -> None:
        self._stop.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._listening is not None:
            self._listening.cancel()
        await self._started.aclose()
