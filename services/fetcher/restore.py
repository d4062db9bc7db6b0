"""Reads the fetcher's memory from the blob store, when the database that held it is lost."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from services.fetcher.sidecar import EndingSidecar, Sidecar
from services.fetcher.store.connection import Store
from services.fetcher.store.endings import Endings
from services.fetcher.store.restoration import Restoration
from services.fetcher.store.stored_captures import StoredCaptures
from shared.blobs import PARTS, Blobs
from shared.events import AddressRequested, CaptureFetched
from shared.health import Health
from shared.loops import every

log = structlog.get_logger()

S = TypeVar("S", bound=BaseModel)

# `mofcom rebuild`, which asks for one, takes minutes.
_LOOK_SECONDS = 5.0


class Restore:
    """Reads sidecars and endings, part by part, while a restoration is under way.

    One begins by itself where the memory is empty and the blob store is not, or when `mofcom rebuild`
    asks for it. Meanwhile no fetcher takes the lease to use the archive, which would be asked for what
    is stored. One that is interrupted goes on where it was; reading a part again changes nothing.
    """

    def __init__(
        self, store: Store, blobs: Blobs, health: Health, active: Callable[[], bool]
    ) -> None:
        self._restoration = Restoration(store)
        self._stored_captures = StoredCaptures(store)
        self._endings = Endings(store)
        self._blobs = blobs
        self._health = health
        self._active = active
        # Set when one may have begun.
        self._wake = asyncio.Event()

    async def begin_if_lost(self) -> None:
        """Begin, where the memory is empty and the blob store is not. Raises DependencyDown."""
        if await self._restoration.is_memory_empty() and await self._blobs.has_captures():
            log.warning("the database is empty and the blob store is not: the memory is restored")
            await self._restoration.begin()
            self._wake.set()

    async def run(self) -> None:
        """Read whenever a restoration is under way, while `active`, until cancelled."""
        try:
            await every(_LOOK_SECONDS, self._step, self._health, wake=self._wake)
        finally:
            self._health.release(self)

    async def _step(self) -> float | None:
        return 0 if self._active() and await self.step() else None

    async def step(self) -> bool:
        """Read the next part; False if no restoration is under way. Raises DependencyDown."""
        part = await self._restoration.under_way()
        if part is None:
            self._health.release(self)
            return False
        why = f"read from the blob store, {part} of {PARTS} parts are done"
        self._health.hold(self, "memory", why)
        whole = damaged = 0
        async for found in self._blobs.read_part("captures", part):
            sidecars = _valid(found, Sidecar)
            await self._captures(sidecars)
            whole, damaged = whole + len(sidecars), damaged + len(found) - len(sidecars)
        async for found in self._blobs.read_part("endings", part):
            endings = _valid(found, EndingSidecar)
            await self._ended(endings)
            whole, damaged = whole + len(endings), damaged + len(found) - len(endings)
        await self._restoration.advance(part, whole, damaged)
        self._health.moved()
        if part + 1 == PARTS:
            log.info("the memory is restored")
        return True

    async def _captures(self, sidecars: Sequence[Sidecar]) -> None:
        events = [sidecar.fetched for sidecar in sidecars]
        await self._restoration.answered(events)
        await asyncio.gather(*map(self._stored_captures.record, events))

    async def _ended(self, endings: Sequence[EndingSidecar]) -> None:
        fetched = [one.ended for one in endings if isinstance(one.ended, CaptureFetched)]
        await self._restoration.answered(fetched)
        addresses = [one.asked for one in endings if isinstance(one.asked, AddressRequested)]
        if addresses:
            await self._restoration.seed_lines(addresses)
        await asyncio.gather(*map(self._ending, endings))

    async def _ending(self, ending: EndingSidecar) -> None:
        if ended := ending.ended or (ending.gave_up and ending.gave_up.error()):
            await self._endings.record(ending.asked, ended)


def _valid(found: Sequence[bytes], model: type[S]) -> list[S]:
    """Those that are sidecars; a damaged one stops none of the others."""
    valid = []
    for each in found:
        try:
            valid.append(model.model_validate_json(each))
        except ValidationError as error:
            log.error("a sidecar cannot be read", begins=each[:60], why=str(error))
    return valid
