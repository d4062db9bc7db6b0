"""Every log line says what it is about."""

import pytest
import structlog

from shared.delivery.names import names
from shared.delivery.settle import Settle
from shared.envelope import encode
from shared.events import CaptureFetched
from shared.health import Health
from shared.settings import Settings
from testing.doubles import RecordingPublisher
from tests.shared.delivery.test_settle import message as request_message
from tests.shared.samples import ADDRESS, AT, FETCHED, PARSED, REQUEST

CAPTURE = FETCHED.capture.capture_id if FETCHED.capture else ""


def test_the_ids_that_a_record_names() -> None:
    def of(event: object) -> dict[str, str]:
        return names(encode(event, "test", AT).value)  # type: ignore[arg-type]

    assert of(ADDRESS) == {"address": ADDRESS.address_id}
    assert of(REQUEST)["request"] == REQUEST.request_id
    for event in (FETCHED, PARSED):
        assert of(event)["request"] == REQUEST.request_id
        assert of(event)["capture"] == CAPTURE


@pytest.mark.parametrize("value", [None, b"", b"?", b"[]", b"7", b'{"request": 1, "capture": []}'])
def test_what_names_nothing(value: bytes | None) -> None:
    assert names(value) == {}


async def test_lines_of_a_handler_carry_capture_and_trace() -> None:
    log = structlog.get_logger()

    async def handle(_: CaptureFetched) -> list[object]:
        log.info("at work")
        return []

    settle = Settle(
        "parser",
        CaptureFetched,
        handle,  # type: ignore[arg-type]
        RecordingPublisher(),
        Health(60, started=True),
        Settings(),
    )
    record = encode(FETCHED, "test", AT)
    fetched = request_message(record.value, ce_type=b"mofcom.capture.fetched")
    contextvars = structlog.contextvars.merge_contextvars
    with structlog.testing.capture_logs(processors=[contextvars]) as lines:
        await settle(fetched)
    (line,) = lines
    assert (line["event"], line["capture"], line["trace"]) == ("at work", CAPTURE, "a" * 32)
