"""`mofcom dead-letters`: what could not be worked on, and having it worked on again."""

import asyncio
import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import asyncpg
import typer
from aiokafka.errors import KafkaError
from rich.console import Console
from rich.table import Table

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, connections, database_dsn
from shared.delivery.dependency import DependencyDown
from shared.delivery.publisher import Publication, Publisher
from shared.envelope import InvalidEvent, NewerSchema, decode
from shared.events import (
    AddressExpanded,
    AddressRequested,
    CaptureFetched,
    CaptureRequested,
    Event,
    NoticeParsed,
    NoticeTranslated,
    TranslationRequested,
)
from shared.settings import Settings
from shared.topics import TOPICS

_CONNECT_SECONDS = 10
_MODELS: dict[str, type[Event]] = {
    "address.requested": AddressRequested,
    "capture.requested": CaptureRequested,
    "capture.backlog": CaptureRequested,
    "address.expanded": AddressExpanded,
    "capture.fetched": CaptureFetched,
    "notice.parsed": NoticeParsed,
    "notice.translated": NoticeTranslated,
    "translation.requested": TranslationRequested,
}
_TOPICS = {topic.name: topic for topic in TOPICS}

# A record may be dead for two services: it is one all the same.
_FOUND = """
SELECT * FROM (
    SELECT DISTINCT ON (d.topic, d."partition", d."offset")
        d.service, d.topic, d."partition", d."offset", d.reason, d.error, d.url, d.version,
        d.first_seen_at, d.record_key, d.record_value, d.record_headers,
        greatest(d.attempt, q.attempt, a.attempt) AS attempt
    FROM dead_letters AS d
    LEFT JOIN requests AS q USING (request_id)
    LEFT JOIN addresses AS a ON a.address_id = d.address_id
    WHERE ($1::text IS NULL OR d.reason = $1)
      AND ($2::timestamptz IS NULL OR d.first_seen_at >= $2)
      AND ($3::text IS NULL OR (d.topic, d."partition"::text, d."offset"::text)
           = (split_part($3, '/', 1), split_part($3, '/', 2), split_part($3, '/', 3)))
    ORDER BY d.topic, d."partition", d."offset", d.service
) AS letters
ORDER BY first_seen_at, topic, "partition", "offset"
LIMIT $4
"""

Letter = Mapping[str, Any]

Reason = Annotated[str | None, typer.Option(help="Only of this reason, e.g. `too slow`.")]
Since = Annotated[
    datetime | None, typer.Option(help="First seen on this day or later.", formats=["%Y-%m-%d"])
]
Limit = Annotated[int, typer.Option(help="At most so many, the oldest first.", min=1)]


class Policy(StrEnum):
    """What is done with a record that is no event to this version either."""

    STOP = "stop-on-error"
    REINSERT = "reinsert"
    DROP = "drop"


app = typer.Typer(help="What could not be worked on.", no_args_is_help=True)


@app.command("list")
def list_letters(reason: Reason = None, since: Since = None, limit: Limit = 50) -> None:
    """Show dead letters, one a line."""
    table = Table()
    # Whole, to be given to `show`.
    table.add_column("place", no_wrap=True)
    for name in ("service", "reason", "attempt", "first seen", "address"):
        table.add_column(name, overflow="fold")
    for letter in _letters(reason, since, None, limit):
        table.add_row(
            place_of(letter),
            letter["service"],
            letter["reason"],
            str(letter["attempt"] or ""),
            f"{letter['first_seen_at']:%F %T}",
            letter["url"] or "",
        )
    Console().print(table if table.row_count else "There are none.")


@app.command()
def show(
    place: Annotated[str, typer.Argument(help="As `list` shows it: TOPIC/PARTITION/OFFSET.")],
) -> None:
    """Show one dead letter whole: its error, headers and value."""
    letters = _letters(None, None, place, 1)
    if not letters:
        fail(f"no dead letter at {place}")
    (letter,) = letters
    for name in ("service", "version", "reason", "attempt", "first_seen_at", "url", "error"):
        typer.echo(f"{name}: {letter[name]}")
    for name, value in headers_of(letter):
        typer.echo(f"header {name}: {value.decode('utf-8', 'replace')}")
    typer.echo((letter["record_value"] or b"").decode("utf-8", "replace"))


@app.command()
def replay(
    reason: Reason = None,
    since: Since = None,
    limit: Limit = 100,
    place: Annotated[
        str | None, typer.Option(help="Only this one: TOPIC/PARTITION/OFFSET.")
    ] = None,
    policy: Annotated[
        Policy,
        typer.Option(
            help="For a record that this version cannot read either: stop before it, send it as "
            "it was, or leave it out."
        ),
    ] = Policy.STOP,
) -> None:
    """Send records again to where they came from, as the next attempt."""
    letters = _letters(reason, since, place, limit)
    try:
        sent, left = asyncio.run(_replay(_kafka_settings(), letters, policy))
    except NothingRuns as nothing:
        fail(str(nothing))
    except InvalidEvent as invalid:
        fail(f"stopped: {invalid}")
    except (KafkaError, DependencyDown) as error:
        fail(f"Kafka does not answer ({error!r}): is the pipeline running?")
    typer.echo(f"sent {sent} again" + (f", left out {left}" if left else ""))


def place_of(letter: Letter) -> str:
    """Where a record stood, as people give it."""
    return f"{letter['topic']}/{letter['partition']}/{letter['offset']}"


def headers_of(letter: Letter) -> list[tuple[str, bytes]]:
    """The record's own headers."""
    kept: list[tuple[str, str]] = json.loads(letter["record_headers"])
    return [(name, b64decode(value)) for name, value in kept]


def again(event: Event, attempt: int) -> Event:
    """`event` as that attempt of what it speaks of; an event that counts none stays as it is."""
    match event:
        case AddressRequested() | CaptureRequested():
            return event.model_copy(update={"attempt": attempt})
        case CaptureFetched():
            return event.model_copy(update={"request": again(event.request, attempt)})
        case NoticeParsed():
            return event.model_copy(update={"fetched": again(event.fetched, attempt)})
        case AddressExpanded():
            return event.model_copy(update={"address": again(event.address, attempt)})
    return event


def _letters(
    reason: str | None, since: datetime | None, place: str | None, limit: int
) -> Sequence[Letter]:
    try:
        dsn = database_dsn(CliSettings())
    except NothingRuns as nothing:
        fail(str(nothing))
    day = since.replace(tzinfo=UTC) if since else None
    try:
        return asyncio.run(_fetched(dsn, reason, day, place, limit))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        fail(f"the database does not answer ({error}): is the pipeline running?")


async def _fetched(dsn: str, *parameters: object) -> list[Letter]:
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        return [dict(row) for row in await database.fetch(_FOUND, *parameters)]
    finally:
        await database.close()


async def _replay(settings: Settings, letters: Sequence[Letter], policy: Policy) -> tuple[int, int]:
    publisher = Publisher(settings, "cli")
    await publisher.start()
    sent = left = 0
    try:
        for letter in letters:
            try:
                publication = _publication(letter)
            except (InvalidEvent, NewerSchema) as error:
                if policy is Policy.STOP:
                    raise InvalidEvent(
                        f"{place_of(letter)} after {sent} sent again: {error}"
                    ) from error
                if policy is Policy.DROP:
                    left += 1
                    continue
                await publisher.republish(
                    _TOPICS[letter["topic"]],
                    letter["record_key"],
                    letter["record_value"],
                    headers_of(letter),
                )
            else:
                await publisher.publish([publication])
            sent += 1
    finally:
        await publisher.stop()
    return sent, left


def _publication(letter: Letter) -> Publication:
    topic: Any = _TOPICS.get(letter["topic"])
    model = _MODELS.get(letter["topic"])
    if topic is None or model is None:
        raise InvalidEvent(f"nothing is sent to {letter['topic']}")
    event = decode(model, letter["record_value"], headers_of(letter))
    return Publication(topic, again(event, (letter["attempt"] or 0) + 1))


def _kafka_settings() -> Settings:
    settings = Settings()
    if "kafka_bootstrap_servers" in settings.model_fields_set:
        return settings
    known = connections(CliSettings())
    return Settings(kafka_bootstrap_servers=known["MOFCOM_KAFKA_BOOTSTRAP_SERVERS"])
