"""The blob store in a bucket: the same as in a folder, over HTTP."""

import hashlib
import time
from collections.abc import Iterator

import pytest

from shared.blobs import PARTS, Blobs
from shared.errors import BlobDamaged, BlobMissing, DependencyDown
from shared.events import CaptureFetched
from testing.s3 import S3, s3_server
from tests.shared.samples import FETCHED


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    with s3_server() as s3:
        for name, value in s3.environment.items():
            monkeypatch.setenv(name, value)
        yield s3


@pytest.fixture
def blobs(s3: S3) -> Blobs:
    return Blobs(s3.environment["MOFCOM_BLOB_URL"])


async def test_what_is_put_is_there(blobs: Blobs) -> None:
    assert not await blobs.has_captures()
    sha256 = await blobs.put_body(b"body")
    assert sha256 == hashlib.sha256(b"body").hexdigest()
    assert await blobs.get_body(sha256) == b"body"
    assert await blobs.put_body(b"body") == sha256
    assert await blobs.has_body(sha256)
    assert not await blobs.has_body("0" * 64)
    with pytest.raises(BlobMissing):
        await blobs.get_body("0" * 64)
    assert await blobs.sweep(0) == 0


async def test_a_body_of_many_parts_is_put_whole(blobs: Blobs) -> None:
    body = bytes(range(256)) * 100_000
    assert await blobs.get_body(await blobs.put_body(body)) == body


async def test_sidecars_and_endings_are_listed_by_their_parts(blobs: Blobs) -> None:
    for n in range(3):
        await blobs.put_sidecar("ab" * 32, f"r{n}", FETCHED)
        await blobs.put_sidecar("ac" * 32, f"r{n}", FETCHED)
        await blobs.put_ending(f"{n:02x}" * 32, FETCHED)
    assert await blobs.has_captures()
    found = [one async for one in blobs.sidecars("ab" * 32)]
    assert [CaptureFetched.model_validate_json(one) for one in found] == [FETCHED] * 3
    for folder, expected in (("captures", {0xAB: 3, 0xAC: 3}), ("endings", {0: 1, 1: 1, 2: 1})):
        counts = dict.fromkeys(range(PARTS), 0)
        for part in counts:
            async for some in blobs.read_part(folder, part):  # type: ignore[arg-type]
                counts[part] += len(some)
        assert {part: n for part, n in counts.items() if n} == expected


async def test_a_body_that_is_not_what_its_name_says(blobs: Blobs, s3: S3) -> None:
    sha256 = await blobs.put_body(b"body")
    path = f"bodies/{sha256[:2]}/{sha256}.zst"
    await blobs._put(path, b"other")
    with pytest.raises(BlobDamaged):
        await blobs.get_body(sha256)


async def test_a_store_that_is_away_is_a_dependency_down_soon_and_back_by_itself(
    blobs: Blobs, s3: S3
) -> None:
    sha256 = await blobs.put_body(b"body")
    s3.stop()
    before = time.monotonic()
    for action in (blobs.get_body(sha256), blobs.put_body(b"other"), blobs.has_captures()):
        with pytest.raises(DependencyDown, match="blob store"):
            await action
    assert time.monotonic() - before < 60
    s3.start()
    assert await blobs.get_body(sha256) == b"body"


async def test_a_bucket_that_is_not_there_is_a_dependency_down(s3: S3) -> None:
    with pytest.raises(DependencyDown, match="NoSuchBucket"):
        await Blobs("s3://nobodys").put_body(b"body")
    with pytest.raises(DependencyDown, match="NoSuchBucket"):
        await Blobs("s3://nobodys").has_captures()
