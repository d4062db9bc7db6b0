"""Replays, reinserts or drops dead letters; each action is an event."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from shared.dead_letters.letters import Letter, Policy
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.envelope import decode
from shared.errors import InvalidEvent, NewerSchema
from shared.events import (
    AddressExpanded,
    AddressRequested,
    AttachmentRead,
    CaptureFetched,
    CaptureRequested,
    DeadLetter,
    DeadLetterHandled,
    Event,
    NoticeParsed,
)
from shared.settings import KafkaSettings
from shared.topics import BY_NAME, DEAD_LETTER_HANDLED

Action = Literal["replayed", "reinserted", "dropped"]


async def replay(
    settings: KafkaSettings, source: str, letters: Sequence[Letter], policy: Policy
) -> dict[Action, int]:
    """Send records again to where they came from, as the next attempt; how many of each action.

    `source` is the program that does so, which events name.
    Raises InvalidEvent at the first that `policy` stops at: those before it are sent. Raises
    Kafka's errors and DependencyDown.
    """
    done: dict[Action, int] = {}
    async with KafkaPublisher(settings, source) as publisher:
        for letter in letters:
            try:
                retry = _retry(letter)
            except (InvalidEvent, NewerSchema) as error:
                if policy is Policy.STOP:
                    sent = done.get("replayed", 0)
                    raise InvalidEvent(
                        f"{letter.position}, after {sent} sent again: {error}"
                    ) from error
                action: Action = "dropped"
                if policy is Policy.REINSERT and letter.topic in BY_NAME:
                    action = "reinserted"
                    await publisher.republish(
                        BY_NAME[letter.topic], letter.key, letter.value, letter.headers
                    )
                await publisher.publish(
                    handled(letter, action, f"replay could not read it: {error}")
                )
            else:
                action = "replayed"
                await publisher.publish([retry, *handled(letter, action, None)])
            done[action] = done.get(action, 0) + 1
    return done


async def drop(settings: KafkaSettings, letters: Sequence[Letter], note: str | None) -> None:
    """Say that nothing is to be done about these. Raises Kafka's errors and DependencyDown."""
    async with KafkaPublisher(settings, "cli") as publisher:
        await publisher.publish(
            publication for letter in letters for publication in handled(letter, "dropped", note)
        )


def handled(letter: Letter, action: Action, note: str | None) -> list[Publication]:
    """The events that say so, one for each service that had given the record up."""
    now = datetime.now(UTC)
    return [
        Publication(
            DEAD_LETTER_HANDLED,
            DeadLetterHandled(
                service=service,
                subject=letter.subject,
                action=action,
                note=note,
                handled_at=now,
            ),
        )
        for service in letter.services
    ]


def next_attempt(event: Event, attempt: int) -> Event:
    """`event` as that attempt of what it speaks of; an event that counts none stays as it is."""
    match event:
        case AddressRequested() | CaptureRequested():
            return event.model_copy(update={"attempt": attempt})
        case CaptureFetched():
            return event.model_copy(update={"request": next_attempt(event.request, attempt)})
        case NoticeParsed() | AttachmentRead():
            return event.model_copy(update={"fetched": next_attempt(event.fetched, attempt)})
        case AddressExpanded():
            return event.model_copy(update={"address": next_attempt(event.address, attempt)})
    return event


def _retry(letter: Letter) -> Publication:
    """Raises InvalidEvent and NewerSchema for what is not an event to this version."""
    topic = BY_NAME.get(letter.topic)
    if topic is None or topic.event in (DeadLetter, DeadLetterHandled):
        raise InvalidEvent(f"nothing is sent to {letter.topic}")
    event = decode(topic.event, letter.value, letter.headers)
    return Publication(topic, next_attempt(event, (letter.attempt or 0) + 1))
