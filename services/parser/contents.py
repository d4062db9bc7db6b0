"""What attachments contain: a file is read once by a version of the parser, at however many addresses it stands,
and once more with optical character recognition.
"""

from contextlib import suppress

from services.parser.attachment_workers import AttachmentWorkers
from services.parser.version import PARSER_VERSION
from shared.blobs import Blobs
from shared.errors import BlobMissing


class Contents:
    """The contents of stored files, by the SHA-256 of their bytes."""

    def __init__(self, blobs: Blobs, workers: AttachmentWorkers) -> None:
        self._blobs = blobs
        self._workers = workers
        # Whether text is recognised in scans and pictures.
        self.ocr = workers.ocr

    async def of(self, sha256: str) -> bytes:
        """What the file contains, or why it is not read: an `AttachmentContent` as JSON. One that was not read is
        tried anew.

        Raises BlobMissing for a file that is not stored, and DependencyDown.
        """
        with suppress(BlobMissing):
            return await self._blobs.get_content(sha256, PARSER_VERSION, ocr=self.ocr)
        content = await self._workers.read(await self._blobs.get_body(sha256))
        data = content.model_dump_json().encode()
        if content.state == "read":
            await self._blobs.put_content(sha256, PARSER_VERSION, data, ocr=self.ocr)
        return data
