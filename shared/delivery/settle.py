"""Settles a message: handle it and publish the result, or make it a dead letter."""

import traceback
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from shared.delivery.brake import Brake
from shared.delivery.dead_letter import dead_letter
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
from shared.kafka import kafka_down
from shared.loops import while_down
from shared.settings import Settings
from shared.topics import DEAD_LETTER
from shared.trace import failed, traced

log = structlog.get_logger()

T = TypeVar("T")

Handler = Callable[[E], Awaitable[Sequence[Publication]]]
"""Processes one event and returns what to publish; must be idempotent.

May raise DependencyDown: the message is held and handled again. GaveUp, and any other exception,
makes the message a dead letter.
"""


class Settle(Generic[E]):
    """Settles messages with events of type `model`."""

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
        self._brake = Brake(settings.unknown_errors, settings.hold_seconds)

    async def __call__(self, message: Message) -> None:
        """Return when the message may be acknowledged; never raises (but for cancellation)."""
        about = {"message": str(message), **names(message.value)}
        what = f"{self._service} {message.topic}"
        with self._health.working(), traced(message.headers, what, **about):
            publications = await self._retry(lambda: self._handled(message))
            try:
                await self._published(publications)
            except EventTooLarge as error:
                await self._published(self._dead(message, "too large", str(error)))
            except Exception:  # noqa: BLE001 - as below; what Kafka itself says is held
                self._brake.saw(True)
                dead = self._dead(message, "unexpected error", traceback.format_exc())
                await self._published(dead)

    async def _handled(self, message: Message) -> Sequence[Publication]:
        self._brake.pause()
        try:
            event = decode(self._model, message.value, message.headers)
            publications = await self._handler(event)
        except DependencyDown:
            raise
        except NewerSchema as newer:
            raise DependencyDown("newer schema", f"{newer}: upgrade it") from newer
        except InvalidEvent as error:
            return self._dead(message, "invalid event", str(error))
        except BlobMissing as error:
            # One body may be lost; if all are, the store is not mounted.
            self._brake.saw(True)
            return self._dead(message, error.reason, error.detail)
        except GaveUp as error:
            return self._dead(message, error.reason, error.detail, error.at)
        except Exception:  # noqa: BLE001 - nothing may be raised into Faust: it would drop the message
            self._brake.saw(True)
            return self._dead(message, "unexpected error", traceback.format_exc())
        self._brake.saw(False)
        return publications

    async def _published(self, publications: Sequence[Publication]) -> None:
        await self._retry(lambda: self._confirmed(publications))

    async def _confirmed(self, publications: Sequence[Publication]) -> None:
        # No permission to write, a fenced producer: not the message's fault, and raised into Faust
        # the error would lose the message.
        with kafka_down():
            await self._publisher.publish(publications)

    def _dead(
        self, message: Message, reason: str, error: str, at: datetime | None = None
    ) -> Sequence[Publication]:
        failed(reason)
        log.error(
            "dead letter",
            reason=reason,
            error=error.strip().rpartition("\n")[2],
        )
        return [Publication(DEAD_LETTER, dead_letter(message, self._service, reason, error, at))]

    async def _retry(self, step: Callable[[], Awaitable[T]]) -> T:
        return await while_down(step, self._health, self._hold_seconds)
