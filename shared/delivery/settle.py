"""From a message to its end: handle it, publish what comes of it, or keep it with its cause."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import structlog
from aiokafka.errors import KafkaError

from shared.delivery.dead_letter import dead_letter
from shared.delivery.error_rate import ErrorRate
from shared.delivery.message import Message
from shared.delivery.names import names
from shared.delivery.publisher import Publication, Publisher
from shared.envelope import E, decode
from shared.errors import (
    BlobMissing,
    DependencyDown,
    EventTooLarge,
    GaveUp,
    InvalidEvent,
    NewerSchema,
)
from shared.health import Health
from shared.settings import Settings
from shared.topics import DEAD_LETTER
from shared.trace import traced

log = structlog.get_logger()

T = TypeVar("T")

Handler = Callable[[E], Awaitable[Sequence[Publication]]]
"""Works on one event and answers what is to be published.

May raise DependencyDown: the message is held and handled again, so doing it twice must be doing it
once. GaveUp, and anything else it raises, makes the message a dead letter.
"""


class Settle(Generic[E]):
    """Settles messages that hold events of type `model`."""

    def __init__(
        self,
        service: str,
        model: type[E],
        handler: Handler[E],
        publisher: Publisher,
        health: Health,
        settings: Settings,
    ) -> None:
        self._service = service
        self._model = model
        self._handler = handler
        self._publisher = publisher
        self._health = health
        self._hold_seconds = settings.hold_seconds
        self._errors = ErrorRate(settings.unknown_errors)

    async def __call__(self, message: Message) -> None:
        """Return when the message may be acknowledged; never raises (but for cancellation)."""
        about = {"message": str(message), **names(message.value)}
        with self._health.working(), traced(message.headers, **about):
            publications = await self._held(lambda: self._handled(message), message)
            try:
                await self._published(publications, message)
            except EventTooLarge as error:
                await self._published(self._dead(message, "too large", str(error)), message)
            except Exception:  # noqa: BLE001 - as below; what Kafka itself says is held
                self._errors.saw(unknown_error=True)
                dead = self._dead(message, "unexpected error", traceback.format_exc())
                await self._published(dead, message)

    async def _handled(self, message: Message) -> Sequence[Publication]:
        if broken := self._errors.exceeded:
            raise DependencyDown("this service", broken)
        try:
            event = decode(self._model, message.value, message.headers)
            publications = await self._handler(event)
        except (DependencyDown, NewerSchema):
            raise
        except InvalidEvent as error:
            return self._dead(message, "invalid event", str(error))
        except BlobMissing as error:
            # One body may be lost; all of them means that the store is not mounted.
            self._errors.saw(unknown_error=True)
            return self._dead(message, error.reason, error.detail)
        except GaveUp as error:
            return self._dead(message, error.reason, error.detail)
        except Exception:  # noqa: BLE001 - into Faust nothing may be raised: it would drop the message
            self._errors.saw(unknown_error=True)
            return self._dead(message, "unexpected error", traceback.format_exc())
        self._errors.saw(unknown_error=False)
        return publications

    async def _published(self, publications: Sequence[Publication], message: Message) -> None:
        await self._held(lambda: self._confirmed(publications), message)

    async def _confirmed(self, publications: Sequence[Publication]) -> None:
        try:
            await self._publisher.publish(publications)
        except KafkaError as error:
            # No right to write, a producer that is shut out: nothing that the message is to blame
            # for, and raised into Faust it would lose it.
            raise DependencyDown("kafka", repr(error)) from error

    def _dead(self, message: Message, reason: str, error: str) -> Sequence[Publication]:
        log.error(
            "dead letter",
            reason=reason,
            error=error.strip().rpartition("\n")[2],
        )
        return [Publication(DEAD_LETTER, dead_letter(message, self._service, reason, error))]

    async def _held(self, step: Callable[[], Awaitable[T]], message: Message) -> T:
        """Do `step`, again and again while a dependency is down."""
        while True:
            try:
                result = await step()
            except DependencyDown as down:
                name, why = down.name, down.why
            except NewerSchema as newer:
                name, why = "this service", f"{newer}: upgrade it"
            else:
                self._health.release(message)
                return result
            self._health.hold(message, name, why)
            log.warning("holding", waiting_for=name, why=why)
            await asyncio.sleep(self._hold_seconds)
