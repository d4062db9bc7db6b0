"""The blob store: bodies under their sha256, sidecars and large results beside them.

Blob and sidecar are the truth; every table can be made again from them.
"""

import asyncio
import hashlib
import os
import re
import time
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url
from pydantic import BaseModel

from shared.delivery.dependency import DependencyDown
from shared.delivery.gave_up import GaveUp

# What obstore calls a file that it has not finished: the blob's own name and a number.
_UNFINISHED = re.compile(r"#\d+$")


class BlobMissing(GaveUp):
    """A blob that an event points to is not in the store."""

    def __init__(self, path: str) -> None:
        super().__init__("blob missing", path)


class BlobDamaged(BlobMissing):
    """What stands under a blob's name is not what the name was made of."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.reason = "blob damaged"


class Blobs:
    """A folder (`file:///FOLDER`) or a bucket (`s3://BUCKET/PREFIX`).

    Every method raises DependencyDown when the store does not answer. What is there already is
    written again to the same bytes: both are named by what they hold. What was put outlives the
    machine: obstore writes beside and renames, but leaves the disk to the kernel, so a folder's
    files and folders are flushed here, as a bucket's owner does.
    """

    def __init__(self, url: str) -> None:
        self._folder = Path(url.removeprefix("file://")) if url.startswith("file://") else None
        self._store: Any = LocalStore(self._folder, mkdir=True) if self._folder else from_url(url)

    async def sweep(self, older_than_seconds: float) -> int:
        """Remove what a process that died has left unfinished so long ago; answers how much.

        A bucket keeps none: there a blob is there whole or not at all.
        """
        if self._folder is None:
            return 0
        try:
            return await asyncio.to_thread(_sweep, self._folder, time.time() - older_than_seconds)
        except OSError as error:
            raise DependencyDown("blob store", str(error)) from error

    async def put_body(self, body: bytes) -> str:
        """Store a payload; answers its sha256 in hex."""
        return await self._put_hashed("bodies", body)

    async def get_body(self, sha256: str) -> bytes:
        """The payload. Raises BlobMissing, BlobDamaged."""
        return await self._get_hashed("bodies", sha256)

    async def put_parsed(self, parsed: bytes) -> str:
        """Store a parsed notice's JSON; answers its sha256 in hex."""
        return await self._put_hashed("parsed", parsed)

    async def get_parsed(self, sha256: str) -> bytes:
        """The parsed notice's JSON. Raises BlobMissing, BlobDamaged."""
        return await self._get_hashed("parsed", sha256)

    async def put_sidecar(self, capture_id: str, request_id: str, sidecar: BaseModel) -> None:
        """Store what else is needed to make a capture's events again, one for each request."""
        path = f"captures/{capture_id[:2]}/{capture_id}/{request_id}.json"
        await self._put(path, sidecar.model_dump_json(indent=1).encode())

    async def _put_hashed(self, folder: str, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = _path(folder, sha256)
        await self._put(path, data)
        return sha256

    async def _get_hashed(self, folder: str, sha256: str) -> bytes:
        path = _path(folder, sha256)
        data = await self._get(path)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BlobDamaged(path)
        return data

    async def _put(self, path: str, data: bytes) -> None:
        try:
            await obstore.put_async(self._store, path, data)
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error
        await self._flush(path)

    async def _flush(self, path: str) -> None:
        if self._folder is None:
            return
        try:
            await asyncio.to_thread(_flush, self._folder, path)
        except OSError as error:
            raise DependencyDown("blob store", str(error)) from error

    async def _get(self, path: str) -> bytes:
        try:
            result = await obstore.get_async(self._store, path)
            return bytes(await result.bytes_async())
        except (NotFoundError, FileNotFoundError) as error:
            raise BlobMissing(path) from error
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error


def _path(folder: str, sha256: str) -> str:
    # Two levels, so that no folder holds more than a few thousand names.
    return f"{folder}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _flush(folder: Path, path: str) -> None:
    """Have a file on the disk, and its name in every folder above it."""
    file = folder / path
    for name in (file, *file.parents):
        descriptor = os.open(name, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if name == folder:
            return


def _sweep(folder: Path, before: float) -> int:
    swept = 0
    for name, _, files in os.walk(folder):
        for file in filter(_UNFINISHED.search, files):
            path = Path(name, file)
            try:
                if path.stat().st_mtime < before:
                    path.unlink()
                    swept += 1
            except FileNotFoundError:
                # Finished meanwhile, or swept by another.
                continue
    return swept
