"""Events to Kafka records and back: CloudEvents in Kafka's binary mode.

The attributes are ``ce_`` headers, the value is the event's JSON: any tool that reads CloudEvents
understands a record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cloudevents.core.bindings.kafka import to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from pydantic import ValidationError

from shared.errors import InvalidEvent, NewerSchema
from shared.events import Event
from shared.trace import HEADER, traceparent

E = TypeVar("E", bound=Event)

Headers = Sequence[tuple[str, bytes]]

_JSON = JSONFormat()


@dataclass(frozen=True, slots=True)
class Record:
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


def encode(event: Event, source: str, time: datetime) -> Record:
    """The Kafka record of `event`, sent by the service `source` at `time`, with its trace."""
    attributes = {
        "id": event.id,
        "source": f"/{source}",
        "type": event.TYPE,
        "specversion": "1.0",
        "time": time,
        "datacontenttype": "application/json",
        "dataschema": f"urn:{event.TYPE}:{event.SCHEMA}",
    }
    cloud = CloudEvent(attributes, event.model_dump_json().encode())
    message = to_binary(cloud, _JSON)
    headers = [*message.headers.items(), (HEADER, traceparent(event.id).encode())]
    return Record(event.key.encode(), message.value, headers)


def decode(model: type[E], value: bytes | None, headers: Iterable[tuple[str, bytes]]) -> E:
    """The event in a record.

    Raises NewerSchema if its major version is above that of `model`, InvalidEvent if the record is
    not a valid `model`.
    """
    named = dict(headers)
    # A header may be there without a value.
    kind = (named.get("ce_type") or b"").decode("utf-8", "replace")
    if kind != model.TYPE:
        raise InvalidEvent(f"ce_type is {kind!r}, expected {model.TYPE!r}")
    schema = (named.get("ce_dataschema") or b"").decode("utf-8", "replace").rpartition(":")[2]
    if _major(schema) > _major(model.SCHEMA):
        raise NewerSchema(f"{kind} {schema} is newer than the {model.SCHEMA} known here")
    try:
        return model.model_validate_json(value or b"")
    except ValidationError as error:
        raise InvalidEvent(f"not a valid {kind}: {error}") from error


def _major(schema: str) -> int:
    major = schema.partition(".")[0]
    if not major.isdecimal():
        raise InvalidEvent(f"schema version is {schema!r}, expected MAJOR.MINOR")
    return int(major)
