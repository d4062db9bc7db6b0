"""Reads attachments in processes of their own: whatever a crafted file does, it ends in an outcome."""

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

from pebble import ProcessExpired

from services.parser.attachments.kinds import kind_of
from services.parser.attachments.ocr.recognise import NEEDS, is_installed
from services.parser.attachments.read import read_attachment
from shared.attachment import AttachmentContent, Kind, State
from shared.limited_processes import LimitedProcesses

# A control list of 700 pages takes a tenth of it.
SECONDS = 60.0
# The tree of 40 MB of XML, the largest part that is read, and the libraries.
MEMORY_BYTES = 1024 * 1024 * 1024
# With optical character recognition: ten seconds a page, and its models.
OCR_SECONDS = 900.0
OCR_MEMORY_BYTES = 3 * 1024 * 1024 * 1024
# Files that a process reads: what their readers leave in its memory is gone with it.
_MOST_FILES = 50
# The beginning of a reason that no reader has foreseen.
FAILED = "its reader failed"


class OcrNotInstalled(RuntimeError):
    """The libraries that optical character recognition needs are not there."""


class AttachmentWorkers:
    """`count` processes that read attachments, each within `seconds` and `memory_bytes`; with `ocr` also scans and
    pictures, which take more of both. Raises OcrNotInstalled without the extra that this needs.
    """

    def __init__(
        self,
        count: int,
        seconds: float | None = None,
        memory_bytes: int | None = None,
        *,
        ocr: bool = False,
    ) -> None:
        if ocr and not is_installed():
            raise OcrNotInstalled(
                f"pip install 'mofcom-notices[ocr]': without {', '.join(NEEDS)} no text is recognised"
            )
        self.ocr = ocr
        self._seconds = seconds or (OCR_SECONDS if ocr else SECONDS)
        memory_bytes = memory_bytes or (OCR_MEMORY_BYTES if ocr else MEMORY_BYTES)
        self._start: Callable[[], LimitedProcesses] = lambda: LimitedProcesses(
            count, memory_bytes, ["services.parser.attachments.read"], _MOST_FILES
        )
        self._processes = self._start()

    async def read(self, data: bytes) -> AttachmentContent:
        """As `read_attachment`; a file that breaks its process is `too large` or `damaged`, with the reason.

        It gets a second attempt: a machine may stand still for a minute, and a kernel short of memory
        kills any process.
        """
        second = False
        while True:
            processes = self._processes
            try:
                found = await processes.call(self._seconds, _read, data, self.ocr)
            except MemoryError:
                return await self._broken(
                    data, "too large", "it needs more memory than a reader has"
                )
            except TimeoutError:
                if second:
                    reason = f"not read within {self._seconds:g} s of a processor, twice"
                    return await self._broken(data, "too large", reason)
            except BrokenProcessPool as broken:
                # A process that had no memory left for its next file has ended them all.
                if self._processes is processes:
                    processes.stop()
                    self._processes = self._start()
                if second:
                    return await self._broken(data, "damaged", f"{FAILED}: {broken!r}")
            except ProcessExpired as broken:
                if second:
                    reason = f"its reader ended, twice: {broken}"
                    return await self._broken(data, "damaged", reason)
            except Exception as failed:  # noqa: BLE001 (libraries end in whatever crafted bytes lead to)
                return await self._broken(data, "damaged", f"{FAILED}: {failed!r}")
            else:
                return AttachmentContent.model_validate_json(found)
            second = True

    async def _broken(self, data: bytes, state: State, reason: str) -> AttachmentContent:
        kind: Kind = "other"
        with suppress(MemoryError, RuntimeError, TimeoutError, ProcessExpired):
            kind = await self._processes.call(self._seconds, kind_of, data)
        return AttachmentContent(kind=kind, state=state, reason=reason)

    def start(self) -> None:
        """Start the processes now. Raises RuntimeError if they are stopped meanwhile."""
        self._processes.start()

    def stop(self) -> None:
        """End the processes; work in progress is dropped."""
        self._processes.stop()


def _read(data: bytes, ocr: bool) -> bytes:
    # JSON is read faster than a pickled model.
    return read_attachment(data, ocr=ocr).model_dump_json().encode()
