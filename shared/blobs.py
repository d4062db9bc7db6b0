"""The blob store and its layout:

    bodies/ab/SHA256.zst                     a payload
    captures/ab/CAPTURE.REQUEST.json.zst     the sidecar of a capture: its event, and how it was served
    endings/ab/ID.json.zst                   how a request without a capture, or an address, ended last
    parsed/ab/SHA256.json.zst                a notice or a translation that is too large for its event
    contents/ab/SHA256.VERSION.json.zst      what a version of the parser read in an attachment with this payload
    contents/ab/SHA256.VERSION.ocr.json.zst  … with optical character recognition
    sentences/ab/NAME.json.zst               an engine's translation of a sentence

Bodies, sidecars and endings are the source of truth: `mofcom rebuild` makes every table from them.

Everything is compressed by Zstandard (RFC 8878, https://www.rfc-editor.org/rfc/rfc8878): `zstd -d` makes of
each file what its name says. SHA256 is that of what the file holds. What a store has from before that,
uncompressed and in more folders, is read as it is (`_Path.before`).
"""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import quote, unquote

import obstore
import zstandard
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url
from pydantic import BaseModel

from shared.durable_files import DurableFiles
from shared.errors import BlobDamaged, BlobMissing, DependencyDown

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

# Each kind lies in so many folders, by the first two digits of its ids: ten million files are 40,000 in each.
PARTS = 256
_READ_AT_ONCE = 100
# Of a bucket. Whoever waits for it tries again by itself: by default a request would be repeated for three
# minutes, in which nobody is told that the store is down.
_CLIENT: "ClientConfig" = {"allow_http": True, "connect_timeout": "5s", "timeout": "60s"}
_RETRY: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}
_COMPRESSED = ".zst"
# A page of 8 kB becomes 2.6 kB in 0.3 ms; more than that saves no block of a disk.
_LEVEL = 9
# More takes a thread.
_SHORT_BYTES = 128 * 1024


class _Path(NamedTuple):
    """Where a blob lies, and where it lay before everything was compressed."""

    now: str
    before: str


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
        self._folder = folder = folder_of(url)
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
        path = _hashed("bodies", sha256)
        return await self._has(path.now) or await self._has(path.before)

    async def put_parsed(self, parsed: bytes) -> str:
        """Store a parsed notice's JSON; returns its sha256 in hex."""
        return await self._put_hashed("parsed", parsed)

    async def get_parsed(self, sha256: str) -> bytes:
        """The parsed notice's JSON. Raises BlobMissing, BlobDamaged."""
        return await self._get_hashed("parsed", sha256)

    async def put_content(self, sha256: str, version: int, content: bytes, *, ocr: bool) -> None:
        """Store the JSON of what this version of the parser read in an attachment, with optical character recognition
        or without; `sha256` is that of the payload.
        """
        await self._put(_content(sha256, version, ocr=ocr).now, content)

    async def get_content(self, sha256: str, version: int, *, ocr: bool) -> bytes:
        """The content's JSON. Raises BlobMissing."""
        return await self._get(_content(sha256, version, ocr=ocr))

    async def put_sidecar(self, capture_id: str, request_id: str, sidecar: BaseModel) -> None:
        """Store what is needed to rebuild a capture's events, one file per request."""
        await self._replace(_sidecar(capture_id, request_id), sidecar)

    async def get_sidecar(self, capture_id: str, request_id: str) -> bytes:
        """The sidecar's JSON. Raises BlobMissing."""
        return await self._get(_sidecar(capture_id, request_id))

    async def sidecars(self, capture_id: str) -> AsyncIterator[bytes]:
        """The JSON of all sidecars that a capture has, but for damaged ones."""
        path = _captured(capture_id)
        try:
            async for name in self._beginning_with(f"{path}."):
                if found := await self._listed(name):
                    yield found
            async for some in obstore.list(self._store, path):
                for each in some:
                    if found := await self._listed(each["path"]):
                        yield found
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error

    async def put_ending(self, named: str, ending: BaseModel) -> None:
        """Store how a request or an address of this id ended last, in place of how it did before."""
        await self._replace(_ending(named), ending)

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
                yield await asyncio.gather(*(self._listed(each["path"]) for each in some))
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error

    async def put_sentence(self, name: str, translated: bytes) -> None:
        """Store an engine's translation; `name` is the sha256 in hex of everything it depends on."""
        await self._put(_sentence(name).now, translated)

    async def get_sentence(self, name: str) -> bytes:
        """An engine's translation. Raises BlobMissing."""
        return await self._get(_sentence(name))

    async def _put_hashed(self, folder: str, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        await self._put(_hashed(folder, sha256).now, data)
        return sha256

    async def _get_hashed(self, folder: str, sha256: str) -> bytes:
        path = _hashed(folder, sha256)
        data = await self._get(path)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BlobDamaged(path.now)
        return data

    async def _replace(self, path: _Path, model: BaseModel) -> None:
        """Store what may differ from what was there, also from before everything was compressed."""
        await self._put(path.now, model.model_dump_json().encode())
        try:
            await obstore.delete_async(self._store, path.before)
        except (NotFoundError, FileNotFoundError):
            pass
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error

    async def _put(self, path: str, data: bytes) -> None:
        compressed = await _quickly(_compressed, data)
        try:
            if self._files is None:
                # In one request: of an upload in parts, a killed process would leave some behind.
                await obstore.put_async(self._store, path, compressed, use_multipart=False)
            else:
                await self._files.write(path, compressed)
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error

    async def _get(self, path: _Path) -> bytes:
        try:
            return await self._read(path.now)
        except BlobDamaged:
            raise
        except BlobMissing as missing:
            try:
                return await self._read(path.before)
            except BlobMissing:
                raise missing from None

    async def _beginning_with(self, path: str) -> AsyncIterator[str]:
        """The paths of the blobs that begin so."""
        if self._folder is not None:
            # A look at the names alone; the library's list asks the disk for each file in the folder.
            for name in await asyncio.to_thread(_names, self._folder, path):
                yield name
            return
        async for some in obstore.list(self._store, path.rpartition("/")[0], offset=path):
            for each in some:
                # In their order: none behind another one begins so.
                if not each["path"].startswith(path):
                    return
                yield each["path"]

    async def _listed(self, path: str) -> bytes:
        """What a listed path holds; nothing where it is damaged or has gone since."""
        try:
            return await self._read(path)
        except BlobMissing:
            return b""

    async def _read(self, path: str) -> bytes:
        try:
            result = await obstore.get_async(self._store, path)
            data = bytes(await result.bytes_async())
        except (NotFoundError, FileNotFoundError) as error:
            raise BlobMissing(path) from error
        except (BaseError, OSError) as error:
            raise DependencyDown("blob store", str(error)) from error
        if not path.endswith(_COMPRESSED):
            return data
        try:
            return await _quickly(zstandard.decompress, data)
        except (zstandard.ZstdError, MemoryError) as error:
            raise BlobDamaged(path) from error

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


async def _quickly(work: Callable[[bytes], bytes], data: bytes) -> bytes:
    return work(data) if len(data) <= _SHORT_BYTES else await asyncio.to_thread(work, data)


def _compressed(data: bytes) -> bytes:
    return zstandard.compress(data, _LEVEL)


def _hashed(folder: str, sha256: str) -> _Path:
    kind = ".json" if folder == "parsed" else ""
    return _Path(
        f"{folder}/{sha256[:2]}/{sha256}{kind}{_COMPRESSED}",
        f"{folder}/{sha256[:2]}/{sha256[2:4]}/{sha256}",
    )


def _captured(capture_id: str) -> str:
    return f"captures/{capture_id[:2]}/{capture_id}"


def _sidecar(capture_id: str, request_id: str) -> _Path:
    path = _captured(capture_id)
    return _Path(f"{path}.{request_id}.json{_COMPRESSED}", f"{path}/{request_id}.json")


def _names(folder: Path, path: str) -> list[str]:
    below, _, beginning = path.rpartition("/")
    try:
        with os.scandir(folder / below) as entries:
            found = [entry.name for entry in entries]
    except FileNotFoundError:
        return []
    return [
        f"{below}/{name}"
        for name in sorted(found)
        if name.startswith(beginning) and name.endswith(_COMPRESSED)
    ]


def _ending(named: str) -> _Path:
    # An id is of hex digits; one that somebody forged may hold a slash.
    plain = quote(named, safe="")
    path = f"endings/{plain[:2]}/{plain}.json"
    return _Path(path + _COMPRESSED, path)


def _content(sha256: str, version: int, *, ocr: bool) -> _Path:
    path = f"contents/{sha256[:2]}/{sha256}.{version}{'.ocr' if ocr else ''}.json"
    return _Path(path + _COMPRESSED, path)


def _sentence(name: str) -> _Path:
    return _Path(
        f"sentences/{name[:2]}/{name}.json{_COMPRESSED}",
        f"sentences/{name[:2]}/{name[2:4]}/{name}.json",
    )
