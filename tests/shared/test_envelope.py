"""Events survive Kafka; records that are not events, or too new, are distinguished."""

from datetime import UTC, datetime

import pytest

from shared.envelope import decode, encode
from shared.errors import InvalidEvent, NewerSchema
from shared.events import AddressRequested, Event
from tests.shared.samples import ADDRESS, AT, EVENTS


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.TYPE)
def test_round_trip(event: Event) -> None:
    record = encode(event, "test", AT)
    assert decode(type(event), record.value, record.headers) == event
    assert record.key == event.key.encode()


def test_the_attributes_are_cloudevents_in_binary_mode() -> None:
    record = encode(ADDRESS, "fetcher", datetime(2023, 1, 13, tzinfo=UTC))
    assert dict(record.headers) == {
        "ce_id": ADDRESS.id.encode(),
        "ce_source": b"/fetcher",
        "ce_type": b"mofcom.address.requested",
        "ce_specversion": b"1.0",
        "ce_time": b"2023-01-13T00:00:00Z",
        "ce_dataschema": b"urn:mofcom.address.requested:1.0",
        "content-type": b"application/json",
        "traceparent": f"00-{ADDRESS.id[:32]}-{ADDRESS.id[32:48]}-01".encode(),
    }


def headers(**changed: bytes) -> list[tuple[str, bytes]]:
    return list((dict(encode(ADDRESS, "test", AT).headers) | changed).items())


def test_a_newer_major_version_is_not_judged() -> None:
    value = encode(ADDRESS, "test", AT).value
    with pytest.raises(NewerSchema, match=r"2\.0 is newer than the 1\.0 known here"):
        decode(AddressRequested, value, headers(ce_dataschema=b"urn:mofcom.address.requested:2.0"))


def test_a_newer_minor_version_is_read() -> None:
    value = encode(ADDRESS, "test", AT).value.replace(b"{", b'{"added_later": 1, ', 1)
    named = headers(ce_dataschema=b"urn:mofcom.address.requested:1.7")
    assert decode(AddressRequested, value, named) == ADDRESS


@pytest.mark.parametrize(
    ("value", "named", "why"),
    [
        (b"{", headers(), "not a valid mofcom.address.requested"),
        (None, headers(), "not a valid"),
        (b"{}", headers(), "address_id"),
        (b"{}", headers(ce_type=b"other"), "ce_type is 'other'"),
        (b"{}", [], "ce_type is ''"),
        (b"{}", headers(ce_dataschema=b"x"), "schema version is 'x'"),
        (b"{}", headers(ce_type=b"\xff"), "ce_type is"),
    ],
)
def test_what_is_no_event_is_refused(
    value: bytes | None, named: list[tuple[str, bytes]], why: str
) -> None:
    with pytest.raises(InvalidEvent, match=why):
        decode(AddressRequested, value, named)
