"""The blob store and its layout:

    bodies/ab/cd/SHA256                 a payload
    captures/ab/CAPTURE/REQUEST.json    the sidecar of a capture: its event, and how it was served
    endings/ab/ID.json                  how a request without a capture, or an address, ended last
    parsed/ab/cd/SHA256                 a notice or a translation that is too large for its event
    sentences/ab/cd/NAME.json           an engine's translation of a sentence

Bodies, sidecars and endings are the source of truth: `mofcom rebuild` makes every table from them.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, unquote

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url
from pydantic import BaseModel

from shared.durable_files import DurableFiles
from shared.errors import BlobDamaged, BlobMissing, DependencyDown

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

# Sidecars and endings lie in so many folders, by the first two digits of their ids.
PARTS = 256
_READ_AT_ONCE = 100
# Of a bucket. Whoever waits for it tries again by itself: by default a request would be repeated for three
# minutes, in which nobody is told that the store is down.
_CLIENT: "ClientConfig" = {"allow_http": True, "connect_timeout": "5s", "timeout": "60s"}
_RETRY: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}


def folder_of(url: str) -> Path | None:
    """The folder that a store's URL names, None for a bucket.

    >>> folder_of("file:///data/My%20Projects/%E8%A7%84")
    PosixPath('/data/My Projects/规')
    """
    return Path(unquote(url.removeprefix("file://"))) if url.startswith("file://") else None


class Blobs:
    """A folder (`file:///FOLDER`) or a bucket (`s3://BUCKET/PREFIX`).

    Every method raises DependencyDown when the store does not answer. Writing is idempotent, since
    names follow from the content. What was put is durable: a bucket guarantees that itself; files
    in a folder are written and synced here, since obstore does not call fsync.
    """

    def __init__(self, url: str) -> None:
        folder = folder_of(url)
        self._files = DurableFiles(folder) if folder else None
        self._store: Any = LocalStore(folder, mkdir=True) if folder else _bucket(url)

    async def sweep(self, older_than_seconds: float) -> int:
        """Remove unfinished files of this age that a killed process left; returns how many.

        A bucket has none: it stores a blob whole or not at all.
        """
        if self._files is None:
            return 0
        try:
            return await self._files.sweep(older_than_seconds)
        except OSError as error:
            raise DependencyDown("blob store", str(error)) from error

    async def put_body(self, body: bytes) -> str:
        """Store a payload; returns its sha256 in hex."""
        return await self._put_hashed("bodies", body)

    async def get_body(self, sha256: str) -> bytes:
        """The payload. Raises BlobMissing, BlobDamaged."""
        return await self._get_hashed("bodies", sha256)

    async def has_body(self, sha256: str) -> bool:
        """Whether the payload is in the store, be it damaged."""
        return await self._has(_spread("bodies", sha256))

    async def put_parsed(self, parsed: bytes) -> str:
        """Store a parsed notice's JSON; returns its sha256 in hex."""
        return await self._put_hashed("parsed", parsed)

    async def get_parsed(self, sha256: str) -> bytes:
        """The parsed notice's JSON. Raises BlobMissing, BlobDamaged."""
        return await self._get_hashed("parsed", sha256)

    async def put_sidecar(self, capture_id: str, request_id: str, sidecar: BaseModel) -> None:
        """Store what is needed to rebuild a capture's events, one file per request."""
        await self._put(
            f"{_captured(capture_id)}/{request_id}.json", sidecar.model_dump_json(indent=1).encode()
        )

    async def get_sidecar(self, capture_id: str, request_id: str) -> bytes:
        """The sidecar's JSON. Raises BlobMissing."""
        return await self._get(f"{_captured(capture_id)}/{request_id}.json")

    async def sidecars(self, capture_id: str) -> AsyncIterator[bytes]:
        """The JSON of all sidecars that a capture has."""
        try:
            async for some in obstore.list(self._store, _captured(capture_id)):
                for each in some:
                    yield await self._get(each["path"])
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error

    async def put_ending(self, named: str, ending: BaseModel) -> None:
        """Store how a request or an address of this id ended last, in place of how it did before."""
        await self._put(_ending(named), ending.model_dump_json(indent=1).encode())

    async def has_captures(self) -> bool:
        """Whether anything was ever fetched: there is a sidecar or an ending."""
        try:
            for folder in ("captures", "endings"):
                async for some in obstore.list(self._store, folder, chunk_size=1):
                    if some:
                        return True
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error
        return False

    async def read_part(
        self, folder: Literal["captures", "endings"], part: int
    ) -> AsyncIterator[list[bytes]]:
        """The JSON of all sidecars or endings of one of the `PARTS`, some at once, in any order."""
        prefix = f"{folder}/{part:02x}"
        try:
            async for some in obstore.list(self._store, prefix, chunk_size=_READ_AT_ONCE):
                yield await asyncio.gather(*(self._get(each["path"]) for each in some))
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error

    async def put_sentence(self, name: str, translated: bytes) -> None:
        """Store an engine's translation; `name` is the sha256 in hex of everything it depends on."""
        await self._put(f"{_spread('sentences', name)}.json", translated)

    async def get_sentence(self, name: str) -> bytes:
        """An engine's translation. Raises BlobMissing."""
        return await self._get(f"{_spread('sentences', name)}.json")

    async def _put_hashed(self, folder: str, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        await self._put(_spread(folder, sha256), data)
        return sha256

    async def _get_hashed(self, folder: str, sha256: str) -> bytes:
        path = _spread(folder, sha256)
        data = await self._get(path)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BlobDamaged(path)
        return data

    async def _put(self, path: str, data: bytes) -> None:
        try:
            if self._files is None:
                # In one request: of an upload in parts, a killed process would leave some behind.
                await obstore.put_async(self._store, path, data, use_multipart=False)
            else:
                await self._files.write(path, data)
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

    async def _has(self, path: str) -> bool:
        try:
            await obstore.head_async(self._store, path)
        except (NotFoundError, FileNotFoundError):
            return False
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error
        return True


def _bucket(url: str) -> Any:
    """The bucket, with credentials, region and endpoint from AWS's own variables.

    Raises ValueError for a scheme that is not ``s3``.
    """
    if not url.startswith("s3://"):
        raise ValueError(f"{url} is neither file:///FOLDER nor s3://BUCKET/PREFIX")
    # An endpoint without TLS is allowed where AWS_ENDPOINT_URL names one.
    return from_url(url, client_options=_CLIENT, retry_config=_RETRY)


def _captured(capture_id: str) -> str:
    return f"captures/{capture_id[:2]}/{capture_id}"


def _ending(named: str) -> str:
    # An id is of hex digits; one that somebody forged may hold a slash.
    plain = quote(named, safe="")
    return f"endings/{plain[:2]}/{plain}.json"


def _spread(folder: str, sha256: str) -> str:
    # Two levels, so that no folder has more than a few thousand entries.
    return f"{folder}/{sha256[:2]}/{sha256[2:4]}/{sha256}"
