"""Records that no service can read, made from a sample of each event by chance."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.envelope import encode
from shared.events import Event
from shared.topics import EXCHANGED, Topic
from tests.shared.samples import AT, EVENTS

_SAMPLE: dict[str, Event] = {event.TYPE: event for event in EVENTS}
_LIMIT = 1024 * 1024

Headers = list[tuple[str, bytes | None]]


@dataclass
class Mutant:
    """A record to be sent; `how` names what was done to it."""

    topic: Topic
    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp_ms: int | None = None
    how: str = ""


def mutants(number: int, seed: int) -> Sequence[Mutant]:
    """`number` records, none of which is an event, over the topics of the services in turn."""
    draw = random.Random(seed)
    return [_mutant(EXCHANGED[n % len(EXCHANGED)], draw) for n in range(number)]


def _mutant(topic: Topic, draw: random.Random) -> Mutant:
    record = encode(_SAMPLE[topic.event.TYPE], "test", AT)
    mutant = Mutant(topic, record.key, record.value, list(record.headers))
    change = draw.choice(_CHANGES)
    change(mutant, draw)
    mutant.how = change.__name__
    # Beside what makes it unreadable, what every reader must bear.
    if draw.random() < 0.1 and mutant.value is not None:
        mutant.key = None
    if draw.random() < 0.1:
        mutant.timestamp_ms = draw.choice((0, 1, 4_000_000_000))
    if draw.random() < 0.02:
        mutant.headers.append(("giant", b"h" * draw.randrange(100_000, 300_000)))
    return mutant


def cut_off(mutant: Mutant, draw: random.Random) -> None:
    value = mutant.value or b""
    mutant.value = value[: draw.randrange(len(value) - 1)]


def no_value(mutant: Mutant, draw: random.Random) -> None:
    mutant.value = draw.choice((None, b"", b"null", b"[]", b"0"))


def wrong_type(mutant: Mutant, draw: random.Random) -> None:
    fields = _fields(mutant)
    wrong: list[Any] = [{"x": [1]}, [[]], {"": None}]
    fields[draw.choice(_required(mutant))] = draw.choice(wrong)
    mutant.value = json.dumps(fields).encode()


def lacking(mutant: Mutant, draw: random.Random) -> None:
    fields = _fields(mutant)
    del fields[draw.choice(_required(mutant))]
    mutant.value = json.dumps(fields).encode()


def of_no_time(mutant: Mutant, draw: random.Random) -> None:
    name = next(name for name in _required(mutant) if name != "outcome")
    mutant.value = json.dumps({name: "+292277026596-12-04T15:30:07Z"}).encode()


def half_a_character(mutant: Mutant, draw: random.Random) -> None:
    value = mutant.value or b""
    at = draw.randrange(1, len(value))
    mutant.value = value[:at] + b"\xed\xa0\x80\xff" + value[at:]


def noise(mutant: Mutant, draw: random.Random) -> None:
    mutant.value = draw.randbytes(draw.randrange(1, 5_000))


def nested(mutant: Mutant, draw: random.Random) -> None:
    mutant.value = draw.choice((b"[", b'{"request":')) * draw.randrange(1_000, 100_000)


def of_no_type(mutant: Mutant, draw: random.Random) -> None:
    kind: bytes | None = draw.choice((b"mofcom.unknown", b"", None, b"\xff\xfe", b"x" * 50_000))
    mutant.headers = [(n, kind if n == "ce_type" else v) for n, v in mutant.headers]


def of_no_schema(mutant: Mutant, draw: random.Random) -> None:
    kind: bytes | None = draw.choice((b"urn:x:banana", b"", None, b"urn:x:-1.0", b"\xff"))
    mutant.headers = [(n, kind if n == "ce_dataschema" else v) for n, v in mutant.headers]


def bare(mutant: Mutant, draw: random.Random) -> None:
    mutant.headers = []


def oversized(mutant: Mutant, draw: random.Random) -> None:
    # Few of them are as large as the topic takes: that many would not fit onto a disk.
    largest = int(mutant.topic.config.get("max.message.bytes", _LIMIT))
    size = largest - 400_000 if draw.random() < 0.01 else 20_000
    mutant.value = b'{"request_id":"' + b"x" * size + b'"'


_CHANGES: tuple[Callable[[Mutant, random.Random], None], ...] = (
    cut_off,
    no_value,
    wrong_type,
    lacking,
    of_no_time,
    half_a_character,
    noise,
    nested,
    of_no_type,
    of_no_schema,
    bare,
    oversized,
)


def _fields(mutant: Mutant) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(mutant.value or b"{}")
    return fields


def _required(mutant: Mutant) -> list[str]:
    schema = type(_SAMPLE[mutant.topic.event.TYPE]).model_json_schema()
    required: list[str] = schema["required"]
    return required
