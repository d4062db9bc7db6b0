"""The blob store: bodies under their sha256, sidecars and large results beside them.

Blob and sidecar are the truth; every table can be made again from them.
"""

import hashlib
from typing import Any

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url
from pydantic import BaseModel

from shared.delivery.dependency import DependencyDown
from shared.delivery.gave_up import GaveUp


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
    written again to the same bytes: both are named by what they hold.
    """

    def __init__(self, url: str) -> None:
        self._store: Any = (
            LocalStore(url.removeprefix("file://"), mkdir=True)
            if url.startswith("file://")
            else from_url(url)
        )

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
        try:
            there = (await obstore.head_async(self._store, path))["size"]
        except (NotFoundError, FileNotFoundError):
            there = None
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error
        # A machine that lost its power may have kept a file's name and lost its bytes.
        if there != len(data):
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
