"""Asks the archive once for each attempt, also when Kafka redelivers it."""

from collections.abc import Sequence
from typing import Generic, TypeVar

import structlog

from services.fetcher.sidecar import EndingSidecar, GivenUp
from services.fetcher.store.endings import Ended, Ending, Endings, id_of
from shared.blobs import Blobs
from shared.delivery.publisher import Publication
from shared.delivery.settle import Handler
from shared.errors import GaveUp
from shared.events import AddressExpanded, AddressRequested, CaptureFetched, CaptureRequested, Done
from shared.topics import ADDRESS_EXPANDED, CAPTURE_FETCHED

log = structlog.get_logger()

A = TypeVar("A", AddressRequested, CaptureRequested)


class AskOnce(Generic[A]):
    """A handler around `handler`, of addresses or of requests for captures.

    What has ended before is not handled but ends so again, in the same event or dead letter, be it
    that Kafka lost the offsets and delivers all that was ever requested. A later attempt, and whoever
    asks anew, reach `handler`. Captures that are stored are not remembered here, but by
    `StoredCaptures`. How the others ended is written to the blob store too, from which a lost database
    is made again.
    """

    def __init__(self, handler: Handler[A], endings: Endings, blobs: Blobs) -> None:
        self._handler: Handler[A] = handler
        self._endings = endings
        self._blobs = blobs

    async def __call__(self, asked: A) -> Sequence[Publication]:
        """Raises what the handler raises, GaveUp as before, and DependencyDown while Postgres is down."""
        ending = await self._endings.find(asked)
        if ending is not None and ending.answers(asked):
            log.info("ended before", attempt=ending.attempt)
            if isinstance(ending.ended, GaveUp):
                raise ending.ended
            return [_publication(ending.ended)]
        asked = _renewed(asked, ending)
        try:
            publications = await self._handler(asked)
        except GaveUp as gave_up:
            await self._record(asked, gave_up)
            raise
        for publication in publications:
            event = publication.event
            if isinstance(event, AddressExpanded) or (
                isinstance(event, CaptureFetched) and not isinstance(event.outcome, Done)
            ):
                await self._record(asked, event)
        return publications

    async def _record(self, asked: A, ended: Ended | GaveUp) -> None:
        sidecar = (
            EndingSidecar(asked=asked, gave_up=GivenUp.of(ended))
            if isinstance(ended, GaveUp)
            else EndingSidecar(asked=asked, ended=ended)
        )
        await self._blobs.put_ending(id_of(asked), sidecar)
        await self._endings.record(asked, ended)


def _renewed(asked: A, ending: Ending | None) -> A:
    """What failed before and is asked for anew counts as the next attempt.

    The ledger takes the attempt with the greatest number for the newest.
    """
    if ending is None or asked.attempt > ending.attempt or _is_done(ending.ended):
        return asked
    return asked.model_copy(update={"attempt": ending.attempt + 1})


def _is_done(ended: Ended | GaveUp) -> bool:
    return not isinstance(ended, GaveUp) and isinstance(ended.outcome, Done)


def _publication(ended: Ended) -> Publication:
    topic = CAPTURE_FETCHED if isinstance(ended, CaptureFetched) else ADDRESS_EXPANDED
    return Publication(topic, ended)
