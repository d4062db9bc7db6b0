"""Firefox's Chinese-English model: its files are fetched once, verified and kept in a folder.

Version 2.0 of Mozilla's zh-Hans to en model (MPL-2.0), architecture "base", as Remote Settings'
collection translations-models lists it. Names, sizes and sums are pinned here, so that a mirror
needs no trust and Mozilla's discovery service, which is not for production, is never asked.
"""

import asyncio
import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import structlog

from services.translator.http import Http, Unreachable

log = structlog.get_logger()

MODEL_VERSION = "2.0"


class ModelFile(NamedTuple):
    """`path` is the file's name on the mirror, `name` here; `size` in bytes."""

    name: str
    path: str
    size: int
    sha256: str


# The mirror's names are those of Mozilla's attachment server, so that it is a mirror itself.
MODEL = (
    ModelFile(
        "model.zhen.intgemm.alphas.bin",
        "052699bf-6f88-4c74-bb14-e49a943b4f59.bin",
        59_504_955,
        "3535442962ec8f4a553cc19b206befcac689ee9cddaea44fa91e21527fc30ac2",
    ),
    ModelFile(
        "lex.50.50.zhen.s2t.bin",
        "645c720c-6920-470d-9bb7-3f9a6b0a9cae.bin",
        9_220_016,
        "cdcad3592dc2bc4676c34c4d37203f7649ee989195cf083cbb60f1ea011f976b",
    ),
    ModelFile(
        "vocab.zhen.spm",
        "88a4925d-ff4a-4c76-8813-95e2ac600b14.spm",
        1_359_697,
        "dff594318ab7d8b7b60b844ab98ebe6b932ae8045fab15235404c787715965b3",
    ),
)
_BLOCK = 1024 * 1024


class ModelMissing(Exception):
    """The model is missing and could not be fetched; the message tells users why."""


class ModelStore:
    """The model's folder, and the mirror that it is fetched from.

    `mirror` is the address that a file's `path` is appended to; "" never fetches.
    """

    def __init__(
        self, folder: Path, mirror: str, http: Http, files: tuple[ModelFile, ...] = MODEL
    ) -> None:
        self._folder = folder
        self._mirror = mirror.rstrip("/")
        self._http = http
        self._files = files

    async def paths(self) -> dict[str, Path]:
        """Name to path of each file, all there and all checked; what is missing is fetched.

        A file whose sum is wrong is removed and fetched again; a download that was cut goes on
        where it ended. Raises ModelMissing.
        """
        for file in self._files:
            try:
                await self._ensure(file)
            except OSError as error:
                raise ModelMissing(f"{self._folder} cannot be used: {error}") from error
        return {file.name: self._folder / file.name for file in self._files}

    async def _ensure(self, file: ModelFile) -> None:
        path = self._folder / file.name
        if await asyncio.to_thread(_is, path, file):
            return
        if not self._mirror:
            raise ModelMissing(f"no model in {self._folder}, and none is to be fetched")
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        with _alone(self._folder / f"{file.name}.lock"):
            part = path.with_name(f"{file.name}.part")
            await asyncio.to_thread(_without_rubbish, part, file)
            await self._fetch(file, part)
            await asyncio.to_thread(_accept, part, path, file, f"{self._mirror}/{file.path}")
        log.info("model file fetched", file=file.name, bytes=file.size)

    async def _fetch(self, file: ModelFile, part: Path) -> None:
        url = f"{self._mirror}/{file.path}"
        try:
            status = await self._http.append(url, part, file.size)
            if status == 416:
                await asyncio.to_thread(part.unlink)
                status = await self._http.append(url, part, file.size)
        except Unreachable as error:
            raise ModelMissing(f"no model in {self._folder}, and {error}") from error
        if status not in (200, 206):
            raise ModelMissing(f"no model in {self._folder}, and {url} answers {status}")


def _without_rubbish(part: Path, file: ModelFile) -> None:
    # Whole, it would have been accepted: it is another file of that length, or a longer one.
    if part.exists() and part.stat().st_size >= file.size:
        part.unlink()


def _accept(part: Path, path: Path, file: ModelFile, url: str) -> None:
    """Give a download its name. Raises ModelMissing; what is only cut stays, to go on from."""
    size = part.stat().st_size
    if size < file.size:
        raise ModelMissing(f"{url} ended at {size} of {file.size} bytes")
    if not _is(part, file):
        part.unlink()
        raise ModelMissing(f"{url} is not the file that is pinned: its sha256 differs")
    part.replace(path)


def _is(path: Path, file: ModelFile) -> bool:
    """Whether a file exists with the right size and checksum."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    digest = hashlib.sha256()
    with path.open("rb") as data:
        while block := data.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest() == file.sha256


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """A lock: two translators on one volume must not write the same partial download."""
    with lock.open("w") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ModelMissing("another translator is fetching the model") from None
        yield
