"""The client of the archive: every request goes through one rate limiter and one gate."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import time
from typing import Protocol

from services.fetcher.archive.answers import (
    Verdict,
    is_failure,
    is_foreign,
    is_late,
    is_unavailable,
    retry_after,
)
from services.fetcher.archive.archive import Archive
from services.fetcher.archive.gate import Gate, Pause
from services.fetcher.archive.http import Http
from services.fetcher.archive.landmarks import Landmarks
from services.fetcher.archive.pace import Pace, Priority
from services.fetcher.archive.reply import NoReply, Reply
from services.fetcher.archive.wayback import WaybackMachine
from services.fetcher.metrics import BUDGET_USED, PAUSE
from services.fetcher.settings import FetcherSettings
from shared.errors import DependencyDown
from shared.events import Answer

Judge = Callable[[Reply | NoReply], Verdict]
SavePause = Callable[[Pause], Awaitable[None]]


class ArchiveLease(Protocol):
    """The permission to use the archive, which one fetcher has at a time."""

    def held(self) -> bool:
        """Whether it is held now."""

    async def wait(self) -> None:
        """Return when it is held. Raises DependencyDown if that takes too long."""


class Client:
    """Requests to the archive in an even pace, through one gate.

    `archive` is the one that is asked, by default the Wayback Machine. `lease` tells whether this is the
    one fetcher that may ask: the archive's limits hold for all together. `save_pause` is called whenever
    the gate closes or opens, so that its state outlives the process.
    """

    def __init__(
        self,
        settings: FetcherSettings,
        lease: ArchiveLease,
        save_pause: SavePause,
        clock: Callable[[], float] = time,
        archive: Archive | None = None,
    ) -> None:
        self._lease = lease
        self._save_pause = save_pause
        self.archive: Archive = archive or WaybackMachine(settings)
        budget = self.archive.budget
        self.cdx_pace = Pace(budget.cdx_per_minute / 60, settings.archive_connections)
        self.memento_pace = Pace(budget.mementos_per_second, settings.archive_connections)
        self.save_pace = Pace(settings.save_requests_per_second, 1)
        self.gate = Gate(
            self.archive.name,
            settings.archive_pause_seconds,
            settings.archive_longest_pause_seconds,
            settings.outage_seconds,
            settings.calm_seconds,
            settings.failures,
            clock,
        )
        name = self.archive.name
        BUDGET_USED.labels(name, "index").set_function(self.cdx_pace.used)
        BUDGET_USED.labels(name, "captures").set_function(self.memento_pace.used)
        PAUSE.labels(name).set_function(self.gate.seconds_left)
        self._http = Http(settings, self.archive.url)
        self._landmarks = Landmarks(self.archive)
        # Whether what closed the gate was no answer of the archive's, but a page in place of captures.
        self._blocked = False

    async def get(
        self, target: str, pace: Pace, priority: Priority, judge: Judge
    ) -> tuple[Reply | NoReply, Verdict]:
        """Request `target` (ASCII path and query below the archive's URL) in the next free slot.

        `judge` classifies the answer. Raises DependencyDown if the answer closes the gate, while the
        gate is closed, and while another fetcher has the lease.
        """
        await self._lease.wait()
        capture = target if pace is self.memento_pace else None
        # Pages in place of captures say nothing of the index.
        if self.gate.check() and not (self._blocked and capture is None):
            await self._probe("", capture)
        async with pace.slot(priority):
            reply = await self._ask(target)
            verdict = judge(reply)
            failed = is_failure(reply, verdict)
            # The index times out on queries that are too wide; that says nothing about its health.
            too_wide = pace is self.cdx_pace and is_late(reply)
            doubtful = failed and not too_wide and self.gate.failed()
            async with self._saved():
                if is_unavailable(verdict):
                    self.gate.incident(verdict.why, retry_after(reply, datetime.now(UTC)))
        if doubtful:
            self._blocked = capture is not None and is_foreign(reply, verdict)
            await self._probe(verdict.why, capture)
        elif not failed:
            self.gate.answered()
            if capture is not None and verdict.answer is Answer.MEMENTO:
                self._landmarks.note(target)
        return reply, verdict

    async def save(
        self, method: str, target: str, authorization: str, form: bytes | None = None
    ) -> Reply | NoReply:
        """Request `target` of Save Page Now with the account's keys, in a pace of its own.

        Raises DependencyDown as `get` does; a connection that is refused closes the gate, what Save Page
        Now says of its own limits does not.
        """
        await self._lease.wait()
        if self.gate.check():
            await self._probe("", None)
        async with self.save_pace.slot(Priority.BACKLOG):
            self._hold_lease()
            reply = await self._http.send(method, target, authorization, form)
            if isinstance(reply, NoReply) and reply.why == "refused":
                async with self._saved():
                    self.gate.incident(f"connection refused: {reply.detail}")
        return reply

    def take_over(self, pauses: Mapping[str, Pause]) -> None:
        """Start as the new holder of the lease: respect the last known pause of this archive (`pauses` are by
        name), wait one interval.
        """
        self.gate.pause = pauses.get(self.archive.name)
        self.cdx_pace.skip_interval()
        self.memento_pace.skip_interval()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _ask(self, target: str) -> Reply | NoReply:
        self._hold_lease()
        return await self._http.get(target)

    def _hold_lease(self) -> None:
        if not self._lease.held():
            raise DependencyDown("lease", "this fetcher has lost the lease to another")

    async def _probe(self, failed: str, capture: str | None) -> None:
        """Ask for a capture that is known to be there; its answer opens the gate or closes it.

        `failed` is what went wrong before, empty when the gate was closed. Where that was a page which is
        not the archive's, the archive's word that it has no capture of a landmark is no proof that captures
        come through: then `capture`, the target of the one that is wanted now, decides. Raises DependencyDown.
        """
        with self.gate.probing():
            reply, verdict = await self._landmark(self._landmarks.next())
            if self._blocked and capture and verdict.answer is Answer.NEVER_ARCHIVED:
                reply, verdict = await self._landmark(capture)
        async with self._saved():
            if is_unavailable(verdict):
                self.gate.incident(verdict.why, retry_after(reply, datetime.now(UTC)))
            if is_failure(reply, verdict):
                why = f"failures in a row ({failed}), and then: " if failed else ""
                self.gate.outage(why + verdict.why)
            self._blocked = False
            self.gate.opened()

    async def _landmark(self, target: str) -> tuple[Reply | NoReply, Verdict]:
        async with self.memento_pace.slot(Priority.LIVE):
            reply = await self._ask(target)
        return reply, self._landmarks.judge(reply)

    @asynccontextmanager
    async def _saved(self) -> AsyncIterator[None]:
        """Around what may change the pause: it is stored if it has."""
        before = self.gate.pause
        try:
            yield
        finally:
            if self.gate.pause is not None and self.gate.pause != before:
                await self._save_pause(self.gate.pause)
