"""A file that breaks its process is an outcome, and the next one is read."""

import os
import signal
from collections.abc import Iterator

import pytest

from services.parser import attachment_workers as module
from services.parser.attachment_workers import AttachmentWorkers
from services.parser.attachments.read import read_attachment
from tests.services.parser.attachments.authoring.wordprocessing import document, paragraph

FILE = document(paragraph("附件"))
LEFT: list[bytes] = []


def _hostile(data: bytes, ocr: bool) -> bytes:
    """As `_read`, but for files that say what to do."""
    while data == b"slow":
        pass
    if data == b"greedy":
        memory = [bytes(50_000_000) for _ in range(100)]
        raise AssertionError(len(memory))
    if data == b"crashing":
        os.kill(os.getpid(), signal.SIGSEGV)
    if data == b"filling":
        LEFT.append(bytes(900_000_000))
        data = FILE
    if data == b"surprising":
        raise KeyError("x")
    return read_attachment(data, ocr=ocr).model_dump_json().encode()


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[AttachmentWorkers]:
    monkeypatch.setattr(module, "_read", _hostile)
    workers = AttachmentWorkers(1, seconds=2.0, memory_bytes=1024 * 1024 * 1024)
    yield workers
    workers.stop()


@pytest.mark.parametrize(
    ("data", "state", "reason"),
    [
        (b"slow", "too large", "not read within 2 s of a processor, twice"),
        (b"greedy", "too large", "more memory"),
        (b"crashing", "damaged", "its reader ended, twice"),
        (b"surprising", "damaged", "its reader failed: KeyError('x')"),
    ],
)
async def test_a_file_that_breaks_its_process_is_an_outcome(
    workers: AttachmentWorkers, data: bytes, state: str, reason: str
) -> None:
    content = await workers.read(data)
    assert (content.kind, content.state) == ("text", state)
    assert reason in (content.reason or "")
    assert (await workers.read(FILE)).text == "附件"


async def test_a_process_without_memory_for_the_next_file_is_replaced(
    workers: AttachmentWorkers,
) -> None:
    assert (await workers.read(b"filling")).state == "read"
    large = await workers.read(b"x" * 200_000_000)
    assert large.state == "too large"
    assert (await workers.read(FILE)).text == "附件"
